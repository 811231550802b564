"""Where random codes fall on the map: small hollow marks, of no class."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.path_mark import Path

RADIUS = 4.0  # pixels
DARK, LIGHT = QColor(20, 20, 24), QColor(255, 255, 255, 230)


class CodeMarks:
    """`places` on the plane; none where there are no codes to show."""

    def __init__(self) -> None:
        self.places: Path = ()

    def paint(self, painter: QPainter, frame: Frame, _colours: theme.Colours) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        room = frame.room.adjusted(-RADIUS, -RADIUS, RADIUS, RADIUS)
        middles = [frame.point(*place) for place in self.places]
        seen = [middle for middle in middles if room.contains(middle)]
        for pen in (QPen(LIGHT, 4), QPen(DARK, 1.75)):
            painter.setPen(pen)
            for middle in seen:
                painter.drawEllipse(middle, RADIUS, RADIUS)
