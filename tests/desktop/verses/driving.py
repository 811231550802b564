"""What a person does to the Verses tab, and what they read from it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine import Failure
from desktop.verses.mode import Mode
from desktop.verses.page import VersesPage
from models.errors import AtelierError
from models.sentence_vae import examples
from models.sentence_vae.path import VersePath
from tests.desktop.verses.conftest import wait_for_path

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PRESETS = examples.presets()


def type_line(page: VersesPage, qtbot: QtBot, line: str) -> None:
    """Replace the first line as a person does, and wait for its path."""
    editor = page.path.poem.first.editor
    qtbot.mouseClick(editor, LEFT)
    qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
    if line.isascii():
        qtbot.keyClicks(editor, line)
    else:
        QGuiApplication.clipboard().setText(line)
        qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: page.path.session.request.first == line)
    wait_for_path(page, qtbot)


def button(page: VersesPage, name: str) -> QToolButton | QPushButton:
    kinds: tuple[type[QToolButton | QPushButton], ...] = (QToolButton, QPushButton)
    (found,) = (one for kind in kinds for one in page.findChildren(kind) if one.accessibleName() == name)
    return found


def lines(page: VersesPage) -> list[str]:
    return [row.text.line for row in page.path.poem.rows if row.isVisible()]


def sentence(page: VersesPage) -> str:
    return page.skeleton._state.text()


def choose(page: VersesPage, place: int) -> None:
    page.skeleton.preset_chosen.emit(place)


def shown_path(page: VersesPage) -> VersePath:
    assert page.path.session.result is not None
    return page.path.session.result


def problems_of(page: VersesPage) -> list[AtelierError | Failure]:
    told: list[AtelierError | Failure] = []
    page.problem.connect(told.append)
    return told


def lay_out(widget: QWidget) -> None:
    """Have everything in its place now, before the next turn of the event loop."""
    layout = widget.layout()
    assert layout is not None
    layout.activate()


def wait_for_result(page: VersesPage, qtbot: QtBot) -> None:
    """Until what the mode on screen asks for is there."""

    def is_there() -> bool:
        session = page.mode.session
        result = session.result
        return result is not None and result.final and result.request == session.request and session.is_awake

    qtbot.waitUntil(is_there, timeout=5000)


def enter(page: VersesPage, qtbot: QtBot, key: str) -> Mode[Any, Any]:
    (place,) = (place for place, mode in enumerate(page.modes) if mode.key == key)
    qtbot.mouseClick(page.switch.button(place), LEFT)
    wait_for_result(page, qtbot)
    return page.mode


def type_into(page: VersesPage, qtbot: QtBot, line: str) -> None:
    """Replace the first line of the mode on screen, without Enter."""
    editor = page.square.square.corners[0].editor if page.mode is page.square else page.neighbours.neighbours.editor
    qtbot.mouseClick(editor, LEFT)
    qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(editor, line)


def first_line(page: VersesPage) -> str:
    return str(page.mode.lines_of(page.mode.session.request)[0])
