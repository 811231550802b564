"""The map by keyboard alone, and for a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.latent_map.map_view import MapView, Mode
from models.image_vae.codes import Window
from tests.desktop.latent_map.charting import CONTROL, HEIGHT, SHIFT, Heard, drag, near, open_view, shown


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    return open_view(qtbot)


@pytest.fixture
def heard(view: MapView) -> Heard:
    return Heard(view)


def test_so_does_the_left_one_with_the_space_bar(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    before = view.window()
    view.setFocus()
    qtbot.keyPress(view.stage, Qt.Key.Key_Space)
    drag(qtbot, view, [(0, 0), (-1, 1)])
    qtbot.keyRelease(view.stage, Qt.Key.Key_Space)
    assert (view.window().left, view.window().bottom) == near((before.left + 1, before.bottom - 1), view)
    assert heard.pointed == []
    drag(qtbot, view, [(1, 1), (1, 1.5)])
    assert len(heard.pointed) == 2


@pytest.mark.parametrize("home", [Qt.Key.Key_0, Qt.Key.Key_Home])
def test_plus_minus_and_home_zoom(view: MapView, qtbot: QtBot, home: Qt.Key) -> None:
    view.set_cursor(1, 1)
    cursor = view.position(1, 1)
    wide = view.window().right - view.window().left
    qtbot.keyClick(view.stage, Qt.Key.Key_Plus)
    qtbot.keyClick(view.stage, Qt.Key.Key_Plus)
    assert view.window().right - view.window().left == pytest.approx(wide / 2)
    assert view.position(1, 1) == cursor, "what is looked at stays where it is"
    qtbot.keyClick(view.stage, Qt.Key.Key_Minus)
    qtbot.keyClick(view.stage, home)
    assert view.window().right - view.window().left == pytest.approx(wide)


def test_arrows_move_the_cursor_and_shift_moves_it_farther(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.set_cursor(0.5, 0.5)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(view.stage, key)
    (x, y), last = heard.pointed[1], heard.pointed[3]
    assert heard.pointed[0] == (x, 0.5)
    assert x > 0.5
    assert y > 0.5
    assert last == pytest.approx((0.5, 0.5))
    qtbot.keyClick(view.stage, Qt.Key.Key_Right, SHIFT)
    assert heard.pointed[4][0] - 0.5 > 4 * (x - 0.5)
    assert heard.settled == 0
    qtbot.waitUntil(lambda: heard.settled == 1)


def test_steps_by_key_are_finer_zoomed_in(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.set_cursor(0, 0)
    qtbot.keyClick(view.stage, Qt.Key.Key_Right)
    view.show_window(Window(-0.1, -0.1, 0.1, 0.1))
    view.set_cursor(0, 0)
    qtbot.keyClick(view.stage, Qt.Key.Key_Right)
    assert 0 < heard.pointed[1][0] < heard.pointed[0][0] / 10
    qtbot.waitUntil(lambda: heard.settled == 1)


def test_the_map_follows_a_cursor_that_leaves_it(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.show_window(Window(-0.5, -0.5, 0.5, 0.5))
    view.set_cursor(0, 0)
    for _ in range(12):
        qtbot.keyClick(view.stage, Qt.Key.Key_Up, SHIFT)
    y = heard.pointed[-1][1]
    assert view.window().bottom < y < view.window().top
    assert view.window().top > 0.6
    qtbot.waitUntil(lambda: heard.settled == 1)


def test_arrows_with_control_move_the_map(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    before = view.window()
    qtbot.keyClick(view.stage, Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(view.stage, Qt.Key.Key_Up, CONTROL)
    assert view.window().left > before.left
    assert view.window().bottom > before.bottom
    assert heard.pointed == []


def test_a_path_is_drawn_by_key_as_well(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.set_mode(Mode.PATH)
    view.set_cursor(-1, 0)
    qtbot.keyClick(view.stage, Qt.Key.Key_Return)
    view.set_cursor(1, 1)
    qtbot.keyClick(view.stage, Qt.Key.Key_Return)
    assert [list(path) for path in heard.paths] == [[near((-1, 0), view), near((1, 1), view)]]


def test_the_focus_is_seen_where_keys_are_used_and_not_after_a_click(view: MapView, qtbot: QtBot) -> None:
    accent = theme.colours(view.palette()).accent
    edge = QPoint(1, HEIGHT // 3)
    view.stage.clearFocus()
    view.stage.setFocus(Qt.FocusReason.TabFocusReason)
    assert shown(view).pixelColor(edge) == accent
    drag(qtbot, view, [(1, 1)])
    assert shown(view).pixelColor(edge) != accent
    qtbot.keyClick(view.stage, Qt.Key.Key_Left)
    assert shown(view).pixelColor(edge) == accent
    view.stage.clearFocus()
    assert shown(view).pixelColor(edge) != accent


def test_the_map_takes_the_focus_by_click_and_for_its_parent(view: MapView, qtbot: QtBot) -> None:
    drag(qtbot, view, [(0, 0)])
    assert QApplication.focusWidget() is view.stage
    view.stage.clearFocus()
    view.setFocus()
    assert QApplication.focusWidget() is view.stage


def test_a_screen_reader_hears_what_it_is_and_where_the_cursor_stands(view: MapView, qtbot: QtBot) -> None:
    interface = QAccessible.queryAccessibleInterface(view.stage)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Latent map"
    view.set_cursor(0.5, -1.25)
    assert "0.50" in interface.text(QAccessible.Text.Description)
    assert "1.25" in interface.text(QAccessible.Text.Description)
