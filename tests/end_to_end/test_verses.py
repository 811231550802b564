"""The whole program as a person meets it: the real `main()`, the shipped model, two typed lines and their verses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.verses.page import VersesPage
from models.sentence_vae.path import to_json
from tests.end_to_end.person import PATIENCE_BEATS, Person, Steps

FIRST, LAST = "A lamp is burning in the empty street", "and nobody remembers my old name"


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


def type_into(page: VersesPage, line: str, which: str) -> None:
    editor = getattr(page.path.poem, which).editor
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton)
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, line)


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
    type_into(page, FIRST, "first")
    type_into(page, LAST, "last")
    yield answered(page, FIRST, LAST)
    seen.look(page)
    page.path.poem.slider.slider.setValue(430)
    yield lambda: page.path.poem.slider.line not in ("", FIRST, LAST, *seen.verses[-1])
    seen.slid.append(page.path.poem.slider.line)
    page.skeleton.undo_action.trigger()
    yield lambda: page.path.poem.lines != (FIRST, LAST)
    page.skeleton.redo_action.trigger()
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
