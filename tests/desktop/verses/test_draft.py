"""What was typed comes back at the next start, whatever happened to the file in between."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.verses.draft import Draft, from_state, to_state
from models.sentence_vae.path import PathRequest
from tests.desktop.verses.fake import path_for

USUAL = PathRequest("The usual first", "The usual last")
REQUEST = PathRequest("Typed \U0001f600 first", "Typed \ud800 last", points=9, seed=5, locked=((8, "Mine"),))


def test_a_draft_comes_back_through_json() -> None:
    state = json.loads(json.dumps(to_state(Draft(REQUEST, None))))
    assert from_state(state, USUAL) == Draft(REQUEST, None)


def test_the_path_comes_back_too() -> None:
    path = path_for(PathRequest("One", "Two"))
    kept = from_state(json.loads(json.dumps(to_state(Draft(REQUEST, path)))), USUAL)
    assert kept is not None
    assert kept.path is not None
    assert [verse.text for verse in kept.path.verses] == [verse.text for verse in path.verses]


@pytest.mark.parametrize("state", [{}, {"request": None}, {"request": []}, {"path": 3}])
def test_nothing_kept_is_nothing(state: dict[str, object]) -> None:
    assert from_state(state, USUAL) is None


def test_a_bad_value_falls_alone() -> None:
    kept = from_state({"request": {"first": "Typed", "last": 3, "points": "many", "seed": 9}, "model": 3}, USUAL)
    assert kept == Draft(PathRequest("Typed", "The usual last", seed=9))


def test_locks_beyond_the_points_that_are_left_fall_too() -> None:
    values = {"first": "Typed", "last": "Typed too", "points": -1, "locked": [[8, "Mine"]]}
    kept = from_state({"request": values}, USUAL)
    assert kept == Draft(PathRequest("Typed", "Typed too"))


def test_a_damaged_path_falls_alone() -> None:
    state = to_state(Draft(REQUEST, path_for(PathRequest("One", "Two"))))
    kept = from_state({**state, "path": {**state["path"], "verses": []}}, USUAL)
    assert kept == Draft(REQUEST)


@given(st.dictionaries(st.sampled_from(["first", "last", "points", "seed", "locked"]), st.integers() | st.text()))
def test_no_saved_request_can_stop_the_start(values: dict[str, object]) -> None:
    kept = from_state({"request": values}, USUAL)
    assert (kept is None) == (not values)
    if kept is not None and isinstance(values.get("first"), str):
        assert kept.request.first == values["first"]
