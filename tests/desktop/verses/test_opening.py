"""How the tab opens: alive, honest, and with what was there last time."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import Failure
from desktop.verses.page import VersesPage
from models import shelf
from models.sentence_vae import examples
from models.sentence_vae.examples import Preset, write_paths
from models.sentence_vae.path import PathRequest
from models.shelf import ModelFolder
from tests.desktop.verses import fake
from tests.desktop.verses.conftest import NewPage, wait_for_path
from tests.desktop.verses.driving import LEFT, PRESETS, button, choose, lines, problems_of, sentence


def test_it_opens_on_the_first_pair_and_says_that_the_model_wakes(page: VersesPage) -> None:
    assert page.path.poem.lines == (PRESETS[0].first, PRESETS[0].last)
    assert "waking" in sentence(page)
    assert not page.outputs.text.isEnabled()


def test_it_opens_alive_where_there_are_ready_made_paths(new_page: NewPage) -> None:
    write_paths(examples.examples_file("verses.json"), fake.path_for, PRESETS)
    page = new_page()
    assert len(lines(page)) == 7
    assert all(lines(page))
    assert page.path.poem.first.mark == "● as typed"
    assert page.path.poem.slider.line == lines(page)[3]
    assert "ready-made" in sentence(page)
    assert page.outputs.text.isEnabled()


@pytest.mark.parametrize("text", ["", "[]", "{", '[{"request": 3}]'])
def test_it_opens_honestly_where_they_are_damaged(new_page: NewPage, text: str) -> None:
    examples.examples_file("verses.json").write_text(text, encoding="utf-8")
    page = new_page()
    assert not any(lines(page))
    assert "will follow" in sentence(page)


def test_ready_made_paths_of_another_model_are_drawn_anew(new_page: NewPage, folder: ModelFolder, qtbot: QtBot) -> None:
    write_paths(examples.examples_file("verses.json"), fake.path_for, PRESETS)
    page = new_page()
    before = page.path.session.result
    assert before is not None
    assert before.model_hash != folder.hash
    page.start()
    qtbot.waitUntil(lambda: page.path.session.result is not None and page.path.session.result.model_hash == folder.hash)


@pytest.mark.parametrize("key", ["path", "square", "neighbours"])
def test_what_is_typed_at_once_goes_into_the_first_line(new_page: NewPage, qtbot: QtBot, key: str) -> None:
    page = new_page()
    page.restore_state({"mode": key})
    page.keyboard_home().setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClicks(QApplication.focusWidget(), "So ")
    assert page.mode.key == key
    assert page.mode.lines_of(page.mode.steps.request)[0].startswith("So ")


def test_what_was_typed_comes_back_even_if_typing_had_not_paused(
    awake: VersesPage, new_page: NewPage, qtbot: QtBot
) -> None:
    wait_for_path(awake, qtbot)
    with qtbot.waitSignal(awake.changed):
        qtbot.keyClicks(awake.path.poem.last.editor, "zz")
    state = json.loads(json.dumps(awake.save_state()))

    other = new_page()
    other.restore_state(state)
    assert other.path.poem.lines == awake.path.poem.lines
    assert lines(other) == lines(awake)
    assert not other.skeleton.undo_action.isEnabled()


def test_a_verse_that_was_being_written_comes_back_too(awake: VersesPage, new_page: NewPage, qtbot: QtBot) -> None:
    row = awake.path.poem.rows[3]
    qtbot.mouseClick(row.edit_button, LEFT)
    with qtbot.waitSignal(awake.changed):
        qtbot.keyClicks(row.editor, "I was writ")
    state = json.loads(json.dumps(awake.save_state()))
    assert row.is_editing
    assert awake.path.session.request.locked == ()
    other = new_page()
    other.restore_state(state)
    assert lines(other)[3] == "I was writ"
    assert other.path.poem.rows[3].lock_button.isChecked()


def test_an_empty_state_leaves_the_first_pair(page: VersesPage) -> None:
    page.restore_state({})
    assert page.path.poem.lines == (PRESETS[0].first, PRESETS[0].last)


def test_without_a_model_one_sentence_says_so_and_ready_made_verses_stay(new_page: NewPage, qtbot: QtBot) -> None:
    write_paths(examples.examples_file("verses.json"), fake.path_for, PRESETS)
    page = new_page()
    told = problems_of(page)
    page.start()
    assert len(told) == 1
    assert all(lines(page))
    assert "There is no model" in sentence(page)
    choose(page, 1)
    assert page.path.poem.first.mark == "● as typed"
    type_words = page.path.poem.first.editor
    qtbot.keyClicks(type_words, "x")
    page.path.steps.settle()
    assert page.path.poem.first.mark == ""
    assert page.path.session.request.first == page.path.poem.first.line


def test_a_model_that_does_not_load_is_told_once_and_nothing_typed_is_lost(
    new_page: NewPage, folder: ModelFolder, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    write_paths(examples.examples_file("verses.json"), fake.path_for, PRESETS)

    def load(_folder: ModelFolder) -> fake.FakeModel:
        shelf.read_file(folder, "missing")
        raise AssertionError("not reached")

    monkeypatch.setattr(fake.FakeModel, "load", load)
    page = new_page()
    told = problems_of(page)
    page.start()
    qtbot.waitUntil(lambda: page.path.session.is_broken)
    qtbot.waitUntil(lambda: len(told) == 1)
    qtbot.keyClicks(page.path.poem.first.editor, "x")
    page.path.steps.settle()
    choose(page, 2)
    qtbot.mouseClick(button(page, "Roll the dice"), LEFT)
    assert len(told) == 1
    assert isinstance(told[0], Failure)
    assert all(lines(page))
    assert "There is no model" in sentence(page)


def test_a_preset_names_itself() -> None:
    assert Preset("Name", "One", "Two").request == PathRequest("One", "Two")


def test_presets_stand_in_the_menu(page: VersesPage) -> None:
    menu = button(page, "Presets").menu()
    assert [action.text() for action in menu.actions()] == [preset.name for preset in PRESETS]
