"""What a window keeps from one start to the next, and a close that leaves nothing running."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from desktop import engine, settings
from desktop.window import SMALLEST
from tests.desktop.pages import Counter
from tests.desktop.windows import PATIENCE_MS, Opener, plain, ready, saved


def test_what_was_typed_is_there_at_the_next_start(qtbot: QtBot, opener: Opener) -> None:
    window = opener.open()
    window.tabs.setCurrentIndex(1)
    qtbot.keyClicks(plain(window).line, "The moon, twice")
    window.close()
    again = opener.open()
    assert again.tabs.currentIndex() == 1
    assert plain(again).line.text() == "The moon, twice"
    again.close()


def test_what_was_typed_is_kept_without_a_close(qtbot: QtBot, opener: Opener) -> None:
    window = opener.open()
    qtbot.keyClicks(plain(window).line, "The moon")
    kept = {"plain": {"line": "The moon"}}
    qtbot.waitUntil(lambda: saved(opener.folder).pages == kept, timeout=PATIENCE_MS)
    window.close()


def test_a_tab_that_was_not_shown_keeps_what_it_kept(qtbot: QtBot, opener: Opener) -> None:
    window = opener.open()
    window.tabs.setCurrentIndex(1)
    qtbot.keyClicks(plain(window).line, "other")
    window.tabs.setCurrentIndex(0)
    window.close()
    opener.open().close()
    assert saved(opener.folder).pages["other"] == {"line": "other"}


@pytest.mark.parametrize("state", [{"line": 7}, {"line": None}, {}, {"unknown": [1]}])
def test_a_kept_state_of_the_wrong_kind_does_no_harm(opener: Opener, state: dict[str, Any]) -> None:
    (opener.folder / "settings.json").write_text(settings.to_text(settings.Settings(pages={"plain": state})))
    window = opener.open()
    assert plain(window).line.text() == ""
    window.close()


def test_size_and_place_come_back(opener: Opener) -> None:
    window = opener.open()
    window.resize(1000, 701)  # within the screen of tests
    window.close()
    again = opener.open()
    assert (again.width(), again.height()) == (1000, 701)
    again.close()


@pytest.mark.parametrize("value", ["abc", 7, b"\x00\x01", ""])
def test_a_broken_geometry_does_no_harm(opener: Opener, value: object) -> None:
    geometry = QSettings(str(opener.folder / "window.ini"), QSettings.Format.IniFormat)
    geometry.setValue("geometry", value)
    geometry.sync()
    window = opener.open()
    assert window.width() >= SMALLEST.width()
    window.close()


def test_dropped_settings_are_told_by_name(opener: Opener) -> None:
    (opener.folder / "settings.json").write_text('{"theme": "blue", "tab": 3}')
    window = opener.open()
    (problem,) = window.notice.problems
    assert "old file is kept" in problem.sentence
    assert problem.details == "theme, tab"
    window.close()


def test_a_home_that_cannot_be_written_is_told_once_and_the_app_runs(qtbot: QtBot, opener: Opener) -> None:
    (opener.folder / "file").write_text("")
    opener.folder = opener.folder / "file"
    window = opener.open()
    page = ready(qtbot, window)
    for letter in "abc":
        qtbot.keyClicks(page.line, letter)
        opener.store.save()
    qtbot.waitUntil(lambda: page.counted == 3, timeout=PATIENCE_MS)
    (problem,) = window.notice.problems
    assert problem.sentence.startswith("Cannot save")
    assert window.close()


def test_closing_stops_timers_and_engines_and_saves(qtbot: QtBot, opener: Opener) -> None:
    window = opener.open()
    page = ready(qtbot, window)

    def endless(_model: Counter) -> Iterator[int]:
        while True:
            yield 0

    page.ask(endless)
    qtbot.keyClicks(page.line, "x")
    page.ask(endless)
    assert window.close()
    assert page.stopped == 1
    assert page.engine.has_ended
    assert not engine.threads_left()
    assert saved(opener.folder).pages == {"plain": {"line": "x"}}


def test_a_page_that_fails_while_closing_does_not_keep_the_engines_alive(
    qtbot: QtBot, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener.open()
    page = ready(qtbot, window)

    def broken() -> None:
        raise ValueError("in stop")

    monkeypatch.setattr(page, "stop", broken)
    with pytest.raises(ValueError, match="in stop"):
        window.close()
    assert not engine.threads_left()
    assert (opener.folder / "settings.json").exists()


def test_closing_at_random_moments_leaves_nothing(qtbot: QtBot, opener: Opener) -> None:
    chance = random.Random(4711)
    for _ in range(40):
        window = opener.open()
        for _ in range(chance.randrange(4)):
            page = plain(window)
            steps: list[Callable[[], object]] = [page.start, window.repaint, QApplication.processEvents]
            chance.choice(steps)()
            qtbot.keyClicks(page.line, "abc"[: chance.randrange(4)])
            if chance.random() < 0.3:
                window.tabs.setCurrentIndex(chance.randrange(2))
        window.close()
        assert not engine.threads_left()
        window.deleteLater()
