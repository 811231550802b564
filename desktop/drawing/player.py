"""The clock by which a drawing appears: so many pixels a second, or all at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SPEEDS = (1, 2, 5, 10, 30, 60, 120, 300, 600)  # pixels a second; past the last comes "at once"
USUAL = SPEEDS.index(120)
AT_ONCE = len(SPEEDS)
SHORTEST_MS = 33  # between two pictures on the screen
ALL = 1 << 16  # more pixels than any canvas has


class Player(QObject):
    """`due` carries how many pixels shall appear now."""

    due = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = USUAL
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)
        self._set_interval()

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def speed(self) -> int:
        """The place of the speed in `SPEEDS`, or `AT_ONCE`."""
        return self._place

    def set_speed(self, place: int) -> None:
        self._place = min(max(place, 0), AT_ONCE)
        self._set_interval()

    @Slot()
    def play(self) -> None:
        """Begin at once, and go on until `pause`."""
        if not self.is_playing:
            self._timer.start()
            self.playing_changed.emit(True)
            self._on_tick()

    @Slot()
    def pause(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def _set_interval(self) -> None:
        self._timer.setInterval(max(SHORTEST_MS, 1000 // self._pixels_a_second))

    @property
    def _pixels_a_second(self) -> int:
        return SPEEDS[self._place] if self._place < AT_ONCE else ALL

    @Slot()
    def _on_tick(self) -> None:
        if self._place == AT_ONCE:
            self.due.emit(ALL)
        else:
            self.due.emit(max(1, round(self._pixels_a_second * self._timer.interval() / 1000)))
