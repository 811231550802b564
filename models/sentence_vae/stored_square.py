"""Squares and what they are asked by, as plain JSON values and back, every field checked on the way in.

As in `stored`; the form that `atelier square --json` prints is another one: `path.square_to_json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from models.errors import DataError, InputError
from models.sentence_vae.fields import Check, is_line, is_seed, is_share, is_whole, unusable
from models.sentence_vae.path import MAX_SIDE, MIN_SIDE, Cell, Square, SquareRequest
from models.sentence_vae.stored import end_from_dict, is_fluency

CORNERS = 4


def request_to_dict(request: SquareRequest) -> dict[str, Any]:
    """All fields as JSON values."""
    return {**asdict(request), "corners": list(request.corners)}


def request_from_dict(values: Mapping[str, Any]) -> SquareRequest:
    """The request that `request_to_dict` wrote; fields left out take their defaults. Raises `InputError`."""
    wrong = unusable(values, _CHECKS, ("corners",))
    if wrong:
        sentence = "This request for a square cannot be used: {name} is missing or out of range."
        raise InputError(sentence, name=wrong[0])
    known = {name: values[name] for name in _CHECKS if name in values}
    return SquareRequest(**{**known, "corners": tuple(known["corners"])})


def unusable_fields(values: Mapping[str, Any]) -> list[str]:
    """The names of the fields that hold what they must not."""
    return unusable(values, _CHECKS, ())


def square_to_dict(square: Square) -> dict[str, Any]:
    """All fields as JSON values."""
    return {**asdict(square), "request": request_to_dict(square.request)}


def square_from_dict(values: object) -> Square:
    """The square that `square_to_dict` wrote. Raises `DataError` or `InputError`."""
    if not isinstance(values, dict):
        raise DataError("This is not a square of verses: it has no fields.")
    try:
        square = _square(values)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("This square of verses is damaged: {reason}.", reason=error) from error
    side = square.request.side
    if len(square.cells) != side or any(len(row) != side for row in square.cells):
        raise DataError("This square of verses is damaged: it has another number of lines than it says.")
    return square


def _square(values: dict[str, Any]) -> Square:
    first, second, third, fourth = map(end_from_dict, values["ends"])
    return Square(
        request=request_from_dict(values["request"]),
        model=str(values["model"]),
        model_hash=str(values["model_hash"]),
        ends=(first, second, third, fourth),
        cells=tuple(tuple(map(_cell, row)) for row in values["cells"]),
        final=bool(values["final"]),
        method=int(values["method"]),
    )


def _cell(values: dict[str, Any]) -> Cell:
    if not is_line(values["text"]) or not is_fluency(values["fluency"]):
        raise ValueError("a line of it is of the wrong kind")
    return Cell(values["text"], float(values["fluency"]))


def _are_corners(value: object) -> bool:
    return isinstance(value, list) and len(value) == CORNERS and all(map(is_line, value))


def _is_side(value: object) -> bool:
    return is_whole(value, MIN_SIDE, MAX_SIDE)


_CHECKS: dict[str, Check] = {"corners": _are_corners, "side": _is_side, "seed": is_seed, "dial": is_share}
