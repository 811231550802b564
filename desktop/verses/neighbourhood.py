"""The lines around one line, as the tab keeps, saves and copies them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from models.errors import AtelierError, DataError, InputError
from models.sentence_vae.fields import Check, is_line, is_number, is_seed, is_whole, unusable
from models.sentence_vae.path import Neighbour, NeighbourRequest

LEAST_RADIUS, MOST_RADIUS = 0.5, 10.0
LEAST, MOST = 3, 12  # lines that are looked for


@dataclass(frozen=True)
class Neighbourhood:
    """What the model found for a request, nearest first; `final` as all results have it."""

    request: NeighbourRequest
    model: str
    model_hash: str
    neighbours: tuple[Neighbour, ...]
    final: bool = True


@dataclass(frozen=True)
class Draft:
    """A request, and what was found for it or for an earlier one."""

    request: NeighbourRequest
    found: Neighbourhood | None = None


def as_text(found: Neighbourhood) -> str:
    """The line, and the lines around it under it."""
    lines = [found.request.line, *(neighbour.text for neighbour in found.neighbours)]
    return "\n".join(lines) + "\n"


def to_json(found: Neighbourhood) -> dict[str, Any]:
    """What `atelier neighbours --json` prints."""
    return {
        "model": found.model,
        "seed": found.request.seed,
        "line": found.request.line,
        "neighbours": [asdict(neighbour) for neighbour in found.neighbours],
    }


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


def to_state(draft: Draft) -> dict[str, Any]:
    """JSON values for the settings."""
    state: dict[str, Any] = {"request": asdict(draft.request)}
    if draft.found is not None:
        state["found"] = asdict(draft.found)
    return state


def from_state(state: Mapping[str, Any], usual: NeighbourRequest) -> Draft:
    """The draft in a saved state, each bad value alone replaced by the usual one."""
    values = state.get("request")
    kept = values if isinstance(values, dict) else {}
    wrong = unusable(kept, _CHECKS, ())
    good = {name: value for name, value in kept.items() if name not in wrong}
    return Draft(request_from_dict({**asdict(usual), **good}), _kept(state.get("found")))


def _kept(values: object) -> Neighbourhood | None:
    try:
        return _found(values)
    except AtelierError:
        return None


def _found(values: object) -> Neighbourhood:
    """Raises `DataError` or `InputError`."""
    if not isinstance(values, dict):
        raise DataError("These are no neighbours: they have no fields.")
    try:
        return Neighbourhood(
            request=request_from_dict(values["request"]),
            model=str(values["model"]),
            model_hash=str(values["model_hash"]),
            neighbours=tuple(
                Neighbour(str(neighbour["text"]), float(neighbour["distance"])) for neighbour in values["neighbours"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("These neighbours are damaged: {reason}.", reason=error) from error


def _is_radius(value: object) -> bool:
    return is_number(value, LEAST_RADIUS, MOST_RADIUS)


def _is_count(value: object) -> bool:
    return is_whole(value, LEAST, MOST)


_CHECKS: dict[str, Check] = {"line": is_line, "radius": _is_radius, "count": _is_count, "seed": is_seed}
