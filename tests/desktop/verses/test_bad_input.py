"""Whatever is typed gets a mark and the best path that is possible from a real model, though tiny, and is not lost."""

from __future__ import annotations

import json
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.recipe import Recipe, to_text
from desktop.verses.page import VersesPage
from models import shelf
from models.sentence_vae import FAMILY
from models.shelf import ModelFolder
from tests.desktop.verses.conftest import wait_for_path
from tests.desktop.verses.driving import CONTROL, LEFT, lines, sentence, shown_path
from tests.making import tiny_folder

__all__ = ["tiny_folder"]

BAD = {  # a line, and the note that it gets
    "empty": ("", "empty"),
    "blank": ("   ", "empty"),
    "long": ("verse " * 1700, "shortened"),
    "emoji": ("🌙🌿😀👩‍👩‍👧", "unfamiliar"),
    "right to left": ("שלום עולם השיר", "unfamiliar"),
    "NUL": ("The\x00moon\x07", "cleaned"),
    "override": ("\u202eThe moon\u200b", "cleaned"),
    "Greek": ("το φεγγάρι πάνω από τον λόφο", "unfamiliar"),
    "one huge word": ("x" * 10_000, "shortened"),
}


@pytest.fixture(autouse=True)
def _fake_verbs() -> None:
    """None here: a fake would be marking its own work."""


@pytest.fixture
def folder(tiny_folder: ModelFolder) -> ModelFolder:
    shutil.copytree(tiny_folder.path, shelf.user_models() / "tiny")
    return shelf.find("tiny", FAMILY)


@pytest.mark.parametrize(("line", "note"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_a_mark_a_path_and_is_not_lost(awake: VersesPage, qtbot: QtBot, line: str, note: str) -> None:
    editor = awake.path.poem.first.editor
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
    assert note in shown_path(awake).ends[0].notes
    assert awake.path.poem.first.remark.startswith("▲")
    assert awake.path.poem.first.mark
    assert awake.path.session.request.first == typed
    assert json.loads(json.dumps(awake.save_state()))["request"]["first"] == typed


def test_a_language_that_no_model_speaks_gets_the_best_that_is_possible(awake: VersesPage, qtbot: QtBot) -> None:
    awake.apply(Recipe("verses", 3, inputs={"first": "灯下读旧信", "last": "门前雪未消"}))
    wait_for_path(awake, qtbot)
    assert all(lines(awake))
    assert "unfamiliar" in shown_path(awake).ends[0].notes
    assert "No model here" in sentence(awake)


def test_one_line_only_is_enough(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(awake.path.poem.last.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(awake.path.poem.last.editor, Qt.Key.Key_Delete)
    qtbot.keyClick(awake.path.poem.last.editor, Qt.Key.Key_Return)
    wait_for_path(awake, qtbot)
    assert all(lines(awake))
    assert awake.path.poem.last.mark == "○ invented"


def test_a_recipe_with_lone_surrogates_does_no_harm(awake: VersesPage, qtbot: QtBot) -> None:
    awake.apply(Recipe("verses", 3, inputs={"first": "a \ud800 b", "last": "\udfff"}))
    wait_for_path(awake, qtbot)
    assert awake.path.poem.lines == (awake.path.session.request.first, awake.path.session.request.last)
    assert all(end.mark for end in (awake.path.poem.first, awake.path.poem.last))
    assert to_text(awake.recipe())
    assert json.dumps(awake.save_state())
    awake.skeleton.copy_action.trigger()
