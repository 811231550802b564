"""Requests and paths as plain JSON values and back, every field checked on the way in.

A request in this form is what a recipe carries and what the desktop saves as a person types; a path in this form is a
ready-made example that the window shows before any model is loaded. The form that `atelier verses --json` prints is
another one: `path.to_json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from models.errors import DataError, InputError
from models.sentence_vae.fields import (
    MAX_TYPED,
    Check,
    is_flag,
    is_line,
    is_number,
    is_seed,
    is_share,
    is_whole,
    unusable,
)
from models.sentence_vae.path import (
    FIRST,
    LAST,
    MAX_POINTS,
    MIN_POINTS,
    Alternative,
    End,
    PathFigures,
    PathRequest,
    Verse,
    VersePath,
    Wishes,
)

MAX_ALTERNATIVES = 8  # more take seconds, in which a window would wait
MAX_FIGURE = 1e6  # more than any line or path has of anything


def request_to_dict(request: PathRequest) -> dict[str, Any]:
    """All fields as JSON values."""
    return {**asdict(request), "locked": [list(lock) for lock in request.locked]}


def request_from_dict(values: object) -> PathRequest:
    """The request that `request_to_dict` wrote; fields left out take their defaults. Raises `InputError`."""
    if not isinstance(values, dict):
        raise InputError("This is not a request for verses: it has no fields.")
    unusable = unusable_fields(values)
    if unusable:
        raise InputError("This request for verses cannot be used: {name} is missing or out of range.", name=unusable[0])
    known = {name: values[name] for name in _CHECKS if name in values}
    locked = tuple((index, text) for index, text in values.get("locked", []))
    wishes = Wishes(**known.get("wishes", {}))
    return PathRequest(**{**known, "locked": locked, "wishes": wishes})


def unusable_fields(values: Mapping[str, Any]) -> list[str]:
    """The names of the fields that are missing though needed, or hold what they must not."""
    wrong = unusable(values, _CHECKS, ("first", "last"))
    points = values.get("points", PathRequest.points)
    if not {"points", "locked"} & set(wrong) and any(index >= points for index, _ in values.get("locked", [])):
        return [*wrong, "locked"]
    return wrong


def path_to_dict(path: VersePath) -> dict[str, Any]:
    """All fields as JSON values, codes to four decimals."""
    values = asdict(path)
    return {**values, "request": request_to_dict(path.request), "codes": np.round(path.codes, 4).tolist()}


def path_from_dict(values: object) -> VersePath:
    """The path that `path_to_dict` wrote. Raises `DataError` or `InputError`."""
    if not isinstance(values, dict):
        raise DataError("This is not a path of verses: it has no fields.")
    request = request_from_dict(values.get("request"))
    try:
        path = _path(request, values)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("This path of verses is damaged: {reason}.", reason=error) from error
    if len(path.verses) != request.points or path.codes.shape[0] != request.points + 2:
        raise DataError("This path of verses is damaged: it does not have as many verses as points.")
    return path


def _path(request: PathRequest, values: dict[str, Any]) -> VersePath:
    first, last = values["ends"]
    codes = np.asarray(values["codes"], dtype=np.float32)  # (points + 2, code size)
    if codes.ndim != 2 or not np.isfinite(codes).all():
        raise ValueError("its codes are not finite numbers")
    return VersePath(
        request=request,
        model=str(values["model"]),
        model_hash=str(values["model_hash"]),
        ends=(end_from_dict(first), end_from_dict(last)),
        verses=tuple(_verse(verse) for verse in values["verses"]),
        figures=_figures(values["figures"]),
        codes=codes,
        final=bool(values["final"]),
        method=int(values["method"]),
    )


def end_from_dict(values: dict[str, Any]) -> End:
    """The end that `dataclasses.asdict` gave. Raises `KeyError`, `TypeError` or `ValueError`."""
    spans = tuple((int(start), int(stop)) for start, stop in values["strange"])
    _check("an end", values, _END_CHECKS, ("typed", "read", "returned", "refined", "faithfulness"))
    return End(**{**values, "strange": spans, "notes": tuple(values["notes"])})


def is_fluency(value: object) -> bool:
    """Whether a line may be so fluent."""
    return is_number(value, 0, MAX_FIGURE)


def _check(of: str, values: Mapping[str, Any], checks: Mapping[str, Check], needed: Iterable[str]) -> None:
    """Raises `ValueError` for the first field that is missing or of the wrong kind."""
    wrong = unusable(values, checks, needed)
    if wrong:
        raise ValueError(f"{of}'s {wrong[0]} is of the wrong kind")


def _verse(values: dict[str, Any]) -> Verse:
    _check("a verse", values, _VERSE_CHECKS, ("t", "text", "fluency", "agreement"))
    others = tuple(map(_alternative, values["alternatives"]))
    marks = {name: tuple(str(mark) for mark in values.get(name, ())) for name in ("rhymes", "unmet")}
    end = end_from_dict(values["end"]) if values.get("end") is not None else None
    return Verse(**{**values, **marks, "alternatives": others, "end": end})


def _alternative(values: dict[str, Any]) -> Alternative:
    _check("another line", values, _ALTERNATIVE_CHECKS, _ALTERNATIVE_CHECKS)
    return Alternative(**values)


def _figures(values: dict[str, Any]) -> PathFigures:
    _check("a path", values, _FIGURE_CHECKS, _FIGURE_CHECKS)
    pairs = {name: tuple(values[name]) for name in ("norms", "nats", "refine_steps")}
    return PathFigures(**{**values, **pairs})


def _is_figure(value: object) -> bool:
    return is_number(value, -MAX_FIGURE, MAX_FIGURE)


def _are_two(value: object) -> bool:
    """Whether this is a figure of each end."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_figure, value))


