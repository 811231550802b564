"""The whole program as a person meets it: the real `main()`, the shipped models, two typed lines and their verses."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.verses.page import VersesPage
from models.sentence_vae import han
from models.sentence_vae.language import CHINESE, ENGLISH, language_of
from models.sentence_vae.path import VersePath, to_json
from tests.end_to_end.person import PATIENCE_BEATS, Person, Steps, type_into

FIRST, LAST = "A lamp is burning in the empty street", "and nobody remembers my old name"
CHINESE_FIRST, CHINESE_LAST = "灯下读旧信", "门前雪未消"
TRADITIONAL = ("國破山河在", "烽火連三月")
OWN = "the houses keep their silence after ten"
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@dataclass
class Seen:
    """What stood on the screen at the end of each step."""

    verses: list[list[str]] = field(default_factory=list)
    ends: list[tuple[str, str]] = field(default_factory=list)
    slid: list[str] = field(default_factory=list)
    json: list[object] = field(default_factory=list)

    def look(self, page: VersesPage) -> None:
        self.verses.append([row.text.line for row in page.path.poem.rows if row.isVisible()])
        self.ends.append(page.path.poem.lines)
        if page.path.session.result is not None:
            self.json.append(to_json(page.path.session.result))


def answered(page: VersesPage, first: str, last: str) -> Callable[[], bool]:
    def check() -> bool:
        path = page.path.session.result
        return path is not None and path.final and (path.request.first, path.request.last) == (first, last)

    return check


def settled(page: VersesPage) -> Callable[[], bool]:
    def check() -> bool:
        path = page.path.session.result
        return path is not None and path.final and path.request == page.path.session.request

    return check


def type_ends(page: VersesPage, first: str, last: str) -> None:
    type_into(page.path.poem.first.editor, first)
    type_into(page.path.poem.last.editor, last)


def run(seen: Seen, script: Callable[[VersesPage, Seen], Steps]) -> int:
    def steps(page: VersesPage) -> Steps:
        return script(page, seen)

    person = Person(VersesPage, steps)
    status = app.main(["--tab", "verses"])
    assert person.beats <= PATIENCE_BEATS, "a step was never answered"
    return status


def write_a_poem(page: VersesPage, seen: Seen) -> Steps:
    opened = page.path.session.result
    assert opened is not None, "the window opens on a ready-made path"
    seen.look(page)
    type_ends(page, FIRST, LAST)
    yield answered(page, FIRST, LAST)
    seen.look(page)
    for _ in range(7):
        QTest.keyClick(page.path.poem.slider.slider, Qt.Key.Key_Left)
    assert page.path.poem.slider.t == 0.43
    yield lambda: page.path.poem.slider.line not in ("", FIRST, LAST, *seen.verses[-1])
    seen.slid.append(page.path.poem.slider.line)
    QTest.keyClick(page.path.poem.last.editor, Qt.Key.Key_Z, CONTROL)
    assert page.path.poem.lines == (FIRST, opened.request.last), "each line was a step"
    QTest.keyClick(page.path.poem.last.editor, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    yield answered(page, FIRST, LAST)
    seen.look(page)


def look_again(page: VersesPage, seen: Seen) -> Steps:
    yield answered(page, FIRST, LAST)
    seen.look(page)


def test_two_typed_lines_become_verses_and_are_there_again_at_the_next_start(qtbot: QtBot, home: Path) -> None:
    seen, later = Seen(), Seen()
    assert run(seen, write_a_poem) == 0
    opening, verses, again = seen.verses
    assert len(opening) == len(verses) == 7
    assert len({FIRST, LAST, *verses}) == 9, "all lines are distinct"
    assert all(verse and "\ufffd" not in verse for verse in verses)
    assert verses != opening
    assert again == verses, "undo and redo lead back"
    assert seen.slid[0]
    assert run(later, look_again) == 0
    assert later.ends[-1] == (FIRST, LAST), "what was typed is kept"
    assert later.verses[-1] == verses
    assert settings.path().is_relative_to(home)
    assert json.loads(json.dumps(later.json[-1])) == json.loads(json.dumps(seen.json[-1]))


def work_on_it(page: VersesPage, paths: list[VersePath]) -> Steps:
    """Choose another line, lock one, write one, turn the dial, wish for length, unlock; what came of each is noted."""

    def look() -> None:
        assert page.path.session.result is not None
        paths.append(page.path.session.result)

    poem = page.path.poem
    yield settled(page)
    look()
    QTest.mouseClick(poem.rows[1].text, LEFT, pos=QPoint(10, 10))
    others = poem.others.list
    QTest.mouseClick(others.viewport(), LEFT, pos=others.visualItemRect(others.item(1)).center())
    yield settled(page)
    look()
    QTest.mouseClick(poem.rows[4].lock_button, LEFT)
    QTest.mouseClick(poem.rows[5].text, LEFT, pos=QPoint(10, 10))
    QTest.mouseClick(poem.others.write_button, LEFT)
    QTest.keyClicks(poem.rows[5].editor, OWN)
    QTest.keyClick(poem.rows[5].editor, Qt.Key.Key_Return)
    yield settled(page)
    look()
    QTest.keyClick(page.path.dial.slider, Qt.Key.Key_End)
    QTest.keyClick(page.path.wishes.length, Qt.Key.Key_Space)
    yield settled(page)
    look()
    QTest.mouseClick(poem.rows[5].lock_button, LEFT)
    yield settled(page)
    look()


def test_a_person_works_on_the_poem_line_by_line(qtbot: QtBot, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    paths: list[VersePath] = []

    def script(page: VersesPage, _seen: Seen) -> Steps:
        return work_on_it(page, paths)

    with caplog.at_level(logging.WARNING, "qt"):  # a platform without screen cannot raise the list of alternatives
        assert run(Seen(), script) == 0
    opened, chosen, written, wished, unlocked = paths
    assert chosen.verses[1].text == opened.verses[1].alternatives[1].text
    locked = {1: chosen.verses[1].text, 4: chosen.verses[4].text, 5: OWN}
    for path in (written, wished):
        assert {index: path.verses[index].text for index in locked} == locked
        assert [index for index, verse in enumerate(path.verses) if verse.locked] == list(locked)
        assert len({verse.text for verse in path.verses}) == 7, "all lines are distinct"
    assert (written.request.dial, wished.request.dial) == (0.5, 1.0)
    assert [index for index, verse in enumerate(unlocked.verses) if verse.locked] == [1, 4]
    assert unlocked.verses[5].text != OWN, "the model finds a line of its own again"
    lengths = {end.length for end in wished.ends}
    free = [verse for index, verse in enumerate(wished.verses) if index not in locked]
    for verse in free:
        assert "length" in verse.unmet or min(lengths) <= verse.length <= max(lengths)
    assert any("length" not in verse.unmet for verse in free), "a wish that is easily met is met"


def change_the_language(page: VersesPage, paths: list[VersePath]) -> Steps:
    """English, then Chinese, simplified and traditional, then English again; no model is picked by hand."""
    for first, last in ((FIRST, LAST), (CHINESE_FIRST, CHINESE_LAST), TRADITIONAL, (LAST, FIRST)):
        type_ends(page, first, last)
        yield answered(page, first, last)
        assert page.path.session.result is not None
        paths.append(page.path.session.result)


def mix_two_scripts(page: VersesPage, said: list[str]) -> Steps:
    """One line in Chinese, the other in English: it is said and nothing is lost; undo leads back."""
    yield settled(page)
    before = [row.text.line for row in page.path.poem.rows]
    type_into(page.path.poem.first.editor, CHINESE_FIRST)
    QTest.keyClick(page.path.poem.first.editor, Qt.Key.Key_Return)
    said += [state(page), page.path.poem.first.remark]
    assert [row.text.line for row in page.path.poem.rows] == before, "the last good verses stay"
    QTest.keyClick(page.path.poem.last.editor, Qt.Key.Key_Z, CONTROL)
    yield settled(page)
    said.append(state(page))


def state(page: VersesPage) -> str:
    return page.skeleton._state.text()


def test_two_scripts_at_once_are_told_and_undo_leads_back(qtbot: QtBot, home: Path) -> None:
    said: list[str] = []

    def script(page: VersesPage, _seen: Seen) -> Steps:
        return mix_two_scripts(page, said)

    assert run(Seen(), script) == 0
    told, beside, after = said
    assert "Two scripts at once" in told
    assert "another script" in beside
    assert "Two scripts" not in after


def test_the_model_follows_the_language_that_is_typed(qtbot: QtBot, home: Path) -> None:
    paths: list[VersePath] = []

    def script(page: VersesPage, _seen: Seen) -> Steps:
        return change_the_language(page, paths)

    assert run(Seen(), script) == 0
    english, chinese, traditional, again = paths
    assert english.model_hash == again.model_hash != chinese.model_hash
    assert {language_of(verse.text) for verse in chinese.verses} == {CHINESE}
    assert {language_of(verse.text) for verse in again.verses} == {ENGLISH}
    assert len({verse.text for verse in chinese.verses}) == 7, "all lines are distinct"
    assert [end.length for end in chinese.ends] == [5, 5]
    assert traditional.model_hash == chinese.model_hash
    assert [end.notes for end in traditional.ends] == [("traditional",)] * 2
    assert "國" not in traditional.ends[0].read, "it is read in simplified characters"
    assert [han.traditional(verse.text) for verse in traditional.verses] == [verse.text for verse in traditional.verses]
