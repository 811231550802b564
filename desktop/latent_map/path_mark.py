"""A path over the map, whether it is given or being drawn, and the place that plays."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.latent_map import map_lines
from desktop.latent_map.map_frame import Frame

Path = tuple[tuple[float, float], ...]


class PathMark:
    """From a hollow dot to a full one."""

    def __init__(self) -> None:
        self.path: Path = ()

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        halo = QColor(255, 255, 255, 210)
        pens = map_lines.halo_pens(colours.accent, halo, 2.5)
        for pen in pens:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        map_lines.stroke(painter, map_lines.of_path(frame, self.path), pens)
        if self.path:
            _dot(painter, frame.point(*self.path[0]), 4.5, QColor(255, 255, 255), colours.accent)
            _dot(painter, frame.point(*self.path[-1]), 4.5, colours.accent, QColor(255, 255, 255))


class PlayheadMark:
    """`place` is None where nothing plays."""

    def __init__(self) -> None:
        self.place: tuple[float, float] | None = None

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self.place is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _dot(painter, frame.point(*self.place), 8, colours.accent, QColor(255, 255, 255))


def _dot(painter: QPainter, middle: QPointF, radius: float, fill: QColor, rim: QColor) -> None:
    painter.setPen(QPen(rim, 2))
    painter.setBrush(fill)
    painter.drawEllipse(middle, radius, radius)
