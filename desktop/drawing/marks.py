"""Numbers over pixels: a dot on each, the larger and the brighter the more bits; and the legend that says how many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.grid import Grid
from models.pixel_rnn.sprite import Bits
from models.sprites.form import Mask

# Cividis (Nuñez, Anderton and Renslow, 2018): dark blue to yellow, the same to eyes that do not tell red from green.
SCALE = ("#00204d", "#31446b", "#666970", "#958f78", "#cbba69", "#ffea46")
MOST_BITS = 8.0  # what costs more gets the same dot
STEPS = 5  # of the legend
LEVELS = 40  # of a dot's size and colour


class View(Enum):
    """What is shown over the picture."""

    COLOURS = "colours"
    DOUBT = "doubt"
    SURPRISE = "surprise"


@dataclass(frozen=True, eq=False)
class Marks:
    """Bits (H, W) at the pixels that `where` (H, W) names; `most` is the largest dot's."""

    bits: Bits
    where: Mask
    most: float


def most_bits(colours: int) -> float:
    """The largest dot's bits for a palette of so many colours."""
    return min(MOST_BITS, float(max(1, math.ceil(math.log2(colours)))))


def colour_of(share: float) -> QColor:
    """The colour of a share from 0 to 1 of the most bits."""
    place = min(max(share, 0.0), 1.0) * (len(SCALE) - 1)
    below = min(int(place), len(SCALE) - 2)
    return theme.mixed(QColor(SCALE[below]), QColor(SCALE[below + 1]), place - below)


class Dots:
    """Paints dots, each size drawn once and kept."""

    def __init__(self) -> None:
        self._cell, self._ratio = 0.0, 0.0
        self._kept: dict[int, QPixmap] = {}

    def paint(self, painter: QPainter, grid: Grid, marks: Marks) -> None:
        """A dot on each marked pixel."""
        ratio = painter.device().devicePixelRatio()
        if (grid.cell, ratio) != (self._cell, self._ratio):
            self._cell, self._ratio = grid.cell, ratio
            self._kept.clear()
        bits = marks.bits.ravel()
        for place in np.flatnonzero(marks.where).tolist():
            level = round(LEVELS * min(max(float(bits[place]) / marks.most, 0.0), 1.0))
            painter.drawPixmap(grid.square(place).topLeft(), self._dot(level))

    def _dot(self, level: int) -> QPixmap:
        """The dot for so many of `LEVELS`, on a transparent pixel."""
        if level not in self._kept:
            side = round(self._cell * self._ratio)
            pixmap = QPixmap(side, side)
            pixmap.setDevicePixelRatio(self._ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _dot(painter, QPointF(self._cell / 2, self._cell / 2), self._cell, level / LEVELS)
            painter.end()
            self._kept[level] = pixmap
        return self._kept[level]


def _dot(painter: QPainter, middle: QPointF, cell: float, share: float) -> None:
    """Its area grows with the share; a light and a dark ring keep it visible on any colour."""
    radius = cell * (0.08 + 0.36 * math.sqrt(share))
    painter.setPen(QPen(QColor(255, 255, 255, 200), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, radius, radius)
    painter.setPen(QPen(QColor(0, 0, 0, 160), 0.75))
    painter.setBrush(colour_of(share))
    painter.drawEllipse(middle, radius, radius)


class Legend(QWidget):
    """What the dots mean, from none to the most bits; empty where no dots are shown, and as tall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scale(self, most: float) -> None:
        """Dots up to so many bits; 0 shows none."""
        self._most = most
        self.setAccessibleName(self.tr("Dots from 0 to {most:.0f} bits").format(most=most) if most else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 16 + self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._most:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.Size.SMALL))
        room = self.width() / STEPS
        for step in range(STEPS):
            share = step / (STEPS - 1)
            middle = (step + 0.5) * room
            _dot(painter, QPointF(middle, 8), 16, share)
            painter.setPen(theme.colours(self.palette()).quiet)
            painter.drawText(*self._label_place(step, middle, room), self._label(step, share))

    def _label_place(self, step: int, middle: float, room: float) -> tuple[QRectF, Qt.AlignmentFlag]:
        """The last label is the longest and ends where the legend does."""
        if step == STEPS - 1:
            return QRectF(self.width() - 2 * room, 16, 2 * room, self.height() - 16), Qt.AlignmentFlag.AlignRight
        return QRectF(middle - room / 2, 16, room, self.height() - 16), Qt.AlignmentFlag.AlignHCenter

    def _label(self, step: int, share: float) -> str:
        number = f"{share * self._most:.2g}"
        return self.tr("{} bits").format(number) if step == STEPS - 1 else number
