"""Scenes as plain JSON values and back, every field checked on the way in.

A scene in this form is what a recipe carries and what the desktop saves. The model and the seed stand beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from models.errors import InputError
from models.image_vae.codes import Code, Window, checked
from models.image_vae.scene import MAX_PATH, Overlay, Point, Scene
from models.sprites.form import Format
from models.sprites.idx import INK
from models.sprites.packing import pack, unpack

SMALLEST, LARGEST = 1e-5, 40.0  # units: the side of a window
MAX_LABELS = 256
_FLAGS = ("circles", "points", "doubt", "beside")


def scene_to_dict(scene: Scene) -> dict[str, Any]:
    """All fields but the model and the seed as JSON values."""
    window = scene.window
    return {
        "code": list(scene.code),
        "free": [scene.across, scene.up],
        "window": [window.left, window.bottom, window.right, window.top],
        "overlay": scene.overlay.value if scene.overlay is not None else "",
        **{name: getattr(scene, name) for name in _FLAGS},
        "hidden": sorted(scene.hidden),
        "path": [list(point) for point in scene.path],
        "picture": pack(scene.picture) if scene.picture else "",
    }


def scene_from_dict(values: Mapping[str, Any], model: str, dimensions: int, form: Format) -> Scene:
    """The scene that `scene_to_dict` wrote; fields left out take their defaults.

    Raises `InputError` for the first field that a model of so many dimensions and this format cannot show.
    """
    scene = Scene.fresh(model, dimensions)
    for name, read in _READERS.items():
        if name in values:
            try:
                scene = read(scene, values[name], form)
            except (TypeError, ValueError, OverflowError) as error:
                raise _unusable(name) from error
    return scene


def usable_scene(values: Mapping[str, Any], model: str, dimensions: int, form: Format) -> Scene:
    """The same, but what cannot be used is left out, field by field."""
    scene = Scene.fresh(model, dimensions)
    for name, read in _READERS.items():
        try:
            scene = read(scene, values[name], form)
        except (KeyError, TypeError, ValueError, OverflowError, InputError):
            continue
    return scene


def code_from_text(text: str, dimensions: int) -> Code:
    """A code as a person types it: numbers with commas or blanks between them. Raises `InputError`."""
    try:
        numbers = [float(part.replace("−", "-")) for part in text.replace(",", " ").replace(";", " ").split()]
    except ValueError as error:
        raise InputError("A code is a row of numbers with commas between them, like 0.5, -1.") from error
    return checked(numbers, dimensions)


def _unusable(name: str) -> InputError:
    return InputError("The place on the map cannot be shown: its {name} cannot be read.", name=name)


def _code(scene: Scene, value: Any, _form: Format) -> Scene:
    return replace(scene, code=checked(_numbers(value), scene.dimensions))


def _free(scene: Scene, value: Any, _form: Format) -> Scene:
    across, up = value
    if type(across) is not int or type(up) is not int or across == up or not {across, up} <= {*range(scene.dimensions)}:
        raise ValueError(value)
    return replace(scene, across=across, up=up)


def _window(scene: Scene, value: Any, _form: Format) -> Scene:
    left, bottom, right, top = _numbers(value)
    sides = (right - left, top - bottom)
    if not all(SMALLEST <= side <= LARGEST for side in sides) or max(map(abs, (left, bottom, right, top))) > LARGEST:
        raise ValueError(value)
    return replace(scene, window=Window(left, bottom, right, top))


def _overlay(scene: Scene, value: Any, _form: Format) -> Scene:
    return replace(scene, overlay=Overlay(value) if value else None)


def _hidden(scene: Scene, value: Any, _form: Format) -> Scene:
    if not isinstance(value, list) or len(value) > MAX_LABELS or not all(isinstance(name, str) for name in value):
        raise TypeError(value)
    return replace(scene, hidden=frozenset(value))


def _path(scene: Scene, value: Any, _form: Format) -> Scene:
    if not isinstance(value, list) or len(value) > MAX_PATH or len(value) == 1:
        raise ValueError(value)
    return replace(scene, path=tuple(_point(point) for point in value))


def _picture(scene: Scene, value: Any, form: Format) -> Scene:
    picture = unpack(value, form.pixels) if value != "" else b""
    if picture and form.palette != INK and max(picture) >= len(form.palette):
        raise ValueError(value)
    return replace(scene, picture=picture)


def _point(value: Any) -> Point:
    x, y = checked(_numbers(value), 2)
    return x, y


def _numbers(value: Any) -> Code:
    """Finite numbers. Raises `TypeError` or `ValueError`."""
    if not isinstance(value, list) or not all(type(number) in (int, float) for number in value):
        raise TypeError(value)
    if not all(math.isfinite(number) for number in value):
        raise ValueError(value)
    return tuple(float(number) for number in value)


def _flag(name: str) -> Callable[[Scene, Any, Format], Scene]:
    def read(scene: Scene, value: Any, _form: Format) -> Scene:
        if not isinstance(value, bool):
            raise TypeError(value)
        flag: dict[str, Any] = {name: value}
        return replace(scene, **flag)

    return read


_READERS: dict[str, Callable[[Scene, Any, Format], Scene]] = {
    "code": _code,
    "free": _free,
    "window": _window,
    "overlay": _overlay,
    **{name: _flag(name) for name in _FLAGS},
    "hidden": _hidden,
    "path": _path,
    "picture": _picture,
}
