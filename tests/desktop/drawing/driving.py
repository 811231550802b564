"""What a person does to the Drawing tab, and what they read from it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.drawing.page import DrawingPage
from desktop.drawing.tools import Tool
from desktop.engine import Failure
from models.errors import AtelierError

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def spot(page: DrawingPage, place: int) -> QPoint:
    """The middle of a pixel on the canvas."""
    return page.desk.canvas.grid.square(place).center().toPoint()


def click(page: DrawingPage, qtbot: QtBot, place: int) -> None:
    qtbot.mouseClick(page.desk.canvas, LEFT, pos=spot(page, place))


def drag(page: DrawingPage, qtbot: QtBot, *places: int) -> None:
    """Press on the first place, move over the others, let go on the last."""
    canvas = page.desk.canvas
    qtbot.mousePress(canvas, LEFT, pos=spot(page, places[0]))
    for place in places[1:]:
        qtbot.mouseMove(canvas, spot(page, place))
    qtbot.mouseRelease(canvas, LEFT, pos=spot(page, places[-1]))


def take(page: DrawingPage, qtbot: QtBot, tool: Tool) -> None:
    """Press a tool's button."""
    qtbot.mouseClick(button(page, page.desk.tools.actions_by_tool[tool].text()), LEFT)


def paint_with(page: DrawingPage, qtbot: QtBot, colour: int) -> None:
    """Click a colour of the palette."""
    palette = page.controls.palette
    qtbot.mouseClick(palette, LEFT, pos=palette.square(colour).center())


def button(page: DrawingPage, name: str) -> QToolButton | QPushButton:
    kinds: tuple[type[QToolButton | QPushButton], ...] = (QToolButton, QPushButton)
    (found,) = (one for kind in kinds for one in page.findChildren(kind) if one.accessibleName() == name)
    return found


def press_draw(page: DrawingPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.controls.draw.draw, LEFT)


def shown(page: DrawingPage) -> list[list[int]]:
    """The colour indices on the canvas."""
    rows: list[list[int]] = page.session.sheet.shown.tolist()
    return rows


def sentence(page: DrawingPage) -> str:
    return page.skeleton._state.text()


def choose(page: DrawingPage, name: str) -> None:
    """A preset by its name in the menu."""
    names = [preset.name for preset in page.beginnings.presets]
    page.skeleton.preset_chosen.emit(names.index(name))


def problems_of(page: DrawingPage) -> list[AtelierError | Failure]:
    told: list[AtelierError | Failure] = []
    page.problem.connect(told.append)
    return told


def pick(page: DrawingPage, name: str) -> None:
    """A model by its name in the corner."""
    names = [model.name for model in page.picker.models]
    page.picker.list.setCurrentIndex(names.index(name))
    page.picker.list.activated.emit(names.index(name))
