"""Light and dark, other languages and type sizes, the keyboard and the screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.errors import Problem
from desktop.theme import is_dark
from desktop.window import SMALLEST, Window
from tests.desktop.windows import Opener, plain, ready, saved


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


def test_every_control_has_an_accessible_name(window: Window) -> None:
    window.notice.tell(Problem("x", "y"))
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSlider, QSpinBox)
    controls: list[QWidget] = [
        control for kind in kinds for control in window.findChildren(kind) if control.isVisible()
    ]
    own = [control for control in controls if not control.objectName().startswith("qt_")]
    nameless = [control for control in own if not (control.accessibleName() or getattr(control, "text", str)())]
    assert nameless == []


def test_who_opens_the_window_can_type_at_once(opener: Opener) -> None:
    window = opener.open_active()
    assert QApplication.focusWidget() is plain(window).line
    window.close()


def test_another_tab_takes_the_keyboard_along(opener: Opener) -> None:
    window = opener.open_active()
    for place in (1, 0, 1):
        window.tabs.setCurrentIndex(place)
        assert QApplication.focusWidget() is plain(window).line
    window.close()


def test_who_walks_along_the_tabs_is_not_taken_into_a_page(qtbot: QtBot, opener: Opener) -> None:
    window = opener.open_active()
    bar = window.tabs.tabBar()
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert window.tabs.currentIndex() == 1
    assert QApplication.focusWidget() is bar
    window.close()


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
