"""Any picture as a model reads it: what a person drew must land as what it is, and be told how it was changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.image_vae.pictures import Brought, Conversion, brought_to, settled
from models.sprites.enlarging import enlarged
from models.sprites.form import Format
from models.sprites.idx import INK
from models.sprites.pictures import Picture

DIGITS = Format(28, 28, INK)
COLOURS = Format(8, 6, ((255, 255, 255), (200, 30, 30), (20, 20, 20)))
CLEAR = 255


def picture(colours: NDArray[np.uint8], opacity: NDArray[np.uint8] | int = CLEAR) -> Picture:
    """Of grey (H, W) or of colours (H, W, 3)."""
    rgb = np.stack([colours] * 3, axis=-1) if colours.ndim == 2 else colours
    return Picture(np.dstack([rgb, np.broadcast_to(np.asarray(opacity, np.uint8), rgb.shape[:2])]))


def test_a_few_specks_on_a_large_sheet_are_no_figure() -> None:
    grey = np.full((1500, 1500), 255, np.uint8)
    grey[3, 4] = grey[1490, 1480] = 0
    assert not brought_to(picture(grey), DIGITS).pixels.any()


def stroke(height: int, width: int, rows: slice, columns: slice, ground: int = 255, figure: int = 0) -> Picture:
    """A bar on a ground of another grey."""
    grey = np.full((height, width), ground, np.uint8)
    grey[rows, columns] = figure
    return picture(grey)


def box(ink: NDArray[np.uint8]) -> tuple[int, int]:
    """Height and width of what is not paper."""
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)


def test_a_picture_prepared_as_the_training_data_is_taken_as_it_stands() -> None:
    grey = np.full((28, 28), 255, np.uint8)
    grey[4:24, 5:24] = np.random.default_rng(0).integers(0, 200, (20, 19), np.uint8)
    brought = brought_to(picture(grey), DIGITS)
    assert (brought.pixels == 255 - grey).all()
    assert brought.facts == Conversion(28, 28)


def test_of_just_the_models_size_what_is_light_on_dark_is_inverted() -> None:
    grey = np.zeros((28, 28), np.uint8)
    grey[11:17, 7:22] = 200
    brought = brought_to(picture(grey), DIGITS)
    assert (brought.pixels == grey).all()
    assert brought.facts == Conversion(28, 28, is_inverted=True)


@pytest.mark.parametrize("size", [14, 90, 500])
@pytest.mark.parametrize(("ground", "figure"), [(255, 0), (0, 255), (230, 60), (40, 220), (250, 170)])
def test_a_figure_fills_the_inner_box_whatever_its_size_place_and_greys(size: int, ground: int, figure: int) -> None:
    drawn = stroke(size, size, slice(2, 2 + size // 2), slice(1, 1 + size // 5), ground, figure)
    brought = brought_to(drawn, DIGITS)
    high, wide = box(brought.pixels)
    assert high == 20
    assert wide == pytest.approx(20 * (size // 5) / (size // 2), abs=1)
    assert brought.pixels.max() == 255
    assert brought.facts == Conversion(size, size, is_scaled=True, is_inverted=ground < figure)


@pytest.mark.parametrize(("height", "width"), [(28, 28), (28, 14), (10, 40)])
def test_the_centre_of_mass_lies_in_the_middle(height: int, width: int) -> None:
    grey = np.full((300, 300), 255, np.uint8)
    grey[40:200, 20:60] = 0
    grey[160:200, 20:120] = 0  # an L: heavier to the left and below
    ink = brought_to(picture(grey), Format(height, width, INK)).pixels
    for side, axis in ((height, 1), (width, 0)):
        middle = np.average(np.arange(side) + 0.5, weights=ink.sum(axis))
        assert middle == pytest.approx(side / 2 + 0.5, abs=0.51)  # as in MNIST: between 14 and 15 of 28


@pytest.mark.parametrize("form", [DIGITS, COLOURS])
def test_a_picture_saved_with_squares_for_pixels_is_read_as_it_was(form: Format) -> None:
    colours = form.table[np.random.default_rng(0).integers(0, 2, (form.height, form.width))]
    small, large = (brought_to(picture(enlarged(colours, scale)), form) for scale in (1, 7))
    assert (small.pixels == large.pixels).all()
    assert large.facts == replace(small.facts, height=7 * form.height, width=7 * form.width, is_scaled=True)


def test_a_picture_with_one_pixel_between_the_squares_is_an_ordinary_one() -> None:
    colours = DIGITS.table[np.random.default_rng(0).integers(0, 2, (28, 28))]
    torn = enlarged(colours, 7)
    torn[0, 0] = (90, 90, 90)
    assert box(brought_to(picture(torn), DIGITS).pixels) == (20, 20)


def test_a_lopsided_figure_stays_whole_on_its_paper() -> None:
    grey = np.full((200, 200), 255, np.uint8)
    grey[:, 99:101] = 0
    grey[180:, 10:190] = 0  # nearly all of the mass far below
    ink = brought_to(picture(grey), DIGITS).pixels
    assert box(ink)[0] == 20


def test_edges_are_anti_aliased() -> None:
    yy, xx = np.mgrid[:200, :200]
    disc = np.where((yy - 100) ** 2 + (xx - 100) ** 2 < 70**2, 0, 255).astype(np.uint8)
    ink = brought_to(picture(disc), DIGITS).pixels
    assert ((ink > 20) & (ink < 235)).sum() > 20
    assert abs(int(ink.sum()) / 255 / (np.pi * 10**2) - 1) < 0.05


def test_a_thin_pencil_line_is_not_lost() -> None:
    line = brought_to(stroke(800, 800, slice(100, 700), slice(400, 402), 240, 120), DIGITS)
    assert line.pixels.max() == 255
    assert box(line.pixels) == (20, 1)


def test_the_grain_of_paper_is_no_figure() -> None:
    grain = np.random.default_rng(0).integers(225, 240, (100, 100), np.uint8)
    assert not brought_to(picture(grain), DIGITS).pixels.any()
    grain[30:70, 45:55] = 30
    assert box(brought_to(picture(grain), DIGITS).pixels) == (20, 5)


def test_colours_become_lightness() -> None:
    colours = np.full((28, 28, 3), 255, np.uint8)
    colours[6:24, 6:14] = (255, 255, 0)
    colours[6:24, 14:18] = (0, 0, 200)
    brought = brought_to(picture(colours), DIGITS)
    yellow, blue = sorted(set(brought.pixels.ravel()) - {0})
    assert 0 < yellow < 60 < 200 < blue


@pytest.mark.parametrize("size", [28, 100])
@pytest.mark.parametrize("figure", [0, 255])
def test_a_figure_on_nothing_is_seen_whether_dark_or_light(size: int, figure: int) -> None:
    opacity = np.zeros((size, size), np.uint8)
    opacity[size // 4 : size // 2, size // 4 : size // 2] = 255
    brought = brought_to(picture(np.full((size, size), figure, np.uint8), opacity), DIGITS)
    assert brought.pixels.max() == 255
    assert (brought.pixels == 0).any()
    assert brought.facts.is_inverted == (figure == 255)


@pytest.mark.parametrize("shape", [(28, 28), (1, 1), (100, 3)])
@pytest.mark.parametrize("shade", [0, 100, 255])
def test_a_picture_of_one_colour_holds_no_ink(shape: tuple[int, int], shade: int) -> None:
    brought = brought_to(picture(np.full(shape, shade, np.uint8)), DIGITS)
    assert brought.pixels.shape == (28, 28)
    assert not brought.pixels.any()
    assert brought.facts == Conversion(*shape)


def test_nothing_but_transparency_holds_no_ink() -> None:
    assert not brought_to(picture(np.zeros((40, 40), np.uint8), 0), DIGITS).pixels.any()


def test_colours_become_those_of_the_palette_and_a_large_figure_is_scaled() -> None:
    colours = np.full((33, 24, 3), 255, np.uint8)
    colours[4:28, 4:20] = (210, 40, 25)
    brought = brought_to(picture(colours), COLOURS)
    assert brought.pixels.shape == (8, 6)
    assert set(np.unique(brought.pixels)) <= {0, 1}
    assert (brought.pixels == 1).sum() > 30
    assert brought.facts == Conversion(33, 24, is_scaled=True, is_recoloured=True)


def test_a_small_figure_is_neither_scaled_nor_recoloured() -> None:
    colours = np.full((20, 20, 3), 255, np.uint8)
    colours[4:9, 4:8] = COLOURS.palette[2]
    brought = brought_to(picture(colours), COLOURS)
    assert (brought.pixels == 2).sum() == 20
    assert brought.facts == Conversion(20, 20)


def test_a_sprite_of_just_the_models_size_stays() -> None:
    pixels = np.random.default_rng(0).integers(0, 3, (8, 6), np.uint8)
    brought = brought_to(picture(COLOURS.table[pixels]), COLOURS)
    assert (brought.pixels == pixels).all()
    assert brought.facts == Conversion(8, 6)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1), st.sampled_from([DIGITS, COLOURS]))
def test_any_picture_can_be_brought(height: int, width: int, seed: int, form: Format) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    brought: Brought = brought_to(Picture(noise), form)
    assert brought.pixels.shape == (form.height, form.width)
    assert brought.pixels.dtype == np.uint8
    assert form.palette == INK or brought.pixels.max() < len(form.palette)


def test_a_figure_drawn_off_the_middle_is_brought_there() -> None:
    ink = np.zeros((28, 28), np.uint8)
    ink[0:18, 1:5] = 255
    moved = settled(ink, DIGITS)
    rows, columns = (np.flatnonzero(moved.any(axis=axis)) for axis in (1, 0))
    assert 14 <= rows.mean() + 0.5 < 15
    assert 14 <= columns.mean() + 0.5 < 15
    assert moved.sum(dtype=int) == ink.sum(dtype=int)
    assert np.array_equal(settled(moved, DIGITS), moved)
    told = brought_to(picture(255 - ink), DIGITS)
    assert np.array_equal(told.pixels, moved)
    assert told.facts.is_moved


@pytest.mark.parametrize("size", [6, 27])
def test_a_figure_far_from_the_usual_size_is_brought_to_it(size: int) -> None:
    ink = np.zeros((28, 28), np.uint8)
    ink[:size, : size // 2] = 255
    high, _ = box(settled(ink, DIGITS))
    assert high == 20


def test_what_was_prepared_as_the_training_data_stays_as_it_is() -> None:
    ink = np.zeros((28, 28), np.uint8)
    ink[4:24, 11:18] = 200
    assert np.array_equal(settled(ink, DIGITS), ink)
    sprite = np.zeros((8, 6), np.uint8)
    sprite[0, 0] = 2
    assert np.array_equal(settled(sprite, COLOURS), sprite)
    assert not settled(np.zeros((28, 28), np.uint8), DIGITS).any()
