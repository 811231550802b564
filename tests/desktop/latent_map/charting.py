"""Tiles and data made up for the map, and a view of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop.latent_map.map_view import MapView
from models.image_vae.codes import CELLS, EncodedData, Plane, TileKey
from models.sprites.form import Format

FORM = Format(12, 12, ((255, 255, 255), (0, 0, 0), (200, 30, 30)))
FLAT = Plane.flat(2)
WIDTH, HEIGHT = 400, 320
NAMES = ("owl", "fox")
ALIKE = 40  # of 255, in each channel


def tile_of(key: TileKey, form: Format = FORM) -> NDArray[np.uint8]:
    """Every image is one colour, which says its level, column and row."""
    cells = np.zeros((CELLS, CELLS, 3), np.uint8)
    for row in range(CELLS):
        for column in range(CELLS):
            cells[row, column] = cell_colour(key, column, CELLS - 1 - row)
    return cells.repeat(form.height, axis=0).repeat(form.width, axis=1)


def cell_colour(key: TileKey, column: int, row: int) -> tuple[int, int, int]:
    """Of the image in a column from the left and a row from below of a tile."""
    across, up = key.column * CELLS + column, key.row * CELLS + row
    return ((key.level + 2) * 11 % 256, across * 37 % 256, up * 53 % 256)


def colour_of_place(level: int, x: float, y: float) -> QColor:
    """What the ground must show at a place, at a level."""
    across, up = int(np.floor(x * 2.0**level)), int(np.floor(y * 2.0**level))
    return QColor((level + 2) * 11 % 256, across * 37 % 256, up * 53 % 256)


class Decoder(QObject):
    """Gives each tile that is wanted at once, and remembers which were."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self.asked: list[tuple[TileKey, ...]] = []
        self.is_slow = False  # gives none
        view.tiles_wanted.connect(self._on_wanted)

    @Slot(object)
    def _on_wanted(self, keys: tuple[TileKey, ...]) -> None:
        self.asked.append(keys)
        if not self.is_slow:
            self.give(keys)

    def give(self, keys: tuple[TileKey, ...]) -> None:
        for key in keys:
            self._view.take_tile(key, tile_of(key))


def data_at(*places: tuple[float, float], labels: tuple[int, ...] = ()) -> EncodedData:
    """Encoded data of two classes, taking turns unless said."""
    numbers = labels or tuple(row % 2 for row in range(len(places)))
    return EncodedData(np.array(places, np.float32), None, np.array(numbers, np.uint8), NAMES)


def many(count: int = 2000) -> EncodedData:
    """A cloud as the prior makes it."""
    means = np.random.default_rng(3).normal(size=(count, 2)).astype(np.float32)
    return EncodedData(means, None, np.arange(count).astype(np.uint8) % 2, NAMES)


def shown(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def inked(image: QImage, colour: QColor, middle: QPoint, reach: int = 12) -> int:
    """How many pixels of a colour, or next to it, there are about a place."""
    places = ((middle.x() + x, middle.y() + y) for x in range(-reach, reach + 1) for y in range(-reach, reach + 1))
    return sum(image.valid(*place) and _is_like(image.pixelColor(*place), colour) for place in places)


NO_KEY = Qt.KeyboardModifier.NoModifier


def _is_like(first: QColor, second: QColor) -> bool:
    channels = zip(*((each.red(), each.green(), each.blue()) for each in (first, second)), strict=True)
    return all(abs(one - other) <= ALIKE for one, other in channels)
