"""Each change of a request does what it says and leaves the rest alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.verses import changes
from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest

REQUEST = PathRequest("A line", "Another line")
points = st.integers(MIN_POINTS, MAX_POINTS)


def test_a_lock_holds_a_line_until_it_is_taken_away() -> None:
    locked = changes.with_lock(REQUEST, 3, "My own verse")
    assert locked == replace(REQUEST, locked=((3, "My own verse"),))
    assert changes.without_lock(locked, 3) == REQUEST


def test_a_second_lock_at_the_same_place_replaces_the_first() -> None:
    locked = changes.with_lock(changes.with_lock(REQUEST, 3, "One"), 3, "Two")
    assert locked.locked == ((3, "Two"),)


@pytest.mark.parametrize("index", [-1, 7, 14])
def test_a_place_that_the_path_does_not_have_cannot_be_locked(index: int) -> None:
    assert changes.with_lock(replace(REQUEST, points=7), index, "A verse") == replace(REQUEST, points=7)


def test_locks_stand_in_the_order_of_the_path() -> None:
    locked = changes.with_lock(changes.with_lock(REQUEST, 5, "Later"), 1, "Earlier")
    assert locked.locked == ((1, "Earlier"), (5, "Later"))


def test_the_middle_stays_in_the_middle() -> None:
    locked = changes.with_lock(REQUEST, 3, "The middle of seven")
    assert changes.with_points(locked, 15).locked == ((7, "The middle of seven"),)
    assert changes.with_points(locked, 3).locked == ((1, "The middle of seven"),)


@pytest.mark.parametrize(("asked", "given_points"), [(0, MIN_POINTS), (99, MAX_POINTS), (9, 9)])
def test_points_keep_their_bounds(asked: int, given_points: int) -> None:
    assert changes.with_points(REQUEST, asked).points == given_points


@given(points, points, st.data())
def test_locks_stay_apart_in_order_and_inside(old: int, new: int, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, old - 1)))
    locked = tuple((place, f"verse {place}") for place in sorted(places))

    moved = changes.with_points(replace(REQUEST, points=old, locked=locked), new).locked

    indices = [index for index, _ in moved]
    assert indices == sorted(set(indices))
    assert all(0 <= index < new for index in indices)
    assert [text for _, text in moved] == [text for _, text in locked][:new]


@given(points, st.data())
def test_the_same_number_of_points_moves_nothing(number: int, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, number - 1)))
    request = replace(REQUEST, points=number, locked=tuple((place, "a verse") for place in sorted(places)))
    assert changes.with_points(request, number) == request


def test_lines_seed_and_way() -> None:
    assert changes.with_lines(REQUEST, "One", "Two") == replace(REQUEST, first="One", last="Two")
    assert changes.with_seed(REQUEST, 4711) == replace(REQUEST, seed=4711)
    assert changes.with_way(REQUEST, slerp=True) == replace(REQUEST, slerp=True)
    assert changes.with_way(REQUEST, refine=False) == replace(REQUEST, refine=False)
