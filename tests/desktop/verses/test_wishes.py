"""Dial and wishes in the tab: asked for, undone, kept, passed on; and the picture beside them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.recipe import from_text, to_text
from desktop.verses.page import VersesPage
from models.sentence_vae.path import LAST, Wishes
from tests.desktop.verses.conftest import NewPage, wait_for_path
from tests.desktop.verses.driving import LEFT, PRESETS, lines, shown_path

WISHED = Wishes(length=True, rhyme=LAST)


@pytest.fixture
def wishing(awake: VersesPage, qtbot: QtBot) -> VersesPage:
    """A person turned the dial up and wished for length and rhyme."""
    qtbot.keyClick(awake.path.dial.slider, Qt.Key.Key_End)
    qtbot.keyClick(awake.path.wishes.length, Qt.Key.Key_Space)
    qtbot.keyClick(awake.path.wishes.rhyme, Qt.Key.Key_End)
    wait_for_path(awake, qtbot)
    return awake


def shown(page: VersesPage) -> tuple[float, Wishes]:
    """What the controls say."""
    return page.path.dial.slider.value() / page.path.dial.slider.maximum(), page.path.wishes.wishes


def test_the_path_is_asked_for_with_dial_and_wishes(wishing: VersesPage) -> None:
    request = shown_path(wishing).request
    assert (request.dial, request.wishes) == (1.0, WISHED)


def test_each_is_one_step_that_can_be_undone(wishing: VersesPage) -> None:
    before = [(1.0, Wishes(length=True)), (1.0, Wishes()), (0.5, Wishes())]
    for expected in before:
        wishing.skeleton.undo_action.trigger()
        assert shown(wishing) == expected
    assert not wishing.skeleton.undo_action.isEnabled()
    for _ in before:
        wishing.skeleton.redo_action.trigger()
    assert shown(wishing) == (1.0, WISHED)


def test_what_is_being_typed_goes_along(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.path.poem.last.editor, "My line ")
    awake.path.wishes.length_action.trigger()
    assert awake.path.session.request.last == awake.path.poem.lines[1] != PRESETS[0].last


def test_a_recipe_carries_them(wishing: VersesPage, new_page: NewPage, qtbot: QtBot) -> None:
    other = new_page()
    other.apply(from_text(to_text(wishing.recipe())))
    assert shown(other) == (1.0, WISHED)
    other.start()
    wait_for_path(other, qtbot)
    assert lines(other) == lines(wishing)


def test_they_are_there_again_at_the_next_start(wishing: VersesPage, new_page: NewPage) -> None:
    state = json.loads(json.dumps(wishing.save_state()))
    other = new_page()
    other.restore_state(state)
    assert shown(other) == (1.0, WISHED)


def test_a_click_in_the_filmstrip_brings_them_back(wishing: VersesPage, qtbot: QtBot) -> None:
    wished = shown_path(wishing)
    wishing.path.wishes.length_action.trigger()
    wait_for_path(wishing, qtbot)
    strip = wishing.skeleton.filmstrip
    frame = next(place for place, frame in enumerate(strip.frames()) if frame.value == wished)
    qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualItemRect(strip.item(frame)).center())
    assert shown(wishing) == (1.0, WISHED)


def test_a_verse_under_the_pointer_stands_out_in_the_picture(awake: VersesPage, qtbot: QtBot) -> None:
    row, view = awake.path.poem.rows[4], awake.path.among.view
    with qtbot.waitSignal(awake.path.poem.pointed):
        qtbot.mouseMove(row.text, QPoint(20, 5))
    assert view.strong == 4
    row.text.setFocus()
    qtbot.mouseMove(awake.skeleton.filmstrip, QPoint(5, 5))
    assert view.strong == 4
    awake.path.poem.first.editor.setFocus()
    qtbot.waitUntil(lambda: view.strong == -1)


def test_a_verse_chosen_in_the_picture_has_the_keyboard(awake: VersesPage) -> None:
    awake.path.among.view.chosen.emit(3)
    assert awake.path.poem.rows[3].text.hasFocus()


def test_an_unmet_wish_is_marked_on_its_line(wishing: VersesPage) -> None:
    path = shown_path(wishing)
    poor = replace(path.verses[1], unmet=("rhyme",), length=9)
    wishing.path.poem.show_path(replace(path, verses=(path.verses[0], poor, *path.verses[2:])))
    assert [row.form.mark for row in wishing.path.poem.rows[:3]] == ["", "▲ rhyme", ""]
