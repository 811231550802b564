"""The map: what is to be seen where, and which tiles it asks for."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.latent_map.class_marks import COLOURS
from desktop.latent_map.map_view import MapView
from desktop.theme import Theme
from models.image_vae.codes import Plane, Window
from models.image_vae.scene import HOME, Overlay
from tests.desktop.latent_map.charting import (
    FLAT,
    FORM,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Decoder,
    Heard,
    colour_of_place,
    data_at,
    drag,
    inked,
    lift,
    move,
    open_view,
    press,
    shown,
    turn,
)


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    return open_view(qtbot)


@pytest.fixture
def decoder(view: MapView) -> Decoder:
    """A model whose tiles come at once."""
    decoder = Decoder(view)
    view.set_model(FORM, None)
    view.set_plane(FLAT)
    return decoder


@pytest.fixture
def heard(view: MapView) -> Heard:
    return Heard(view)


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


def test_the_cursor_is_seen_where_it_was_pointed(view: MapView, qtbot: QtBot) -> None:
    before = shown(view)
    press(qtbot, view, (1.5, -0.5))
    lift(qtbot, view, (1.5, -0.5))
    image, there = shown(view), view.position(1.5, -0.5)
    around = (there.x() - 16, there.y() - 16, 32, 32)
    assert image.copy(*around) != before.copy(*around)
    away = view.position(-1.5, 0.5)
    assert image.copy(away.x() - 16, away.y() - 16, 32, 32) == before.copy(away.x() - 16, away.y() - 16, 32, 32)


def test_the_playhead_is_seen(view: MapView) -> None:
    before = shown(view)
    view.set_playhead((1, -0.4))
    assert inked(shown(view), theme.colours(view.palette()).accent, view.position(1, -0.4), 6) > 80
    view.set_playhead(None)
    assert shown(view) == before


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
    before = len(decoder.asked)
    drag(qtbot, view, [(1, 0), (0, 0)], RIGHT)
    asked = [key for keys in decoder.asked[before:] for key in keys]
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


def test_a_finger_that_moves_redraws_only_the_cursor(
    view: MapView, decoder: Decoder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even though a page tells all that it shows with every move."""
    view.set_model(FORM, data_at((1, 1)))
    shown(view)
    shown(view)
    drawn: list[bool] = []
    monkeypatch.setattr(view._layers.ground, "paint", lambda *_: drawn.append(True))
    press(qtbot, view, (0, 0))
    for step in range(5):
        before = shown(view)
        move(view, view.position(step / 5, 0.5), LEFT)
        tell_all_again(view)
        assert shown(view) != before
    lift(qtbot, view, (1, 0.5))
    assert drawn == []
    view.set_circles(False)
    shown(view)
    assert drawn == [True]


def tell_all_again(view: MapView) -> None:
    view.set_plane(FLAT)
    view.set_points_shown(True)
    view.set_circles(True)
    view.set_hidden(frozenset())
    view.set_path(())
    view.set_overlay(None)
    view.set_landing(None, (0.0, 0.0))


def test_the_picture_is_the_map_without_cursor_and_focus(view: MapView, decoder: Decoder, qtbot: QtBot) -> None:
    view.set_model(FORM, data_at((1, 1)))
    plain = view.picture()
    view.set_cursor(0.3, 0.3)
    qtbot.keyClick(view.stage, Qt.Key.Key_0)
    assert view.picture() == plain
    assert plain.size() == view.stage.viewport().size()
    assert inked(plain, QColor(COLOURS[0]), view.position(1, 1), 5) > 10


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
