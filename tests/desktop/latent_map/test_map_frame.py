"""The map's arithmetic: places and pixels, zoom about a pixel, limits, and which tiles are to be seen."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from desktop.latent_map.map_frame import SMALLEST_IMAGE, Frame
from models.image_vae.codes import CELLS, FARTHEST, MAX_LEVEL, MIN_LEVEL, Plane, Window

FLAT = Plane.flat(2)
FRAME = Frame(0.5, -1.0, 100.0, 640.0, 480.0)


def test_the_middle_is_in_the_middle_and_up_is_up() -> None:
    assert FRAME.point(0.5, -1.0) == QPointF(320, 240)
    assert FRAME.point(1.5, 0.0) == QPointF(420, 140)
    assert FRAME.window == Window(-2.7, -3.4, 3.7, 1.4)


@given(st.floats(0, 640), st.floats(0, 480), st.floats(50, 1e6))
def test_a_pixel_is_the_place_it_shows(across: float, down: float, scale: float) -> None:
    frame = Frame(0.5, -1.0, scale, 640.0, 480.0)
    there = frame.point(*frame.place(QPointF(across, down)))
    assert math.hypot(there.x() - across, there.y() - down) < 1e-6


@given(st.floats(0, 640), st.floats(0, 480), st.floats(0.3, 8))
def test_what_is_under_the_pointer_stays_there_while_zooming(across: float, down: float, factor: float) -> None:
    pixel = QPointF(across, down)
    place, zoomed = FRAME.place(pixel), FRAME.zoomed(factor, pixel)
    assert zoomed.place(pixel) == pytest.approx(place, abs=1e-9)
    assert zoomed.scale == pytest.approx(FRAME.scale * factor)


def test_a_sheet_follows_the_hand() -> None:
    moved = FRAME.moved(30, -20)
    assert moved.point(0.5, -1.0) == QPointF(350, 220)


def test_nobody_gets_lost() -> None:
    far = FRAME.moved(-1e9, 1e9)
    assert (far.x, far.y) == (FARTHEST, FARTHEST)
    out = FRAME.zoomed(1e-9, QPointF(0, 0))
    assert out.window.top - out.window.bottom == pytest.approx(2 * FARTHEST, rel=0.1)
    near = FRAME.zoomed(1e30, QPointF(320, 240))
    assert near.level(28) == MAX_LEVEL
    assert near.scale / 2.0**MAX_LEVEL <= 2 * 28


@pytest.mark.parametrize("side", [9, 12, 20, 28, 64])
@pytest.mark.parametrize("scale", [60.0, 100.0, 333.0, 4e3])
def test_an_image_is_shown_at_a_whole_multiple_of_its_size_or_up_to_twice_as_large(side: int, scale: float) -> None:
    frame = Frame(scale=scale)
    on_screen = scale / 2.0 ** frame.level(side)
    least = side * math.ceil(SMALLEST_IMAGE / side)
    assert least <= on_screen < 2 * least


def test_the_level_never_leaves_what_can_be_decoded() -> None:
    assert Frame(scale=0.01).level(28) == MIN_LEVEL
    assert Frame(scale=1e12).level(28) == MAX_LEVEL


@given(st.floats(-10, 10), st.floats(-10, 10), st.floats(30, 1e7))
def test_the_tiles_cover_all_that_is_shown_of_the_world(x: float, y: float, scale: float) -> None:
    frame = Frame(x, y, scale, 400.0, 300.0)
    level = frame.level(28)
    windows = [key.window for key in frame.tiles(FLAT, level)]
    shown = frame.window
    assert min(window.left for window in windows) <= max(shown.left, -FARTHEST)
    assert max(window.right for window in windows) >= min(shown.right, FARTHEST)
    assert min(window.bottom for window in windows) <= max(shown.bottom, -FARTHEST)
    assert max(window.top for window in windows) >= min(shown.top, FARTHEST)
    assert len(windows) <= math.ceil(400 / 28 / CELLS + 1) * math.ceil(300 / 28 / CELLS + 1)


def test_tiles_come_from_the_middle_outwards_and_none_twice() -> None:
    frame = Frame(0.7, 0.3, 200.0, 1400.0, 900.0)
    keys = frame.tiles(FLAT, 2)
    middles = [((key.window.left + key.window.right) / 2, (key.window.bottom + key.window.top) / 2) for key in keys]
    far = [math.hypot(x - 0.7, y - 0.3) for x, y in middles]
    assert far == pytest.approx(sorted(far))
    assert len(set(keys)) == len(keys) > 4


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_neighbouring_tiles_meet_on_whole_device_pixels(ratio: float) -> None:
    frame = Frame(0.123, 0.456, 77.7, 640.0, 480.0, ratio)
    by_place = {(key.column, key.row): frame.rect(key.window) for key in frame.tiles(FLAT, 1)}
    for (column, row), rect in by_place.items():
        assert rect.left() * ratio == pytest.approx(round(rect.left() * ratio))
        if (column + 1, row) in by_place:
            assert rect.right() == pytest.approx(by_place[column + 1, row].left())
        if (column, row + 1) in by_place:
            assert rect.top() == pytest.approx(by_place[column, row + 1].bottom())


def test_a_window_fits_as_large_as_it_can_be() -> None:
    frame = FRAME.fitted(Window(-1, -1, 3, 1))
    assert frame.window.left == pytest.approx(-1)
    assert frame.window.right == pytest.approx(3)
    assert frame.window.bottom <= -1
    assert frame.window.top >= 1


def test_another_room_keeps_the_middle_and_the_scale() -> None:
    resized = FRAME.sized(900, 300, 2.0)
    assert (resized.x, resized.y, resized.scale, resized.ratio) == (0.5, -1.0, 100.0, 2.0)
