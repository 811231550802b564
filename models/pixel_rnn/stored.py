"""Requests and drawings as plain JSON values and back, every field checked on the way in.

A request in this form is what a recipe carries and what the desktop saves; a drawing in this form is a ready-made
example that the window shows before any model is loaded. Rows of numbers are packed: zlib, then base64.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError, InputError
from models.pixel_rnn.drawn import LIKELY, Drawn
from models.pixel_rnn.sprite import MAX_TEMPERATURE, MIN_TEMPERATURE, MIN_TOP_P, Canvas, DrawRequest, check
from models.seed import MAX_SEED
from models.sprites.form import MAX_SIDE, Format
from models.sprites.packing import pack, torn, unpack, unpacked

_PAIR = np.dtype([("place", "<u2"), ("colour", "u1")])


def request_to_dict(request: DrawRequest) -> dict[str, Any]:
    """All fields as JSON values."""
    return {
        **canvas_to_dict(request.canvas),
        "seed": request.seed,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "blind": request.blind,
        "decided": pack(np.array(list(request.decided), _PAIR).tobytes()),
    }


def request_from_dict(values: object) -> DrawRequest:
    """The request that `request_to_dict` wrote; fields left out take their defaults. Raises `InputError`."""
    if not isinstance(values, dict):
        raise InputError("This is not a request for a drawing: it has no fields.")
    canvas = canvas_from_dict(values)
    unusable = unusable_fields(values)
    if unusable:
        raise InputError("This request for a drawing cannot be used: {name} is out of range.", name=unusable[0])
    chosen = {name: values[name] for name in _CHECKS if name in values}
    return DrawRequest(canvas, **chosen, decided=_decided(values.get("decided", pack(b"")), canvas))


def unusable_fields(values: Mapping[str, Any]) -> list[str]:
    """The names of the fields beside the canvas that hold what they must not."""
    return [name for name, check in _CHECKS.items() if name in values and not check(values[name])]


def canvas_to_dict(canvas: Canvas) -> dict[str, Any]:
    """The canvas as JSON values."""
    return {
        "height": canvas.height,
        "width": canvas.width,
        "colours": pack(canvas.colours),
        "covers": pack(np.packbits(canvas.mask).tobytes()),
    }


def canvas_from_dict(values: Mapping[str, Any]) -> Canvas:
    """The canvas that `canvas_to_dict` wrote. Raises `InputError`."""
    height, width = (_side(values.get(name)) for name in ("height", "width"))
    size = height * width
    colours = unpack(values.get("colours"), size)
    covers = np.unpackbits(np.frombuffer(unpack(values.get("covers"), (size + 7) // 8), np.uint8), count=size)
    return Canvas(height, width, colours, covers.tobytes())


def _side(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_SIDE:
        raise InputError("This canvas has no size that can be drawn.")
    return value


def drawn_to_dict(drawn: Drawn) -> dict[str, Any]:
    """All fields as JSON values, chances and bits in half precision."""
    return {
        "request": request_to_dict(drawn.request),
        "form": drawn.form.to_configuration(),
        "model": drawn.model,
        "model_hash": drawn.model_hash,
        "count": len(drawn),
        **{name: pack(np.asarray(getattr(drawn, name), kind).tobytes()) for name, kind in _ARRAYS.items()},
    }


def drawn_from_dict(values: object) -> Drawn:
    """The drawing that `drawn_to_dict` wrote. Raises `DataError` or `InputError`."""
    if not isinstance(values, dict):
        raise DataError("This is not a drawing: it has no fields.")
    request, form = request_from_dict(values.get("request")), format_from_dict(values.get("form"))
    model, model_hash, count = values.get("model"), values.get("model_hash"), values.get("count")
    if not isinstance(model, str) or not isinstance(model_hash, str):
        raise DataError("This drawing is damaged: it does not say which model drew it.")
    if not isinstance(count, int) or not 0 <= count <= request.canvas.covered:
        raise DataError("This drawing is damaged: it does not say how many pixels it holds.")
    check(request, form)
    arrays = {name: _array(values.get(name), name, count, form) for name in _ARRAYS}
    _check_colours(form, arrays["colours"], arrays["likely"])
    return Drawn(request, form, model, model_hash, **arrays)


def format_from_dict(values: object) -> Format:
    """What a model draws, as a card keeps it. Raises `DataError`."""
    return Format.from_configuration(values if isinstance(values, dict) else {})


def _decided(text: object, canvas: Canvas) -> tuple[tuple[int, int], ...]:
    data = unpacked(text, len(canvas.colours) * _PAIR.itemsize)
    if len(data) % _PAIR.itemsize:
        raise torn()
    return tuple((int(place), int(colour)) for place, colour in np.frombuffer(data, _PAIR))


def _array(text: object, name: str, count: int, form: Format) -> NDArray[Any]:
    """One of a drawing's arrays, finite."""
    wide = min(LIKELY, len(form.palette)) if name in _WIDE else 1
    values = np.frombuffer(unpack(text, count * wide * _ARRAYS[name].itemsize), _ARRAYS[name])
    if not np.isfinite(values).all():
        raise DataError("This drawing is damaged: its {name} are not finite numbers.", name=name)
    used = values if values.dtype == np.uint8 else values.astype(np.float32)
    return used.reshape(count, wide) if name in _WIDE else used


def _check_colours(form: Format, *colours: NDArray[np.uint8]) -> None:
    if any(part.size and part.max() >= len(form.palette) for part in colours):
        raise DataError("This drawing is damaged: it holds colours that are not in its palette.")


def _is_whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_between(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_seed(value: object) -> bool:
    return _is_whole(value, MAX_SEED)


def _is_temperature(value: object) -> bool:
    return _is_between(value, MIN_TEMPERATURE, MAX_TEMPERATURE)


def _is_top_p(value: object) -> bool:
    return _is_between(value, MIN_TOP_P, 1)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_CHECKS: dict[str, Callable[[object], bool]] = {
    "seed": _is_seed,
    "temperature": _is_temperature,
    "top_p": _is_top_p,
    "blind": _is_flag,
}
_BYTE: np.dtype[Any] = np.dtype("u1")
_HALF: np.dtype[Any] = np.dtype("<f2")
_ARRAYS = {"colours": _BYTE, "bits": _HALF, "entropies": _HALF, "likely": _BYTE, "chances": _HALF}
_WIDE = ("likely", "chances")
