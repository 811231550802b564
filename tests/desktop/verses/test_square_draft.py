"""Squares and their requests come back from JSON; what is damaged falls alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.verses import square_draft
from desktop.verses.square_draft import Draft, from_state, to_state
from models.errors import InputError
from models.sentence_vae.path import SquareRequest, square_to_json
from models.sentence_vae.stored_square import request_from_dict, request_to_dict
from tests.desktop.verses.fake import square_for

CORNERS = ("The lamp is low", "A door stands open", "Typed \U0001f600 here", "Typed \ud800 there")
REQUEST = SquareRequest(CORNERS, side=4, seed=7, dial=0.25)
USUAL = SquareRequest(("One", "Two", "Three", "Four"))


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_a_request_comes_back() -> None:
    assert request_from_dict(through_json(request_to_dict(REQUEST))) == REQUEST


def test_what_a_recipe_leaves_out_is_as_usual() -> None:
    assert request_from_dict({"corners": list(CORNERS)}) == SquareRequest(CORNERS)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"corners": ["One", "Two", "Three"]},
        {"corners": ["One", "Two", "Three", 4]},
        {"corners": "Four"},
        {"corners": list(CORNERS), "side": 2},
        {"corners": list(CORNERS), "side": 8},
        {"corners": list(CORNERS), "seed": -1},
        {"corners": list(CORNERS), "dial": 1.5},
        {"corners": list(CORNERS), "dial": float("nan")},
    ],
)
def test_a_request_that_cannot_be_used_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        request_from_dict(values)


def test_a_draft_comes_back_with_its_square() -> None:
    square = square_for(USUAL)
    assert from_state(through_json(to_state(Draft(REQUEST, square))), USUAL) == Draft(REQUEST, square)


def test_a_square_that_was_not_final_is_not_kept() -> None:
    draft = Draft(REQUEST, replace(square_for(REQUEST), final=False))
    assert from_state(through_json(to_state(draft)), USUAL) == Draft(REQUEST)


@pytest.mark.parametrize("damage", [{"cells": []}, {"ends": []}, {"request": {}}, {"cells": [[{}]]}, {"model": None}])
def test_a_damaged_square_falls_alone(damage: dict[str, Any]) -> None:
    state = through_json(to_state(Draft(REQUEST, square_for(REQUEST))))
    del state["square"]["model"]
    state["square"].update(damage)
    assert from_state(state, USUAL).request == REQUEST


@pytest.mark.parametrize("fluency", [float("nan"), float("inf"), "high", None])
def test_a_fluency_that_is_no_number_cannot_stop_the_start(fluency: object) -> None:
    state = to_state(Draft(REQUEST, square_for(REQUEST)))
    state["square"]["cells"][1][1]["fluency"] = fluency
    assert from_state(state, USUAL) == Draft(REQUEST)


def test_a_square_with_other_lines_than_its_side_says_falls() -> None:
    state = through_json(to_state(Draft(REQUEST, square_for(REQUEST))))
    state["square"]["cells"].pop()
    assert from_state(state, USUAL).square is None


@given(st.dictionaries(st.sampled_from(["corners", "side", "seed", "dial"]), st.integers() | st.text() | st.none()))
def test_no_saved_request_can_stop_the_start(values: dict[str, object]) -> None:
    assert from_state({"request": values, "square": values}, USUAL).request.corners == USUAL.corners


@pytest.mark.parametrize("kept", [{}, {"begun": 1}, {"begun": "yes"}, {"begun": None}])
def test_what_does_not_say_that_it_was_only_begun_counts_as_ones_own(kept: dict[str, object]) -> None:
    """Settings of earlier versions say nothing of it."""
    state = through_json(to_state(Draft(REQUEST, begun=True)))
    assert from_state(state, USUAL).begun
    del state["begun"]
    assert not from_state({**state, **kept}, USUAL).begun


def test_as_text_rows_are_told_apart() -> None:
    square = square_for(replace(REQUEST, side=3))
    blocks = square_draft.as_text(square).split("\n\n")
    assert [block.strip().splitlines() for block in blocks] == [[cell.text for cell in row] for row in square.cells]


def test_as_json_every_line_has_its_fluency() -> None:
    square = square_for(REQUEST)
    value = through_json(square_to_json(square))
    assert value["seed"] == 7
    assert [corner["typed"] for corner in value["ends"]] == list(CORNERS)
    assert value["cells"][1][2] == {"text": square.cells[1][2].text, "fluency": square.cells[1][2].fluency}
