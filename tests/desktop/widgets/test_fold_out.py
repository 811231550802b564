"""A fold-out opens and closes by mouse and key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.fold_out import FoldOut


@pytest.fixture
def fold_out(qtbot: QtBot) -> FoldOut:
    fold_out = FoldOut("How it works", QLabel("z = m + s · noise"))
    qtbot.addWidget(fold_out)
    fold_out.show()
    return fold_out


def test_it_is_closed_at_first(fold_out: FoldOut) -> None:
    assert not fold_out.is_open
    assert not fold_out.content.isVisible()


def test_a_click_opens_and_another_closes(qtbot: QtBot, fold_out: FoldOut) -> None:
    qtbot.mouseClick(fold_out.button, Qt.MouseButton.LeftButton)
    assert fold_out.content.isVisible()
    qtbot.mouseClick(fold_out.button, Qt.MouseButton.LeftButton)
    assert not fold_out.content.isVisible()


def test_the_space_bar_opens(qtbot: QtBot, fold_out: FoldOut) -> None:
    fold_out.button.setFocus()
    qtbot.keyClick(fold_out.button, Qt.Key.Key_Space)
    assert fold_out.is_open


def test_a_screen_reader_hears_the_heading_and_the_state(fold_out: FoldOut) -> None:
    said = [fold_out.button.accessibleDescription()]
    fold_out.set_open(True)
    said.append(fold_out.button.accessibleDescription())
    assert fold_out.button.accessibleName() == "How it works"
    assert said == ["closed", "open"]
