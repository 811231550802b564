"""A drawing's steps in small arrays."""

from __future__ import annotations

import numpy as np
import pytest

from models.pixel_rnn.drawn import LIKELY, entropy, record
from models.pixel_rnn.sprite import Canvas, DrawRequest, Step
from models.sprites.form import Format

FORM = Format(2, 3, tuple((shade, shade, shade) for shade in range(12)))
MASK = np.array([[1, 0, 1], [1, 1, 0]], np.bool_)
PIXELS = np.array([[9, 8, 7], [6, 5, 4]], np.uint8)
REQUEST = DrawRequest(Canvas.of(PIXELS, MASK), seed=3)


def steps(count: int) -> list[Step]:
    drawn = np.random.default_rng(0)
    places = np.flatnonzero(MASK).tolist()[:count]
    return [Step(place, 10 - place, 0.5 * place, drawn.dirichlet(np.ones(12)).astype(np.float32)) for place in places]


def test_pixels_stand_where_they_were_drawn() -> None:
    drawn = record(REQUEST, FORM, "m", "h", steps(3))
    assert drawn.places.tolist() == [0, 2, 3]
    assert drawn.pixels.tolist() == [[10, 8, 8], [7, 5, 4]]
    assert len(drawn) == 3
    assert not drawn.is_whole
    assert record(REQUEST, FORM, "m", "h", steps(4)).is_whole


def test_the_likeliest_colours_come_first_with_their_chances() -> None:
    made = steps(4)
    drawn = record(REQUEST, FORM, "m", "h", made)
    assert drawn.likely.shape == drawn.chances.shape == (4, LIKELY)
    for step, likely, chances in zip(made, drawn.likely, drawn.chances, strict=True):
        assert likely.tolist() == np.argsort(-step.chances)[:LIKELY].tolist()
        assert chances.tolist() == np.sort(step.chances)[::-1][:LIKELY].tolist()


def test_a_drawing_goes_on() -> None:
    whole = record(REQUEST, FORM, "m", "h", steps(4))
    begun = record(REQUEST, FORM, "m", "h", []).extended(steps(4)[:3])
    assert not begun.is_whole
    again = begun.extended(steps(4)[3:])
    for name in ("colours", "bits", "entropies", "likely", "chances", "places"):
        assert getattr(again, name).tolist() == getattr(whole, name).tolist()
        assert getattr(again, name).dtype == getattr(whole, name).dtype


def test_few_colours_are_all_kept() -> None:
    form = Format(1, 1, ((0, 0, 0), (255, 255, 255)))
    request = DrawRequest(Canvas.empty(form))
    drawn = record(request, form, "m", "h", [Step(0, 1, 1.0, np.array([0.25, 0.75], np.float32))])
    assert (drawn.likely.tolist(), drawn.chances.tolist()) == ([[1, 0]], [[0.75, 0.25]])


def test_the_price_of_a_pixel_is_the_mean() -> None:
    assert record(REQUEST, FORM, "m", "h", steps(4)).bits_per_pixel == pytest.approx(0.5 * (0 + 2 + 3 + 4) / 4)
    nothing = record(REQUEST, FORM, "m", "h", [])
    assert nothing.bits_per_pixel == 0
    assert nothing.chances.shape == (0, LIKELY)


@pytest.mark.parametrize(
    ("chances", "bits"), [([1, 0, 0, 0], 0), ([0.5, 0.5, 0, 0], 1), ([0.25] * 4, 2), ([0.5, 0.25, 0.125, 0.125], 1.75)]
)
def test_entropy_is_the_mean_price(chances: list[float], bits: float) -> None:
    assert entropy(np.array([chances], np.float32)).tolist() == [bits]
