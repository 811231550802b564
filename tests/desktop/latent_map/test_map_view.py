"""The map as a hand and keys meet it: what it says, and what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.latent_map.class_marks import COLOURS
from desktop.latent_map.map_view import MapView, Mode
from desktop.theme import Theme
from models.image_vae.codes import FARTHEST, Plane, Window
from models.image_vae.scene import HOME, Overlay
from tests.desktop.latent_map.charting import (
    FLAT,
    FORM,
    HEIGHT,
    NO_KEY,
    WIDTH,
    Decoder,
    colour_of_place,
    data_at,
    inked,
    shown,
)

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    """A map with its prior alone, so that every colour on it is known."""
    view = MapView()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def decoder(view: MapView) -> Decoder:
    """A model whose tiles come at once."""
    decoder = Decoder(view)
    view.set_model(FORM, None)
    view.set_plane(FLAT)
    return decoder


class Heard:
    """What a map said."""

    def __init__(self, view: MapView) -> None:
        self.pointed: list[tuple[float, float]] = []
        self.settled = 0
        self.paths: list[tuple[tuple[float, float], ...]] = []
        self.rows: list[int | None] = []
        self.windows: list[Window] = []
        self.dropped: list[Any] = []
        view.pointed.connect(self._on_pointed)
        view.settled.connect(self._on_settled)
        view.path_drawn.connect(self.paths.append)
        view.hovered.connect(self.rows.append)
        view.window_changed.connect(self.windows.append)
        view.files_dropped.connect(self.dropped.append)
        view.image_dropped.connect(self.dropped.append)

    def _on_pointed(self, x: float, y: float) -> None:
        self.pointed.append((x, y))

    def _on_settled(self) -> None:
        self.settled += 1


@pytest.fixture
def heard(view: MapView) -> Heard:
    return Heard(view)


def press(qtbot: QtBot, view: MapView, place: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    qtbot.mousePress(view.stage.viewport(), button, NO_KEY, view.position(*place))


def move(view: MapView, pixel: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """As a real mouse does it: Qt's own test moves tell of no buttons."""
    point, everywhere = QPointF(pixel), QPointF(view.stage.viewport().mapToGlobal(pixel))
    event = QMouseEvent(QEvent.Type.MouseMove, point, everywhere, Qt.MouseButton.NoButton, buttons, NO_KEY)
    QApplication.sendEvent(view.stage.viewport(), event)