def _are_notes(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(note, str) for note in value)


def _is_length(value: object) -> bool:
    return is_whole(value, 0, MAX_TYPED)


_END_CHECKS: dict[str, Check] = {
    "typed": is_line,
    "read": is_line,
    "returned": is_line,
    "refined": is_line,
    "faithfulness": is_share,
    "notes": _are_notes,
    "length": _is_length,
}
_ALTERNATIVE_CHECKS: dict[str, Check] = {"text": is_line, "fluency": is_fluency}
_VERSE_CHECKS: dict[str, Check] = {
    **_ALTERNATIVE_CHECKS,
    "t": is_share,
    "agreement": is_fluency,
    "locked": is_flag,
    "length": _is_length,
}
_FIGURE_CHECKS: dict[str, Check] = {
    "smoothness": _is_figure,
    "progress": _is_figure,
    "evenness": _is_figure,
    "code_distance": _is_figure,
    "angle": _is_figure,
    "norms": _are_two,
    "nats": _are_two,
    "refine_steps": _are_two,
}


def _is_points(value: object) -> bool:
    return is_whole(value, MIN_POINTS, MAX_POINTS)


def _is_alternatives(value: object) -> bool:
    return is_whole(value, 0, MAX_ALTERNATIVES)


def _is_locks(value: object) -> bool:
    if not isinstance(value, list) or not all(isinstance(lock, list) and len(lock) == 2 for lock in value):
        return False
    indices = [index for index, _ in value]
    fit = all(is_whole(index, 0, MAX_POINTS - 1) and is_line(text) and text.strip() for index, text in value)
    return fit and len(set(indices)) == len(indices)


def _is_wishes(value: object) -> bool:
    if not isinstance(value, dict) or not set(value) <= {"length", "rhyme", "tones"}:
        return False
    flags = all(is_flag(value[name]) for name in ("length", "tones") if name in value)
    return flags and value.get("rhyme", "") in ("", FIRST, LAST)


_CHECKS: dict[str, Check] = {
    "first": is_line,
    "last": is_line,
    "points": _is_points,
    "seed": is_seed,
    "alternatives": _is_alternatives,
    "refine": is_flag,
    "slerp": is_flag,
    "locked": _is_locks,
    "dial": is_share,
    "wishes": _is_wishes,
}
