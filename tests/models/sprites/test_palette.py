from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from models.sprites.palette import learn_palette, nearest, oklab, to_indices

# sRGB colours and their Oklab values to four places, as CSS Color 4 and Ottosson's own page give them
KNOWN = [
    ((255, 255, 255), (1.0, 0.0, 0.0)),
    ((0, 0, 0), (0.0, 0.0, 0.0)),
    ((255, 0, 0), (0.6280, 0.2249, 0.1258)),
    ((0, 255, 0), (0.8664, -0.2339, 0.1795)),
    ((0, 0, 255), (0.4520, -0.0325, -0.3115)),
]


@pytest.mark.parametrize(("colour", "lab"), KNOWN)
def test_oklab_is_what_its_author_gives(colour: tuple[int, int, int], lab: tuple[float, float, float]) -> None:
    assert oklab(np.array(colour, np.uint8)) == pytest.approx(np.array(lab), abs=1e-4)


def test_greys_have_no_hue_and_rise_in_lightness() -> None:
    labs = oklab(np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1))
    assert np.abs(labs[:, 1:]).max() < 1e-6
    assert (np.diff(labs[:, 0]) > 0).all()


def test_each_colour_goes_to_the_nearest_of_the_palette() -> None:
    chance = np.random.default_rng(0)
    colours = chance.integers(0, 256, (7, 9, 3), np.uint8)
    palette = chance.integers(0, 256, (12, 3), np.uint8)
    apart = ((oklab(colours)[:, :, None] - oklab(palette)) ** 2).sum(axis=-1)
    assert (to_indices(colours, palette) == apart.argmin(axis=-1)).all()


def test_more_colours_than_a_block_are_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.sprites.palette._BLOCK", 4)
    labs = np.random.default_rng(0).random((11, 3))
    assert nearest(labs, labs[::-1]).tolist() == list(range(10, -1, -1))


def test_few_colours_are_kept_as_they_are_from_light_to_dark() -> None:
    image = np.array([[(0, 0, 0), (250, 250, 0)], [(120, 0, 0), (0, 0, 0)]], np.uint8)
    assert learn_palette(image[None]) == ((255, 255, 255), (250, 250, 0), (120, 0, 0), (0, 0, 0))


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_there_are_never_more_colours_than_asked_for_and_white_is_among_them(count: int) -> None:
    blues = np.array([(0, 0, 40 * number) for number in range(count)], np.uint8)
    palette = learn_palette(blues[None, None], most=4)
    assert len(palette) <= 4
    assert palette[0] == (255, 255, 255)
    assert set(palette[1:]) <= {tuple(map(int, blue)) for blue in blues}


def test_many_colours_become_centres_that_occur_and_stand_for_the_rest() -> None:
    chance = np.random.default_rng(0)
    centres = np.array([(255, 0, 0), (0, 160, 0), (0, 0, 200), (40, 40, 40)])
    noise = chance.integers(-9, 10, (4, 200, 3))
    images = (centres[:, None] + noise).clip(0, 255).astype(np.uint8)[:, None]  # (4, 1, 200, 3): four clouds
    palette = learn_palette(images, most=5)
    assert len(palette) == 5
    owners = to_indices(images[:, 0], np.array(palette, np.uint8))
    assert [set(row.tolist()) for row in owners] == [{owners[i, 0]} for i in range(4)]
    assert {tuple(map(int, colour)) for colour in images.reshape(-1, 3)} >= set(palette[1:])
    lightness = oklab(np.array(palette, np.uint8))[:, 0]
    assert (np.diff(lightness) <= 0).all()


def test_the_same_pictures_give_the_same_palette() -> None:
    images = np.random.default_rng(1).integers(0, 256, (3, 8, 8, 3), np.uint8)
    assert learn_palette(images, most=20) == learn_palette(images, most=20)


def test_of_very_many_colours_the_most_frequent_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.sprites.palette._MOST_SEEN", 2)
    often = [(200, 0, 0)] * 5 + [(0, 0, 200)] * 5
    seldom = [(0, 200, 0), (9, 9, 9), (90, 90, 90)]
    image = np.array([often + seldom], np.uint8)
    assert learn_palette(image[None], most=3) == ((255, 255, 255), (200, 0, 0), (0, 0, 200))


@given(
    arrays(np.uint8, array_shapes(min_dims=3, max_dims=3, max_side=6).map(lambda sides: (*sides, 3))), st.integers(2, 9)
)
def test_any_pictures_give_a_palette(images: np.ndarray, most: int) -> None:
    palette = learn_palette(images, most)
    kinds = {tuple(map(int, colour)) for colour in images.reshape(-1, 3)} | {(255, 255, 255)}
    assert palette[0] == (255, 255, 255)
    assert len(set(palette)) == len(palette) <= most
    assert set(palette) <= kinds
    if len(kinds) <= most:
        assert set(palette) == kinds
