"""Named beginnings, and the ready-made drawings of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.pixel_rnn.drawn import Drawn, record
from models.pixel_rnn.examples import draw_presets, read_drawn, write_drawn
from models.pixel_rnn.presets import Preset, presets
from models.pixel_rnn.sprite import DrawRequest, Step, check
from models.pixel_rnn.stored import drawn_to_dict
from models.sprites.form import Format

FORM = Format(6, 8, ((255, 255, 255), (0, 0, 0), (220, 30, 30), (40, 170, 60)))
PICTURE = (np.arange(48) % 4).astype(np.uint8).reshape(6, 8)


def test_the_shipped_presets_can_be_drawn_and_told_apart() -> None:
    shipped = presets()
    assert 8 <= len(shipped) <= 12
    assert len({preset.name for preset in shipped}) == len(shipped)
    assert (shipped[0].cover, shipped[0].shape) == (None, ()), "the first is nothing but a sprite"
    for preset in shipped:
        form = Format(20, 20, FORM.palette)
        picture = np.zeros((20, 20), np.uint8)
        request = preset.request(form, picture)
        check(request, form)
        assert request.canvas.covered > 0, preset.name


def test_what_no_preset_paints_is_left_to_the_model() -> None:
    assert Preset("Name", "model").request(FORM).canvas.covered == 48


def test_a_painted_shape_stands_in_the_middle_in_the_nearest_colours() -> None:
    preset = Preset("Eyes", "model", seed=7, shape=("r..g",), colours={"r": "#ff0000", "g": "#00ff00"})
    canvas = preset.request(FORM).canvas
    given = np.argwhere(~canvas.mask).tolist()
    assert given == [[2, 2], [2, 5]]
    assert (canvas.pixels[2, 2], canvas.pixels[2, 5]) == (2, 3)


def test_a_shape_stands_where_it_is_told_and_ends_at_the_border() -> None:
    preset = Preset("Tail", "model", shape=("kk", "kk"), place=(5, 7), colours={"k": "#111111"})
    canvas = preset.request(FORM).canvas
    assert np.argwhere(~canvas.mask).tolist() == [[5, 7]]
    assert canvas.pixels[5, 7] == 1


def test_a_part_of_a_picture_is_covered() -> None:
    preset = Preset("Finish", "model", cover=("bottom", 0.5), blind=True, temperature=0.8, top_p=0.9, seed=3)
    request = preset.request(FORM, PICTURE)
    assert (request.canvas.pixels == PICTURE).all()
    assert request.canvas.mask.tolist() == [[False] * 8] * 3 + [[True] * 8] * 3
    assert (request.blind, request.temperature, request.top_p, request.seed) == (True, 0.8, 0.9, 3)


def test_without_a_picture_all_is_covered() -> None:
    assert Preset("Finish", "model", cover=("bottom", 0.5)).request(FORM).canvas.covered == 48


def draw(request: DrawRequest) -> Drawn:
    places = np.flatnonzero(request.canvas.mask).tolist()
    steps = [Step(place, place % 4, 1.0, np.full(4, 0.25, np.float32)) for place in places]
    return record(request, FORM, "model", "0" * 12, steps)


def test_ready_made_drawings_come_back(tmp_path: Path) -> None:
    chosen = (Preset("First", "model"), Preset("Finish", "model", cover=("top", 0.5)))
    made = list(draw_presets(chosen, FORM, draw))
    assert (made[1].request.canvas.pixels == made[0].pixels).all(), "a part of the first picture is covered"
    assert write_drawn(tmp_path / "drawing.json", made) == 2
    again = read_drawn(tmp_path / "drawing.json")
    assert [drawn_to_dict(one) for one in again] == [drawn_to_dict(one) for one in made]


@pytest.mark.parametrize("text", ["", "{}", "[", "[3]", '[{"model": 3}]', "[" * 100_000])
def test_damaged_ones_are_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "drawing.json").write_text(text, encoding="utf-8")
    assert read_drawn(tmp_path / "drawing.json") == ()


def test_missing_ones_are_none(tmp_path: Path) -> None:
    assert read_drawn(tmp_path / "missing.json") == ()
