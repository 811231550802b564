"""Squares and what they are asked by, as JSON values and as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from models.errors import AtelierError, DataError, InputError
from models.sentence_vae.fields import Check, is_line, is_seed, is_share, is_whole, unusable
from models.sentence_vae.path import MAX_SIDE, MIN_SIDE, Cell, Square, SquareRequest
from models.sentence_vae.stored import end_from_dict

CORNERS = 4


@dataclass(frozen=True)
class Draft:
    """A request, and a square that may belong to an earlier one."""

    request: SquareRequest
    square: Square | None = None


def as_text(square: Square) -> str:
    """Row after row from left to right, each line on its own, with a blank line between two rows."""
    return "\n".join("".join(f"{cell.text}\n" for cell in row) for row in square.cells)


def to_json(square: Square) -> dict[str, Any]:
    """What a person gets who saves a square as JSON."""
    return {
        "model": square.model,
        "seed": square.request.seed,
        "corners": [{"typed": end.typed, "returned": end.returned, "refined": end.refined} for end in square.ends],
        "lines": [[asdict(cell) for cell in row] for row in square.cells],
    }


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


def to_state(draft: Draft) -> dict[str, Any]:
    """JSON values for the settings."""
    state: dict[str, Any] = {"request": request_to_dict(draft.request)}
    if draft.square is not None and draft.square.final:
        state["square"] = asdict(draft.square)
    return state


def from_state(state: Mapping[str, Any], usual: SquareRequest) -> Draft:
    """The draft in a saved state, each bad value alone replaced by the usual one."""
    values = state.get("request")
    kept = values if isinstance(values, dict) else {}
    wrong = unusable(kept, _CHECKS, ())
    good = {name: value for name, value in kept.items() if name not in wrong}
    return Draft(request_from_dict({**request_to_dict(usual), **good}), _kept(state.get("square")))


def _kept(values: object) -> Square | None:
    try:
        return _square(values)
    except AtelierError:
        return None


def _square(values: object) -> Square:
    """Raises `DataError` or `InputError`."""
    if not isinstance(values, dict):
        raise DataError("This is not a square of verses: it has no fields.")
    try:
        square = _built(values)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("This square of verses is damaged: {reason}.", reason=error) from error
    side = square.request.side
    if len(square.cells) != side or any(len(row) != side for row in square.cells):
        raise DataError("This square of verses is damaged: it has another number of lines than it says.")
    return square


def _built(values: dict[str, Any]) -> Square:
    first, second, third, fourth = map(end_from_dict, values["ends"])
    request = values["request"]
    return Square(
        request=request_from_dict({**request, "corners": list(request["corners"])}),
        model=str(values["model"]),
        model_hash=str(values["model_hash"]),
        ends=(first, second, third, fourth),
        cells=tuple(tuple(Cell(str(cell["text"]), float(cell["fluency"])) for cell in row) for row in values["cells"]),
    )


def _are_corners(value: object) -> bool:
    return isinstance(value, list) and len(value) == CORNERS and all(map(is_line, value))


def _is_side(value: object) -> bool:
    return is_whole(value, MIN_SIDE, MAX_SIDE)


_CHECKS: dict[str, Check] = {"corners": _are_corners, "side": _is_side, "seed": is_seed, "dial": is_share}
