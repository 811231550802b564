"""Named beginnings: nothing at all, a shape painted by hand, or a picture of which a part is covered.

`resources/examples/drawing_presets.json` holds them. A painted shape is rows of letters, one a pixel, that stand in the
middle of the canvas or where `place` says; a dot is left to the model.
"""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.pixel_rnn import masks
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Format, Pixels
from models.sprites.palette import to_indices


@dataclass(frozen=True)
class Preset:
    """A named beginning for one model of the shelf.

    `cover` names a side and a share of a picture that stands there already; `speed` is in pixels a second and 0 where
    the person's own stays.
    """

    name: str
    model: str
    seed: int = 0
    temperature: float = 1.0
    top_p: float = 1.0
    blind: bool = False
    speed: int = 0
    cover: tuple[str, float] | None = None
    shape: tuple[str, ...] = ()
    place: tuple[int, int] | None = None  # of the shape's upper left pixel: row, column
    colours: Mapping[str, str] = field(default_factory=dict)

    def request(self, form: Format, picture: Pixels | None = None) -> DrawRequest:
        """What to draw, in a model's format; `picture` (H, W) is what a part is covered of."""
        canvas = self._canvas(form, picture)
        return DrawRequest(canvas, self.seed, self.temperature, self.top_p, self.blind)

    def _canvas(self, form: Format, picture: Pixels | None) -> Canvas:
        if self.cover is not None and picture is not None:
            return Canvas.of(picture, masks.side(form.height, form.width, *self.cover))
        if self.shape:
            return self._painted(form)
        return Canvas.empty(form)

    def _painted(self, form: Format) -> Canvas:
        """The shape in the palette's nearest colours; what does not fit is left out."""
        empty = Canvas.empty(form)
        pixels, mask = empty.pixels.copy(), empty.mask.copy()
        numbers = _numbers(self.colours, form)
        high, wide = len(self.shape), max(map(len, self.shape))
        top, left = self.place or ((form.height - high) // 2, (form.width - wide) // 2)
        for row, letters in enumerate(self.shape, top):
            for column, letter in enumerate(letters, left):
                if letter in numbers and 0 <= row < form.height and 0 <= column < form.width:
                    pixels[row, column], mask[row, column] = numbers[letter], False
        return Canvas.of(pixels, mask)


def _numbers(colours: Mapping[str, str], form: Format) -> dict[str, int]:
    """Each letter's colour index."""
    told = np.array([tuple(bytes.fromhex(colour.removeprefix("#"))) for colour in colours.values()], np.uint8)
    return dict(zip(colours, map(int, to_indices(told.reshape(-1, 3), form.table)), strict=True))


def examples_file(name: str) -> Path:
    """Where a shipped example lies."""
    return Path(str(importlib.resources.files("resources") / "examples")) / name


def presets() -> tuple[Preset, ...]:
    """All of them; the window opens on the first."""
    text = examples_file("drawing_presets.json").read_text(encoding="utf-8")
    return tuple(_preset(values) for values in json.loads(text))


def _preset(values: dict[str, object]) -> Preset:
    rows = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Preset(**{**values, **rows})  # type: ignore[arg-type]  # our own file, read by a test
