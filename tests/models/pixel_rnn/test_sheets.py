"""What is to be seen on a sheet of sprites."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.pixel_rnn.film import GREYS
from models.pixel_rnn.sheets import MOST_SIDE, sheet
from models.pixel_rnn.sprite import Canvas
from models.sprites.enlarging import grid
from models.sprites.form import Format, Pixels
from tests.drawing import HEIGHT, PALETTE, WIDTH, sprites

FORM = Format(HEIGHT, WIDTH, PALETTE)
PAPER = np.array(PALETTE[FORM.paper])


def opened(data: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        return np.array(image.convert("RGB"))


def found(shown: NDArray[np.uint8], sprite: Pixels, scale: int) -> list[tuple[int, int]]:
    """Where a sprite stands, each pixel `scale` wide and high: the places of its upper left corner."""
    picture = np.array(PALETTE, np.uint8)[sprite].repeat(scale, 0).repeat(scale, 1)
    high, wide = picture.shape[:2]
    begins = np.argwhere((shown == picture[0, 0]).all(-1)).tolist()
    return [(y, x) for y, x in begins if np.array_equal(shown[y : y + high, x : x + wide], picture)]


def test_every_sprite_stands_on_paper_in_reading_order_at_a_whole_number_scale() -> None:
    drawn = np.random.default_rng(0).integers(1, len(PALETTE), (6, HEIGHT, WIDTH)).astype(np.uint8)
    shown = opened(sheet(FORM, list(drawn)))
    scale = 160 // WIDTH
    places = [found(shown, sprite, scale) for sprite in drawn]
    assert all(len(place) == 1 for place in places)
    corners = [place[0] for place in places]
    assert corners == sorted(corners)
    rows, columns = ({corner[axis] for corner in corners} for axis in (0, 1))
    assert (len(rows), len(columns)) == (2, 3)
    for y, x in corners:
        shown[y : y + HEIGHT * scale, x : x + WIDTH * scale] = PAPER
    assert (shown == PAPER).all()


@pytest.mark.parametrize(
    ("count", "wanted"),
    [
        (1, (1, 1)),
        (2, (2, 1)),
        (3, (3, 1)),
        (4, (2, 2)),
        (6, (3, 2)),
        (7, (4, 2)),
        (8, (4, 2)),
        (9, (3, 3)),
        (16, (4, 4)),
    ],
)
def test_the_grid_is_nearly_a_square_with_few_empty_places(count: int, wanted: tuple[int, int]) -> None:
    assert grid(count) == wanted


def test_a_grid_has_room_for_all_and_no_empty_row() -> None:
    for count in range(1, 200):
        columns, rows = grid(count)
        assert columns * (rows - 1) < count <= columns * rows
        assert rows <= columns <= 3 * rows


def test_the_covered_picture_comes_first_with_its_cover_hatched() -> None:
    (picture,) = sprites(1)
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[HEIGHT // 2 :] = True
    shown = opened(sheet(FORM, [picture], Canvas.of(picture, mask)))
    scale = 160 // WIDTH
    ((top, left),) = found(shown, picture, scale)
    first = shown[top : top + HEIGHT * scale, :left]
    known = found(first, picture[: HEIGHT // 2], scale)
    assert len(known) == 1
    y, x = known[0]
    assert y == 0
    cover = first[HEIGHT // 2 * scale :, x : x + WIDTH * scale].reshape(-1, 3)
    assert {tuple(colour) for colour in cover.tolist()} == {tuple(grey) for grey in GREYS.tolist()}


def test_a_large_sheet_keeps_a_size_that_can_be_looked_at() -> None:
    form = Format(20, 20, PALETTE)
    shown = opened(sheet(form, [np.zeros((20, 20), np.uint8)] * 200))
    assert max(shown.shape) <= MOST_SIDE + 100
    assert opened(sheet(Format(256, 256, PALETTE), [np.zeros((256, 256), np.uint8)])).shape[0] >= 256
