"""The place that is looked at, and the frame that says where the keyboard's focus is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.latent_map.map_frame import Frame

RADIUS, ARM = 8.0, 6.0  # pixels of the ring, and of the arms outside it


class CursorMark:
    """`place` is None until somebody points."""

    def __init__(self) -> None:
        self.place: tuple[float, float] | None = None

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self.place is None:
            return
        middle = frame.point(*self.place)
        if not frame.room.adjusted(-20, -20, 20, 20).contains(middle):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(255, 255, 255, 230), 5), QPen(QColor(20, 20, 24), 2)):
            painter.setPen(pen)
            painter.drawEllipse(middle, RADIUS, RADIUS)
            for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                out = QPointF(right, down)
                painter.drawLine(middle + out * RADIUS, middle + out * (RADIUS + ARM))


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
