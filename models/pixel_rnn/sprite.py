"""What goes into and comes out of the PixelRNN's verbs: plain frozen values, no torch.

The desktop, the command line and the tests exchange these; `drawing.py` computes them. Pixels are counted in raster
order: row after row, from left to right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.errors import InputError
from models.seed import MAX_SEED
from models.sprites.form import Format, Mask, Pixels

MAX_COMPLETIONS = 64
MIN_TEMPERATURE, MAX_TEMPERATURE = 0.1, 2.0
MIN_TOP_P = 0.05

Bits = NDArray[np.float32]  # (H, W)


@dataclass(frozen=True)
class Canvas:
    """A sprite of which a part is covered: the model draws what is covered and sees all that is not.

    `colours` holds H·W colour indices and `covers` H·W bytes, 1 where a pixel is covered, both in raster order. What
    stands in `colours` under a cover is looked at only by `drawing.surprise`, which asks how likely it is.
    """

    height: int
    width: int
    colours: bytes
    covers: bytes

    @classmethod
    def of(cls, pixels: Pixels, mask: Mask) -> Canvas:
        height, width = pixels.shape
        return cls(height, width, pixels.astype(np.uint8).tobytes(), mask.astype(np.uint8).tobytes())

    @classmethod
    def empty(cls, form: Format) -> Canvas:
        """Nothing drawn, all covered."""
        return cls(form.height, form.width, bytes([form.paper]) * form.pixels, b"\1" * form.pixels)

    @property
    def pixels(self) -> Pixels:
        """Colour indices (H, W), read-only."""
        return np.frombuffer(self.colours, np.uint8).reshape(self.height, self.width)

    @property
    def mask(self) -> Mask:
        """Which pixels are covered (H, W), read-only."""
        return np.frombuffer(self.covers, np.bool_).reshape(self.height, self.width)

    @property
    def covered(self) -> int:
        """How many pixels are covered."""
        return self.covers.count(1)


@dataclass(frozen=True)
class DrawRequest:
    """What the model shall draw. The same request on the same model gives the same sprite.

    `decided` are pixels (place, colour index) that a person chose in the model's stead when their turn came: the model
    goes on from them, but does not see them before. Each pixel has its own noise, drawn from the seed alone; so one
    changed pixel changes only what follows from it. `blind` hides known pixels below and to the right, as in a plain
    raster model.
    """

    canvas: Canvas
    seed: int = 0
    temperature: float = 1.0
    top_p: float = 1.0
    blind: bool = False
    decided: tuple[tuple[int, int], ...] = ()

    def deciding(self, decided: Mapping[int, int]) -> DrawRequest:
        """The same with other decided pixels."""
        return replace(self, decided=tuple(sorted(decided.items())))


@dataclass(frozen=True, eq=False)
class Step:
    """One pixel drawn: its place in raster order, its colour, and what the model thought of it.

    `chances` (P,) is the distribution that the colour was drawn from, `bits` what the colour cost under the model
    itself (temperature 1, all colours). `decided` says that a person chose it.
    """

    place: int
    colour: int
    bits: float
    chances: NDArray[np.float32]
    decided: bool = False


@dataclass(frozen=True)
class Completion:
    """One way to finish a canvas: all its pixels, bits a covered pixel (0 where nothing was covered), and its own seed.

    The same request with that seed draws the same sprite alone.
    """

    height: int
    width: int
    colours: bytes
    bits_per_pixel: float
    seed: int

    @property
    def pixels(self) -> Pixels:
        return np.frombuffer(self.colours, np.uint8).reshape(self.height, self.width)


@dataclass(frozen=True)
class Nearest:
    """How far a sprite is from the nearest training sprite: 0 is the same, 0.5 has nothing in common.

    `usual`: the same distance for sprites that the model never saw, at the median. A sprite much nearer than that may
    be copied.
    """

    distance: float
    usual: float


def check(request: DrawRequest, form: Format) -> None:
    """Tell what cannot be drawn. Raises `InputError`."""
    canvas = request.canvas
    if (canvas.height, canvas.width) != (form.height, form.width) or not _is_whole(canvas):
        raise InputError(
            "The picture has {width}×{height} pixels, and this model draws {wide}×{high}.",
            width=canvas.width,
            height=canvas.height,
            wide=form.width,
            high=form.height,
        )
    most = len(form.palette) - 1
    if canvas.colours and max(canvas.colours) > most:
        raise InputError(
            "The picture holds colour {colour}, and the palette ends at {most}.", colour=max(canvas.colours), most=most
        )
    if not 0 <= request.seed <= MAX_SEED:
        raise InputError("The seed must lie between 0 and {most}.", most=MAX_SEED)
    if not MIN_TEMPERATURE <= request.temperature <= MAX_TEMPERATURE:
        raise InputError(
            "The temperature must lie between {least} and {most}.", least=MIN_TEMPERATURE, most=MAX_TEMPERATURE
        )
    if not MIN_TOP_P <= request.top_p <= 1:
        raise InputError("Top-p must lie between {least} and 1.", least=MIN_TOP_P)
    for place, colour in request.decided:
        if not 0 <= place < form.pixels or not 0 <= colour <= most:
            raise InputError("Pixel {place} cannot have colour {colour}.", place=place, colour=colour)


def _is_whole(canvas: Canvas) -> bool:
    return len(canvas.colours) == len(canvas.covers) == canvas.height * canvas.width
