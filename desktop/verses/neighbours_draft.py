"""What the lines around a line keep until the next start, and they as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import AtelierError
from models.sentence_vae.path import NeighbourRequest, Neighbours
from models.sentence_vae.stored_neighbours import (
    neighbours_from_dict,
    neighbours_to_dict,
    request_from_dict,
    request_to_dict,
    unusable_fields,
)


@dataclass(frozen=True)
class Draft:
    """A request, and what was found for it or for an earlier one."""

    request: NeighbourRequest
    found: Neighbours | None = None
    begun: bool = False  # with the lines of another mode, and not changed since


def as_text(found: Neighbours) -> str:
    """The line, and the lines around it under it."""
    lines = [found.request.line, *(neighbour.text for neighbour in found.neighbours)]
    return "\n".join(lines) + "\n"


def to_state(draft: Draft) -> dict[str, Any]:
    """JSON values for the settings."""
    state: dict[str, Any] = {"request": request_to_dict(draft.request), "begun": draft.begun}
    if draft.found is not None:
        state["found"] = neighbours_to_dict(draft.found)
    return state


def from_state(state: Mapping[str, Any], usual: NeighbourRequest) -> Draft:
    """The draft in a saved state, each bad value alone replaced by the usual one."""
    values = state.get("request")
    kept = values if isinstance(values, dict) else {}
    wrong = unusable_fields(kept)
    good = {name: value for name, value in kept.items() if name not in wrong}
    request = request_from_dict({**request_to_dict(usual), **good})
    return Draft(request, _kept(state.get("found")), state.get("begun") is True)


def _kept(values: object) -> Neighbours | None:
    try:
        return neighbours_from_dict(values)
    except AtelierError:
        return None
