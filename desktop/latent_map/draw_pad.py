"""A small sheet in a model's format, to draw a picture on and see where it lands while it is drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import images, theme
from desktop.widgets.grid import Grid
from models.sprites.form import Format, Pixels
from models.sprites.idx import INK

SMALLEST = 120
PEN = 0.045  # of the height: the radius of the pen in a model of ink, as thick as a digit's line
EDGE = 0.9  # pixels in which a line fades out


class DrawPad(QWidget):
    """`stroke_began`, `stroke_went` with every move, `stroke_ended`; the picture itself is `pixels` (H, W)."""

    stroke_began = Signal()
    stroke_went = Signal()
    stroke_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form: Format | None = None
        self.pixels: Pixels = np.zeros((1, 1), np.uint8)
        self.colour = 0
        self.is_erasing = False
        self._last: QPointF | None = None
        self.setAccessibleName(self.tr("Sheet to draw on"))
        self.setToolTip(self.tr("Draw here, and see where it lands on the map"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def is_ink(self) -> bool:
        """Whether there is only ink, of any strength, in place of colours."""
        return self.form is not None and self.form.palette == INK

    @property
    def paper(self) -> int:
        """What stands in an empty place."""
        return 0 if self.form is None or self.is_ink else self.form.paper

    def show_format(self, form: Format) -> None:
        """An empty sheet for another model."""
        self.form = form
        self.clear()

    def show_picture(self, picture: bytes) -> None:
        """What was drawn or dropped, H·W bytes; nothing for none."""
        if self.form is not None and len(picture) == self.form.pixels:
            self.pixels = np.frombuffer(picture, np.uint8).reshape(self.form.height, self.form.width).copy()
            self.update()
        else:
            self.clear()

    def clear(self) -> None:
        """An empty sheet."""
        if self.form is not None:
            self.pixels = np.full((self.form.height, self.form.width), self.paper, np.uint8)
        self.update()

    @property
    def grid(self) -> Grid:
        height, width = self.pixels.shape
        room = QSizeF(self.width() - 2, self.height() - 2)
        fitted = Grid.fitted(height, width, room, self.devicePixelRatioF())
        return Grid(height, width, fitted.left + 1, fitted.top + 1, fitted.cell)

    def sizeHint(self) -> QSize:
        return QSize(184, 184)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        grid, colours = self.grid, theme.colours(self.palette())
        painter.setPen(QPen(colours.line, 1))
        painter.drawRect(grid.rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.form is not None:
            painter.drawImage(grid.rect, images.of_colours(self._colours()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.form is not None:
            self._last = event.position()
            self.stroke_began.emit()
            self._stroke(event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            last, self._last = self._last, event.position()
            self._stroke(last, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._last is not None and event.button() is Qt.MouseButton.LeftButton:
            self._last = None
            self.stroke_ended.emit()

    def _stroke(self, first: QPointF, last: QPointF) -> None:
        grid = self.grid
        ends = [((end.x() - grid.left) / grid.cell, (end.y() - grid.top) / grid.cell) for end in (first, last)]
        distance = _distance(self.pixels.shape[0], self.pixels.shape[1], *ends)
        if self.is_ink:
            self._pour(distance)
        else:
            self.pixels[distance <= 0.5] = self.paper if self.is_erasing else self.colour
        self.update()
        self.stroke_went.emit()

    def _pour(self, distance: NDArray[np.float64]) -> None:
        """Ink with soft edges, as a scanned pen leaves it; the eraser is as soft and twice as wide."""
        radius = max(0.8, PEN * self.pixels.shape[0]) * (2 if self.is_erasing else 1)
        strength = np.clip((radius + EDGE / 2 - distance) / EDGE, 0, 1)
        ink = (255 * strength).round().astype(np.uint8)
        self.pixels = np.minimum(self.pixels, 255 - ink) if self.is_erasing else np.maximum(self.pixels, ink)

    def _colours(self) -> NDArray[np.uint8]:
        if self.is_ink:
            return np.repeat(255 - self.pixels[..., None], 3, axis=2)
        assert self.form is not None
        return self.form.table[self.pixels]


def _distance(height: int, width: int, first: tuple[float, float], last: tuple[float, float]) -> NDArray[np.float64]:
    """How far the middle of each pixel (H, W) lies from a line, in pixels; the pixel under it counts as reached."""
    y, x = np.mgrid[:height, :width] + 0.5
    (left, top), (right, bottom) = first, last
    long = max((right - left) ** 2 + (bottom - top) ** 2, 1e-12)
    share = np.clip(((x - left) * (right - left) + (y - top) * (bottom - top)) / long, 0, 1)
    return np.asarray(np.hypot(x - left - share * (right - left), y - top - share * (bottom - top)))
