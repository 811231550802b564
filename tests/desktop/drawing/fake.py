"""A stand-in for the PixelRNN: no torch, no weights, and the same colours for the same request."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from models.errors import InputError
from models.pixel_rnn.drawn import Drawn, record
from models.pixel_rnn.sprite import Bits, Canvas, Completion, DrawRequest, Nearest, Step, check
from models.shelf import ModelFolder
from models.sprites.form import Format, Pixels

PALETTE = (
    (255, 255, 255),
    (0, 0, 0),
    (200, 40, 40),
    (40, 160, 60),
    (30, 60, 200),
    (240, 200, 40),
    (120, 120, 120),
    (160, 60, 180),
    (90, 50, 20),
    (60, 200, 200),
    (250, 150, 150),
)
FORM = Format(6, 5, PALETTE)  # not square, so that what is turned over shows
IMPOSSIBLE = 666  # a seed that fails


@dataclass(frozen=True)
class FakeModel:
    """What the engine and the fake verbs need of a loaded model. While the gate is shut, no pixel follows another."""

    folder: ModelFolder
    form: Format
    device: str = "cpu"
    gate: ClassVar[threading.Event] = threading.Event()

    @classmethod
    def load(cls, folder: ModelFolder) -> FakeModel:
        return cls(folder, Format.from_configuration(folder.card.configuration))


def draw(model: FakeModel, request: DrawRequest) -> Iterator[Step]:
    check(request, model.form)
    if request.seed == IMPOSSIBLE:
        raise InputError("This seed fails.")
    for step in steps_of(request, model.form, model.folder.name):
        assert model.gate.wait(20)
        yield step


def steps_of(request: DrawRequest, form: Format, model: str = "first") -> list[Step]:
    """What is known counts, and what was drawn before; a blind model does not look at what comes later."""
    decided, steps = dict(request.decided), []
    pixels = np.where(request.canvas.mask, 0, request.canvas.pixels).ravel()
    if request.blind:
        pixels = np.zeros_like(pixels)
    for place in np.flatnonzero(request.canvas.mask).tolist():
        chances = chances_at(pixels, request, place, len(form.palette), len(model))
        chosen = int(chances.argmax()) if request.temperature == 1 else int(chances.argmin())
        colour = decided.get(place, chosen)
        pixels[place] = colour
        steps.append(Step(place, colour, float(-np.log2(chances[colour])), chances, place in decided))
    return steps


def chances_at(
    pixels: NDArray[np.uint8], request: DrawRequest, place: int, colours: int, model: int
) -> NDArray[np.float32]:
    drawn = np.random.default_rng([int(pixels.sum()), request.seed, place, model])
    return drawn.dirichlet(np.full(colours, 0.5)).astype(np.float32) * 0.9 + np.float32(0.1 / colours)


def drawn_for(request: DrawRequest, form: Format = FORM, model: str = "first", model_hash: str = "0" * 12) -> Drawn:
    """The whole drawing."""
    return record(request, form, model, model_hash, steps_of(request, form, model))


def completions(model: FakeModel, request: DrawRequest, count: int) -> Iterator[tuple[Completion, ...]]:
    form = model.form
    found = []
    for seed in range(request.seed, request.seed + count):
        drawn = drawn_for(DrawRequest(request.canvas, seed, decided=request.decided), form, model.folder.name)
        found.append(Completion(form.height, form.width, drawn.pixels.tobytes(), drawn.bits_per_pixel, seed))
    yield tuple(Completion(form.height, form.width, request.canvas.colours, 0.0, one.seed) for one in found)
    assert model.gate.wait(20)
    yield tuple(sorted(found, key=bits_of))


def bits_of(completion: Completion) -> float:
    return completion.bits_per_pixel


def uncertainty(model: FakeModel, canvas: Canvas, blind: bool = False) -> Bits | None:
    if model.folder.name == "plain":
        return None
    places = np.arange(model.form.pixels).reshape(canvas.height, canvas.width)
    return (canvas.mask * (places % 4 + canvas.covered / 100 + blind)).astype(np.float32)


def surprise(model: FakeModel, canvas: Canvas, blind: bool = False) -> Bits:
    return (canvas.mask * (0.5 + canvas.pixels / 10)).astype(np.float32)


def nearest(model: FakeModel, pixels: Pixels) -> Nearest | None:
    return None if model.folder.name == "plain" else Nearest(0.11, 0.24)


@dataclass
class Seen:
    """What a signal carried."""

    values: list[object] = field(default_factory=list)
