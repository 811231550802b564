"""The window: tabs, status, recipes, problems, menus."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from desktop import log
from desktop.engine import Failure, State, UnexpectedError
from desktop.errors import Problem
from desktop.recipe import Recipe, from_text, to_text
from desktop.window import Window
from models.errors import AtelierError
from tests.desktop.pages import TABS, Counter, PlainPage
from tests.desktop.windows import PATIENCE_MS, Opener, plain, ready


def test_slow_things_begin_after_the_first_paint(qtbot: QtBot, opener: Opener) -> None:
    page = plain(window := opener.open())
    assert page.started == 0
    assert page.engine.state is State.ASLEEP
    assert window.isVisible()
    qtbot.waitUntil(lambda: page.started == 1, timeout=PATIENCE_MS)
    window.repaint()
    window.hide()
    window.show()
    qtbot.wait(1)
    assert page.started == 1
    window.close()


def test_a_page_is_built_when_its_tab_is_first_shown(qtbot: QtBot, window: Window) -> None:
    ready(qtbot, window)
    assert len(window.findChildren(PlainPage)) == 1
    window.tabs.setCurrentIndex(1)
    assert len(window.findChildren(PlainPage)) == 2
    second = ready(qtbot, window)
    assert second.started == 1
    window.tabs.setCurrentIndex(0)
    window.tabs.setCurrentIndex(1)
    assert plain(window) is second
    assert len(window.findChildren(PlainPage)) == 2


@pytest.mark.parametrize(("asked", "shown"), [("other", "other"), ("nowhere", "plain"), (None, "plain")])
def test_only_the_page_that_a_window_begins_with_is_built(opener: Opener, asked: str | None, shown: str) -> None:
    window = opener.open(tab=asked)
    assert [tab.key for tab in TABS].index(shown) == window.tabs.currentIndex()
    assert window.findChildren(PlainPage) == [plain(window)]


def test_the_corner_belongs_to_the_page_that_is_shown(window: Window) -> None:
    first = plain(window).corner_label
    assert first.isVisible()
    window.tabs.setCurrentIndex(1)
    assert not first.isVisible()
    assert plain(window).corner_label.isVisible()


def test_a_window_without_tabs_opens_and_closes(opener: Opener) -> None:
    window = opener.open(())
    assert window.page is None
    window.menus.copy_recipe.trigger()
    assert window.close()


def test_the_status_line_follows_the_engine(qtbot: QtBot, window: Window) -> None:
    page = ready(qtbot, window)
    assert window.status.text.text() == "CPU · Counter · ready"
    gate = threading.Event()

    def work(_model: Counter) -> Iterator[int]:
        gate.wait(PATIENCE_MS / 1000)
        yield 1

    page.ask(work)
    assert window.status.text.text() == "CPU · Counter · working"
    gate.set()
    qtbot.waitUntil(lambda: not page.engine.busy, timeout=PATIENCE_MS)
    assert window.status.text.text() == "CPU · Counter · ready"


def test_a_copied_recipe_comes_back_in_its_tab(window: Window) -> None:
    page = plain(window)
    page.line.setText("The moon \U0001f315")
    page.skeleton.set_seed(4711)
    window.menus.copy_recipe.trigger()
    page.line.setText("something else")
    page.skeleton.set_seed(1)
    window.tabs.setCurrentIndex(1)
    window.menus.paste_recipe.trigger()
    assert plain(window) is page
    assert (page.line.text(), page.skeleton.seed) == ("The moon \U0001f315", 4711)
    assert from_text(QGuiApplication.clipboard().text()) == page.recipe()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no recipe at all", "There is no recipe in this text"),
        (to_text(Recipe("another")), "this version does not have: another"),
        (to_text(Recipe("plain")), "The recipe has no line."),
        (to_text(Recipe("plain")).replace("-1 ", "-7 "), "version 7"),
    ],
)
def test_a_recipe_that_cannot_be_shown_is_told_and_changes_nothing(window: Window, text: str, says: str) -> None:
    plain(window).line.setText("The moon")
    QGuiApplication.clipboard().setText(text)
    window.menus.paste_recipe.trigger()
    (problem,) = window.notice.problems
    assert says in problem.sentence
    assert plain(window).line.text() == "The moon"


def test_what_was_wrong_with_a_recipe_is_over_once_another_comes(window: Window) -> None:
    for text, count in (("no recipe", 1), (to_text(Recipe("another")), 1), (to_text(plain(window).recipe()), 0)):
        QGuiApplication.clipboard().setText(text)
        window.menus.paste_recipe.trigger()
        assert len(window.notice.problems) == count


def test_a_pages_problem_is_told(window: Window) -> None:
    plain(window).problem.emit(AtelierError("Cannot save {path}.", path="x.txt"))
    assert window.notice.problems == (Problem("Cannot save x.txt."),)


def test_a_pages_problem_is_taken_back_once_it_is_over(window: Window) -> None:
    error = AtelierError("Cannot read {path}.", path="x.png")
    plain(window).problem.emit(error)
    plain(window).problem_over.emit(error)
    assert not window.notice.isVisible()


def test_a_failure_of_the_model_is_told_with_its_details_and_logged(
    qtbot: QtBot, window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_model: Counter) -> Iterator[int]:
        raise ValueError("shape")

    with caplog.at_level(logging.ERROR):
        plain(window).ask(work)
        qtbot.waitUntil(lambda: bool(window.notice.problems), timeout=PATIENCE_MS)
    (problem,) = window.notice.problems
    assert "Something unexpected happened" in problem.sentence
    assert "ValueError: shape" in problem.details
    assert "ValueError: shape" in caplog.text


def test_a_failure_that_was_foreseen_is_not_logged_as_an_error(window: Window) -> None:
    window.tell(Failure(1, AtelierError("Cannot use verse-en."), "Traceback …"))
    assert window.notice.problems == (Problem("Cannot use verse-en.", "Traceback …"),)
    assert not isinstance(AtelierError("x"), UnexpectedError)


def test_full_screen_and_back(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def opened_dialog(window: Window) -> QDialog:
    (dialog,) = (dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    return dialog


def test_help_lists_every_shortcut(window: Window) -> None:
    plain(window).skeleton.keys = (("Turn the page", "Space"),)
    window.menus.shortcuts.trigger()
    shown = {label.text() for label in opened_dialog(window).findChildren(QLabel)}
    assert {
        "Save as text",
        "Ctrl+S",
        "Undo",
        "Ctrl+Z",
        "Dark",
        "F8",
        "Quit",
        "Ctrl+Q",
        "Turn the page",
        "Space",
    } <= shown


def test_about_tells_version_and_licence(window: Window) -> None:
    window.menus.about.trigger()
    box = opened_dialog(window)
    assert isinstance(box, QMessageBox)
    assert box.text().startswith("Latent Atelier")
    assert "Apache-2.0" in box.informativeText()


def test_the_log_folder_opens(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.menus.log_folder.trigger()
    assert [Path(url.toLocalFile()) for url in opened] == [log.folder()]


def test_every_action_has_a_shortcut_and_no_two_the_same(window: Window) -> None:
    shortcuts = {action.text(): action.shortcut().toString() for action in window.menus.actions()}
    assert all(shortcuts.values())
    assert len(set(shortcuts.values())) == len(shortcuts)
    assert {"Save as text…", "Undo", "Redo", "Copy", "Roll the dice"} <= set(shortcuts)
