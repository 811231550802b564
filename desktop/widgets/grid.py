"""Where the pixels of a sprite lie in a widget: squares of a whole number of the screen's own pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath

from models.sprites.form import Mask


@dataclass(frozen=True)
class Grid:
    """`left`, `top` and `cell` are in logical pixels and fall on the screen's own."""

    height: int
    width: int
    left: float
    top: float
    cell: float

    @classmethod
    def fitted(cls, height: int, width: int, room: QSizeF, ratio: float) -> Grid:
        """The largest in the middle of a room; `ratio` of the screen's pixels to logical ones."""
        cell = max(1, int(min(room.width() * ratio // width, room.height() * ratio // height)))
        left = (room.width() * ratio - cell * width) // 2
        top = (room.height() * ratio - cell * height) // 2
        return cls(height, width, left / ratio, top / ratio, cell / ratio)

    @property
    def rect(self) -> QRectF:
        return QRectF(self.left, self.top, self.cell * self.width, self.cell * self.height)

    def square(self, place: int) -> QRectF:
        """Where one pixel lies."""
        row, column = divmod(place, self.width)
        return QRectF(self.left + column * self.cell, self.top + row * self.cell, self.cell, self.cell)

    def place_at(self, point: QPointF) -> int | None:
        """The pixel under a point."""
        column, row = int((point.x() - self.left) // self.cell), int((point.y() - self.top) // self.cell)
        inside = 0 <= row < self.height and 0 <= column < self.width
        return row * self.width + column if inside else None

    def area(self, mask: Mask) -> QPainterPath:
        """Where the pixels lie that a mask (H, W) names."""
        path = QPainterPath()
        for row, start, stop in runs(mask):
            width = (stop - start) * self.cell
            path.addRect(self.left + start * self.cell, self.top + row * self.cell, width, self.cell)
        return path

    def seam(self, mask: Mask) -> QPainterPath:
        """The border between what a mask (H, W) names and what it does not."""
        path = QPainterPath()
        for row, column in np.argwhere(mask[1:] != mask[:-1]):
            start = QPointF(self.left + column * self.cell, self.top + (row + 1) * self.cell)
            path.moveTo(start)
            path.lineTo(start + QPointF(self.cell, 0))
        for row, column in np.argwhere(mask[:, 1:] != mask[:, :-1]):
            start = QPointF(self.left + (column + 1) * self.cell, self.top + row * self.cell)
            path.moveTo(start)
            path.lineTo(start + QPointF(0, self.cell))
        return path


def runs(mask: Mask) -> Iterator[tuple[int, int, int]]:
    """Row, first and past-the-last column of each run of a mask (H, W)."""
    for row, cells in enumerate(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)):
        edges = np.flatnonzero(np.diff(cells))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            yield row, int(start), int(stop)


def line(start: int, end: int, width: int) -> list[int]:
    """The places from one to another, as a hand would draw them, without the first."""
    (row, column), (last_row, last_column) = divmod(start, width), divmod(end, width)
    count = max(abs(last_row - row), abs(last_column - column))
    rows = np.linspace(row, last_row, count + 1).round().astype(int)
    columns = np.linspace(column, last_column, count + 1).round().astype(int)
    return [int(place) for place in rows[1:] * width + columns[1:]]


def dab(place: int, size: int, height: int, width: int) -> list[int]:
    """The places under a square brush of `size` pixels whose middle is at one."""
    row, column = divmod(place, width)
    above = (size - 1) // 2
    rows = range(max(row - above, 0), min(row - above + size, height))
    columns = range(max(column - above, 0), min(column - above + size, width))
    return [here * width + there for here in rows for there in columns]
