"""The square as a picture: dark serif on a plain ground, as the poem has it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from desktop.verses.line_type import balanced
from desktop.verses.poem_image import FAINT, GROUND, INK, MARGIN, SCALE
from desktop.verses.typography import serif
from models.sentence_vae.path import Square

TYPE, WIDTH, HEIGHT, GAP = 18, 184, 96, 16  # pixels of the screen; of a line, and of the air between two
ROWS = 4  # of a wrapped line


def draw(square: Square) -> QImage:
    """The corners in full ink, the lines between in a softer one."""
    side = len(square.cells)
    width = side * WIDTH + (side - 1) * GAP + 2 * MARGIN
    height = side * HEIGHT + (side - 1) * GAP + 2 * MARGIN
    image = QImage(width * SCALE, height * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(GROUND)
    painter = QPainter(image)
    painter.setFont(serif(TYPE))
    ends = (0, side - 1)
    for row, cells in enumerate(square.cells):
        for column, cell in enumerate(cells):
            painter.setPen(INK if row in ends and column in ends else FAINT)
            place = QRect(MARGIN + column * (WIDTH + GAP), MARGIN + row * (HEIGHT + GAP), WIDTH, HEIGHT)
            _paint(painter, place, cell.text)
    painter.end()
    return image


def _paint(painter: QPainter, place: QRect, line: str) -> None:
    font = serif(TYPE)
    rows = balanced(line, font, place.width(), ROWS)
    height = QFontMetrics(font).height()
    top = place.center().y() - height * len(rows) // 2
    for number, row in enumerate(rows):
        inside = QRect(place.left(), top + number * height, place.width(), height)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, row)
