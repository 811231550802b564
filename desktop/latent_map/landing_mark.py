"""Where a picture landed: its mean with a flag, and the spread of its codes as an ellipse of one and two deviations."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop import theme
from desktop.latent_map import map_lines
from desktop.latent_map.map_frame import Frame

SMALLEST = 5.0  # pixels of an ellipse's smaller radius at one deviation, so that it is always to be seen
POLE, CLOTH = 22.0, 13.0  # pixels


class LandingMark:
    """`sigma` is (0, 0) of an autoencoder, which has one code and no spread."""

    def __init__(self) -> None:
        self.mean: tuple[float, float] | None = None
        self.sigma = (0.0, 0.0)

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self.mean is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if max(self.sigma) > 0:
            self._paint_spread(painter, frame, colours, self.mean)
        _flag(painter, frame.point(*self.mean), colours.accent)

    def _paint_spread(self, painter: QPainter, frame: Frame, colours: theme.Colours, mean: tuple[float, float]) -> None:
        least = SMALLEST / frame.scale
        for deviations, width in ((2, 1.75), (1, 2.5)):
            radii = (max(self.sigma[0], least) * deviations, max(self.sigma[1], least) * deviations)
            rim = map_lines.of_ellipse(frame, mean, radii)
            map_lines.stroke(painter, rim, map_lines.halo_pens(colours.accent, QColor(255, 255, 255, 200), width))


def _flag(painter: QPainter, foot: QPointF, colour: QColor) -> None:
    top = foot - QPointF(0, POLE)
    cloth = QPolygonF([top, top + QPointF(CLOTH, 0.35 * CLOTH), top + QPointF(0, 0.7 * CLOTH)])
    for pen, brush in ((QPen(QColor(255, 255, 255, 220), 4), Qt.BrushStyle.NoBrush), (QPen(colour, 1.5), colour)):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawLine(foot, top)
        painter.drawPolygon(cloth)
        painter.drawEllipse(foot, 2, 2)
