"""What moves the frame: a hand, the wheel, keys and buttons; and the room that the window leaves."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal

from desktop.latent_map.map_frame import Frame
from models.image_vae.codes import Window
from models.image_vae.scene import HOME


class Camera(QObject):
    """`moved` comes with every other frame. Until somebody moves it, the whole prior stays in view at every size."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.frame = Frame().fitted(HOME)
        self._wanted: Window | None = HOME  # the window to keep in view as the room changes

    def pan(self, right: float, down: float) -> None:
        """Move what is shown by so many pixels."""
        self._wanted = None
        self._take(self.frame.moved(right, down))

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Enlarge about a pixel, or about the middle."""
        self._wanted = None
        self._take(self.frame.zoomed(factor, self.frame.room.center() if about is None else about))

    def fit(self) -> None:
        """All of the prior that matters."""
        self.show_window(HOME)

    def show_window(self, window: Window) -> None:
        self._wanted = window
        self._take(self.frame.fitted(window))

    def reveal(self, x: float, y: float) -> None:
        """Move just so far that a place is in view, away from the edges."""
        room, point = self.frame.room, self.frame.point(x, y)
        inside = room.adjusted(*(side * room.width() / 10 for side in (1, 0, -1, 0)))
        inside = inside.adjusted(*(side * room.height() / 10 for side in (0, 1, 0, -1)))
        right = min(0.0, inside.right() - point.x()) + max(0.0, inside.left() - point.x())
        down = min(0.0, inside.bottom() - point.y()) + max(0.0, inside.top() - point.y())
        if right or down:
            self.pan(right, down)

    def resize(self, width: float, height: float, ratio: float) -> None:
        frame = self.frame.sized(width, height, ratio)
        self._take(frame if self._wanted is None else frame.fitted(self._wanted))

    def _take(self, frame: Frame) -> None:
        if frame != self.frame:
            self.frame = frame
            self.moved.emit()
