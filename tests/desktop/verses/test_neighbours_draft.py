"""Neighbours and their requests come back from JSON; what is damaged falls alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.verses import neighbours_draft
from desktop.verses.neighbours_draft import Draft, from_state, to_state
from models.errors import InputError
from models.sentence_vae.path import Neighbour, NeighbourRequest, Neighbours, neighbours_to_json
from models.sentence_vae.stored_neighbours import request_from_dict, request_to_dict
from tests.desktop.verses.fake import end_of

REQUEST = NeighbourRequest("Typed \U0001f600 \ud800 line", radius=2.5, count=5, seed=9)
USUAL = NeighbourRequest("The usual line")
LINES = (Neighbour("A lamp is low", 0.5), Neighbour("A lamp is lit", 1.25))
FOUND = Neighbours(REQUEST, "made up", "0" * 12, end_of(REQUEST.line), LINES)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_a_request_comes_back() -> None:
    assert request_from_dict(through_json(request_to_dict(REQUEST))) == REQUEST


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"line": 3},
        {"line": "A line", "radius": 0},
        {"line": "A line", "radius": 99},
        {"line": "A line", "count": 1000},
        {"line": "A line", "count": 2.5},
        {"line": "A line", "seed": "many"},
    ],
)
def test_a_request_that_cannot_be_used_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        request_from_dict(values)


def test_a_draft_comes_back_with_what_was_found() -> None:
    assert from_state(through_json(to_state(Draft(USUAL, FOUND))), USUAL) == Draft(USUAL, FOUND)


@pytest.mark.parametrize("found", [None, [], {}, {"request": {}}, {"neighbours": [{}]}])
def test_damaged_neighbours_fall_alone(found: object) -> None:
    state = {**through_json(to_state(Draft(REQUEST, FOUND))), "found": found}
    assert from_state(state, USUAL) == Draft(REQUEST)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("neighbours", [{"text": "A line", "distance": float("nan")}]),
        ("neighbours", [{"text": "A line", "distance": "far"}]),
        ("neighbours", [{"text": 3, "distance": 0.5}]),
        ("end", {**asdict(FOUND)["end"], "faithfulness": "x"}),
        ("end", {**asdict(FOUND)["end"], "refined": 3}),
        ("method", None),
    ],
)
def test_values_of_the_wrong_kind_cannot_stop_the_start(name: str, value: object) -> None:
    state = to_state(Draft(REQUEST, FOUND))
    state["found"][name] = value
    assert from_state(state, USUAL) == Draft(REQUEST)


@given(st.dictionaries(st.sampled_from(["radius", "count", "seed"]), st.text() | st.none() | st.booleans()))
def test_a_bad_value_falls_alone(values: dict[str, object]) -> None:
    kept = from_state({"request": {"line": "Typed", **values}}, USUAL)
    assert kept == Draft(NeighbourRequest("Typed"))


@pytest.mark.parametrize("kept", [{}, {"begun": 1}, {"begun": "yes"}, {"begun": None}])
def test_what_does_not_say_that_it_was_only_begun_counts_as_ones_own(kept: dict[str, object]) -> None:
    """Settings of earlier versions say nothing of it."""
    state = through_json(to_state(Draft(REQUEST, begun=True)))
    assert from_state(state, USUAL).begun
    del state["begun"]
    assert not from_state({**state, **kept}, USUAL).begun


def test_as_text_the_line_stands_first() -> None:
    assert neighbours_draft.as_text(FOUND).splitlines()[1:] == ["A lamp is low", "A lamp is lit"]


def test_as_json_it_is_what_the_command_prints() -> None:
    assert neighbours_to_json(FOUND) == {
        "model": "made up",
        "seed": 9,
        "line": REQUEST.line,
        "neighbours": [{"text": "A lamp is low", "distance": 0.5}, {"text": "A lamp is lit", "distance": 1.25}],
    }
