"""A stand-in for an image VAE: no torch, no weights, and the same image for the same code."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from models.errors import InputError
from models.image_vae import FAMILY
from models.image_vae.codes import (
    CELLS,
    Code,
    Codes,
    EncodedData,
    Film,
    Images,
    Imagined,
    Landing,
    Look,
    Neighbour,
    Plane,
    TileKey,
    Values,
    Window,
    checked,
)
from models.image_vae.overlays import places
from models.shelf import ModelFolder
from models.sprites.form import Format, Pixels
from models.sprites.idx import INK

FORM = Format(6, 5, ((255, 255, 255), (0, 0, 0), (200, 40, 40), (40, 160, 60)))  # not square
INK_FORM = Format(6, 6, INK)
NAMES = ("cats", "dogs", "owls")
ROWS = 60


def data_of(dimensions: int, *, variational: bool = True, labels: bool = True) -> EncodedData:
    """Three clouds, one for each label."""
    random = np.random.default_rng(3)
    numbers = (np.arange(ROWS) % len(NAMES)).astype(np.uint8)
    middles = np.array([[-1.0, -1.0], [1.0, -0.8], [0.0, 1.2]])
    means = random.normal(0, 0.25, (ROWS, dimensions))
    means[:, :2] += middles[numbers]
    spread = np.full_like(means, -3.0, np.float32) if variational else None
    told = numbers if labels else None
    return EncodedData(means.astype(np.float32), spread, told, NAMES if labels else ())


@dataclass(frozen=True)
class FakeModel:
    """What the engine and the fake verbs need of a loaded model. While the gate is shut, nothing is answered."""

    folder: ModelFolder
    form: Format
    dimensions: int
    data: EncodedData | None
    is_variational: bool
    device: str = "cpu"
    gate: ClassVar[threading.Event] = threading.Event()

    @classmethod
    def load(cls, folder: ModelFolder) -> FakeModel:
        told = folder.card.configuration
        if told.get("broken"):
            raise InputError("This model is broken.")
        variational = folder.family == FAMILY
        named = bool(told["labels"])
        data = None if told.get("bare") else data_of(told["dimensions"], variational=variational, labels=named)
        return cls(folder, Format.from_configuration(told), told["dimensions"], data, variational)


def images_of(model: FakeModel, codes: Codes) -> Images:
    """Grey by the first number, a column by the second, and another kind is darker."""
    form = model.form
    images = np.empty((len(codes), form.height, form.width, 3), np.uint8)
    images[:] = np.clip(140 + 30 * codes[:, :1].reshape(-1, 1, 1, 1), 0, 255)
    columns = np.clip(((codes[:, 1] + 3) / 6 * form.width).astype(int), 0, form.width - 1)
    for image, column in zip(images, columns, strict=True):
        image[:, column] = 10 if model.is_variational else 60
    return images


def look(model: FakeModel, code: Code, neighbours: int = 8) -> Look:
    assert model.gate.wait(20)
    code = checked(code, model.dimensions)
    image = images_of(model, np.array([code], np.float32))[0]
    doubt = np.linspace(0, 1, model.form.pixels, dtype=np.float32).reshape(model.form.height, model.form.width)
    return Look(code, image, doubt, nearest(model.data, code, neighbours))


def nearest(data: EncodedData | None, code: Code, count: int) -> tuple[Neighbour, ...]:
    if data is None:
        return ()
    apart = np.linalg.norm(data.means - np.array(code), axis=1)
    rows = np.argsort(apart)[:count].tolist()
    labels = data.labels
    return tuple(
        Neighbour(row, data.names[labels[row]] if labels is not None else "", float(apart[row])) for row in rows
    )


def tiles(model: FakeModel, keys: Iterable[TileKey]) -> Iterator[tuple[TileKey, NDArray[np.uint8]]]:
    for key in keys:
        assert model.gate.wait(20)
        images = images_of(model, key.plane.codes(places(key.window, CELLS, CELLS)))
        height, width = model.form.height, model.form.width
        grid = images.reshape(CELLS, CELLS, height, width, 3).swapaxes(1, 2)
        yield key, grid.reshape(CELLS * height, CELLS * width, 3)


def encode(model: FakeModel, pixels: Pixels) -> Landing:
    """The more there is on the picture, the farther to the right it lands."""
    assert model.gate.wait(20)
    mean = (float((pixels > 0).mean()) * 2, 0.5) + (0.25,) * (model.dimensions - 2)
    picture = np.repeat(255 - pixels[..., None], 3, axis=2) if model.form.palette == INK else model.form.table[pixels]
    s = (-2.0,) * model.dimensions if model.is_variational else None
    image = images_of(model, np.array([mean], np.float32))[0]
    return Landing(picture, mean, s, image, 12.5, 3.25 if model.is_variational else None)


def imagine(model: FakeModel, count: int, seed: int) -> Imagined:
    codes = np.random.default_rng(seed).standard_normal((count, model.dimensions)).astype(np.float32)
    return Imagined(seed, codes, images_of(model, codes))


def film(model: FakeModel, path: Codes, frames: int) -> Film:
    if not np.ptp(path, axis=0).any():
        raise InputError("A film needs a path of at least two different points: draw a longer one.")
    at = np.linspace(0, len(path) - 1, frames)
    codes = np.stack([np.interp(at, np.arange(len(path)), numbers) for numbers in path.T], axis=1).astype(np.float32)
    return Film(codes, images_of(model, codes))


def spread(model: FakeModel, plane: Plane, window: Window, rows: int, columns: int) -> Values:
    return np.full((rows, columns), 0.25, np.float32)
