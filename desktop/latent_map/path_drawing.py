"""How a path comes about: drawn in one go, or straight between two clicks."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal

from desktop.latent_map.map_frame import Frame
from desktop.latent_map.path_mark import Path

CLOSE = 4.0  # pixels within which a press and a lift are a click, and between two points of a drawn line


class PathDrawing(QObject):
    """`changed` comes while it is drawn, `drawn` with the whole path."""

    changed = Signal()
    drawn = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.path: Path = ()  # as far as it is drawn
        self._pressed: QPointF | None = None
        self._last = QPointF()  # the pixel of the newest point
        self._is_anchored = False  # the first click was made; the next ends a straight line

    def press(self, pixel: QPointF, frame: Frame) -> None:
        self._pressed = self._last = pixel
        if not self._is_anchored:
            self.path = (frame.place(pixel),)
            self.changed.emit()

    def drag(self, pixel: QPointF, frame: Frame) -> None:
        if self._pressed is None:
            return
        if self._is_anchored:
            self.follow(pixel, frame)
        elif _apart(pixel, self._last) >= CLOSE:
            self._last = pixel
            self.path = (*self.path, frame.place(pixel))
            self.changed.emit()

    def follow(self, pixel: QPointF, frame: Frame) -> None:
        """The free pointer draws the straight line's other end along."""
        if self._is_anchored:
            self.path = (self.path[0], frame.place(pixel))
            self.changed.emit()

    def lift(self, pixel: QPointF, frame: Frame) -> None:
        if self._pressed is None:
            return
        self._pressed = None
        if self._is_anchored:
            self._end((self.path[0], frame.place(pixel)))
        elif len(self.path) > 1:
            self._end(self.path)
        else:
            self._is_anchored = True

    def click(self, pixel: QPointF, frame: Frame) -> None:
        """What two clicks do, by key."""
        self.press(pixel, frame)
        self.lift(pixel, frame)

    def cancel(self) -> None:
        self._pressed, self._is_anchored = None, False
        if self.path:
            self.path = ()
            self.changed.emit()

    def _end(self, path: Path) -> None:
        """A line that never leaves its first place is none yet."""
        if path[0] != path[-1] or len(path) > 2:
            self._is_anchored, self.path = False, ()
            self.drawn.emit(path)


def _apart(first: QPointF, second: QPointF) -> float:
    way = first - second
    return float(abs(way.x()) + abs(way.y()))
