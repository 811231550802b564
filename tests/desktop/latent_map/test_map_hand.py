"""The map under a hand: pointing, moving, zooming, paths, and what is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.latent_map.map_view import MapView, Mode
from models.image_vae.codes import FARTHEST, Window
from tests.desktop.latent_map.charting import (
    CONTROL,
    FLAT,
    FORM,
    LEFT,
    MIDDLE,
    NO_KEY,
    RIGHT,
    SHIFT,
    WIDTH,
    Heard,
    data_at,
    drag,
    inked,
    lift,
    move,
    near,
    open_view,
    press,
    shown,
    turn,
)


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    return open_view(qtbot)


@pytest.fixture
def heard(view: MapView) -> Heard:
    return Heard(view)


def test_a_press_points_at_once_and_a_drag_goes_on_pointing(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    press(qtbot, view, (1, 1))
    assert heard.pointed == [near((1, 1), view)]
    move(view, view.position(1, 0), LEFT)
    move(view, view.position(-2, -1), LEFT)
    assert heard.pointed[1:] == [near((1, 0), view), near((-2, -1), view)]
    assert heard.settled == 0
    lift(qtbot, view, (-2, -1))
    assert heard.settled == 1
    move(view, view.position(0, 0))
    assert len(heard.pointed) == 3, "a free pointer only hovers"


def test_a_drag_beyond_the_world_ends_at_its_edge(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.show_window(Window(-FARTHEST, -FARTHEST, FARTHEST, FARTHEST))
    press(qtbot, view, (0, 0))
    move(view, QPoint(10000, -10000), LEFT)
    assert heard.pointed[-1] == (FARTHEST, FARTHEST)


@pytest.mark.parametrize("button", [MIDDLE, RIGHT])
def test_the_other_buttons_drag_the_map(view: MapView, heard: Heard, qtbot: QtBot, button: Qt.MouseButton) -> None:
    before = view.window()
    drag(qtbot, view, [(0, 0), (0.5, 0.2), (1, 0.5)], button)
    assert (view.window().left, view.window().bottom) == near((before.left - 1, before.bottom - 0.5), view)
    assert heard.pointed == []
    assert heard.settled == 0


@pytest.mark.parametrize("modifier", [CONTROL, SHIFT])
def test_two_fingers_move_the_map_with_a_key(view: MapView, modifier: Qt.KeyboardModifier) -> None:
    before = view.window()
    turn(view, 0.1, QPoint(100, 100), modifier, QPoint(30, 0))
    scale = WIDTH / (before.right - before.left)
    assert before.left - view.window().left == pytest.approx(30 / scale)
    assert view.window().top == pytest.approx(before.top)


def test_the_wheel_zooms_at_the_pointer(view: MapView) -> None:
    pixel = QPoint(300, 60)
    before = view.window()
    turn(view, 4, pixel)
    after = view.window()
    assert (after.right - after.left) == pytest.approx((before.right - before.left) / 2)
    share = 300 / WIDTH
    x = before.left + share * (before.right - before.left)
    assert after.left + share * (after.right - after.left) == pytest.approx(x)
    turn(view, -4, pixel)
    assert view.window().left == pytest.approx(before.left)


def test_two_fingers_that_part_zoom(view: MapView) -> None:
    before = view.window()
    point = QPointF(200, 160)
    device = QPointingDevice.primaryPointingDevice()
    kind = Qt.NativeGestureType.ZoomNativeGesture
    event = QNativeGestureEvent(kind, device, 2, point, point, point, 0.25, QPointF())
    QApplication.sendEvent(view.stage.viewport(), event)
    after = view.window()
    assert (after.right - after.left) == pytest.approx((before.right - before.left) / 1.25)


def test_a_double_click_zooms_in_where_it_is_and_out_with_shift(view: MapView, qtbot: QtBot) -> None:
    before, viewport, pixel = view.window(), view.stage.viewport(), QPoint(100, 100)
    qtbot.mouseDClick(viewport, LEFT, NO_KEY, pixel)
    assert (view.window().right - view.window().left) == pytest.approx((before.right - before.left) / 2)
    qtbot.mouseDClick(viewport, LEFT, SHIFT, pixel)
    assert view.window().left == pytest.approx(before.left)


def test_a_drawn_path_is_told_and_shown(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    accent = theme.colours(view.palette()).accent
    view.set_mode(Mode.PATH)
    drag(qtbot, view, [(-2, 0.5), (0, 0.5), (0, -1.5), (2, -1.5)])
    (path,) = heard.paths
    assert list(path) == [near(place, view) for place in [(-2, 0.5), (0, 0.5), (0, -1.5), (2, -1.5)]]
    assert heard.pointed == []
    assert inked(shown(view), accent, view.position(-1, 0.5), 3) > 5
    view.set_path(())
    assert inked(shown(view), accent, view.position(-1, 0.5), 3) == 0


def test_two_clicks_make_a_straight_path(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    accent = theme.colours(view.palette()).accent
    view.set_mode(Mode.PATH)
    drag(qtbot, view, [(-1, -0.5)])
    assert heard.paths == []
    move(view, view.position(1, -0.5))
    assert inked(shown(view), accent, view.position(0.5, -0.5), 3) > 5, "the line follows the pointer"
    drag(qtbot, view, [(1, 0.5)])
    (path,) = heard.paths
    assert list(path) == [near((-1, -0.5), view), near((1, 0.5), view)]


def test_a_path_of_one_place_is_none(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.set_mode(Mode.PATH)
    drag(qtbot, view, [(0.5, 0.5)])
    drag(qtbot, view, [(0.5, 0.5)])
    assert heard.paths == []
    drag(qtbot, view, [(1, 0.5)])
    assert len(heard.paths) == 1


def test_only_what_is_drawn_now_is_seen(view: MapView, qtbot: QtBot) -> None:
    accent = theme.colours(view.palette()).accent
    view.set_path(((-2, 0), (2, 0)))
    dots = [view.position(*place) for place in ((-2, 0), (2, 0), (-1, 1))]

    def seen() -> list[bool]:
        return [inked(shown(view), accent, dot, 6) > 5 for dot in dots]  # as far as the dots reach

    view.set_mode(Mode.PATH)
    assert seen() == [False, False, False]
    drag(qtbot, view, [(-1, 1)])
    move(view, view.position(1, -1))
    assert seen() == [False, False, True]
    view.set_mode(Mode.POINT)
    assert seen() == [True, True, False], "without a new one the last is back"


def test_a_path_that_is_half_drawn_can_be_given_up(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.set_path(((-1.0, -1.0), (0.0, -1.0)))
    before = shown(view)
    view.set_mode(Mode.PATH)
    empty = shown(view)
    drag(qtbot, view, [(1, 1)])
    assert shown(view) not in (before, empty)
    qtbot.keyClick(view.stage, Qt.Key.Key_Escape)
    view.stage.clearFocus()
    assert shown(view) == empty
    drag(qtbot, view, [(1, 1)])
    view.set_mode(Mode.POINT)
    view.stage.clearFocus()
    assert shown(view) == before
    assert heard.paths == []


def test_a_point_under_the_pointer_is_told_once(view: MapView, heard: Heard) -> None:
    view.set_model(FORM, data_at((1, 1), (-1, -0.5)))
    view.set_plane(FLAT)
    shown(view)
    for place in ((1, 1), (1.02, 1), (0, 0.5), (-1, -0.5)):
        move(view, view.position(*place))
    QApplication.sendEvent(view.stage.viewport(), QEvent(QEvent.Type.Leave))
    assert heard.rows == [0, None, 1, None]


def test_a_hidden_class_is_not_under_the_pointer(view: MapView, heard: Heard) -> None:
    view.set_model(FORM, data_at((1, 1), (-1, -0.5)))
    view.set_plane(FLAT)
    view.set_hidden(frozenset({"owl"}))
    shown(view)
    move(view, view.position(1, 1))
    move(view, view.position(-1, -0.5))
    assert heard.rows == [1]
    view.set_points_shown(False)
    move(view, view.position(-1, -0.5))
    assert heard.rows == [1, None]


def mime(path: Path | None = None, image: QImage | None = None, text: str = "") -> QMimeData:
    data = QMimeData()
    if path is not None:
        data.setUrls([QUrl("https://example.org/far.png"), QUrl.fromLocalFile(str(path))])
    if image is not None:
        data.setImageData(image)
    if text:
        data.setText(text)
    return data


def drop(view: MapView, data: QMimeData) -> tuple[bool, bool]:
    """Whether it may be dropped, and whether it was taken."""
    viewport = view.stage.viewport()
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, button, NO_KEY)
    enter.ignore()
    QApplication.sendEvent(viewport, enter)
    event = QDropEvent(QPointF(9, 9), copy, data, button, NO_KEY)
    event.ignore()
    QApplication.sendEvent(viewport, event)
    return enter.isAccepted(), event.isAccepted()


def test_a_file_or_a_picture_can_be_dropped_and_words_cannot(view: MapView, heard: Heard, tmp_path: Path) -> None:
    image = QImage(5, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert drop(view, mime(tmp_path / "digit.png")) == (True, True)
    assert drop(view, mime(image=image)) == (True, True)
    assert drop(view, mime(text="a word")) == (False, False)
    assert drop(view, mime(image=QImage()))[1] is False, "a picture without pixels"
    assert heard.dropped == [tmp_path / "digit.png", image]