def lift(qtbot: QtBot, view: MapView, place: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    qtbot.mouseRelease(view.stage.viewport(), button, NO_KEY, view.position(*place))


def drag(qtbot: QtBot, view: MapView, places: list[tuple[float, float]], button: Qt.MouseButton = LEFT) -> None:
    pixels = [view.position(*place) for place in places]
    viewport = view.stage.viewport()
    qtbot.mousePress(viewport, button, NO_KEY, pixels[0])
    for pixel in pixels[1:]:
        move(view, pixel, button)
    qtbot.mouseRelease(viewport, button, NO_KEY, pixels[-1])


def turn(
    view: MapView,
    notches: float,
    pixel: QPoint,
    modifiers: Qt.KeyboardModifier = NO_KEY,
    fine: QPoint | None = None,
) -> None:
    """Of the wheel, or `fine` pixels of a touchpad."""
    point, everywhere = QPointF(pixel), QPointF(view.stage.viewport().mapToGlobal(pixel))
    angle = QPoint(0, round(120 * notches))
    phase = Qt.ScrollPhase.NoScrollPhase
    button = Qt.MouseButton.NoButton
    event = QWheelEvent(point, everywhere, fine or QPoint(), angle, button, modifiers, phase, False)
    QApplication.sendEvent(view.stage.viewport(), event)


def near(place: tuple[float, float], view: MapView) -> Any:
    """A place to less than a pixel."""
    scale = WIDTH / (view.window().right - view.window().left)
    return pytest.approx(place, abs=1.01 / scale)


def test_a_fresh_map_shows_the_whole_prior(view: MapView) -> None:
    window = view.window()
    assert window.left <= HOME.left < HOME.right <= window.right
    assert (window.bottom, window.top) == pytest.approx((HOME.bottom, HOME.top))


def test_it_does_so_at_every_size_until_somebody_moves_it(view: MapView, qtbot: QtBot) -> None:
    view.resize(300, 600)
    assert view.window().left == pytest.approx(HOME.left)
    drag(qtbot, view, [(0, 0), (1, 0)], RIGHT)
    scale = 300 / (view.window().right - view.window().left)
    view.resize(500, 500)
    assert 500 / (view.window().right - view.window().left) == pytest.approx(scale)


def test_another_screen_is_drawn_for_anew(view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    assert view.picture().width() == WIDTH
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(view.stage, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert view.picture().width() == 2 * WIDTH


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


def test_the_cursor_is_seen_where_it_was_pointed(view: MapView, qtbot: QtBot) -> None:
    before = shown(view)
    press(qtbot, view, (1.5, -0.5))
    lift(qtbot, view, (1.5, -0.5))
    image, there = shown(view), view.position(1.5, -0.5)
    around = (there.x() - 16, there.y() - 16, 32, 32)
    assert image.copy(*around) != before.copy(*around)
    away = view.position(-1.5, 0.5)
    assert image.copy(away.x() - 16, away.y() - 16, 32, 32) == before.copy(away.x() - 16, away.y() - 16, 32, 32)


@pytest.mark.parametrize("button", [MIDDLE, RIGHT])
def test_the_other_buttons_drag_the_map(view: MapView, heard: Heard, qtbot: QtBot, button: Qt.MouseButton) -> None:
    before = view.window()
    drag(qtbot, view, [(0, 0), (0.5, 0.2), (1, 0.5)], button)
    assert (view.window().left, view.window().bottom) == near((before.left - 1, before.bottom - 0.5), view)
    assert heard.pointed == []
    assert heard.settled == 0


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


def test_plus_minus_and_zero_zoom(view: MapView, qtbot: QtBot) -> None:
    view.set_cursor(1, 1)
    cursor = view.position(1, 1)
    wide = view.window().right - view.window().left
    qtbot.keyClick(view.stage, Qt.Key.Key_Plus)
    qtbot.keyClick(view.stage, Qt.Key.Key_Plus)
    assert view.window().right - view.window().left == pytest.approx(wide / 2)
    assert view.position(1, 1) == cursor, "what is looked at stays where it is"
    qtbot.keyClick(view.stage, Qt.Key.Key_Minus)
    qtbot.keyClick(view.stage, Qt.Key.Key_0)
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


def test_a_path_is_drawn_by_key_as_well(view: MapView, heard: Heard, qtbot: QtBot) -> None:
    view.set_mode(Mode.PATH)
    view.set_cursor(-1, 0)
    qtbot.keyClick(view.stage, Qt.Key.Key_Return)
    view.set_cursor(1, 1)
    qtbot.keyClick(view.stage, Qt.Key.Key_Return)
    assert [list(path) for path in heard.paths] == [[near((-1, 0), view), near((1, 1), view)]]


@pytest.mark.parametrize("is_by_key", [True, False])
def test_a_path_that_is_half_drawn_can_be_given_up(view: MapView, heard: Heard, qtbot: QtBot, is_by_key: bool) -> None:
    given = ((-1.0, -1.0), (0.0, -1.0))
    view.set_path(given)
    before = shown(view)
    view.set_mode(Mode.PATH)
    drag(qtbot, view, [(1, 1)])
    assert shown(view) != before
    if is_by_key:
        qtbot.keyClick(view.stage, Qt.Key.Key_Escape)
        view.stage.clearFocus()
    else:
        view.set_mode(Mode.POINT)
    assert shown(view) == before
    assert heard.paths == []


def test_the_playhead_is_seen(view: MapView) -> None:
    before = shown(view)
    view.set_playhead((1, -0.4))
    assert inked(shown(view), theme.colours(view.palette()).accent, view.position(1, -0.4), 6) > 80
    view.set_playhead(None)
    assert shown(view) == before


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


def test_the_ground_shows_each_code_its_image(view: MapView, decoder: Decoder) -> None:
    view.set_circles(False)
    image = shown(view)
    (level,) = {key.level for key in decoder.asked[-1]}
    for place in ((1.1, 1.1), (-1.9, 0.6), (0.6, -1.4)):
        assert image.pixelColor(view.position(*place)) == colour_of_place(level, *place)


def test_zooming_in_three_levels_decodes_anew(view: MapView, decoder: Decoder) -> None:
    view.set_circles(False)
    (level,) = {key.level for key in decoder.asked[-1]}
    turn(view, 12, QPoint(200, 160))
    image = shown(view)
    assert {key.level for key in decoder.asked[-1]} == {level + 3}
    window = view.window()
    place = window.left * 0.3 + window.right * 0.7, window.bottom * 0.3 + window.top * 0.7
    assert image.pixelColor(view.position(*place)) == colour_of_place(level + 3, *place)


def test_the_last_picture_stays_while_nothing_new_came(view: MapView, decoder: Decoder) -> None:
    view.set_circles(False)
    (level,) = {key.level for key in decoder.asked[-1]}
    decoder.is_slow = True
    turn(view, 8, QPoint(200, 160))
    window = view.window()
    place = window.left * 0.3 + window.right * 0.7, window.bottom * 0.3 + window.top * 0.7
    assert shown(view).pixelColor(view.position(*place)) == colour_of_place(level, *place)
    decoder.give(decoder.asked[-1])
    assert shown(view).pixelColor(view.position(*place)) == colour_of_place(level + 2, *place)


def test_only_what_is_missing_is_wanted(view: MapView, decoder: Decoder, qtbot: QtBot) -> None:
    first = set(decoder.asked[-1])
    assert first
    view.set_plane(FLAT)
    assert decoder.asked[-1] == ()
    drag(qtbot, view, [(1, 0), (0, 0)], RIGHT)
    asked = [key for keys in decoder.asked[2:] for key in keys]
    assert len(asked) == len(set(asked))
    assert not first & set(asked)
    view.clear_tiles()
    assert set(decoder.asked[-1]) & first


def test_another_plane_asks_for_its_own_tiles(view: MapView, decoder: Decoder) -> None:
    other = Plane((0.0, 0.0, 2.0))
    view.set_plane(other)
    assert {key.plane for key in decoder.asked[-1]} == {other}


def test_every_change_of_the_view_is_told(view: MapView, heard: Heard) -> None:
    turn(view, 1, QPoint(10, 10))
    view.show_window(Window(0, 0, 1, 1))
    assert len(heard.windows) == 2
    assert heard.windows[-1] == view.window()
    view.show_window(Window(0, 0, 1, 1))
    assert len(heard.windows) == 2, "nothing changed"


def test_circles_lie_at_whole_deviations_and_can_be_taken_away(view: MapView) -> None:
    with_circles = shown(view)
    view.set_circles(False)
    without = shown(view)
    differing = np.array([
        [x, y] for x in range(WIDTH) for y in range(HEIGHT) if with_circles.pixel(x, y) != without.pixel(x, y)
    ])  # fmt: skip
    middle, scale = view.position(0, 0), view.position(1, 0).x() - view.position(0, 0).x()
    far = np.hypot(differing[:, 0] - middle.x(), differing[:, 1] - middle.y()) / scale
    for radius in (1, 2, 3):
        assert (np.abs(far - radius) < 0.06).sum() > 100
    between = np.abs(far - np.rint(far)) > 0.3
    assert between.mean() < 0.05, "but for their labels"


def test_where_a_picture_landed_is_marked(view: MapView) -> None:
    accent = theme.colours(view.palette()).accent
    before = shown(view)
    view.set_landing((0.5, 0.5), (0.6, 0.3))
    image = shown(view)
    for right, up in ((0.6, 0), (1.2, 0), (0, -0.3), (0, -0.6)):
        assert inked(image, accent, view.position(0.5 + right, 0.5 + up), 2) > 0, "one and two deviations"
    assert inked(image, accent, view.position(0.5, 0.5) - QPoint(0, 15), 6) > 5, "the flag"
    view.set_landing(None)
    assert shown(view) == before


def test_a_narrow_spread_is_to_be_seen_and_none_is_none(view: MapView) -> None:
    accent = theme.colours(view.palette()).accent
    view.set_landing((0.5, 0.5), (1e-6, 1e-6))
    narrow = inked(shown(view), accent, view.position(0.5, 0.5), 14)
    view.set_landing((0.5, 0.5), (0.0, 0.0))
    flag = inked(shown(view), accent, view.position(0.5, 0.5), 14)
    assert narrow > flag > 0


@pytest.mark.parametrize("kind", list(Overlay))
def test_an_overlay_covers_where_its_numbers_are_high(view: MapView, kind: Overlay) -> None:
    view.set_circles(False)
    before = shown(view)
    values = np.tile(np.linspace(0, 1, 40, dtype=np.float32), (30, 1))
    view.set_overlay(kind, values, Window(-2, -2, 2, 2))
    image = shown(view)
    low, high, outside = view.position(-1.9, 0.5), view.position(1.9, 0.5), view.position(2.5, 0.5)
    ground = before.pixelColor(high)
    assert image.pixelColor(low) == image.pixelColor(outside) == ground
    assert theme.contrast(image.pixelColor(high), ground) > 2
    view.set_overlay(None)
    assert shown(view) == before


def test_an_overlay_says_what_it_means(view: MapView) -> None:
    view.set_circles(False)
    before = shown(view)
    view.set_overlay(Overlay.HOLES, np.zeros((4, 4), np.float32), Window(5, 5, 6, 6))
    assert shown(view) != before, "the scale, for the layer itself is out of sight"


def test_the_picture_is_the_map_without_cursor_and_focus(view: MapView, decoder: Decoder, qtbot: QtBot) -> None:
    view.set_model(FORM, data_at((1, 1)))
    plain = view.picture()
    view.set_cursor(0.3, 0.3)
    qtbot.keyClick(view.stage, Qt.Key.Key_0)
    assert view.picture() == plain
    assert plain.size() == view.stage.viewport().size()
    assert inked(plain, QColor(COLOURS[0]), view.position(1, 1), 5) > 10


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
    assert heard.dropped == [tmp_path / "digit.png", image]


def test_another_colour_scheme_is_followed(view: MapView, qapp: QApplication, qtbot: QtBot) -> None:
    chooser, pictures = Theme(qapp), []
    for choice in ("light", "dark", "light"):
        chooser.apply(choice)
        qtbot.wait(1)
        pictures.append(shown(view))
    chooser.deleteLater()
    light, dark, again = pictures
    corner = QPoint(WIDTH - 2, HEIGHT // 2)
    assert light.pixelColor(corner).lightness() > 200 > 100 > dark.pixelColor(corner).lightness()
    ring = view.position(3, 0)
    assert light.copy(ring.x() - 2, ring.y() - 2, 4, 4) != dark.copy(ring.x() - 2, ring.y() - 2, 4, 4)
    assert again == light


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


@pytest.mark.parametrize("notches", [-200, 200])
def test_the_farthest_zooms_are_painted_like_any_other(view: MapView, decoder: Decoder, notches: int) -> None:
    view.set_landing((0.1, 0.1), (0.2, 0.1))
    view.set_path(((-1, -1), (1, 1)))
    view.set_cursor(0, 0)
    turn(view, notches, QPoint(170, 130))
    image, window = shown(view), view.window()
    (level,) = {key.level for key in decoder.asked[-1]}
    cell = 2.0**-level
    x, y = ((np.floor((low * 0.75 + high * 0.25) / cell) + 0.5) * cell for low, high in sides(window))
    assert image.pixelColor(view.position(x, y)) == colour_of_place(level, x, y)


def sides(window: Window) -> tuple[tuple[float, float], tuple[float, float]]:
    return (window.left, window.right), (window.bottom, window.top)
