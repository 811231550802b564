"""Lines around a line and what they are asked by, as plain JSON values and back, every field checked on the way in.

As in `stored`; the form that `atelier neighbours --json` prints is another one: `path.neighbours_to_json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from models.errors import DataError, InputError
from models.sentence_vae.fields import Check, is_line, is_number, is_seed, is_whole, unusable
from models.sentence_vae.path import Neighbour, NeighbourRequest, Neighbours
from models.sentence_vae.stored import end_from_dict

LEAST_RADIUS, MOST_RADIUS = 0.5, 10.0
LEAST, MOST = 3, 12  # lines that are looked for; a window has no room for more


def request_to_dict(request: NeighbourRequest) -> dict[str, Any]:
    """All fields as JSON values."""
    return asdict(request)


def request_from_dict(values: Mapping[str, Any]) -> NeighbourRequest:
    """The request that `request_to_dict` wrote; fields left out take their defaults. Raises `InputError`."""
    wrong = unusable(values, _CHECKS, ("line",))
    if wrong:
        sentence = "This request for neighbours cannot be used: {name} is missing or out of range."
        raise InputError(sentence, name=wrong[0])
    return NeighbourRequest(**{name: values[name] for name in _CHECKS if name in values})


def unusable_fields(values: Mapping[str, Any]) -> list[str]:
    """The names of the fields that hold what they must not."""
    return unusable(values, _CHECKS, ())


def neighbours_to_dict(found: Neighbours) -> dict[str, Any]:
    """All fields as JSON values."""
    return asdict(found)


def neighbours_from_dict(values: object) -> Neighbours:
    """What `neighbours_to_dict` wrote. Raises `DataError` or `InputError`."""
    if not isinstance(values, dict):
        raise DataError("These are no neighbours: they have no fields.")
    try:
        return Neighbours(
            request=request_from_dict(values["request"]),
            model=str(values["model"]),
            model_hash=str(values["model_hash"]),
            end=None if values["end"] is None else end_from_dict(values["end"]),
            neighbours=tuple(map(_neighbour, values["neighbours"])),
            final=bool(values["final"]),
            method=int(values["method"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("These neighbours are damaged: {reason}.", reason=error) from error


def _neighbour(values: dict[str, Any]) -> Neighbour:
    if not is_line(values["text"]) or not is_number(values["distance"], 0, MOST_RADIUS):
        raise ValueError("a line of them is of the wrong kind")
    return Neighbour(values["text"], float(values["distance"]))


def _is_radius(value: object) -> bool:
    return is_number(value, LEAST_RADIUS, MOST_RADIUS)


def _is_count(value: object) -> bool:
    return is_whole(value, LEAST, MOST)


_CHECKS: dict[str, Check] = {"line": is_line, "radius": _is_radius, "count": _is_count, "seed": is_seed}
