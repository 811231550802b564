"""What the desktop shows and keeps of a drawing: its steps in small arrays, whole or as far as they have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.pixel_rnn.sprite import DrawRequest, Step
from models.sprites.form import Format, Pixels

LIKELY = 8  # colours of which the chances are kept


@dataclass(frozen=True, eq=False)
class Drawn:
    """The first N of a request's covered pixels as the model drew them, in raster order.

    `colours` (N,) are colour indices, `bits` (N,) what each cost under the model. `entropies` (N,) is how unsure the
    model was before each pixel, in bits. `likely` (N, K) are the likeliest colours, likeliest first, and
    `chances` (N, K) theirs.
    """

    request: DrawRequest
    form: Format
    model: str
    model_hash: str
    colours: NDArray[np.uint8]
    bits: NDArray[np.float32]
    entropies: NDArray[np.float32]
    likely: NDArray[np.uint8]
    chances: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.colours)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where in raster order the pixels stand (N,)."""
        return np.flatnonzero(self.request.canvas.mask)[: len(self)]

    @property
    def is_whole(self) -> bool:
        return len(self) == self.request.canvas.covered

    @property
    def bits_per_pixel(self) -> float:
        """Of the pixels drawn; 0 where there are none."""
        return float(self.bits.mean(dtype=np.float64)) if len(self) else 0.0

    @property
    def pixels(self) -> Pixels:
        """The canvas (H, W) with what was drawn on it."""
        pixels = self.request.canvas.pixels.copy()
        pixels.ravel()[self.places] = self.colours
        return pixels

    def extended(self, steps: Sequence[Step]) -> Drawn:
        """The same with the steps that follow."""
        more = record(self.request, self.form, self.model, self.model_hash, steps)
        names = ("colours", "bits", "entropies", "likely", "chances")
        arrays: dict[str, Any] = {name: np.concatenate([getattr(self, name), getattr(more, name)]) for name in names}
        return replace(self, **arrays)


def record(request: DrawRequest, form: Format, model: str, model_hash: str, steps: Sequence[Step]) -> Drawn:
    """The steps of `drawing.draw`, as far as they have come."""
    kept = min(LIKELY, len(form.palette))
    chances = np.array([step.chances for step in steps], np.float32).reshape(len(steps), len(form.palette))
    likely = np.argsort(-chances, axis=1, kind="stable")[:, :kept]
    return Drawn(
        request=request,
        form=form,
        model=model,
        model_hash=model_hash,
        colours=np.array([step.colour for step in steps], np.uint8),
        bits=np.array([step.bits for step in steps], np.float32),
        entropies=entropy(chances),
        likely=likely.astype(np.uint8),
        chances=np.take_along_axis(chances, likely, axis=1),
    )


def entropy(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """How unsure distributions (N, P) are, in bits (N,)."""
    logs = np.log2(chances, where=chances > 0, out=np.zeros_like(chances))
    return np.asarray(np.abs((chances * logs).sum(axis=1)))
