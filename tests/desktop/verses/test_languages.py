"""The model follows the language that is typed; two scripts at once get a clear word, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.recipe import from_text, to_text
from desktop.verses.line_editor import LineEditor
from desktop.verses.page import VersesPage
from models.sentence_vae.language import CHINESE
from models.sentence_vae.path import PathRequest
from models.shelf import ModelFolder
from tests.desktop.verses import fake
from tests.desktop.verses.conftest import NewPage, wait_for_path, write_model
from tests.desktop.verses.driving import CONTROL, LEFT, PRESETS, choose, lines, sentence, shown_path

FIRST, LAST = "灯下读旧信", "门前雪未消"


@pytest.fixture
def chinese() -> ModelFolder:
    return write_model("chinese", 2.0, script="han")


@pytest.fixture
def bilingual(page: VersesPage, folder: ModelFolder, chinese: ModelFolder, qtbot: QtBot) -> VersesPage:
    """A page with a model for each language, awake on English lines."""
    page.start()
    wait_for_path(page, qtbot)
    return page


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were loaded, in order."""
    names: list[str] = []
    load = fake.FakeModel.load

    def record(folder: ModelFolder) -> fake.FakeModel:
        names.append(folder.name)
        return load(folder)

    monkeypatch.setattr(fake.FakeModel, "load", record)
    return names


def write(editor: LineEditor, qtbot: QtBot, line: str) -> None:
    """Replace a line and settle it."""
    QGuiApplication.clipboard().setText(line)
    qtbot.mouseClick(editor, LEFT)
    qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def write_both(page: VersesPage, qtbot: QtBot, first: str, last: str) -> None:
    write(page.path.poem.first.editor, qtbot, first)
    write(page.path.poem.last.editor, qtbot, last)


def picked(page: VersesPage) -> str:
    assert page.picker.current is not None
    return page.picker.current.name


def test_chinese_lines_are_followed_by_the_chinese_model(bilingual: VersesPage, qtbot: QtBot) -> None:
    assert (picked(bilingual), shown_path(bilingual).model) == ("first", "first")
    write_both(bilingual, qtbot, FIRST, LAST)
    wait_for_path(bilingual, qtbot)
    assert (picked(bilingual), shown_path(bilingual).model) == ("chinese", "chinese")
    assert "follow" in sentence(bilingual)
    assert bilingual.engines()[-1].title == "The chinese verses"


def test_each_model_is_loaded_once_however_often_the_language_changes(
    bilingual: VersesPage, loaded: list[str], qtbot: QtBot
) -> None:
    write_both(bilingual, qtbot, FIRST, LAST)
    wait_for_path(bilingual, qtbot)
    write_both(bilingual, qtbot, "A lamp", "A street")
    wait_for_path(bilingual, qtbot)
    assert shown_path(bilingual).model == "first"
    write_both(bilingual, qtbot, LAST, FIRST)
    wait_for_path(bilingual, qtbot)
    assert shown_path(bilingual).model == "chinese"
    assert loaded == ["chinese"]
    assert len(bilingual.engines()) == 3, "one for each language, one for the plane"


def test_until_it_is_awake_the_sentence_says_so_and_the_last_verses_stay(bilingual: VersesPage, qtbot: QtBot) -> None:
    before = lines(bilingual)
    write_both(bilingual, qtbot, FIRST, LAST)
    assert "waking up" in sentence(bilingual)
    assert "ready-made" not in sentence(bilingual)
    assert lines(bilingual) == before


def test_two_scripts_get_a_clear_word_and_nothing_is_lost_or_asked(bilingual: VersesPage, qtbot: QtBot) -> None:
    before = lines(bilingual)
    write(bilingual.path.poem.first.editor, qtbot, FIRST)
    assert "Two scripts" in sentence(bilingual)
    assert bilingual.path.poem.lines == (FIRST, PRESETS[0].last)
    assert bilingual.path.poem.first.remark == "▲ The other line is in another script"
    assert bilingual.path.session.request.first == FIRST
    assert lines(bilingual) == before
    assert not bilingual.path.session.is_drawing
    bilingual.skeleton.undo_action.trigger()
    assert bilingual.path.poem.lines == (PRESETS[0].first, PRESETS[0].last)
    assert "Two scripts" not in sentence(bilingual)
    assert bilingual.path.poem.first.remark.startswith("The model returns")


