"""What the Drawing tab keeps until the next start, and what a recipe says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from desktop.drawing.player import AT_ONCE, USUAL
from desktop.drawing.sheet import Sheet
from desktop.recipe import Recipe
from models.errors import AtelierError
from models.pixel_rnn.drawn import Drawn
from models.pixel_rnn.sprite import check
from models.pixel_rnn.stored import drawn_from_dict, drawn_to_dict, format_from_dict, request_from_dict, request_to_dict
from models.sprites.form import Format
from models.sprites.packing import pack, unpack

TAB = "drawing"


@dataclass(frozen=True)
class Draft:
    """A sheet, its drawing where it was known, the model's hash, and the speed at which a person watches."""

    sheet: Sheet
    drawn: Drawn | None = None
    model_hash: str = ""
    speed: int = USUAL


def to_state(draft: Draft) -> dict[str, Any]:
    """JSON values for the settings."""
    sheet = draft.sheet
    state: dict[str, Any] = {
        "model": sheet.model,
        "hash": draft.model_hash,
        "form": sheet.form.to_configuration(),
        "request": request_to_dict(sheet.asked),
        **_seen_to_dict(sheet),
        "speed": draft.speed,
    }
    if draft.drawn is not None and draft.drawn.is_whole:
        state["drawing"] = drawn_to_dict(draft.drawn)
    return state


def from_state(state: Mapping[str, Any]) -> Draft | None:
    """The draft in a saved state; None where its canvas cannot be read. Other bad values alone fall back."""
    try:
        form = format_from_dict(state.get("form"))
        request = request_from_dict(state.get("request"))
        check(request, form)
    except AtelierError:
        return None
    sheet = _seen(Sheet.fresh(_text(state.get("model")), form, request), state)
    speed = _whole(state.get("speed"), AT_ONCE, USUAL)
    return Draft(sheet, _drawing(state), _text(state.get("hash")), speed)


def to_recipe(sheet: Sheet, model_hash: str) -> Recipe:
    """What reproduces the canvas."""
    inputs = request_to_dict(sheet.asked)
    return Recipe(TAB, inputs.pop("seed"), sheet.model, model_hash, {**inputs, **_seen_to_dict(sheet)})


def from_recipe(recipe: Recipe, model: str, form: Format) -> Sheet:
    """The sheet that a recipe says, for a model of the shelf. Raises `InputError`."""
    request = request_from_dict({**recipe.inputs, "seed": recipe.seed})
    check(request, form)
    return _seen(Sheet.fresh(model, form, request), recipe.inputs)


def _seen_to_dict(sheet: Sheet) -> dict[str, Any]:
    """The drawn pixels that are on screen, so that they can be shown before the model is awake."""
    drawn = np.where(sheet.canvas.mask & ~sheet.to_come, sheet.shown, 0).astype(np.uint8)
    return {"drawn": pack(drawn.tobytes()), "until": sheet.until}


def _seen(fresh: Sheet, values: Mapping[str, Any]) -> Sheet:
    """The sheet with the drawn pixels that were on screen; with none where they cannot be read."""
    try:
        drawn = unpack(values.get("drawn"), fresh.form.pixels)
    except AtelierError:
        return fresh
    if max(drawn) >= len(fresh.form.palette):
        return fresh
    return replace(fresh, drawn=drawn, until=_whole(values.get("until"), fresh.form.pixels, 0))


def _drawing(state: Mapping[str, Any]) -> Drawn | None:
    try:
        return drawn_from_dict(state.get("drawing"))
    except AtelierError:
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object, most: int, usual: int) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if is_whole and isinstance(value, int) else usual
