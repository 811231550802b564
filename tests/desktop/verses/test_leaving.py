"""How a poem leaves the tab: copied, saved, as a recipe; and how a recipe comes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.recipe import Recipe, from_text, to_text
from desktop.verses.page import VersesPage
from models.errors import InputError
from models.sentence_vae.path import VersePath, to_json
from models.shelf import ModelFolder
from tests.desktop.verses.conftest import NewPage, wait_for_path, write_model
from tests.desktop.verses.driving import LEFT, PRESETS, button, lines, sentence, shown_path, type_line


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
    qtbot.mouseClick(awake.path.poem.rows[2].lock_button, LEFT)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    recipe = from_text(to_text(awake.recipe()))
    assert (recipe.model, recipe.model_hash) == (folder.name, folder.hash)

    other = new_page()
    other.apply(recipe)
    other.start()
    wait_for_path(other, qtbot)
    assert other.path.session.request == awake.path.session.request
    assert lines(other) == lines(awake)
    assert other.path.poem.lines == awake.path.poem.lines
    other.skeleton.undo_action.trigger()
    assert other.path.poem.lines == (PRESETS[0].first, PRESETS[0].last)


MANY = {"first": "A", "last": "B", "alternatives": 64}  # seconds of work, in which the window would wait


@pytest.mark.parametrize("inputs", [{}, {"first": "A"}, {"first": "A", "last": "B", "points": 99}, MANY])
def test_a_recipe_that_cannot_be_shown_changes_nothing(awake: VersesPage, inputs: dict[str, Any]) -> None:
    before = awake.path.session.request
    with pytest.raises(InputError):
        awake.apply(Recipe("verses", 3, "first", "", inputs))
    assert awake.path.session.request == before


def test_a_recipe_takes_its_own_model_from_the_shelf(awake: VersesPage, qtbot: QtBot) -> None:
    second = write_model("second", 2.0)
    awake.picker.refresh()
    awake.apply(Recipe("verses", 3, "second", second.hash, {"first": "A", "last": "B"}))
    qtbot.waitUntil(lambda: shown_path(awake).model == "second")
    assert awake.picker.current == second


LOST = Recipe("verses", 3, "lost", "f" * 12, {"first": "A", "last": "B"})


def test_a_recipe_of_a_model_that_is_not_here_says_so_as_long_as_it_is_shown(awake: VersesPage, qtbot: QtBot) -> None:
    awake.apply(LOST)
    assert awake.path.poem.lines == ("A", "B")
    assert "another model" in sentence(awake)
    wait_for_path(awake, qtbot)
    assert "another model" in sentence(awake)
    awake.skeleton.undo_action.trigger()
    assert "another model" not in sentence(awake)


def test_a_recipe_of_another_model_says_so_at_the_start_too(
    page: VersesPage, folder: ModelFolder, qtbot: QtBot
) -> None:
    page.apply(LOST)
    page.start()
    wait_for_path(page, qtbot)
    assert "another model" in sentence(page)


def test_a_recipe_of_the_model_in_use_says_nothing_of_others(
    awake: VersesPage, folder: ModelFolder, qtbot: QtBot
) -> None:
    awake.apply(replace(LOST, model_hash=folder.hash))
    wait_for_path(awake, qtbot)
    assert "another model" not in sentence(awake)


def test_another_model_is_picked(awake: VersesPage, qtbot: QtBot) -> None:
    write_model("second", 2.0)
    awake.picker.refresh()
    awake.picker.list.setFocus()
    qtbot.keyClick(awake.picker.list, Qt.Key.Key_Down)
    awake.picker.list.activated.emit(awake.picker.list.currentIndex())
    qtbot.waitUntil(lambda: shown_path(awake).model == "second")
