"""Requests and paths survive being written as JSON; what is damaged is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DataError, InputError
from models.seed import MAX_SEED
from models.sentence_vae.fields import MAX_TYPED
from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest
from models.sentence_vae.stored import (
    path_from_dict,
    path_to_dict,
    request_from_dict,
    request_to_dict,
    unusable_fields,
)
from tests.desktop.verses.fake import path_for

LINES = {"first": "A line", "last": "Another line"}
lines = st.text(max_size=60)


@st.composite
def requests(draw: st.DrawFn) -> PathRequest:
    points = draw(st.integers(MIN_POINTS, MAX_POINTS))
    verses = st.text(min_size=1, max_size=20).filter(str.strip)
    locked = draw(st.dictionaries(st.integers(0, points - 1), verses, max_size=3))
    return PathRequest(
        draw(lines),
        draw(lines),
        points=points,
        seed=draw(st.integers(0, MAX_SEED)),
        refine=draw(st.booleans()),
        slerp=draw(st.booleans()),
        locked=tuple(sorted(locked.items())),
    )


@given(requests())
def test_a_request_survives_json(request: PathRequest) -> None:
    assert request_from_dict(json.loads(json.dumps(request_to_dict(request)))) == request


def test_lone_surrogates_survive_json() -> None:
    request = PathRequest("a \ud800 line", "\x00")
    assert request_from_dict(json.loads(json.dumps(request_to_dict(request)))) == request


def test_fields_left_out_take_their_defaults() -> None:
    assert request_from_dict(LINES) == PathRequest("A line", "Another line")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first", 3),
        ("last", "x" * (MAX_TYPED + 1)),
        ("points", MIN_POINTS - 1),
        ("points", MAX_POINTS + 1),
        ("points", True),
        ("points", 7.0),
        ("seed", -1),
        ("seed", MAX_SEED + 1),
        ("alternatives", "8"),
        ("refine", 1),
        ("slerp", None),
        ("locked", [[0]]),
        ("locked", [[7, "beyond the last of 7 points"]]),
        ("locked", [[1, "twice"], [1, "the same"]]),
        ("locked", [[1, "   "]]),
        ("locked", {"1": "a line"}),
    ],
)
def test_a_bad_field_is_named(name: str, value: object) -> None:
    values = {**LINES, name: value}
    assert unusable_fields(values) == [name]
    with pytest.raises(InputError, match=name):
        request_from_dict(values)


@pytest.mark.parametrize("values", [None, [], "text", 3])
def test_no_request_without_fields(values: object) -> None:
    with pytest.raises(InputError):
        request_from_dict(values)


def test_a_missing_line_is_named() -> None:
    assert unusable_fields({"last": "A line"}) == ["first"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(request_to_dict(PathRequest("", "")))), json_values)
def test_any_value_in_any_field_is_taken_or_refused(name: str, value: object) -> None:
    try:
        request = request_from_dict({**LINES, name: value})
    except InputError:
        return
    assert request_to_dict(request)[name] == value


def test_a_path_survives_json() -> None:
    path = path_for(PathRequest("The moon is rising", "Grün ist das 🌿", locked=((2, "My own verse"),)))
    again = path_from_dict(json.loads(json.dumps(path_to_dict(path))))
    assert replace(again, codes=path.codes) == path
    np.testing.assert_allclose(again.codes, path.codes, atol=1e-4)


def test_what_the_model_made_of_a_locked_verse_survives_json() -> None:
    path = path_for(PathRequest("The moon", "The sea"))
    locked = replace(path.verses[1], locked=True, end=path.ends[0])
    path = replace(path, verses=(path.verses[0], locked, *path.verses[2:]))
    again = path_from_dict(json.loads(json.dumps(path_to_dict(path))))
    assert [verse.end for verse in again.verses] == [verse.end for verse in path.verses]


def damaged(name: str, value: object) -> dict[str, Any]:
    return {**path_to_dict(path_for(PathRequest("The moon", "The sea"))), name: value}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verses", []),
        ("verses", [{"t": 0.5}]),
        ("ends", []),
        ("ends", None),
        ("codes", [[1.0]]),
        ("codes", [[float("nan")] * 4] * 9),
        ("codes", "none"),
        ("figures", {}),
        ("figures", 3),
    ],
)
def test_a_damaged_path_is_refused(name: str, value: object) -> None:
    with pytest.raises(DataError):
        path_from_dict(damaged(name, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("t", "half"),
        ("t", 2),
        ("text", None),
        ("text", 3),
        ("fluency", "high"),
        ("fluency", float("nan")),
        ("agreement", None),
        ("locked", "no"),
        ("length", -1),
        ("alternatives", [{"text": "A line", "fluency": None}]),
        ("alternatives", [{"text": "A line"}]),
        ("end", "an end"),
    ],
)
def test_a_path_with_a_damaged_verse_is_refused(name: str, value: object) -> None:
    values = path_to_dict(path_for(PathRequest("The moon", "The sea")))
    values["verses"][2][name] = value
    with pytest.raises(DataError):
        path_from_dict(values)


@pytest.mark.parametrize(
    ("name", "value"), [("smoothness", "good"), ("angle", float("nan")), ("norms", 3), ("nats", [1.0]), ("norms", "ab")]
)
def test_a_path_with_a_damaged_figure_is_refused(name: str, value: object) -> None:
    values = path_to_dict(path_for(PathRequest("The moon", "The sea")))
    values["figures"][name] = value
    with pytest.raises(DataError):
        path_from_dict(values)


def test_no_path_without_fields() -> None:
    with pytest.raises(DataError):
        path_from_dict(None)
