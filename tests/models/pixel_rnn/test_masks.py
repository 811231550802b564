"""What is covered: sides by share, and the masks that training draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InputError
from models.pixel_rnn import masks


@pytest.mark.parametrize(
    ("which", "share", "covered"),
    [
        ("bottom", 0.5, (slice(2, 4), slice(None))),
        ("top", 0.25, (slice(0, 1), slice(None))),
        ("left", 0.4, (slice(None), slice(0, 2))),
        ("right", 1.0, (slice(None), slice(None))),
    ],
)
def test_a_side_is_covered_by_its_share(which: str, share: float, covered: tuple[slice, slice]) -> None:
    expected = np.zeros((4, 5), np.bool_)
    expected[covered] = True
    assert (masks.side(4, 5, which, share) == expected).all()
    assert not masks.side(4, 5, which, 0.0).any()


@pytest.mark.parametrize(("which", "share"), [("middle", 0.5), ("top", -0.1), ("top", 1.1), ("top", float("nan"))])
def test_no_such_side_or_share(which: str, share: float) -> None:
    with pytest.raises(InputError, match=r"such as bottom:0\.5"):
        masks.side(4, 4, which, share)


@given(height=st.integers(1, 30), width=st.integers(1, 30), seed=st.integers(0, 1000))
def test_training_always_covers_something(height: int, width: int, seed: int) -> None:
    mask = masks.any_kind(height, width, np.random.default_rng(seed))
    assert mask.shape == (height, width)
    assert mask.any()


def test_training_meets_known_pixels_on_every_side() -> None:
    random = np.random.default_rng(0)
    known = ~np.stack([masks.any_kind(10, 10, random) for _ in range(300)])
    assert (known.mean(0) > 0.2).all()
    assert len(np.unique(known, axis=0)) > 200


@given(seed=st.integers(0, 500))
def test_a_begun_drawing_is_covered_from_some_pixel_on(seed: int) -> None:
    flat = masks.rest(6, 7, np.random.default_rng(seed)).ravel()
    first = int(flat.argmax())
    assert flat[first:].all()
    assert not flat[:first].any()
