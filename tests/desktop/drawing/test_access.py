"""Everything in the tab has a name, a word of explanation, keys; and it all finds room in the smallest window."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.drawing.next_pixel import Swatch
from desktop.drawing.page import DrawingPage
from desktop.page import Tab
from desktop.widgets.model_picker import ModelPicker
from models.sprites.form import Format
from tests.desktop.drawing.conftest import WAIT_MS, write_model
from tests.desktop.drawing.driving import button
from tests.desktop.windows import Opener

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox)


def controls(page: DrawingPage) -> list[QWidget]:
    """What a person can press, pull or choose from, Qt's own inner parts left out."""
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, CONTROLS)]
    inner = ("qt_", "ScrollBar", "ScrollLeft", "ScrollRight")
    return [widget for widget in found if not widget.objectName().startswith(inner) and not is_scroll_bar(widget)]


def is_scroll_bar(widget: QWidget) -> bool:
    return "ScrollBar" in type(widget).__name__ or type(widget.parentWidget()).__name__ in ("QSpinBox", "QComboBox")


def test_every_control_has_a_name_for_a_screen_reader(awake: DrawingPage) -> None:
    awake.steps.seek(12)
    nameless = [widget for widget in controls(awake) if not name_of(widget) and is_in_use(widget)]
    assert nameless == []


def name_of(widget: QWidget) -> str:
    """What a screen reader says: the name that was given, else the words on the control."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def is_in_use(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.isVisibleTo(widget.window())


def test_every_control_explains_itself(awake: DrawingPage) -> None:
    told = (Swatch, ModelPicker)
    silent = [widget for widget in controls(awake) if not widget.toolTip() and is_in_use(widget)]
    names = {widget.accessibleName() for widget in silent if not isinstance(widget, told)}
    assert names <= {"Presets", "Save", "How it works"}, "their words say it all"


def test_all_actions_have_keys_and_no_two_the_same(opener: Opener, folder: object, qtbot: QtBot) -> None:
    window = opener.open((Tab("drawing", title, DrawingPage),))
    page = window.page
    assert isinstance(page, DrawingPage)
    actions = [*window.menus.actions(), *page.skeleton.own_actions()]
    keys = Counter(action.shortcut().toString() for action in dict.fromkeys(actions))
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []
    assert {"Draw", "Brush", "Cover", "Paste a picture", "Open", "Save as film…"} <= {a.text() for a in actions}
    window.close()


def title() -> str:
    return "Drawing"


@pytest.mark.parametrize("colours", [2, 167, 256])
def test_all_finds_room_in_the_smallest_window_without_scroll_bars(
    opener: Opener, qtbot: QtBot, colours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tuple((index, (index * 7) % 256, 255 - index) for index in range(colours))
    write_model("first", Format(20, 20, table))
    window = opener.open((Tab("drawing", title, DrawingPage),))
    window.resize(QSize(1000, 680))
    page = window.page
    assert isinstance(page, DrawingPage)
    qtbot.waitUntil(lambda: page.session.sheet.form.height == 20 and page.session.is_awake, timeout=WAIT_MS)
    page.stop()
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1000, 680)
    for area in page.findChildren(QScrollArea):
        assert not area.verticalScrollBar().isVisible()
        assert not area.horizontalScrollBar().isVisible()
    assert page.desk.canvas.grid.cell >= 18, "the canvas is large"
    window.close()


def test_the_whole_tab_can_be_reached_by_tab_key(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.desk.canvas.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(120):
        focused = QApplication.focusWidget()
        reached.add(focused)
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted = (awake.controls.draw.draw, awake.controls.draw.time, awake.controls.palette, awake.controls.cover.share)
    assert set(wanted) <= reached
    assert awake.desk.canvas in reached


def test_draw_by_its_shortcut_from_anywhere(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.controls.draw.speed.setFocus()
    qtbot.keyClick(awake.controls.draw.speed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert awake.skeleton.seed == 2


def test_a_menu_of_several_names_its_counts(awake: DrawingPage) -> None:
    menu = button(awake, "Several").menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["4 at once", "8 at once", "16 at once"]
    assert all(isinstance(action, QAction) for action in menu.actions())
    assert QKeySequence("Ctrl+Return") == awake.controls.draw.draw_action.shortcut()
