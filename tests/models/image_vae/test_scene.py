"""Scenes: where the cursor stands, on which plane; and their JSON, every field of it checked."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from models.errors import InputError
from models.image_vae.codes import FARTHEST, Window
from models.image_vae.scene import MAX_PATH, Overlay, Scene, inscribed
from models.image_vae.stored import code_from_text, scene_from_dict, scene_to_dict, usable_scene
from models.sprites.form import Format
from models.sprites.idx import INK

FORM = Format(2, 3, ((255, 255, 255), (0, 0, 0), (9, 9, 9)))
SCENE = Scene(
    "m",
    (1.0, -2.0, 0.5),
    across=2,
    up=0,
    window=Window(-1.0, 0.0, 1.0, 2.0),
    overlay=Overlay.HOLES,
    circles=False,
    points=False,
    doubt=True,
    beside=True,
    hidden=frozenset({"a", "b"}),
    path=((0.0, 1.0), (2.5, -1.0)),
    picture=bytes([0, 1, 2, 2, 1, 0]),
)


def test_the_cursor_is_the_shadow_of_the_code_on_its_plane() -> None:
    assert SCENE.point == (0.5, 1.0)
    moved = SCENE.at(3, 4)
    assert moved.code == (4, -2, 3)
    assert moved.plane == SCENE.plane, "the same ground, wherever on it one stands"
    assert moved.plane.rest == (0, -2, 0)
    assert SCENE.at_code((1, 2, 3)).plane.rest == (0, 2, 0)


def test_what_is_kept_of_a_window_does_not_hang_on_its_shape() -> None:
    assert inscribed(Window(-3, -1, 3, 1)) == Window(-1, -1, 1, 1)
    assert inscribed(Window(0, 0, 2, 6)) == Window(0, 2, 2, 4)


def test_json_and_back() -> None:
    values = json.loads(json.dumps(scene_to_dict(SCENE)))
    assert scene_from_dict(values, "m", 3, FORM) == SCENE
    assert usable_scene(values, "m", 3, FORM) == SCENE


def test_fields_left_out_take_their_defaults() -> None:
    assert scene_from_dict({}, "m", 2, FORM) == Scene.fresh("m", 2)


WRONG: dict[str, list[Any]] = {
    "code": [None, "0,0,0", [1, 2], [1, 2, "3"], [1, 2, math.nan], [1, 2, math.inf], [0, 0, 1e9], [True, 0, 0]],
    "free": [None, [0], [0, 0], [0, 3], [-1, 0], [0.0, 1.0], "ab", [True, 0]],
    "window": [None, [0, 0, 1], [0, 0, 0, 0], [1, 1, -1, -1], [0, 0, math.inf, 1], [-100, -100, 100, 100]],
    "overlay": ["fog", 3, ["holes"]],
    "circles": [1, "yes", None],
    "beside": [0],
    "hidden": ["a", [1], None, ["x"] * 1000],
    "path": [[[0, 0]], [[0, 0], [0]], [[0, 0], [math.nan, 0]], [[0, 0], [99, 0]], [[0, 0]] * (MAX_PATH + 1), 7],
    "picture": ["no such text", 4, scene_to_dict(replace(SCENE, picture=bytes(5)))["picture"]],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_field_that_cannot_be_shown_is_told_or_left_out(name: str, value: object) -> None:
    values = {**scene_to_dict(SCENE), name: value}
    with pytest.raises(InputError):
        scene_from_dict(values, "m", 3, FORM)
    kept = scene_to_dict(usable_scene(values, "m", 3, FORM))
    expected = {**scene_to_dict(SCENE), name: scene_to_dict(Scene.fresh("m", 3))[name]}
    assert kept == expected


def test_a_picture_of_colours_that_the_palette_lacks_is_refused_but_ink_has_all_strengths() -> None:
    values = {"picture": scene_to_dict(replace(SCENE, picture=bytes([0, 0, 0, 0, 0, 200])))["picture"]}
    with pytest.raises(InputError):
        scene_from_dict(values, "m", 3, FORM)
    assert scene_from_dict(values, "m", 3, replace(FORM, palette=INK)).picture[-1] == 200


@given(some.lists(some.floats(-FARTHEST, FARTHEST), min_size=2, max_size=10))
def test_a_code_is_read_as_it_is_written(numbers: list[float]) -> None:
    assert code_from_text(", ".join(map(repr, numbers)), len(numbers)) == tuple(numbers)


@pytest.mark.parametrize("text", ["0.5, -1", "0.5 -1", "0.5;-1", " 0.5 ,−1.0 ", "5e-1,-1"])
def test_a_code_can_be_typed_in_several_ways(text: str) -> None:
    assert code_from_text(text, 2) == (0.5, -1.0)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a, b", "nan, 0", "inf, 0", "1e9, 0", "10.5, 0"])
def test_what_is_no_code_is_told(text: str) -> None:
    with pytest.raises(InputError):
        code_from_text(text, 2)
