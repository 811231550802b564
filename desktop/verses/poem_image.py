"""The poem as a picture: dark serif on a plain ground, at twice the size of the screen's pixels."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from desktop.verses import poem_text
from desktop.verses.typography import serif
from models.sentence_vae.path import VersePath

SCALE = 2
TYPE, LEADING, MARGIN = 22, 42, 72  # pixels of the screen
WIDEST = 4000  # a line of 10,000 characters ends there in "…"
GROUND, INK, FAINT = QColor("#fdfcf8"), QColor("#22211f"), QColor("#6e6a62")


def draw(path: VersePath) -> QImage:
    """The ends in full ink, the verses between in a softer one."""
    poem = poem_text.lines(path)
    return draw_lines(poem, (0, len(poem) - 1))


def draw_lines(lines: Sequence[str], full: Collection[int]) -> QImage:
    """Lines one under the other, those at the places `full` in full ink and the others in a softer one."""
    font = serif(TYPE)
    metrics = QFontMetricsF(font)
    poem = [_fitting(line, metrics) for line in lines]
    width = max(metrics.horizontalAdvance(line) for line in poem) + 2 * MARGIN
    height = LEADING * (len(poem) - 1) + metrics.height() + 2 * MARGIN
    image = QImage(int(width) * SCALE, int(height) * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(GROUND)
    _paint(image, font, poem, full)
    return image


def _paint(image: QImage, font: QFont, poem: list[str], full: Collection[int]) -> None:
    painter = QPainter(image)
    painter.setFont(font)
    top = MARGIN + QFontMetricsF(font).ascent()
    for number, line in enumerate(poem):
        painter.setPen(INK if number in full else FAINT)
        painter.drawText(QPointF(MARGIN, top + number * LEADING), line)
    painter.end()


def _fitting(line: str, metrics: QFontMetricsF) -> str:
    return metrics.elidedText(line, Qt.TextElideMode.ElideRight, WIDEST)
