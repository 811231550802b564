"""The place that is looked at, and the frame that says where the keyboard's focus is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from desktop import theme
from desktop.latent_map.map_frame import Frame

RADIUS, ARM = 8.0, 6.0  # pixels of the ring, and of the arms outside it
REACH = 18  # pixels from the middle to what is painted farthest out
DARK, LIGHT = QColor(20, 20, 24), QColor(255, 255, 255, 230)


class CursorMark:
    """`place` is None until somebody points. It is drawn once and then only moved: it follows the finger."""

    def __init__(self) -> None:
        self.place: tuple[float, float] | None = None
        self._drawn = QPixmap()

    def paint(self, painter: QPainter, frame: Frame, _colours: theme.Colours) -> None:
        if self.place is None:
            return
        middle = frame.point(*self.place)
        if frame.room.adjusted(-REACH, -REACH, REACH, REACH).contains(middle):
            if self._drawn.isNull() or self._drawn.devicePixelRatio() != frame.ratio:
                self._drawn = _drawn(frame.ratio)
            painter.drawPixmap(middle - QPointF(REACH, REACH), self._drawn)


class FocusFrame:
    """A line along the edges while keys go to the map."""

    def __init__(self) -> None:
        self.is_shown = False

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self.is_shown:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(colours.accent, 2, j=Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(frame.room.adjusted(1, 1, -1, -1))


def _drawn(ratio: float) -> QPixmap:
    """A ring with four arms, dark on light, so that it is seen on every picture."""
    pixmap = QPixmap(QSize(2 * REACH, 2 * REACH) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(REACH, REACH)
    for pen in (QPen(LIGHT, 5), QPen(DARK, 2)):
        painter.setPen(pen)
        painter.drawEllipse(middle, RADIUS, RADIUS)
        for out in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(middle + out * RADIUS, middle + out * (RADIUS + ARM))
    painter.end()
    return pixmap
