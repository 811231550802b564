"""The clock by which a film along a path plays: from its beginning to its end, once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

FRAME_MS = 40


class Player(QObject):
    """`frame_changed` carries the number of the frame to be shown."""

    frame_changed = Signal(int)
    playing_changed = Signal(bool)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frame = 0
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def play(self, count: int) -> None:
        """Play a film of so many frames, from where it was paused."""
        if self._count != count or self.frame >= count - 1:
            self.frame = 0
        self._count = count
        if not self.is_playing:
            self._timer.start()
            self.playing_changed.emit(True)
        self.frame_changed.emit(self.frame)

    def rewind(self) -> None:
        """Another film will begin at its beginning."""
        self.pause()
        self.frame = 0

    @Slot()
    def pause(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    @Slot()
    def _on_tick(self) -> None:
        self.frame += 1
        self.frame_changed.emit(self.frame)
        if self.frame >= self._count - 1:
            self.pause()
            self.ended.emit()
