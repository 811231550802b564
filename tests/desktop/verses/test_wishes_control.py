"""The dial and the wishes: what a person sets there and what they say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.verses.wishes_control import DialControl, WishesControl
from desktop.widgets.skeleton import Skeleton
from models.sentence_vae.path import FIRST, LAST, PathRequest, Wishes

LEFT = Qt.MouseButton.LeftButton
ENGLISH, CHINESE = PathRequest("A lamp", "A street"), PathRequest("灯下读旧信", "门前雪未消")


@pytest.fixture
def dial(qtbot: QtBot) -> DialControl:
    control = DialControl()
    qtbot.addWidget(control)
    control.show_request(ENGLISH)
    control.resize(264, 24)
    control.show()
    return control


@pytest.fixture
def skeleton(qtbot: QtBot) -> Skeleton:
    page = Skeleton()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def wishes(skeleton: Skeleton) -> WishesControl:
    control = WishesControl(skeleton)
    skeleton.add_group("Wishes", control)
    control.show_request(CHINESE)
    skeleton.resize(1000, 560)
    skeleton.show()
    return control


def test_the_dial_shows_a_request_without_telling(dial: DialControl, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dial.changed):
        dial.show_request(PathRequest("A", "B", dial=1.0))
    assert dial.slider.value() == dial.slider.maximum()


def test_the_dial_tells_its_place_from_nought_to_one(dial: DialControl, qtbot: QtBot) -> None:
    told: list[float] = []
    dial.changed.connect(told.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left):
        qtbot.keyClick(dial.slider, key)
    assert told == [0.0, 1.0, 0.95]


def test_a_drag_of_the_dial_is_one_step(dial: DialControl, qtbot: QtBot) -> None:
    told: list[float] = []
    dial.changed.connect(told.append)
    middle = dial.slider.rect().center()
    qtbot.mousePress(dial.slider, LEFT, pos=middle)
    for x in range(0, 60, 10):
        qtbot.mouseMove(dial.slider, middle + QPoint(x, 0))
    assert told == []
    qtbot.mouseRelease(dial.slider, LEFT, pos=middle + QPoint(50, 0))
    assert len(told) == 1
    assert told[0] > 0.5


def test_wishes_are_told_together(wishes: WishesControl, qtbot: QtBot) -> None:
    told: list[Wishes] = []
    wishes.changed.connect(told.append)
    qtbot.keyClick(wishes.length, Qt.Key.Key_Space)
    qtbot.keyClick(wishes.tones, Qt.Key.Key_Space)
    qtbot.keyClick(wishes.rhyme, Qt.Key.Key_End)
    assert told == [Wishes(length=True), Wishes(length=True, tones=True), Wishes(True, LAST, True)]


def test_a_request_is_shown_without_telling(wishes: WishesControl, qtbot: QtBot) -> None:
    wanted = Wishes(length=True, rhyme=FIRST, tones=True)
    with qtbot.assertNotEmitted(wishes.changed):
        wishes.show_request(PathRequest("灯下读旧信", "门前雪未消", wishes=wanted))
    assert wishes.wishes == wanted
    assert wishes.rhyme.currentText() == "Rhyme with the first line"


def test_tones_can_be_wished_for_chinese_lines_only(wishes: WishesControl) -> None:
    assert wishes.tones.isEnabled()
    wishes.show_request(ENGLISH)
    assert not wishes.tones.isEnabled()
    assert not wishes.tones_action.isEnabled()
    assert "Chinese" in wishes.tones.toolTip()


def test_every_wish_has_a_key(wishes: WishesControl) -> None:
    wishes.length_action.trigger()
    wishes.tones_action.trigger()
    rhymes = []
    for _ in range(3):
        wishes.rhyme_action.trigger()
        rhymes.append(wishes.wishes.rhyme)
    assert wishes.wishes == Wishes(length=True, tones=True)
    assert rhymes == [FIRST, LAST, ""]
    keys = [action.shortcut().toString() for action in (wishes.length_action, wishes.rhyme_action, wishes.tones_action)]
    assert all(keys)
    assert len(set(keys)) == 3
