"""How each class of the encoded data is marked: a colour that colour-blind eyes tell apart, and a shape of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

# Okabe and Ito's colours, 2008, in their order; grey and white for a ninth and a tenth class.
COLOURS = (
    *("#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"),
    *("#999999", "#ffffff"),
)
EDGE = QColor(0, 0, 0, 170)


class Shape(Enum):
    """The shapes, the ones that differ most first."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    PLUS = "plus"
    STAR = "star"
    CROSS = "cross"
    POINTING_DOWN = "triangle pointing down"
    RING = "ring"
    BAR = "bar"


SHAPES = tuple(Shape)


@dataclass(frozen=True)
class Mark:
    """What one class looks like."""

    colour: QColor
    shape: Shape


def mark_of(label: int) -> Mark:
    """The mark of a class by its number: the first ten differ in both, a hundred in one."""
    turns, place = divmod(label, len(COLOURS))
    return Mark(QColor(COLOURS[place]), SHAPES[(place + turns) % len(SHAPES)])


def outline(shape: Shape, radius: float) -> QPainterPath:
    """A shape about the origin, all of about the same ink."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if shape in (Shape.CIRCLE, Shape.RING):
        outside = radius if shape is Shape.CIRCLE else 1.3 * radius
        path.addEllipse(QPointF(0, 0), outside, outside)
        if shape is Shape.RING:
            path.setFillRule(Qt.FillRule.OddEvenFill)
            path.addEllipse(QPointF(0, 0), 0.7 * radius, 0.7 * radius)
    elif shape in (Shape.PLUS, Shape.CROSS):
        _add_arms(path, radius * 1.15, 45.0 if shape is Shape.CROSS else 0.0)
    elif shape is Shape.BAR:
        path.addRect(QRectF(-1.4 * radius, -0.6 * radius, 2.8 * radius, 1.2 * radius))
    else:
        _add_corners(path, shape, radius)
    return path


def paint(painter: QPainter, middle: QPointF, radius: float, mark: Mark, halo: QColor) -> None:
    """A mark with a thin dark edge and a halo, which keep it visible on any picture."""
    path = outline(mark.shape, radius).translated(middle)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(halo, 3.5, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.setPen(QPen(EDGE, 1, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(mark.colour)
    painter.drawPath(path)


def stamp(mark: Mark, radius: float, halo: QColor, ratio: float) -> QPixmap:
    """A mark in the middle of a transparent square, to be drawn many times."""
    side = 2 * math.ceil((radius * 1.3 + 2.5) * ratio) + 1
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    paint(painter, QPointF(side / 2 / ratio, side / 2 / ratio), radius, mark, halo)
    painter.end()
    return pixmap


def icon(mark: Mark, halo: QColor, ratio: float, size: QSize) -> QPixmap:
    """A mark as a legend shows it."""
    pixmap = QPixmap(size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QPointF(size.width() / 2, size.height() / 2), 0.3 * size.height(), mark, halo)
    painter.end()
    return pixmap


def _add_arms(path: QPainterPath, radius: float, turned: float) -> None:
    """Two bars, one across the other, as one outline."""
    thin = radius * 0.36
    corners = [(thin, -radius), (thin, -thin), (radius, -thin), (radius, thin), (thin, thin), (thin, radius)]
    around = corners + [(-x, -y) for x, y in corners]
    angle = math.radians(turned)
    turn = [
        QPointF(x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)) for x, y in around
    ]
    path.addPolygon(turn)
    path.closeSubpath()


def _add_corners(path: QPainterPath, shape: Shape, radius: float) -> None:
    count, size, first = _CORNERS[shape]
    points = []
    for corner in range(count):
        angle = math.radians(first + 360 * corner / count)
        reach = radius * size * (0.45 if shape is Shape.STAR and corner % 2 else 1.0)
        points.append(QPointF(reach * math.cos(angle), reach * math.sin(angle)))
    path.addPolygon(points)
    path.closeSubpath()


_CORNERS = {  # how many, how far out in radii, the first one's angle in degrees
    Shape.SQUARE: (4, 1.5, 45.0),
    Shape.TRIANGLE: (3, 1.3, -90.0),
    Shape.POINTING_DOWN: (3, 1.3, 90.0),
    Shape.DIAMOND: (4, 1.5, 0.0),
    Shape.STAR: (10, 1.45, -90.0),
}
