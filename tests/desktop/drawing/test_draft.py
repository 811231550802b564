"""What is kept until the next start, and recipes: whatever stands in the file, one gets a sheet or nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import recipe
from desktop.drawing import draft, edits
from desktop.drawing.draft import Draft
from desktop.drawing.player import USUAL
from desktop.drawing.sheet import Sheet
from models.errors import InputError
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Format
from tests.desktop.drawing.fake import FORM, drawn_for

BLANK = Sheet.fresh("first", FORM, DrawRequest(Canvas.empty(FORM), 1, 1.2, 0.9))


def drawn(count: int = 20) -> Sheet:
    made = drawn_for(BLANK.asked)
    return edits.seen_to(replace(BLANK, drawn=made.colours.tobytes()), count)


def through_json(values: object) -> Any:
    return json.loads(json.dumps(values))


def same_picture(one: Sheet, other: Sheet) -> bool:
    return bool((one.to_come == other.to_come).all() and (one.shown == other.shown)[~one.to_come].all())


SHEETS = [
    BLANK,
    drawn(),
    drawn(30),
    edits.paint(drawn(30), np.array([3, 4, 5]), 9),
    edits.decide(drawn(12), 7),
    edits.cover_side(drawn(30), "left", 0.5),
    edits.cover(drawn(30), np.array([1, 13, 29])),
]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_comes_back_at_the_next_start(sheet: Sheet) -> None:
    made = drawn_for(sheet.asked)
    kept = draft.from_state(through_json(draft.to_state(Draft(sheet, made, "abc", 3))))
    assert kept is not None
    assert same_picture(kept.sheet, sheet)
    assert kept.sheet.asked == sheet.asked
    assert kept.sheet.next_place == sheet.next_place
    assert (kept.sheet.model, kept.model_hash, kept.speed) == ("first", "abc", 3)
    assert kept.drawn is not None
    assert kept.drawn.colours.tolist() == made.colours.tolist()


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_recipe_reproduces_what_is_on_screen(sheet: Sheet) -> None:
    text = recipe.to_text(draft.to_recipe(sheet, "0123456789ab"))
    again = draft.from_recipe(recipe.from_text(f"> {text}\n"), "first", FORM)
    assert same_picture(again, sheet)
    assert again.asked == sheet.asked
    assert again.next_place == sheet.next_place


def test_a_recipe_is_short_and_its_plain_numbers_can_be_read() -> None:
    form = Format(20, 20, FORM.palette)
    sheet = Sheet.fresh("creatures", form, DrawRequest(Canvas.empty(form), 4711, 0.8))
    text = recipe.to_text(draft.to_recipe(sheet, "0123456789ab"))
    assert len(text) < 500
    assert '"seed":4711' in text
    assert '"temperature":0.8' in text


def test_a_recipe_without_what_was_on_screen_begins_to_draw() -> None:
    wanted = draft.to_recipe(drawn(), "")
    inputs = {name: value for name, value in wanted.inputs.items() if name not in ("drawn", "until")}
    assert draft.from_recipe(replace(wanted, inputs=inputs), "first", FORM).count == 0


@pytest.mark.parametrize(
    "inputs",
    [{}, {"height": "6"}, {"colours": "nonsense"}, {"temperature": 99}, {"height": 7}, {"covers": None}, {"blind": 1}],
)
def test_a_recipe_that_was_changed_on_its_way_is_one_sentence(inputs: dict[str, Any]) -> None:
    wanted = draft.to_recipe(drawn(), "")
    changed = {**wanted.inputs, **inputs} if inputs else {}
    with pytest.raises(InputError):
        draft.from_recipe(replace(wanted, inputs=changed), "first", FORM)


def test_a_recipe_for_another_format_is_one_sentence() -> None:
    with pytest.raises(InputError, match="5×6"):
        draft.from_recipe(draft.to_recipe(drawn(), ""), "first", Format(20, 20, FORM.palette))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(draft.to_state(Draft(drawn(), drawn_for(BLANK.asked))))), ANYTHING)
def test_one_bad_value_costs_no_more_than_itself(name: str, value: Any) -> None:
    state = {**draft.to_state(Draft(drawn(), drawn_for(BLANK.asked), "abc", 3)), name: value}
    kept = draft.from_state(state)
    if name in ("form", "request"):
        return
    assert kept is not None
    assert kept.sheet.asked == drawn().asked
    assert kept.speed == 3 or name == "speed"
    kept.sheet.shown  # noqa: B018 - it can be shown


@given(st.dictionaries(st.sampled_from(["form", "request", "drawn", "until", "speed", "model"]), ANYTHING))
def test_nonsense_is_no_draft(state: dict[str, Any]) -> None:
    assert draft.from_state(state) is None


def test_a_speed_from_elsewhere_is_the_usual_one() -> None:
    state = {**draft.to_state(Draft(drawn())), "speed": 10_000}
    kept = draft.from_state(state)
    assert kept is not None
    assert kept.speed == USUAL
