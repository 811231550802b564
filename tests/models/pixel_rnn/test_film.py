"""A film of a drawing: what is given stands from the first frame, the rest comes pixel by pixel."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from models.pixel_rnn.film import FILM_MS, LAST_MS, MOST_FRAMES, film
from models.sprites.form import Format


def form_of(height: int, width: int, colours: int) -> Format:
    table = np.random.default_rng(0).integers(0, 256, (colours, 3)).tolist()
    return Format(height, width, tuple((r, g, b) for r, g, b in table))


def frames_of(data: bytes) -> tuple[list[NDArray[np.uint8]], list[int]]:
    with Image.open(io.BytesIO(data)) as image:
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]
        durations = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
    return frames, durations


def small(frame: NDArray[np.uint8], form: Format) -> NDArray[np.uint8]:
    """The colour in the middle of each pixel."""
    scale = frame.shape[0] // form.height
    return frame[scale // 2 :: scale, scale // 2 :: scale]


@pytest.mark.parametrize(("height", "width", "colours"), [(3, 3, 4), (6, 5, 40), (4, 9, 255), (5, 4, 256)])
def test_pixels_appear_in_order_on_what_is_given(height: int, width: int, colours: int) -> None:
    form = form_of(height, width, colours)
    pixels = np.random.default_rng(1).integers(0, colours, (height, width)).astype(np.uint8)
    covered = np.zeros((height, width), np.bool_)
    covered[1:] = True
    frames, durations = frames_of(film(form, pixels, covered, int(covered.sum())))
    assert len(frames) == covered.sum() + 1
    assert sum(durations) <= FILM_MS + LAST_MS + len(frames) * 10
    assert durations[-1] == LAST_MS
    colours_there = form.table[pixels]
    places = np.flatnonzero(covered)
    for count, frame in enumerate(frames):
        shown = np.ones(covered.size, np.bool_)
        shown[places[count:]] = False
        same = (small(frame, form) == colours_there).all(axis=-1).ravel()
        assert same[shown].all()
    assert (small(frames[-1], form) == colours_there).all()


def test_what_is_to_come_is_hatched() -> None:
    form = form_of(4, 4, 5)
    (first, *_), _ = frames_of(film(form, np.zeros((4, 4), np.uint8), np.ones((4, 4), np.bool_), 16))
    assert len(np.unique(first.reshape(-1, 3), axis=0)) == 2


def test_an_unfinished_drawing_keeps_its_cover() -> None:
    form = form_of(4, 4, 5)
    frames, _ = frames_of(film(form, np.full((4, 4), 3, np.uint8), np.ones((4, 4), np.bool_), 6))
    drawn = (small(frames[-1], form) == form.table[3]).all(axis=-1).ravel()
    assert drawn.tolist() == [True] * 6 + [False] * 10
    assert len(frames) == 7


def test_a_large_drawing_has_no_more_frames_than_one_can_follow() -> None:
    form = form_of(28, 28, 2)
    pixels = (np.arange(784) % 2).astype(np.uint8).reshape(28, 28)
    frames, durations = frames_of(film(form, pixels, np.ones((28, 28), np.bool_), 784))
    assert len(frames) == MOST_FRAMES + 1
    assert max(frames[0].shape[:2]) <= 320
    assert min(durations) >= 20, "browsers slow down what is shorter"
