"""The place that is looked at, moved by hand or by arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot

from desktop.latent_map.map_camera import Camera
from desktop.latent_map.map_frame import held

PAUSE_MS = 300  # after the last arrow key


class Pointing(QObject):
    """`pointed` comes with every move, `settled` once the hand lifts or the keys rest; `rested` with the keys alone."""

    pointed = Signal(float, float)
    settled = Signal()
    rested = Signal()

    def __init__(self, parent: QObject, camera: Camera) -> None:
        super().__init__(parent)
        self._camera = camera
        self._place: tuple[float, float] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_paused)

    @property
    def place(self) -> tuple[float, float]:
        """The middle of the map until somebody points."""
        return self._place or (self._camera.frame.x, self._camera.frame.y)

    @property
    def pixel(self) -> QPointF:
        return self._camera.frame.point(*self.place)

    def show_place(self, x: float, y: float) -> None:
        """Another place, without telling."""
        self._place = (held(x), held(y))

    def point(self, pixel: QPointF) -> None:
        self._go(*self._camera.frame.place(pixel))

    def lift(self) -> None:
        self.settled.emit()

    def rest(self) -> None:
        """Settle now what the next pause would."""
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    @Slot(float, float)
    def step(self, right: float, up: float) -> None:
        """So many pixels; the map follows."""
        x, y, scale = *self.place, self._camera.frame.scale
        self._go(x + right / scale, y + up / scale)
        self._camera.reveal(*self.place)
        self._pause.start()

    @Slot(float)
    def zoom(self, factor: float) -> None:
        """About the place, where it is in view."""
        is_seen = self._camera.frame.room.contains(self.pixel)
        self._camera.zoom(factor, self.pixel if is_seen else None)

    def _go(self, x: float, y: float) -> None:
        self.show_place(x, y)
        self.pointed.emit(*self.place)

    @Slot()
    def _on_paused(self) -> None:
        self.rested.emit()
        self.settled.emit()
