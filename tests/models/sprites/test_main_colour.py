from __future__ import annotations

import numpy as np
import pytest

from models.sprites.form import Format
from models.sprites.main_colour import NAMES, main_colours

OKABE_ITO = ("#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", None, "#cc79a7")
Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def named(sprite: list[list[int]], *palette: str) -> str:
    """What a sprite's colour is called; colour 0 is white."""
    pixels = np.array([sprite], np.uint8)
    form = Format(len(sprite), len(sprite[0]), (rgb("ffffff"), *map(rgb, palette)))
    return NAMES[main_colours(pixels, form)[0]]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        *((colour, name) for colour, name in zip(OKABE_ITO, NAMES, strict=False) if colour),
        ("#c00000", "red"),
        ("#8b4513", "brown and orange"),
        ("#ffe0bd", "brown and orange"),  # skin
        ("#ff69b4", "purple and pink"),
        ("#280010", "dark"),
        ("#800080", "purple and pink"),
        ("#006000", "green"),
        ("#000080", "blue"),
        ("#808080", "grey"),
        ("#202020", "dark"),
        ("#f4f4f4", "white"),
    ],
)
def test_colours_are_called_what_people_call_them(colour: str, name: str) -> None:
    assert named([[0, 0, 0], [0, 1, 0], [0, 0, 0]], colour) == name


def test_the_commonest_of_the_clear_colours_counts() -> None:
    assert named([[1, 1, 2], [2, 2, 3], [3, 0, 0]], "#c00000", "#0000c0", "#00a000") == "blue"


def test_an_outline_counts_only_around_what_has_no_colour() -> None:
    outlined = [[1, 1, 1, 1], [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1]]
    assert named(outlined, "#000000", "#00a000") == "green"
    assert named(outlined, "#000000", "#b0b0b0") == "dark"


def test_paper_around_the_figure_does_not_count_and_white_within_it_does() -> None:
    assert named([[0] * 7] * 6 + [[0, 0, 0, 0, 0, 1, 0]], "#0000c0") == "blue"
    assert named([[1, 1, 1, 1], [1, 0, 0, 1], [1, 0, 0, 1], [1, 1, 1, 0]], "#c0c0c0") == "grey"
    assert named([[0] + [1] * 6, *[[1] + [0] * 5 + [1]] * 6, [1] * 7], "#c0c0c0") == "white"


def test_a_way_out_that_winds_is_found() -> None:
    winding = [[1] * 7, *[[1, 0, 0, 0, 0, 0, 1]] * 6, [1, 0, 1, 1, 1, 1, 1], [1, 0, 0, 0, 0, 0, 0]]
    assert named(winding, "#c0c0c0") == "grey"
    closed = [*winding[:-1], [1, 0, 0, 0, 0, 0, 1], [1] * 7]
    assert named(closed, "#c0c0c0") == "white"


def test_an_empty_sprite_is_white() -> None:
    assert named([[0, 0], [0, 0]], "#c00000") == "white"


def test_each_of_many_sprites_has_its_own_name() -> None:
    form = Format(3, 3, tuple(map(rgb, ("ffffff", "c00000", "0000c0"))))
    sprites = np.random.default_rng(0).integers(1, 3, 50, np.uint8).repeat(9).reshape(-1, 3, 3)
    assert [NAMES[number] for number in main_colours(sprites, form)] == [
        "red" if sprite[0, 0] == 1 else "blue" for sprite in sprites
    ]
