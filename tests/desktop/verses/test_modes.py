"""The three ways of asking, driven as a person drives them, over a fake model on a real thread."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.recipe import Recipe, from_text, to_text
from desktop.verses.line_menu import CORNERS, Place
from desktop.verses.mode import Mode
from desktop.verses.page import VersesPage
from models.errors import InputError
from models.sentence_vae.path import METHOD, Neighbours
from models.shelf import ModelFolder
from tests.desktop.verses import fake
from tests.desktop.verses.conftest import NewPage
from tests.desktop.verses.driving import (
    CONTROL,
    LEFT,
    PRESETS,
    button,
    enter,
    first_line,
    problems_of,
    sentence,
    type_into,
    wait_for_result,
)

OTHERS = ("square", "neighbours")
LINE = "A lantern swings above the quiet door"


def test_it_opens_on_the_path(page: VersesPage) -> None:
    assert page.mode is page.path
    assert page.switch.button(0).isChecked()
    assert page.path.poem.isVisible()
    assert not page.square.square.isVisible()
    assert not page.neighbours.neighbours.isVisible()


@pytest.mark.parametrize("key", OTHERS)
def test_the_switch_brings_another_view_with_its_own_controls(awake: VersesPage, qtbot: QtBot, key: str) -> None:
    mode = enter(awake, qtbot, key)
    assert mode.key == key
    assert mode.view.isVisible()
    assert all(content.isVisible() for _, content in mode.groups())
    assert not awake.path.poem.isVisible()
    assert not any(content.isVisible() for _, content in awake.path.groups())
    assert mode.hint() == sentence(awake)
    assert [action.text() for action in button(awake, "Presets").menu().actions()] == list(mode.presets())


def test_keys_switch_too(awake: VersesPage, qtbot: QtBot) -> None:
    for key, mode in (
        (Qt.Key.Key_2, awake.square),
        (Qt.Key.Key_3, awake.neighbours),
        (Qt.Key.Key_1, awake.path),
    ):
        qtbot.keyClick(awake, key, CONTROL)
        assert awake.mode is mode
        assert awake.switch.button(awake.modes.index(mode)).isChecked()


def test_what_works_by_key_in_the_path_only_does_nothing_elsewhere(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "neighbours")
    qtbot.keyClick(awake, Qt.Key.Key_L, CONTROL)
    assert not awake.path.session.request.wishes.length
    assert not any(action.isVisible() for action in awake.path.actions())


@pytest.mark.parametrize("key", OTHERS)
def test_typing_is_followed_when_it_pauses_and_can_be_undone(awake: VersesPage, qtbot: QtBot, key: str) -> None:
    mode = enter(awake, qtbot, key)
    before = mode.session.result
    type_into(awake, qtbot, LINE)
    qtbot.waitUntil(lambda: first_line(awake) == LINE)
    wait_for_result(awake, qtbot)
    assert mode.session.result != before
    awake.skeleton.undo_action.trigger()
    assert mode.session.result == before
    assert first_line(awake) == PRESETS[0].first
    awake.skeleton.redo_action.trigger()
    assert first_line(awake) == LINE


@pytest.mark.parametrize("key", OTHERS)
def test_the_dice_gives_others_and_a_preset_begins_anew(awake: VersesPage, qtbot: QtBot, key: str) -> None:
    mode = enter(awake, qtbot, key)
    before = mode.session.result
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_result(awake, qtbot)
    assert mode.as_text(mode.session.result) != mode.as_text(before)
    assert awake.skeleton.seed == mode.session.request.seed != 0
    awake.skeleton.preset_chosen.emit(2)
    assert mode.session.request == mode.of_preset(2)
    assert first_line(awake) == PRESETS[2].first


def test_each_mode_keeps_its_own_steps_and_the_seed_follows(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_result(awake, qtbot)
    rolled = awake.skeleton.seed
    enter(awake, qtbot, "path")
    assert awake.skeleton.seed == 0
    assert not awake.skeleton.undo_action.isEnabled()
    enter(awake, qtbot, "square")
    assert awake.skeleton.seed == rolled
    assert awake.skeleton.undo_action.isEnabled()


def test_what_was_being_typed_is_there_when_one_comes_back(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "neighbours")
    type_into(awake, qtbot, LINE)
    enter(awake, qtbot, "path")
    enter(awake, qtbot, "neighbours")
    assert awake.neighbours.neighbours.line == LINE
    assert first_line(awake) == LINE


def test_leaving_a_mode_that_is_being_drawn_for_loses_nothing(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.switch.button(1), LEFT)
    assert awake.square.session.is_drawing
    qtbot.mouseClick(awake.switch.button(2), LEFT)
    assert not awake.square.session.is_drawing
    wait_for_result(awake, qtbot)
    enter(awake, qtbot, "square")
    assert all(map(all, awake.square.square.grid.lines))


def test_size_and_dial_of_the_square(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    for key, side in ((Qt.Key.Key_Home, 3), (Qt.Key.Key_End, 7), (Qt.Key.Key_Left, 6)):
        qtbot.keyClick(awake.square.side.slider, key)
        wait_for_result(awake, qtbot)
        assert [len(row) for row in awake.square.square.grid.lines] == [side] * side
        assert awake.square.side.number == str(side)
    qtbot.keyClick(awake.square.dial.slider, Qt.Key.Key_End)
    assert awake.square.session.request.dial == 1


def test_radius_and_number_of_the_neighbours(awake: VersesPage, qtbot: QtBot) -> None:
    mode = awake.neighbours
    enter(awake, qtbot, "neighbours")
    qtbot.keyClick(mode.count.slider, Qt.Key.Key_End)
    wait_for_result(awake, qtbot)
    assert len(mode.neighbours.lines) == 12
    qtbot.keyClick(mode.radius.slider, Qt.Key.Key_Home)
    wait_for_result(awake, qtbot)
    assert (mode.session.request.radius, mode.radius.number) == (0.5, "0.5")
    assert len(mode.neighbours.lines) == 2
    assert all(float(row.distance.text()) <= 0.5 for row in mode.neighbours.rows[:2])


def test_a_click_goes_on_from_a_neighbour_and_undo_comes_back(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "neighbours")
    view = awake.neighbours.neighbours
    start, chosen = view.line, view.lines[3]
    qtbot.mouseClick(view.rows[3].text, LEFT, pos=QPoint(5, 5))
    wait_for_result(awake, qtbot)
    assert view.line == chosen
    assert chosen not in view.lines
    awake.skeleton.undo_action.trigger()
    assert view.line == start
    assert chosen in view.lines


def test_an_emptied_line_has_no_neighbours_and_is_no_problem(awake: VersesPage, qtbot: QtBot) -> None:
    told = problems_of(awake)
    enter(awake, qtbot, "neighbours")
    type_into(awake, qtbot, " ")
    qtbot.waitUntil(lambda: awake.neighbours.neighbours.lines == [])
    assert told == []


@pytest.mark.parametrize("place", [Place.FIRST, Place.LAST, Place.AROUND, *CORNERS])
def test_a_line_can_be_sent_everywhere_and_undo_takes_it_back(awake: VersesPage, qtbot: QtBot, place: Place) -> None:
    enter(awake, qtbot, "square")
    line = awake.square.square.grid.lines[1][1]
    awake.square.square.menu.sent.emit(line, place)
    wait_for_result(awake, qtbot)
    assert place in awake.mode.places()
    lines = awake.mode.lines_of(awake.mode.session.request)
    assert lines[list(awake.mode.places()).index(place)] == line
    assert sum(other == line for other in lines) == 1
    awake.skeleton.undo_action.trigger()
    assert line not in awake.mode.lines_of(awake.mode.session.request)


def test_a_verse_of_the_path_can_be_looked_around(awake: VersesPage, qtbot: QtBot) -> None:
    row = awake.path.poem.rows[2]
    place = row.text.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, row.text.mapToGlobal(place))
    QApplication.sendEvent(row.text, asked)
    assert awake.path.poem.menu.isVisible()
    awake.path.poem.menu.actions()[0].trigger()
    assert awake.mode is awake.neighbours
    wait_for_result(awake, qtbot)
    assert awake.neighbours.neighbours.line == row.text.line
    awake.path.poem.menu.close()


def test_a_line_can_be_copied(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "neighbours")
    line = awake.neighbours.neighbours.lines[0]
    awake.neighbours.neighbours.menu.sent.emit(line, Place.CLIPBOARD)
    assert QGuiApplication.clipboard().text() == line
    assert sentence(awake) == "Copied"
    assert awake.mode is awake.neighbours


@pytest.mark.parametrize("key", OTHERS)
def test_everything_is_copied(awake: VersesPage, qtbot: QtBot, key: str) -> None:
    mode = enter(awake, qtbot, key)
    awake.skeleton.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == mode.as_text(mode.session.result)
    awake.outputs.picture_copy.trigger()
    assert QGuiApplication.clipboard().image().width() > 400


@pytest.mark.parametrize("key", OTHERS)
@pytest.mark.parametrize(
    ("output", "method", "check"),
    [
        ("text", "save_text", lambda mode, value: value == mode.as_text(mode.session.result)),
        ("json", "save_json", lambda mode, value: json.loads(json.dumps(value))["model"] == "first"),
        ("picture", "save_picture", lambda mode, value: value.devicePixelRatio() == 2),
    ],
)
def test_everything_is_saved(
    awake: VersesPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    output: str,
    method: str,
    check: Callable[[Mode[Any, Any], Any], bool],
) -> None:
    saved: list[tuple[str, Any]] = []

    def save(name: str, value: object) -> None:
        saved.append((name, value))

    monkeypatch.setattr(awake.exporter, method, save)
    mode = enter(awake, qtbot, key)
    action: QAction = getattr(awake.outputs, output)
    action.trigger()
    ((name, value),) = saved
    assert name == key
    assert check(mode, value)


def test_nothing_can_be_copied_before_it_is_there(page: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.switch.button(1), LEFT)
    assert not page.skeleton.copy_action.isEnabled()
    assert not page.outputs.text.isEnabled()


def test_neighbours_of_nothing_are_no_frame(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "neighbours")
    strip = awake.skeleton.filmstrip
    qtbot.waitUntil(lambda: strip.count() == 2)
    empty = replace(awake.neighbours.session.request, line="")
    awake.frames.wait_for(Neighbours(empty, "plain", "0", None, ()))
    awake.frames.leave()
    assert strip.count() == 2


def test_one_filmstrip_brings_back_the_results_of_every_mode(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    enter(awake, qtbot, "neighbours")
    strip = awake.skeleton.filmstrip
    qtbot.waitUntil(lambda: strip.count() == 3)
    found = [frame.value for frame in strip.frames()]
    assert {awake.frames.mode_of(value).key for value in found} == {"path", *OTHERS}
    for place, value in enumerate(found):
        qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualItemRect(strip.item(place)).center())
        assert awake.mode.owns(value)
        assert awake.mode.session.result == value
    assert strip.count() == 3


@pytest.mark.parametrize("key", OTHERS)
def test_a_recipe_reproduces_what_is_on_screen(
    awake: VersesPage, new_page: NewPage, folder: ModelFolder, qtbot: QtBot, key: str
) -> None:
    mode = enter(awake, qtbot, key)
    type_into(awake, qtbot, LINE)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_result(awake, qtbot)
    recipe = from_text(to_text(awake.recipe()))
    assert (recipe.model, recipe.model_hash) == (folder.name, folder.hash)

    other = new_page()
    other.apply(recipe)
    other.start()
    wait_for_result(other, qtbot)
    assert other.mode.key == key
    assert other.mode.session.result == mode.session.result
    assert first_line(other) == LINE


@pytest.mark.parametrize(
    "inputs",
    [
        {"mode": "circle", "line": "A"},
        {"mode": ["square"]},
        {"mode": "square", "corners": ["A", "B"]},
        {"mode": "neighbours"},
    ],
)
def test_a_recipe_that_cannot_be_shown_changes_nothing(awake: VersesPage, inputs: dict[str, Any]) -> None:
    before = awake.save_state()
    with pytest.raises(InputError):
        awake.apply(Recipe("verses", 3, "first", "", inputs))
    assert awake.save_state() == before
    assert awake.mode is awake.path


@pytest.mark.parametrize("key", OTHERS)
def test_the_next_start_opens_where_one_was(awake: VersesPage, new_page: NewPage, qtbot: QtBot, key: str) -> None:
    mode = enter(awake, qtbot, key)
    result = mode.session.result
    with qtbot.waitSignal(awake.changed):
        type_into(awake, qtbot, LINE)
    state = json.loads(json.dumps(awake.save_state()))

    other = new_page()
    other.restore_state(state)
    assert other.mode.key == key
    assert other.mode.view.isVisible()
    assert other.mode.session.result == result
    assert first_line(other) == LINE
    assert not other.skeleton.undo_action.isEnabled()


@pytest.mark.parametrize("state", [{"mode": 3}, {"mode": "circle"}, {"square": 3}, {"neighbours": {"request": []}}])
def test_damaged_settings_open_on_the_path(page: VersesPage, state: dict[str, Any]) -> None:
    page.restore_state(state)
    assert page.mode is page.path
    assert page.square.square.lines[0] == PRESETS[0].first


def test_a_corner_that_fails_is_told_and_the_last_good_square_stays(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    before, told = awake.square.square.grid.lines, problems_of(awake)
    type_into(awake, qtbot, fake.IMPOSSIBLE)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert awake.square.square.grid.lines == before
    assert awake.square.square.corners[0].line == fake.IMPOSSIBLE


def test_two_scripts_at_the_corners_are_told_and_nothing_is_asked(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    awake.square.put("空山夜静松声远", Place.BELOW_LEFT)
    assert "two scripts" in sentence(awake).lower()
    assert not awake.square.session.is_drawing
    below = awake.square.square.corners[2]
    assert below.mark == "▲"
    assert "another script" in below.editor.accessibleDescription()
    awake.skeleton.undo_action.trigger()
    assert [corner.mark for corner in awake.square.square.corners] == ["●"] * 4


def test_a_line_around_which_is_looked_that_mixes_scripts_is_told_beside_it(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "neighbours")
    awake.neighbours.put("空山夜静 is a line 空山夜静", Place.AROUND)
    assert awake.neighbours.neighbours.typed.mark == "▲"
    assert "two scripts" in awake.neighbours.neighbours.editor.accessibleDescription()


@pytest.mark.parametrize("mode", OTHERS)
def test_what_an_older_search_found_is_found_anew(awake: VersesPage, qtbot: QtBot, mode: str) -> None:
    enter(awake, qtbot, mode)
    session, found = awake.mode.session, awake.mode.session.result
    assert found is not None
    session.restore(session.request, replace(found, method=METHOD - 1))
    assert session.is_drawing
    qtbot.waitUntil(lambda: not session.is_drawing)
    assert session.result == found


def test_the_figures_stand_in_the_explanation(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    square = {name: label.text() for name, label in awake.square.explanation.values.items()}
    assert square["distinct"] == "25 of 25"
    assert square["faithful"] == "4 of 4"
    enter(awake, qtbot, "neighbours")
    around = {name: label.text() for name, label in awake.neighbours.explanation.values.items()}
    assert around["found"] == "8"
    assert float(around["nearest"]) <= float(around["farthest"]) <= awake.neighbours.session.request.radius
