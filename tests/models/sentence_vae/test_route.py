from __future__ import annotations

import math
from itertools import pairwise

import pytest
import torch
from torch import Tensor

from models.sentence_vae.ends import Anchor
from models.sentence_vae.route import Places, Route, angle, between
from models.sentence_vae.typed import TypedLine

FIRST, LAST = torch.tensor([3.0, 0.0, 0.0]), torch.tensor([0.0, 5.0, 1.0])
PLACES = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
BOTH_WAYS = pytest.mark.parametrize("slerp", [False, True])


def walk(first: Tensor, last: Tensor, slerp: bool) -> Tensor:
    return between(first, last, torch.tensor(PLACES), slerp)


@BOTH_WAYS
def test_the_way_begins_and_ends_at_the_codes_themselves(slerp: bool) -> None:
    codes = walk(FIRST, LAST, slerp)
    torch.testing.assert_close(codes[0], FIRST)
    torch.testing.assert_close(codes[-1], LAST)


@BOTH_WAYS
def test_the_norm_runs_evenly_from_end_to_end(slerp: bool) -> None:
    norms = walk(FIRST, LAST, slerp).norm(dim=1)
    expected = torch.tensor([(1 - t) * 3.0 + t * 26**0.5 for t in PLACES])
    torch.testing.assert_close(norms, expected)


def test_the_straight_way_goes_in_the_directions_of_the_chord() -> None:
    for t, code in zip(PLACES, walk(FIRST, LAST, slerp=False), strict=True):
        assert angle(code, (1 - t) * FIRST + t * LAST) == pytest.approx(0, abs=1e-3)


def test_slerp_turns_by_the_same_angle_each_time() -> None:
    turns = [angle(a, b) for a, b in pairwise(walk(FIRST, LAST, slerp=True))]
    assert turns == pytest.approx([angle(FIRST, LAST) / 5] * 5, abs=1e-3)


@BOTH_WAYS
@pytest.mark.parametrize(
    "last", [FIRST, -FIRST, -2 * FIRST, 0 * FIRST, FIRST + 1e-7], ids=["equal", "opposite", "beyond", "zero", "close"]
)
def test_unhappy_ends_give_finite_codes(last: Tensor, slerp: bool) -> None:
    assert torch.isfinite(walk(FIRST, last, slerp)).all()
    assert torch.isfinite(walk(last, FIRST, slerp)).all()


@BOTH_WAYS
def test_between_equal_codes_there_is_nowhere_to_go(slerp: bool) -> None:
    torch.testing.assert_close(walk(LAST, LAST, slerp), LAST.expand(6, -1))


def test_angles_are_those_of_geometry() -> None:
    assert angle(FIRST, torch.tensor([0.0, 1.0, 0.0])) == pytest.approx(math.pi / 2)
    assert angle(FIRST, -FIRST) == pytest.approx(math.pi)
    assert angle(FIRST, 7 * FIRST) == pytest.approx(0)


def anchor(t: float, code: Tensor) -> Anchor:
    return Anchor(t, TypedLine("a", "a", [4], ()), "a", code, 0.0, "a", "a")


@BOTH_WAYS
def test_a_route_passes_through_every_anchor(slerp: bool) -> None:
    middle = torch.tensor([1.0, 1.0, 4.0])
    route = Route((anchor(0.0, FIRST), anchor(0.25, middle), anchor(1.0, LAST)), slerp)
    torch.testing.assert_close(route.codes([0.0, 0.25, 1.0]), torch.stack([FIRST, middle, LAST]))
    torch.testing.assert_close(route.codes([0.125]), between(FIRST, middle, torch.tensor([0.5]), slerp))
    torch.testing.assert_close(route.codes([0.625]), between(middle, LAST, torch.tensor([0.5]), slerp))


def test_a_route_stays_within_its_ends_and_may_be_asked_for_nothing() -> None:
    route = Route((anchor(0.0, FIRST), anchor(1.0, LAST)), slerp=False)
    torch.testing.assert_close(route.codes([-0.3, 1.2]), torch.stack([FIRST, LAST]))
    assert route.codes([]).shape == (0, 3)


def test_places_are_shifted_by_steps_along_their_route() -> None:
    route = Route((anchor(0.0, FIRST), anchor(1.0, LAST)), slerp=False)
    codes = Places(route, [0.25, 0.75], step=0.25).codes([(0, 0.0), (1, -1.0), (0, 2.0), (1, 9.0)])
    torch.testing.assert_close(codes, route.codes([0.25, 0.5, 0.75, 1.0]))
