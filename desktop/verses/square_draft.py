"""What the square keeps until the next start, and a square as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import AtelierError
from models.sentence_vae.path import Square, SquareRequest
from models.sentence_vae.stored_square import (
    request_from_dict,
    request_to_dict,
    square_from_dict,
    square_to_dict,
    unusable_fields,
)


@dataclass(frozen=True)
class Draft:
    """A request, and a square that may belong to an earlier one."""

    request: SquareRequest
    square: Square | None = None
    begun: bool = False  # with the lines of another mode, and not changed since


def as_text(square: Square) -> str:
    """Row after row from left to right, each line on its own, with a blank line between two rows."""
    return "\n".join("".join(f"{cell.text}\n" for cell in row) for row in square.cells)


def to_state(draft: Draft) -> dict[str, Any]:
    """JSON values for the settings."""
    state: dict[str, Any] = {"request": request_to_dict(draft.request), "begun": draft.begun}
    if draft.square is not None and draft.square.final:
        state["square"] = square_to_dict(draft.square)
    return state


def from_state(state: Mapping[str, Any], usual: SquareRequest) -> Draft:
    """The draft in a saved state, each bad value alone replaced by the usual one."""
    values = state.get("request")
    kept = values if isinstance(values, dict) else {}
    wrong = unusable_fields(kept)
    good = {name: value for name, value in kept.items() if name not in wrong}
    request = request_from_dict({**request_to_dict(usual), **good})
    return Draft(request, _kept(state.get("square")), state.get("begun") is True)


def _kept(values: object) -> Square | None:
    try:
        return square_from_dict(values)
    except AtelierError:
        return None
