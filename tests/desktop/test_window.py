"""The window: tabs, recipes, status, what is kept, and a close that leaves nothing running."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt, QTranslator, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import engine, log, settings
from desktop.engine import Failure, State, UnexpectedError
from desktop.errors import Problem
from desktop.page import Tab
from desktop.recipe import Recipe, from_text, to_text
from desktop.settings import Store
from desktop.theme import Theme, is_dark
from desktop.window import SMALLEST, Window
from models.errors import AtelierError
from tests.desktop.pages import TABS, Counter, PlainPage

PATIENCE_MS = 20_000


class Opener:
    """Opens windows on one home, as one start after the other."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot, self.qapp, self.folder = qtbot, qapp, folder
        self.themes: list[Theme] = []

    def open(self, tabs: tuple[Tab, ...] = TABS) -> Window:
        self.store = Store(self.folder / "settings.json")
        self.themes.append(Theme(self.qapp))
        geometry = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)
        window = Window(tabs, self.store, self.themes[-1], geometry)
        self.qtbot.addWidget(window)
        window.show()
        return window

    def open_active(self) -> Window:
        """With the keyboard, so that shortcuts reach it."""
        window = self.open()
        self.qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
        return window


@pytest.fixture
def opener(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(qtbot, qapp, tmp_path)
    yield opener
    for theme in opener.themes:
        theme.apply("light")
        theme.deleteLater()


@pytest.fixture
def window(opener: Opener) -> Iterator[Window]:
    window = opener.open_active()
    yield window
    window.close()


def plain(window: Window) -> PlainPage:
    page = window.page
    assert isinstance(page, PlainPage)
    return page


def ready(qtbot: QtBot, window: Window) -> PlainPage:
    qtbot.waitUntil(lambda: plain(window).engine.state is State.READY, timeout=PATIENCE_MS)
    return plain(window)


def saved(folder: Path) -> settings.Settings:
    return settings.read(folder / "settings.json").settings


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


def test_a_pages_problem_is_told(window: Window) -> None:
    plain(window).problem.emit(AtelierError("Cannot save {path}.", path="x.txt"))
    assert window.notice.problems == (Problem("Cannot save x.txt."),)


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


@pytest.mark.parametrize(
    ("keys", "choice"), [(Qt.Key.Key_F7, "light"), (Qt.Key.Key_F8, "dark"), (Qt.Key.Key_F6, "system")]
)
def test_light_and_dark_are_a_key_away_and_kept(
    qtbot: QtBot, opener: Opener, qapp: QApplication, keys: Qt.Key, choice: str
) -> None:
    window = opener.open_active()
    opener.store.change(theme="dark" if choice == "light" else "light")
    qtbot.keyClick(window, keys)
    assert opener.store.settings.theme == choice
    assert is_dark(qapp.palette()) == (choice == "dark")
    window.close()
    assert saved(opener.folder).theme == choice


def test_icons_are_drawn_anew_for_dark(qtbot: QtBot, window: Window) -> None:
    action = plain(window).skeleton.undo_action
    before = action.icon().pixmap(16).toImage()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.wait(1)
    assert action.icon().pixmap(16).toImage() != before


def test_full_screen_and_back(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def opened_dialog(window: Window) -> QDialog:
    (dialog,) = (dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    return dialog


def test_help_lists_every_shortcut(window: Window) -> None:
    window.menus.shortcuts.trigger()
    shown = {label.text() for label in opened_dialog(window).findChildren(QLabel)}
    assert {"Save as text", "Ctrl+S", "Undo", "Ctrl+Z", "Dark", "F8", "Quit", "Ctrl+Q"} <= shown


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


def test_every_control_has_an_accessible_name(window: Window) -> None:
    window.notice.tell(Problem("x", "y"))
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSlider, QSpinBox)
    controls: list[QWidget] = [
        control for kind in kinds for control in window.findChildren(kind) if control.isVisible()
    ]
    own = [control for control in controls if not control.objectName().startswith("qt_")]
    nameless = [control for control in own if not (control.accessibleName() or getattr(control, "text", str)())]
    assert nameless == []


def test_the_window_can_be_used_by_keyboard_alone(qtbot: QtBot, window: Window) -> None:
    ready(qtbot, window).line.setFocus()
    reached: set[QWidget] = set()
    for _ in range(30):
        focused = window.focusWidget()
        if focused is not None:
            reached.add(focused)
        window.focusNextChild()
    names = {widget.accessibleName() for widget in reached}
    assert {"Line", "Last results", "Presets", "Seed", "Save"} <= names


def test_the_smallest_window_needs_no_scroll_bars(qtbot: QtBot, window: Window) -> None:
    assert (SMALLEST.width(), SMALLEST.height()) == (1000, 680)
    hint = window.minimumSizeHint()
    assert hint.width() <= 1000
    assert hint.height() <= 680


class PseudoLanguage(QTranslator):
    """Each text 40 % longer, as a translation may be."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        return text + "o" * round(len(text) * 0.4)


def test_a_longer_language_fits_the_smallest_window(opener: Opener, qapp: QApplication) -> None:
    language = PseudoLanguage()
    qapp.installTranslator(language)
    try:
        window = opener.open()
    finally:
        qapp.removeTranslator(language)
    assert window.menus.quit.text() == "&Quitoo"
    assert window.minimumSizeHint().width() <= SMALLEST.width()
    assert window.minimumSizeHint().height() <= SMALLEST.height()
    window.close()


@pytest.mark.parametrize("points", [8, 13])
def test_small_and_large_type_fit_the_smallest_window(opener: Opener, qapp: QApplication, points: int) -> None:
    before = qapp.font()
    changed = qapp.font()
    changed.setPointSize(points)
    qapp.setFont(changed)
    try:
        window = opener.open()
        assert window.minimumSizeHint().width() <= SMALLEST.width()
        assert window.minimumSizeHint().height() <= SMALLEST.height()
        window.close()
    finally:
        qapp.setFont(before)


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
