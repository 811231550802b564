"""What a path keeps until the next start: what stands in the editors, and the path that was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import AtelierError
from models.sentence_vae.path import PathRequest, VersePath
from models.sentence_vae.stored import (
    path_from_dict,
    path_to_dict,
    request_from_dict,
    request_to_dict,
    unusable_fields,
)


@dataclass(frozen=True)
class Draft:
    """A request, and a path that may belong to an earlier one."""

    request: PathRequest
    path: VersePath | None = None


def to_state(draft: Draft) -> dict[str, Any]:
    """JSON values for the settings."""
    state: dict[str, Any] = {"request": request_to_dict(draft.request)}
    if draft.path is not None and draft.path.final:
        state["path"] = path_to_dict(draft.path)
    return state


def from_state(state: Mapping[str, Any], usual: PathRequest) -> Draft | None:
    """The draft in a saved state, each bad value alone replaced by the usual one; None where nothing was kept."""
    values = state.get("request")
    if not isinstance(values, dict) or not values:
        return None
    good = {name: value for name, value in values.items() if name not in unusable_fields(values)}
    merged = {**request_to_dict(usual), **good}
    dropped = unusable_fields(merged)  # locks at points that went with a bad number of points
    request = request_from_dict({name: value for name, value in merged.items() if name not in dropped})
    return Draft(request, _path(state))


def _path(state: Mapping[str, Any]) -> VersePath | None:
    try:
        return path_from_dict(state.get("path"))
    except AtelierError:
        return None
