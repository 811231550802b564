"""Tiles and data made up for the map, a view of them, and a hand that uses it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.latent_map.map_view import MapView
from models.image_vae.codes import CELLS, EncodedData, Plane, TileKey, Window
from models.sprites.form import Format

FORM = Format(12, 12, ((255, 255, 255), (0, 0, 0), (200, 30, 30)))
FLAT = Plane.flat(2)
WIDTH, HEIGHT = 400, 320
NAMES = ("owl", "fox")
ALIKE = 40  # of 255, in each channel
NO_KEY = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


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


def open_view(qtbot: QtBot) -> MapView:
    """A map on screen with its prior alone, so that every colour on it is known."""
    view = MapView()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    return view


class Heard:
    """What a map said."""

    def __init__(self, view: MapView) -> None:
        self.pointed: list[tuple[float, float]] = []
        self.settled = 0
        self.paths: list[tuple[tuple[float, float], ...]] = []
        self.rows: list[int | None] = []
        self.windows: list[Window] = []
        self.dropped: list[Any] = []
        view.pointed.connect(self._on_pointed)
        view.settled.connect(self._on_settled)
        view.path_drawn.connect(self.paths.append)
        view.hovered.connect(self.rows.append)
        view.window_changed.connect(self.windows.append)
        view.files_dropped.connect(self.dropped.append)
        view.image_dropped.connect(self.dropped.append)

    def _on_pointed(self, x: float, y: float) -> None:
        self.pointed.append((x, y))

    def _on_settled(self) -> None:
        self.settled += 1


def press(qtbot: QtBot, view: MapView, place: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    qtbot.mousePress(view.stage.viewport(), button, NO_KEY, view.position(*place))


def move(view: MapView, pixel: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """As a real mouse does it: Qt's own test moves tell of no buttons."""
    point, everywhere = QPointF(pixel), QPointF(view.stage.viewport().mapToGlobal(pixel))
    event = QMouseEvent(QEvent.Type.MouseMove, point, everywhere, Qt.MouseButton.NoButton, buttons, NO_KEY)
    QApplication.sendEvent(view.stage.viewport(), event)


def lift(qtbot: QtBot, view: MapView, place: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    qtbot.mouseRelease(view.stage.viewport(), button, NO_KEY, view.position(*place))


def drag(qtbot: QtBot, view: MapView, places: list[tuple[float, float]], button: Qt.MouseButton = LEFT) -> None:
    pixels = [view.position(*place) for place in places]
    viewport = view.stage.viewport()
    qtbot.mousePress(viewport, button, NO_KEY, pixels[0])
    for pixel in pixels[1:]:
        move(view, pixel, button)
    qtbot.mouseRelease(viewport, button, NO_KEY, pixels[-1])


def turn(
    view: MapView,
    notches: float,
    pixel: QPoint,
    modifiers: Qt.KeyboardModifier = NO_KEY,
    fine: QPoint | None = None,
) -> None:
    """Of the wheel, or `fine` pixels of a touchpad."""
    point, everywhere = QPointF(pixel), QPointF(view.stage.viewport().mapToGlobal(pixel))
    angle = QPoint(0, round(120 * notches))
    phase = Qt.ScrollPhase.NoScrollPhase
    button = Qt.MouseButton.NoButton
    event = QWheelEvent(point, everywhere, fine or QPoint(), angle, button, modifiers, phase, False)
    QApplication.sendEvent(view.stage.viewport(), event)


def near(place: tuple[float, float], view: MapView) -> Any:
    """A place to less than a pixel."""
    scale = WIDTH / (view.window().right - view.window().left)
    return pytest.approx(place, abs=1.01 / scale)


def _is_like(first: QColor, second: QColor) -> bool:
    channels = zip(*((each.red(), each.green(), each.blue()) for each in (first, second)), strict=True)
    return all(abs(one - other) <= ALIKE for one, other in channels)
