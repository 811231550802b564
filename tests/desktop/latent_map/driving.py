"""What a person does to the Latent map tab, and what they read from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import images
from desktop.engine import Failure
from desktop.latent_map import words
from desktop.latent_map.page import LatentMapPage
from models.errors import AtelierError

LEFT = Qt.MouseButton.LeftButton
SMALL = 0.05  # units: a pixel or two on the map


def ground(page: LatentMapPage, place: int = 0) -> QWidget:
    """What takes the mouse on a map."""
    viewport: QWidget = page.charts[place].view.stage.viewport()
    return viewport


def spot(page: LatentMapPage, x: float, y: float, place: int = 0) -> QPoint:
    return page.charts[place].view.position(x, y)


def click(page: LatentMapPage, qtbot: QtBot, x: float, y: float, place: int = 0) -> None:
    qtbot.mouseClick(ground(page, place), LEFT, pos=spot(page, x, y, place))


def drag(page: LatentMapPage, qtbot: QtBot, *places: tuple[float, float]) -> None:
    """Press on the first place, move over the others, let go on the last."""
    qtbot.mousePress(ground(page), LEFT, pos=spot(page, *places[0]))
    for place in places[1:]:
        qtbot.mouseMove(ground(page), spot(page, *place))
    qtbot.mouseRelease(ground(page), LEFT, pos=spot(page, *places[-1]))


def draw_path(page: LatentMapPage, qtbot: QtBot, *places: tuple[float, float]) -> None:
    """Take the pencil, and draw."""
    qtbot.mouseClick(page.controls.path.draw, LEFT)
    drag(page, qtbot, *places)


def type_code(page: LatentMapPage, qtbot: QtBot, text: str) -> None:
    field = page.desk.side.place.code
    field.setFocus()
    field.setText(text)  # keys of a true minus are more than Qt's test can press
    qtbot.keyClick(field, Qt.Key.Key_Return)


def image(page: LatentMapPage) -> NDArray[np.uint8]:
    """The large image (H, W, 3) as it is shown."""
    return colours(page.desk.side.place.image.image)


def colours(shown: QImage | None) -> NDArray[np.uint8]:
    assert shown is not None
    return images.rgba(shown, 10_000)[..., :3]


def button(page: LatentMapPage, name: str) -> QToolButton | QPushButton:
    kinds: tuple[type[QToolButton | QPushButton], ...] = (QToolButton, QPushButton)
    (found,) = (one for kind in kinds for one in page.findChildren(kind) if one.accessibleName() == name)
    return found


def sentence(page: LatentMapPage) -> str:
    return page.skeleton._state.text()


def choose(page: LatentMapPage, name: str) -> None:
    """A preset by its name in the menu."""
    page.skeleton.preset_chosen.emit(preset_names(page).index(name))


def preset_names(page: LatentMapPage) -> list[str]:
    return [words.preset(preset) for preset in page.waking.presets]


def problems_of(page: LatentMapPage) -> list[AtelierError | Failure]:
    told: list[AtelierError | Failure] = []
    page.problem.connect(told.append)
    return told


def said(problem: AtelierError | Failure) -> str:
    return str(problem.error if isinstance(problem, Failure) else problem)


def pick(page: LatentMapPage, name: str) -> None:
    """A model by its name in the corner."""
    names = [model.name for model in page.picker.models]
    page.picker.list.setCurrentIndex(names.index(name))
    page.picker.list.activated.emit(names.index(name))
