"""What of the plane is on screen, and where: the map's only arithmetic between places and pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from models.image_vae.codes import CELLS, FARTHEST, MAX_LEVEL, MIN_LEVEL, Plane, TileKey, Window

BEYOND = 1.05  # of the farthest place that the whole world shows when zoomed out
SMALLEST_IMAGE = 24  # logical pixels; smaller ones are shown at a whole multiple of their size

Number = TypeVar("Number", float, NDArray[np.float64])


@dataclass(frozen=True)
class Frame:
    """The place in the middle, how many logical pixels a unit is wide, and the room in logical pixels."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 80.0
    width: float = 640.0
    height: float = 480.0
    ratio: float = 1.0  # device pixels of a logical one

    @property
    def window(self) -> Window:
        across, up = self.width / 2 / self.scale, self.height / 2 / self.scale
        return Window(self.x - across, self.y - up, self.x + across, self.y + up)

    @property
    def room(self) -> QRectF:
        return QRectF(0, 0, self.width, self.height)

    def across(self, x: Number) -> Number:
        """How far right of the left edge a place lies, in pixels."""
        return self.width / 2 + (x - self.x) * self.scale

    def down(self, y: Number) -> Number:
        """How far under the upper edge a place lies, in pixels."""
        return self.height / 2 - (y - self.y) * self.scale

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.across(x), self.down(y))

    def place(self, point: QPointF) -> tuple[float, float]:
        """The place under a pixel, held within what can be decoded."""
        x = self.x + (point.x() - self.width / 2) / self.scale
        y = self.y - (point.y() - self.height / 2) / self.scale
        return held(x), held(y)

    def rect(self, window: Window) -> QRectF:
        """Where a window lies, its edges on whole device pixels: neighbours meet without a seam."""
        left, right = (self._whole(self.across(x)) for x in (window.left, window.right))
        top, bottom = (self._whole(self.down(y)) for y in (window.top, window.bottom))
        return QRectF(left, top, right - left, bottom - top)

    def moved(self, right: float, down: float) -> Frame:
        """What is shown moved by so many pixels, as a hand moves a sheet of paper."""
        return replace(self, x=self.x - right / self.scale, y=self.y + down / self.scale).within_reach()

    def zoomed(self, factor: float, about: QPointF) -> Frame:
        """Larger by a factor; what is under a pixel stays under it."""
        scale = self.with_scale(self.scale * factor).scale
        shift = 1 / self.scale - 1 / scale
        x = self.x + (about.x() - self.width / 2) * shift
        y = self.y - (about.y() - self.height / 2) * shift
        return replace(self, x=x, y=y, scale=scale).within_reach()

    def fitted(self, window: Window) -> Frame:
        """All of a window, in the middle, as large as it can be."""
        wide, high = (max(side, 1e-9) for side in (window.right - window.left, window.top - window.bottom))
        x, y = (window.left + window.right) / 2, (window.bottom + window.top) / 2
        return replace(self, x=x, y=y).with_scale(min(self.width / wide, self.height / high)).within_reach()

    def sized(self, width: float, height: float, ratio: float) -> Frame:
        """The same place at the same scale in another room."""
        resized = replace(self, width=max(width, 1.0), height=max(height, 1.0), ratio=ratio)
        return resized.with_scale(self.scale).within_reach()

    def with_scale(self, scale: float) -> Frame:
        """Never so small that the whole world does not fill the room, nor larger than codes can be told apart."""
        least = min(self.width, self.height) / (2 * FARTHEST * BEYOND)
        most = 2.0**MAX_LEVEL * 2 * SMALLEST_IMAGE
        return replace(self, scale=min(max(scale, least), most))

    def within_reach(self) -> Frame:
        return replace(self, x=held(self.x), y=held(self.y))

    def level(self, side: int) -> int:
        """The level of tiles at which an image of so many pixels is shown at its size or up to twice as large."""
        native = side * max(1, math.ceil(SMALLEST_IMAGE / side))
        return min(max(math.floor(math.log2(self.scale / native)), MIN_LEVEL), MAX_LEVEL)

    def tiles(self, plane: Plane, level: int) -> tuple[TileKey, ...]:
        """The tiles that are to be seen, nearest the middle first."""
        side, shown = CELLS / 2.0**level, self.window
        columns = _span(shown.left, shown.right, side)
        rows = _span(shown.bottom, shown.top, side)
        middle = (self.x / side - 0.5, self.y / side - 0.5)
        keys = (TileKey(plane, level, column, row) for column in columns for row in rows)
        return tuple(sorted(keys, key=lambda key: math.hypot(key.column - middle[0], key.row - middle[1])))

    def _whole(self, pixels: float) -> float:
        return round(pixels * self.ratio) / self.ratio


def held(number: float) -> float:
    """The nearest number that a code may hold."""
    return min(max(number, -FARTHEST), FARTHEST)


def _span(low: float, high: float, side: float) -> range:
    """The whole steps of a side that cover what is shown of the world."""
    return range(math.floor(max(low, -FARTHEST) / side), math.ceil(min(high, FARTHEST) / side))
