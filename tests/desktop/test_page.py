"""What every page has from the start: engines that end, and words for what was saved or copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.engine import Engine, State
from desktop.page import Page
from models.errors import AtelierError
from tests.desktop.pages import Counter, PlainPage

PATIENCE_MS = 20_000


@pytest.fixture
def page(qtbot: QtBot) -> PlainPage:
    page = PlainPage()
    qtbot.addWidget(page)
    return page


def says(page: Page, sentence: str) -> bool:
    return sentence in [label.text() for label in page.skeleton.findChildren(QLabel)]


def test_the_engine_in_use_comes_last_and_the_others_end(qtbot: QtBot, page: PlainPage) -> None:
    first = page.engine
    page.start()
    second: Engine[Counter] = Engine("Another", Counter)
    page.adopt(second)
    assert page.engines()[-1] is second
    qtbot.waitUntil(lambda: page.engines() == (second,), timeout=PATIENCE_MS)
    assert first.has_ended
    assert second.close(PATIENCE_MS)


def test_engines_of_different_roles_live_side_by_side(qtbot: QtBot, page: PlainPage) -> None:
    page.start()
    engines = [Engine(name, Counter) for name in ("Beside", "Beside again")]
    for engine in engines:
        page.adopt(engine, "beside")
    assert page.engines()[-1] is page.engine, "the one that the window tells of"
    assert page.engines() == (engines[1], page.engine)
    assert engines[0].has_ended
    for engine in page.engines():
        assert engine.close(PATIENCE_MS)


def test_an_engine_that_never_ran_is_forgotten_at_once(qtbot: QtBot, page: PlainPage) -> None:
    second: Engine[Counter] = Engine("Another", Counter)
    page.adopt(second)
    assert page.engines() == (second,)


def test_the_page_tells_when_its_status_changes(qtbot: QtBot, page: PlainPage) -> None:
    states: list[State] = []
    page.status_changed.connect(lambda: states.extend(engine.state for engine in page.engines()))
    page.start()
    qtbot.waitUntil(lambda: State.READY in states, timeout=PATIENCE_MS)
    assert states[0] is State.LOADING
    assert page.engine.close(PATIENCE_MS)


def test_what_was_saved_is_said(page: PlainPage, tmp_path: Path) -> None:
    page.exporter.write(tmp_path / "poem.txt", b"x")
    assert says(page, "Saved as poem.txt")


def test_what_was_copied_is_said(page: PlainPage) -> None:
    page.exporter.copy_text("x")
    assert says(page, "Copied")


def test_what_could_not_be_saved_is_a_problem(page: PlainPage, tmp_path: Path) -> None:
    problems: list[AtelierError] = []
    page.problem.connect(problems.append)
    (tmp_path / "file").write_text("")
    page.exporter.write(tmp_path / "file" / "poem.txt", b"x")
    assert [str(problem).startswith("Cannot save") for problem in problems] == [True]


def test_a_tab_must_say_what_it_keeps_and_what_reproduces_it(qtbot: QtBot) -> None:
    bare = Page()
    qtbot.addWidget(bare)
    for question in (bare.recipe, bare.save_state):
        with pytest.raises(NotImplementedError):
            question()
