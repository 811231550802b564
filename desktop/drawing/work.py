"""What the Drawing tab asks of its engines: small frozen values that a worker calls with what it has loaded.

torch and Pillow are imported here, inside the calls, and so on the worker's thread: the window never waits for them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from desktop import images
from models.pixel_rnn.drawn import Drawn, record
from models.pixel_rnn.sprite import Bits, Canvas, Completion, DrawRequest, Nearest, Step
from models.shelf import ModelFolder
from models.sprites.form import Format, Mask, Pixels

if TYPE_CHECKING:
    from models.pixel_rnn.model import DrawingModel
    from models.sprites.pictures import Picture

BEAT_SECONDS = 0.033  # between two arrivals: more would crowd the window's own events
PREVIEW_SIDE = 144  # of an opened picture, in pixels


@dataclass(frozen=True)
class LoadModel:
    """Load a model of the shelf."""

    folder: ModelFolder

    def __call__(self) -> DrawingModel:
        from models.pixel_rnn.model import DrawingModel

        return DrawingModel.load(self.folder)


@dataclass(frozen=True)
class DrawSprite:
    """A drawing as far as it has come: its first pixel at once, then some thirty times a second, then all of it."""

    request: DrawRequest

    def __call__(self, model: DrawingModel) -> Iterator[Drawn]:
        from models.pixel_rnn.drawing import draw

        drawn = record(self.request, model.form, model.folder.name, model.folder.hash, ())
        waiting: list[Step] = []
        told = -BEAT_SECONDS
        for step in draw(model, self.request):
            waiting.append(step)
            if time.monotonic() - told >= BEAT_SECONDS:
                drawn, told = drawn.extended(waiting), time.monotonic()
                waiting.clear()
                yield drawn
        yield drawn.extended(waiting)


@dataclass(frozen=True)
class Completions:
    """Several ways to finish a canvas: as far as they have come, or ranked, the likeliest first."""

    request: DrawRequest
    count: int
    found: tuple[Completion, ...] = ()
    is_ranked: bool = False


@dataclass(frozen=True)
class Complete:
    """Several ways to finish a canvas, row by row."""

    request: DrawRequest
    count: int

    def __call__(self, model: DrawingModel) -> Iterator[Completions]:
        from models.pixel_rnn.drawing import completions

        found: tuple[Completion, ...] = ()
        for found in completions(model, self.request, self.count):
            yield Completions(self.request, self.count, found)
        yield Completions(self.request, self.count, found, is_ranked=True)


@dataclass(frozen=True, eq=False)
class Doubt:
    """How unsure the model is of each pixel still to come (H, W), 0 elsewhere; None where it cannot tell beforehand."""

    canvas: Canvas
    bits: Bits | None
    blind: bool = False


@dataclass(frozen=True)
class AskDoubt:
    """How unsure the model is of each covered pixel of a canvas; `blind`, by what comes before them alone."""

    canvas: Canvas
    blind: bool = False

    def __call__(self, model: DrawingModel) -> Iterator[Doubt]:
        from models.pixel_rnn.drawing import uncertainty

        yield Doubt(self.canvas, uncertainty(model, self.canvas, self.blind), self.blind)


@dataclass(frozen=True, eq=False)
class Judgement:
    """What the model thinks of a whole picture: its price in bits (H, W), and how near a training sprite is."""

    pixels: Pixels
    bits: Bits
    nearest: Nearest | None

    @property
    def bits_per_pixel(self) -> float:
        return float(self.bits.mean(dtype=np.float64))


@dataclass(frozen=True)
class Judge:
    """How likely a whole picture (H·W colours) is."""

    height: int
    width: int
    colours: bytes

    def __call__(self, model: DrawingModel) -> Iterator[Judgement]:
        from models.pixel_rnn.drawing import nearest, surprise

        canvas = Canvas(self.height, self.width, self.colours, b"\1" * len(self.colours))
        yield Judgement(canvas.pixels, surprise(model, canvas), nearest(model, canvas.pixels))


@dataclass(frozen=True)
class Darkroom:
    """What reads pictures and makes films on a thread of its own: it needs no model."""

    device: str = "cpu"


@dataclass(frozen=True, eq=False)
class Opened:
    """A picture brought to a model's format: what it looked like (h, w, 3), and its pixels (H, W)."""

    name: str
    preview: NDArray[np.uint8]
    form: Format
    pixels: Pixels


@dataclass(frozen=True)
class OpenFile:
    """Read a picture from a file."""

    path: Path
    form: Format

    def __call__(self, _darkroom: Darkroom) -> Iterator[Opened]:
        from models.sprites.pictures import read_picture

        yield _fitted(self.path.name, read_picture(self.path), self.form)


@dataclass(frozen=True, eq=False)
class OpenPasted:
    """Take a picture from the clipboard."""

    name: str
    image: QImage
    form: Format

    def __call__(self, _darkroom: Darkroom) -> Iterator[Opened]:
        yield _fitted(self.name, images.as_picture(self.image), self.form)


def _fitted(name: str, picture: Picture, form: Format) -> Opened:
    from PIL import Image

    from models.sprites.pictures import fit, to_palette

    pixels = to_palette(fit(picture, form.height, form.width), form)
    preview = Image.fromarray(picture.on_white)
    preview.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Opened(name, np.asarray(preview), form, pixels)


@dataclass(frozen=True, eq=False)
class MakeFilm:
    """The first `count` covered pixels of a sprite appearing one after the other, as a GIF."""

    form: Format
    pixels: Pixels
    covered: Mask
    count: int

    def __call__(self, _darkroom: Darkroom) -> Iterator[bytes]:
        from models.pixel_rnn.film import film

        yield film(self.form, self.pixels, self.covered, self.count)