def test_a_line_that_another_model_will_speak_for_is_not_begun_by_this_one(
    bilingual: VersesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_both(bilingual, qtbot, "A lamp", "A door")
    begun: list[PathRequest] = []
    monkeypatch.setattr(bilingual.path.session, "prepare", begun.append)
    for typed in (FIRST, "", "A lamp burns"):
        bilingual.path.poem.first.editor.setText(typed)
        bilingual.path.steps.lingered.emit()
    assert [request.first for request in begun] == ["", "A lamp burns"]


def test_what_is_being_drawn_is_given_up_when_a_line_changes_its_script(bilingual: VersesPage, qtbot: QtBot) -> None:
    write(bilingual.path.poem.first.editor, qtbot, "A lamp")
    assert bilingual.path.session.is_drawing
    write(bilingual.path.poem.first.editor, qtbot, FIRST)
    assert not bilingual.path.session.is_drawing
    engine = bilingual.path.session.engine
    assert engine is not None
    assert not engine.busy


def test_a_verse_locked_in_the_other_script_is_named(bilingual: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(bilingual.path.poem.rows[2].lock_button, LEFT)
    wait_for_path(bilingual, qtbot)
    write_both(bilingual, qtbot, FIRST, LAST)
    assert "Locked verse" in sentence(bilingual)
    qtbot.mouseClick(bilingual.path.poem.rows[2].lock_button, LEFT)
    wait_for_path(bilingual, qtbot)
    assert shown_path(bilingual).model == "chinese"


def test_an_empty_line_is_invented_in_the_language_of_the_other(bilingual: VersesPage, qtbot: QtBot) -> None:
    write(bilingual.path.poem.last.editor, qtbot, "")
    write(bilingual.path.poem.first.editor, qtbot, FIRST)
    wait_for_path(bilingual, qtbot)
    assert shown_path(bilingual).model == "chinese"


def test_undo_leads_back_to_the_other_language(bilingual: VersesPage, qtbot: QtBot) -> None:
    before = lines(bilingual)
    choose(bilingual, next(place for place, preset in enumerate(PRESETS) if preset.language == CHINESE))
    wait_for_path(bilingual, qtbot)
    assert shown_path(bilingual).model == "chinese"
    bilingual.skeleton.undo_action.trigger()
    assert (picked(bilingual), lines(bilingual)) == ("first", before)


def test_who_picks_the_chinese_model_gets_chinese_lines_and_undo_brings_back_ones_own(
    bilingual: VersesPage, chinese: ModelFolder, qtbot: QtBot
) -> None:
    write(bilingual.path.poem.first.editor, qtbot, "A lamp")
    bilingual.picker.chosen.emit(chinese)
    wait_for_path(bilingual, qtbot)
    assert picked(bilingual) == "chinese"
    assert (PRESETS_IN_CHINESE[0].first, PRESETS_IN_CHINESE[0].last) == bilingual.path.poem.lines
    bilingual.skeleton.undo_action.trigger()
    assert bilingual.path.poem.lines == ("A lamp", PRESETS[0].last)
    assert picked(bilingual) == "first"


PRESETS_IN_CHINESE = [preset for preset in PRESETS if preset.language == CHINESE]


def test_ones_own_choice_among_models_of_a_language_is_kept(bilingual: VersesPage, qtbot: QtBot) -> None:
    own = write_model("own", 3.0)
    bilingual.picker.refresh()
    bilingual.picker.chosen.emit(own)
    write_both(bilingual, qtbot, FIRST, LAST)
    wait_for_path(bilingual, qtbot)
    write_both(bilingual, qtbot, "A lamp", "A street")
    wait_for_path(bilingual, qtbot)
    assert shown_path(bilingual).model == "own"


def test_without_a_model_of_the_language_one_sentence_says_so(awake: VersesPage, qtbot: QtBot) -> None:
    write_both(awake, qtbot, FIRST, LAST)
    wait_for_path(awake, qtbot)
    assert shown_path(awake).model == "first"
    assert "No model here" in sentence(awake)


def test_a_recipe_brings_its_language_along(
    bilingual: VersesPage, new_page: NewPage, chinese: ModelFolder, loaded: list[str], qtbot: QtBot
) -> None:
    write_both(bilingual, qtbot, FIRST, LAST)
    wait_for_path(bilingual, qtbot)
    recipe = from_text(to_text(bilingual.recipe()))
    assert (recipe.model, recipe.model_hash) == (chinese.name, chinese.hash)
    loaded.clear()
    other = new_page()
    other.apply(recipe)
    other.start()
    wait_for_path(other, qtbot)
    assert lines(other) == lines(bilingual)
    assert loaded == ["chinese"]


def test_the_next_start_wakes_the_model_of_what_was_typed(
    bilingual: VersesPage, new_page: NewPage, loaded: list[str], qtbot: QtBot
) -> None:
    write_both(bilingual, qtbot, FIRST, LAST)
    wait_for_path(bilingual, qtbot)
    state = json.loads(json.dumps(bilingual.save_state()))
    loaded.clear()
    other = new_page()
    other.restore_state(state)
    other.start()
    wait_for_path(other, qtbot)
    assert other.path.poem.lines == (FIRST, LAST)
    assert loaded == ["chinese"]


def test_lines_in_two_scripts_are_there_again_at_the_next_start(
    bilingual: VersesPage, new_page: NewPage, qtbot: QtBot
) -> None:
    write(bilingual.path.poem.first.editor, qtbot, FIRST)
    state = json.loads(json.dumps(bilingual.save_state()))
    other = new_page()
    other.restore_state(state)
    other.start()
    assert other.path.poem.lines == (FIRST, PRESETS[0].last)
    assert "Two scripts" in sentence(other)
    write(other.path.poem.last.editor, qtbot, LAST)
    wait_for_path(other, qtbot)
    assert shown_path(other).model == "chinese"
