"""Everything in the tab has a name, a word of explanation, keys; and it all finds room in the smallest window."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.latent_map.legend import Legend
from desktop.latent_map.page import LatentMapPage
from desktop.page import Tab
from desktop.widgets.model_picker import ModelPicker
from tests.desktop.latent_map.conftest import WAIT_MS, wait_for_rest, write_map
from tests.desktop.latent_map.driving import LEFT
from tests.desktop.windows import Opener

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
LONG_NAMES = tuple(f"{colour} and orange" for colour in ("dark", "brown", "light blue", "green", "yellow", "blue"))
LONG_NAMES += ("red", "purple and pink", "grey", "white")
WORDS_ENOUGH = {"Presets", "Save", "How it works"}


def controls(page: LatentMapPage) -> list[QWidget]:
    """What a person can press, pull, type into or choose from, Qt's own inner parts left out."""
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, CONTROLS)]
    inner = ("qt_", "ScrollBar", "ScrollLeft", "ScrollRight")
    kept = [widget for widget in found if not widget.objectName().startswith(inner)]
    return [widget for widget in kept if not is_inner(widget) and widget.isEnabled() and is_seen(widget)]


def is_inner(widget: QWidget) -> bool:
    parent = type(widget.parentWidget()).__name__
    return "ScrollBar" in type(widget).__name__ or parent in ("QSpinBox", "QComboBox")


def is_seen(widget: QWidget) -> bool:
    return widget.isVisibleTo(widget.window())


def check_names(page: LatentMapPage) -> None:
    for widget in controls(page):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget
        is_told = widget.toolTip() or widget.accessibleName() in WORDS_ENOUGH
        assert is_told or isinstance(widget.parentWidget(), ModelPicker | Legend), widget.accessibleName()


def test_every_control_has_a_name_and_explains_itself(awake: LatentMapPage, qtbot: QtBot) -> None:
    check_names(awake)
    awake.desk.side.show_picture()
    check_names(awake)
    awake.controls.compare.button.click()
    wait_for_rest(awake, qtbot)
    check_names(awake)


def test_all_actions_have_keys_and_no_two_the_same(opener: Opener, folder: object) -> None:
    window = opener.open((Tab("latent_map", title, LatentMapPage),))
    page = window.page
    assert isinstance(page, LatentMapPage)
    actions = [*window.menus.actions(), *page.skeleton.own_actions()]
    keys = Counter(action.shortcut().toString() for action in dict.fromkeys(actions))
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []
    window.close()


def title() -> str:
    return "Latent map"


@pytest.mark.parametrize("dimensions", [2, 10])
@pytest.mark.parametrize("is_compared", [False, True])
def test_all_finds_room_in_the_smallest_window_without_scroll_bars(
    opener: Opener, qtbot: QtBot, dimensions: int, is_compared: bool
) -> None:
    for variational in (True, False):
        write_map(f"map-{variational}", dimensions=dimensions, variational=variational, names=LONG_NAMES)
    window = opener.open((Tab("latent_map", title, LatentMapPage),))
    window.resize(QSize(1000, 680))
    page = window.page
    assert isinstance(page, LatentMapPage)
    wait_for_rest(page, qtbot)
    page.controls.compare.button.setChecked(is_compared)
    wait_for_rest(page, qtbot)
    qtbot.waitUntil(lambda: window.minimumSizeHint().height() <= window.height(), timeout=WAIT_MS)
    assert (window.width(), window.height()) == (1000, 680)
    for area in page.findChildren(QScrollArea):
        assert not area.verticalScrollBar().isVisible()
        content = area.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= area.viewport().width()
    for chart in page.charts[: 1 + is_compared]:
        assert min(chart.view.width(), chart.view.height()) >= (120 if is_compared else 250)
    window.close()


def test_the_tab_can_be_gone_through_by_the_tab_key(awake: LatentMapPage, qtbot: QtBot) -> None:
    awake.charts[0].view.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(80):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    side, layers = awake.desk.side, awake.controls.layers
    assert {awake.charts[0].view.stage, side.place.code, layers.overlay, awake.controls.compare.button} <= reached


def test_the_maps_own_keys_are_not_taken_by_the_page(awake: LatentMapPage, qtbot: QtBot) -> None:
    stage = awake.charts[0].view.stage
    stage.setFocus()
    qtbot.keyClick(stage, Qt.Key.Key_Plus)
    window = awake.session.scene.window
    qtbot.keyClick(stage, Qt.Key.Key_0)
    assert awake.session.scene.window != window
    qtbot.keyClick(stage, Qt.Key.Key_P)
    assert awake.controls.path.draw_action.isChecked()
    qtbot.mouseClick(awake.controls.path.draw, LEFT)
    assert not awake.controls.path.draw_action.isChecked()
