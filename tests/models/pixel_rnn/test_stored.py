"""Requests and drawings as JSON: what goes out comes back, and nothing else comes in."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import AtelierError, DataError, InputError
from models.pixel_rnn.drawn import Drawn, record
from models.pixel_rnn.sprite import MAX_TEMPERATURE, MIN_TEMPERATURE, MIN_TOP_P, Canvas, DrawRequest, Step
from models.pixel_rnn.stored import drawn_from_dict, drawn_to_dict, request_from_dict, request_to_dict
from models.seed import MAX_SEED
from models.sprites.form import Format
from models.sprites.packing import pack, unpack

FORM = Format(4, 3, tuple((shade, 255 - shade, 7) for shade in range(20)))
MASK = np.arange(12).reshape(4, 3) % 3 != 1
CANVAS = Canvas.of(np.arange(12, dtype=np.uint8).reshape(4, 3), MASK)
REQUEST = DrawRequest(CANVAS, 5, 0.7, 0.95, True, ((2, 3), (11, 19)))


def drawn(count: int = 8) -> Drawn:
    chance = np.random.default_rng(0)
    places = np.flatnonzero(MASK).tolist()[:count]
    made = [Step(place, place, 1.25 * place, chance.dirichlet(np.ones(20)).astype(np.float32)) for place in places]
    return record(REQUEST, FORM, "creatures", "0123456789ab", made)


def through_json(values: object) -> Any:
    return json.loads(json.dumps(values))


@st.composite
def requests(draw: st.DrawFn) -> DrawRequest:
    height, width = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    size = height * width
    colours = draw(st.binary(min_size=size, max_size=size))
    covers = bytes(draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    places = draw(st.lists(st.integers(0, size - 1), unique=True, max_size=size))
    return DrawRequest(
        Canvas(height, width, colours, covers),
        draw(st.integers(0, MAX_SEED)),
        draw(st.floats(MIN_TEMPERATURE, MAX_TEMPERATURE)),
        draw(st.floats(MIN_TOP_P, 1)),
        draw(st.booleans()),
        tuple((place, draw(st.integers(0, 255))) for place in sorted(places)),
    )


@given(requests())
def test_every_request_comes_back(request: DrawRequest) -> None:
    assert request_from_dict(through_json(request_to_dict(request))) == request


def test_what_is_left_out_takes_its_default() -> None:
    values = request_to_dict(REQUEST)
    canvas = {name: values[name] for name in ("height", "width", "colours", "covers")}
    assert request_from_dict(canvas) == DrawRequest(CANVAS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", -1),
        ("seed", MAX_SEED + 1),
        ("seed", True),
        ("seed", 1.5),
        ("temperature", 0),
        ("temperature", "1"),
        ("temperature", float("nan")),
        ("top_p", 0.0),
        ("top_p", 1.01),
        ("blind", 1),
        ("height", 0),
        ("height", 10**9),
        ("height", "4"),
        ("width", 3.0),
        ("colours", ""),
        ("colours", None),
        ("colours", "é"),
        ("colours", pack(bytes(11))),
        ("colours", pack(bytes(13))),
        ("covers", pack(bytes(1))),
        ("decided", pack(bytes(4))),
        ("decided", pack(bytes(3 * 13))),
        ("decided", 7),
    ],
)
def test_a_field_out_of_range_is_one_sentence(name: str, value: object) -> None:
    with pytest.raises(InputError):
        request_from_dict({**request_to_dict(REQUEST), name: value})


@pytest.mark.parametrize("value", [None, [], "text", 3, {}])
def test_what_is_no_request_is_one_sentence(value: object) -> None:
    with pytest.raises(InputError):
        request_from_dict(value)


@given(st.binary(max_size=2000))
def test_packed_bytes_come_back_even_with_blanks_between(data: bytes) -> None:
    text = pack(data)
    assert unpack(text, len(data)) == data
    assert unpack(" \n".join(text), len(data)) == data


@given(st.text(max_size=60) | st.binary(max_size=60).map(base64.b64encode).map(bytes.decode))
def test_any_other_text_is_one_sentence(text: str) -> None:
    with pytest.raises(InputError):
        unpack(text, 10)


def test_a_text_that_unpacks_to_far_more_is_given_up_early() -> None:
    bomb = base64.b64encode(zlib.compress(bytes(50_000_000), 9)).decode()
    with pytest.raises(InputError):
        unpack(bomb, 400)


@pytest.mark.parametrize("count", [0, 3, 8])
def test_a_drawing_comes_back(count: int) -> None:
    made = drawn(count)
    again = drawn_from_dict(through_json(drawn_to_dict(made)))
    assert (again.request, again.form, again.model, again.model_hash) == (REQUEST, FORM, "creatures", "0123456789ab")
    assert again.colours.tolist() == made.colours.tolist()
    assert again.likely.tolist() == made.likely.tolist()
    for name in ("bits", "entropies", "chances"):
        assert getattr(again, name).dtype == np.float32
        assert getattr(again, name) == pytest.approx(getattr(made, name), rel=1e-3)
    assert (again.pixels == made.pixels).all()


@pytest.mark.parametrize(
    "changes",
    [
        {"model": 3},
        {"model_hash": None},
        {"count": 9},
        {"count": -1},
        {"count": 7},
        {"count": "8"},
        {"form": None},
        {"form": {"height": 5, "width": 3, "palette": ["#000000", "#ffffff"]}},
        {"form": {**FORM.to_configuration(), "palette": ["#000000", "#ffffff"]}},
        {"request": None},
        {"bits": pack(np.full(8, np.nan, "<f2").tobytes())},
        {"colours": pack(bytes([200] * 8))},
        {"likely": pack(bytes([200] * 64))},
        {"chances": pack(bytes(5))},
    ],
)
def test_a_damaged_drawing_is_one_sentence(changes: dict[str, object]) -> None:
    with pytest.raises(AtelierError):
        drawn_from_dict({**drawn_to_dict(drawn()), **changes})


def test_what_is_no_drawing_is_one_sentence() -> None:
    with pytest.raises(DataError):
        drawn_from_dict([1, 2])


def test_a_stored_drawing_is_small() -> None:
    form = Format(20, 20, FORM.palette)
    chance = np.random.default_rng(0)
    made = [Step(place, 1, 2.0, chance.dirichlet(np.ones(20)).astype(np.float32)) for place in range(400)]
    whole = record(DrawRequest(Canvas.empty(form)), form, "creatures", "0123456789ab", made)
    assert len(json.dumps(drawn_to_dict(whole))) < 20_000
