"""A few words on a small plate of the panel's colour: readable over any picture, and out of the way."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop import theme

OPACITY = 0.84
INSIDE = 4  # pixels between the words and the plate's sides


def middle(painter: QPainter, point: QPointF, words: str, colours: theme.Colours) -> None:
    """Words around a point."""
    plate = _plate(painter, words)
    plate.moveCenter(point)
    _paint(painter, plate, words, colours)


def beside(painter: QPainter, point: QPointF, words: str, colours: theme.Colours) -> None:
    """Words to the right of a point."""
    plate = _plate(painter, words)
    plate.moveCenter(point)
    plate.moveLeft(point.x())
    _paint(painter, plate, words, colours)


def in_corner(painter: QPainter, room: QRectF, words: str, colours: theme.Colours) -> None:
    """Words in the upper right corner of a room."""
    plate = _plate(painter, words)
    plate.moveTopRight(room.topRight() + QPointF(-8, 8))
    _paint(painter, plate, words, colours)


def ground(painter: QPainter, rect: QRectF, colours: theme.Colours) -> None:
    """The plate alone."""
    colour = QColor(colours.panel)
    colour.setAlphaF(OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, 4, 4)


def _plate(painter: QPainter, words: str) -> QRectF:
    painter.setFont(theme.font(theme.Size.SMALL))
    metrics = painter.fontMetrics()
    return QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * INSIDE, metrics.height())


def _paint(painter: QPainter, plate: QRectF, words: str, colours: theme.Colours) -> None:
    ground(painter, plate, colours)
    painter.setPen(colours.text)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
