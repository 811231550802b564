"""The Verses tab, driven as a person drives it, over a fake model on a real thread."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QListWidget, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.engine import Failure
from desktop.recipe import Recipe, from_text, to_text
from desktop.verses.page import VersesPage
from models import shelf
from models.errors import AtelierError, InputError
from models.sentence_vae import examples
from models.sentence_vae.examples import Preset, write_paths
from models.sentence_vae.path import PathRequest, VersePath, to_json
from models.shelf import ModelFolder
from tests.desktop.verses import fake
from tests.desktop.verses.conftest import NewPage, wait_for_path, write_model

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PRESETS = examples.presets()


def type_line(page: VersesPage, qtbot: QtBot, line: str) -> None:
    """Replace the first line as a person does, and wait for its path."""
    editor = page.poem.first.editor
    qtbot.mouseClick(editor, LEFT)
    qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
    if line.isascii():
        qtbot.keyClicks(editor, line)
    else:
        QGuiApplication.clipboard().setText(line)
        qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: page.session.request.first == line)
    wait_for_path(page, qtbot)


def button(page: VersesPage, name: str) -> QToolButton | QPushButton:
    kinds: tuple[type[QToolButton | QPushButton], ...] = (QToolButton, QPushButton)
    (found,) = (one for kind in kinds for one in page.findChildren(kind) if one.accessibleName() == name)
    return found


def lines(page: VersesPage) -> list[str]:
    return [row.text.line for row in page.poem.rows if row.isVisible()]


def sentence(page: VersesPage) -> str:
    return page.skeleton._state.text()


def choose(page: VersesPage, place: int) -> None:
    page.skeleton.preset_chosen.emit(place)


def test_it_opens_on_the_first_pair_and_says_that_the_model_wakes(page: VersesPage) -> None:
    assert page.poem.lines == (PRESETS[0].first, PRESETS[0].last)
    assert "waking" in sentence(page)
    assert not page.outputs.text.isEnabled()


def test_it_opens_alive_where_there_are_ready_made_paths(new_page: NewPage) -> None:
    write_paths(examples.examples_file("verses.json"), fake.verb, PRESETS)
    page = new_page()
    assert len(lines(page)) == 7
    assert all(lines(page))
    assert page.poem.first.mark == "● as typed"
    assert page.poem.slider.line == lines(page)[3]
    assert "ready-made" in sentence(page)
    assert page.outputs.text.isEnabled()


@pytest.mark.parametrize("text", ["", "[]", "{", '[{"request": 3}]'])
def test_it_opens_honestly_where_they_are_damaged(new_page: NewPage, text: str) -> None:
    examples.examples_file("verses.json").write_text(text, encoding="utf-8")
    page = new_page()
    assert not any(lines(page))
    assert "will follow" in sentence(page)


def test_ready_made_paths_of_another_model_are_drawn_anew(new_page: NewPage, folder: ModelFolder, qtbot: QtBot) -> None:
    write_paths(examples.examples_file("verses.json"), fake.verb, PRESETS)
    page = new_page()
    before = page.session.path
    assert before is not None
    assert before.model_hash != folder.hash
    page.start()
    qtbot.waitUntil(lambda: page.session.path is not None and page.session.path.model_hash == folder.hash)


def test_typing_is_followed_when_it_pauses(awake: VersesPage, qtbot: QtBot) -> None:
    before = lines(awake)
    type_line(awake, qtbot, "A candle burns in the window")
    assert lines(awake) != before
    assert awake.session.path is not None
    assert awake.session.path.request.first == "A candle burns in the window"
    assert awake.poem.first.mark == "● as typed"
    assert "follow" in sentence(awake)


def test_while_typing_goes_on_nothing_is_asked(awake: VersesPage, qtbot: QtBot) -> None:
    request = awake.session.request
    qtbot.keyClicks(awake.poem.first.editor, "abcdefgh")
    assert awake.session.request == request


def test_enter_does_not_wait_for_the_pause(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(awake.poem.first.editor, "A candle")
    qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_Return)
    assert awake.session.request.first == "A candle"


def test_the_number_of_verses(awake: VersesPage, qtbot: QtBot) -> None:
    slider = awake.points.slider
    for key, count in ((Qt.Key.Key_Home, 3), (Qt.Key.Key_End, 15), (Qt.Key.Key_Left, 14)):
        qtbot.keyClick(slider, key)
        wait_for_path(awake, qtbot)
        assert len(lines(awake)) == count


def test_the_dice_gives_other_verses_for_the_same_lines(awake: VersesPage, qtbot: QtBot) -> None:
    before, ends = lines(awake), awake.poem.lines
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    assert lines(awake) != before
    assert awake.poem.lines == ends
    assert awake.skeleton.seed == awake.session.request.seed != 0


def test_around_and_as_typed(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.route.around, LEFT, pos=QPoint(8, awake.route.around.height() // 2))
    assert awake.session.request.slerp
    qtbot.mouseClick(awake.route.straight, LEFT, pos=QPoint(8, awake.route.straight.height() // 2))
    assert not awake.session.request.slerp
    qtbot.mouseClick(awake.route.refine, LEFT, pos=QPoint(8, awake.route.refine.height() // 2))
    assert not awake.session.request.refine


def test_a_locked_verse_stays_when_the_dice_is_rolled(awake: VersesPage, qtbot: QtBot) -> None:
    kept = lines(awake)[2]
    qtbot.mouseClick(awake.poem.rows[2].lock_button, LEFT)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    assert lines(awake)[2] == kept
    assert awake.poem.rows[2].lock_button.isChecked()

    qtbot.mouseClick(awake.poem.rows[2].lock_button, LEFT)
    assert awake.session.request.locked == ()


def test_a_chosen_alternative_takes_the_verse_and_is_locked(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.poem.rows[1].text, LEFT, pos=QPoint(10, 10))
    others: QListWidget = awake.poem.others.list
    chosen = others.item(2).text()
    qtbot.mouseClick(others.viewport(), LEFT, pos=others.visualItemRect(others.item(2)).center())
    assert awake.poem.rows[1].text.line == chosen
    wait_for_path(awake, qtbot)
    assert lines(awake)[1] == chosen
    assert awake.session.request.locked == ((1, chosen),)


def test_a_verse_of_ones_own(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.poem.rows[4].edit_button, LEFT)
    qtbot.keyClicks(awake.poem.rows[4].editor, "I wrote this verse myself")
    qtbot.keyClick(awake.poem.rows[4].editor, Qt.Key.Key_Return)
    wait_for_path(awake, qtbot)
    assert lines(awake)[4] == "I wrote this verse myself"


def test_every_change_is_one_step_back_and_forth(awake: VersesPage, qtbot: QtBot) -> None:
    seen = [awake.session.request]
    type_line(awake, qtbot, "A candle burns in the window")
    seen.append(awake.session.request)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    seen.append(awake.session.request)
    qtbot.mouseClick(awake.poem.rows[2].lock_button, LEFT)
    seen.append(awake.session.request)
    qtbot.keyClick(awake.points.slider, Qt.Key.Key_Right)
    seen.append(awake.session.request)
    assert len(set(seen)) == 5

    awake.poem.first.editor.setFocus()
    for request in reversed(seen[:-1]):
        qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_Z, CONTROL)
        assert awake.session.request == request
        assert awake.poem.lines == (request.first, request.last)
        assert (awake.skeleton.seed, awake.points.slider.value()) == (request.seed, request.points)
    assert not awake.skeleton.undo_action.isEnabled()
    for request in seen[1:]:
        qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_Z, CONTROL | SHIFT)
        assert awake.session.request == request
    assert not awake.skeleton.redo_action.isEnabled()


def test_undo_right_after_a_key_takes_back_what_was_typed(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.poem.first.editor, "x")
    qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_Z, CONTROL)
    assert awake.poem.lines == (PRESETS[0].first, PRESETS[0].last)
    assert awake.skeleton.redo_action.isEnabled()


def test_a_preset_takes_over_and_undo_brings_back_what_was_typed(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.poem.last.editor, "My line ")
    typed = awake.poem.lines
    choose(awake, 3)
    assert awake.poem.lines == (PRESETS[3].first, PRESETS[3].last)
    awake.skeleton.undo_action.trigger()
    assert awake.poem.lines == typed


def test_results_collect_in_the_filmstrip_and_a_click_brings_one_back(awake: VersesPage, qtbot: QtBot) -> None:
    first = lines(awake)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    strip = awake.skeleton.filmstrip
    assert strip.count() == 2
    qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualItemRect(strip.item(1)).center())
    assert lines(awake) == first
    assert awake.skeleton.seed == 0
    assert len({frame.value.request for frame in strip.frames()}) == strip.count()


def test_a_path_that_stays_gets_a_frame_by_itself(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: awake.skeleton.filmstrip.count() == 1)
    assert awake.skeleton.filmstrip.frames()[0].first == PRESETS[0].first


def test_the_slider_shows_verses_between_the_verses(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: awake.poem.slider.line == lines(awake)[3])
    slider = awake.poem.slider.slider
    middle = slider.rect().center()
    qtbot.mousePress(slider, LEFT, pos=middle)
    for x in range(0, 120, 4):
        qtbot.mouseMove(slider, middle + QPoint(x, 0))
    qtbot.mouseRelease(slider, LEFT, pos=middle + QPoint(116, 0))
    t = awake.poem.slider.t
    assert t > 0.6
    qtbot.waitUntil(lambda: awake.poem.slider.line == f"first at {t:.3f}")


def test_the_figures_stand_in_the_explanation(awake: VersesPage) -> None:
    texts = {name: label.text() for name, label in awake.explanation.values.items()}
    assert texts["nats"] == "38.2 · 41.7"
    assert texts["angle"] == "81°"
    assert texts["refine_steps"] == "12 · 0"
    assert (texts["smoothness"], texts["progress"], texts["evenness"]) == ("0.41", "0.95", "1.60")


def shown_path(page: VersesPage) -> VersePath:
    assert page.session.path is not None
    return page.session.path


def test_the_poem_is_copied(awake: VersesPage) -> None:
    awake.skeleton.copy_action.trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied == [PRESETS[0].first, *lines(awake), PRESETS[0].last]
    assert sentence(awake) == "Copied"


def test_the_poem_is_copied_as_a_picture(awake: VersesPage) -> None:
    awake.outputs.picture_copy.trigger()
    assert not QGuiApplication.clipboard().image().isNull()


@pytest.mark.parametrize(
    ("output", "method", "check"),
    [
        ("text", "save_text", lambda path, value: value.splitlines()[1] == path.verses[0].text),
        ("json", "save_json", lambda path, value: value == [json.loads(json.dumps(to_json(path)))]),
        ("picture", "save_picture", lambda path, value: value.width() > 400 and value.devicePixelRatio() == 2),
    ],
)
def test_the_poem_is_saved(
    awake: VersesPage,
    monkeypatch: pytest.MonkeyPatch,
    output: str,
    method: str,
    check: Callable[[VersePath, Any], bool],
) -> None:
    saved: list[tuple[str, Any]] = []

    def save(name: str, value: object) -> None:
        saved.append((name, value))

    monkeypatch.setattr(awake.exporter, method, save)
    action: QAction = getattr(awake.outputs, output)
    action.trigger()
    ((name, value),) = saved
    assert name == "verses"
    assert check(shown_path(awake), value)


def test_a_recipe_reproduces_what_is_on_screen(
    awake: VersesPage, new_page: NewPage, folder: ModelFolder, qtbot: QtBot
) -> None:
    type_line(awake, qtbot, "Grün ist 🌿 “das” Gras")
    qtbot.mouseClick(awake.poem.rows[2].lock_button, LEFT)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    recipe = from_text(to_text(awake.recipe()))
    assert (recipe.model, recipe.model_hash) == (folder.name, folder.hash)

    other = new_page()
    other.apply(recipe)
    other.start()
    wait_for_path(other, qtbot)
    assert other.session.request == awake.session.request
    assert lines(other) == lines(awake)
    assert other.poem.lines == awake.poem.lines
    other.skeleton.undo_action.trigger()
    assert other.poem.lines == (PRESETS[0].first, PRESETS[0].last)


@pytest.mark.parametrize("inputs", [{}, {"first": "A"}, {"first": "A", "last": "B", "points": 99}])
def test_a_recipe_that_cannot_be_shown_changes_nothing(awake: VersesPage, inputs: dict[str, Any]) -> None:
    before = awake.session.request
    with pytest.raises(InputError):
        awake.apply(Recipe("verses", 3, "first", "", inputs))
    assert awake.session.request == before


def test_a_recipe_takes_its_own_model_from_the_shelf(awake: VersesPage, qtbot: QtBot) -> None:
    second = write_model("second", 2.0)
    awake.picker.refresh()
    awake.apply(Recipe("verses", 3, "second", second.hash, {"first": "A", "last": "B"}))
    qtbot.waitUntil(lambda: shown_path(awake).model == "second")
    assert awake.picker.current == second


def test_a_recipe_of_a_model_that_is_not_here_says_so(awake: VersesPage) -> None:
    awake.apply(Recipe("verses", 3, "lost", "f" * 12, {"first": "A", "last": "B"}))
    assert "another model" in sentence(awake)
    assert awake.poem.lines == ("A", "B")


def test_another_model_is_picked(awake: VersesPage, qtbot: QtBot) -> None:
    write_model("second", 2.0)
    awake.picker.refresh()
    awake.picker.list.setFocus()
    qtbot.keyClick(awake.picker.list, Qt.Key.Key_Down)
    awake.picker.list.activated.emit(awake.picker.list.currentIndex())
    qtbot.waitUntil(lambda: shown_path(awake).model == "second")


def test_what_was_typed_comes_back_even_if_typing_had_not_paused(
    awake: VersesPage, new_page: NewPage, qtbot: QtBot
) -> None:
    wait_for_path(awake, qtbot)
    with qtbot.waitSignal(awake.changed):
        qtbot.keyClicks(awake.poem.last.editor, "zz")
    state = json.loads(json.dumps(awake.save_state()))

    other = new_page()
    other.restore_state(state)
    assert other.poem.lines == awake.poem.lines
    assert lines(other) == lines(awake)
    assert not other.skeleton.undo_action.isEnabled()


def test_an_empty_state_leaves_the_first_pair(page: VersesPage) -> None:
    page.restore_state({})
    assert page.poem.lines == (PRESETS[0].first, PRESETS[0].last)


def problems_of(page: VersesPage) -> list[AtelierError | Failure]:
    told: list[AtelierError | Failure] = []
    page.problem.connect(told.append)
    return told


def test_without_a_model_one_sentence_says_so_and_ready_made_verses_stay(new_page: NewPage, qtbot: QtBot) -> None:
    write_paths(examples.examples_file("verses.json"), fake.verb, PRESETS)
    page = new_page()
    told = problems_of(page)
    page.start()
    assert len(told) == 1
    assert all(lines(page))
    assert "Without a model" in sentence(page)
    choose(page, 1)
    assert page.poem.first.mark == "● as typed"
    type_words = page.poem.first.editor
    qtbot.keyClicks(type_words, "x")
    page.steps.settle()
    assert page.poem.first.mark == ""
    assert page.session.request.first == page.poem.first.line


def test_a_model_that_does_not_load_is_told_once_and_nothing_typed_is_lost(
    new_page: NewPage, folder: ModelFolder, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    write_paths(examples.examples_file("verses.json"), fake.verb, PRESETS)

    def load(_folder: ModelFolder) -> fake.FakeModel:
        shelf.read_file(folder, "missing")
        raise AssertionError("not reached")

    monkeypatch.setattr(fake.FakeModel, "load", load)
    page = new_page()
    told = problems_of(page)
    page.start()
    qtbot.waitUntil(lambda: page.session.is_broken)
    qtbot.waitUntil(lambda: len(told) == 1)
    qtbot.keyClicks(page.poem.first.editor, "x")
    page.steps.settle()
    choose(page, 2)
    qtbot.mouseClick(button(page, "Roll the dice"), LEFT)
    assert len(told) == 1
    assert isinstance(told[0], Failure)
    assert all(lines(page))
    assert "Without a model" in sentence(page)


def test_lines_that_fail_are_told_and_the_last_good_path_stays(awake: VersesPage, qtbot: QtBot) -> None:
    before, told = lines(awake), problems_of(awake)
    qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(awake.poem.first.editor, fake.IMPOSSIBLE)
    qtbot.keyClick(awake.poem.first.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert lines(awake) == before
    assert awake.poem.first.line == fake.IMPOSSIBLE
    assert not awake.session.is_drawing
    type_line(awake, qtbot, "A line that works")


BAD = {
    "empty": "",
    "blank": "   ",
    "long": "verse " * 1700,
    "emoji": "🌙🌿😀👩‍👩‍👧",
    "right to left": "שלום עולם השיר",
    "NUL": "The\x00moon\x07",
    "override": "\u202eThe moon\u200b",
    "Chinese": "床前明月光疑是地上霜",
    "one huge word": "x" * 10_000,
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD.keys())
def test_bad_input_gets_a_mark_a_path_and_is_not_lost(awake: VersesPage, qtbot: QtBot, line: str) -> None:
    editor = awake.poem.first.editor
    qtbot.mouseClick(editor, LEFT)
    qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    QGuiApplication.clipboard().setText(line)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    typed = editor.text()
    wait_for_path(awake, qtbot)
    assert all(lines(awake))
    assert typed == line
    assert awake.poem.first.remark.startswith("▲") or awake.poem.first.mark == "○ far"
    assert awake.session.request.first == typed
    assert json.loads(json.dumps(awake.save_state()))["request"]["first"] == typed


def test_one_line_only_is_enough(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(awake.poem.last.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(awake.poem.last.editor, Qt.Key.Key_Delete)
    qtbot.keyClick(awake.poem.last.editor, Qt.Key.Key_Return)
    wait_for_path(awake, qtbot)
    assert all(lines(awake))
    assert awake.poem.last.mark == "○ invented"


def test_a_recipe_with_lone_surrogates_does_no_harm(awake: VersesPage, qtbot: QtBot) -> None:
    awake.apply(Recipe("verses", 3, inputs={"first": "a \ud800 b", "last": "\udfff"}))
    wait_for_path(awake, qtbot)
    assert to_text(awake.recipe())
    assert json.dumps(awake.save_state())
    awake.skeleton.copy_action.trigger()


def test_a_preset_names_itself() -> None:
    assert Preset("Name", "One", "Two").request == PathRequest("One", "Two")


def test_presets_stand_in_the_menu(page: VersesPage) -> None:
    menu = button(page, "Presets").menu()
    assert [action.text() for action in menu.actions()] == [preset.name for preset in PRESETS]


def test_a_stopped_page_settles_nothing_more(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.poem.first.editor, "x")
    awake.stop()
    request = awake.session.request
    qtbot.wait(400)
    assert awake.session.request == request
