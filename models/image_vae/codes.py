"""What goes into and comes out of the latent map's verbs: plain frozen values, no torch.

The desktop, the command line and the tests exchange these; `latent_map.py` computes them. A code is a row of D numbers,
in units of the prior's standard deviation. The map shows a plane of them: x grows to the right, y grows upwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.errors import InputError

FARTHEST = 10.0  # of a code's numbers from 0: the prior has a share of 1e-23 farther out
MAX_DIMENSIONS = 64
MIN_LEVEL, MAX_LEVEL = -2, 9  # of tiles; beyond, nobody can tell neighbouring images apart
CELLS = 8  # images along each side of a tile
MAX_FRAMES = 600  # of a film

Code = tuple[float, ...]
Codes = NDArray[np.float32]  # (N, D)
Points = NDArray[np.float32]  # (N, 2) places on a plane
Images = NDArray[np.uint8]  # (N, H, W, 3) RGB
Values = NDArray[np.float32]  # (rows, columns), the top row first


@dataclass(frozen=True)
class Plane:
    """Which two numbers of a code the map shows. `rest` is a whole code: its other numbers hold everywhere."""

    rest: Code
    across: int = 0
    up: int = 1

    @classmethod
    def flat(cls, dimensions: int) -> Plane:
        """The first two numbers, all others 0."""
        return cls((0.0,) * dimensions)

    def code(self, x: float, y: float) -> Code:
        """The code at a place."""
        numbers = list(self.rest)
        numbers[self.across], numbers[self.up] = x, y
        return tuple(numbers)

    def codes(self, points: Points) -> Codes:
        """The codes (N, D) at places (N, 2)."""
        codes = np.tile(np.array(self.rest, np.float32), (len(points), 1))
        codes[:, [self.across, self.up]] = points
        return codes

    def point(self, code: Sequence[float]) -> tuple[float, float]:
        """Where a code stands: its shadow on this plane."""
        return code[self.across], code[self.up]


@dataclass(frozen=True)
class Window:
    """A rectangle of the plane."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class TileKey:
    """A square of a plane with CELLS × CELLS decoded images, the same wherever the map is looked at.

    At level L one unit of the plane holds 2**L images, so a tile is CELLS / 2**L units wide; column 0, row 0 lies to
    the right of and above the origin. Each image is that of its square's centre.
    """

    plane: Plane
    level: int
    column: int
    row: int

    @property
    def window(self) -> Window:
        side = CELLS / 2.0**self.level
        left, bottom = self.column * side, self.row * side
        return Window(left, bottom, left + side, bottom + side)


@dataclass(frozen=True, eq=False)
class EncodedData:
    """Where the encoder puts data that the model never saw in training, and what each is called.

    `means` (N, D); `log_variances` (N, D), None of an autoencoder; `labels` (N,) index into `names`, None where the
    data has none.
    """

    means: Codes
    log_variances: Codes | None = None
    labels: NDArray[np.uint8] | None = None
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.means)


@dataclass(frozen=True)
class Neighbour:
    """One of the encoded data near a code: its row, its label ("" where it has none), and how far its mean lies."""

    row: int
    label: str
    distance: float


@dataclass(frozen=True, eq=False)
class Look:
    """A code looked at: its image (H, W, 3), how unsure the decoder is of each pixel (H, W) in bits, what lies near."""

    code: Code
    image: NDArray[np.uint8]
    doubt: NDArray[np.float32]
    neighbours: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, eq=False)
class Landing:
    """Where a picture lands. `picture` and `reconstruction` (H, W, 3) are RGB as shown.

    `log_variance` (s = log σ²) and `kl_nats` are None of an autoencoder. `reconstruction_nats` is the mean price of the
    picture given a code of the posterior; the autoencoder has only the one code.
    """

    picture: NDArray[np.uint8]
    mean: Code
    log_variance: Code | None
    reconstruction: NDArray[np.uint8]
    reconstruction_nats: float
    kl_nats: float | None

    @property
    def price(self) -> float:
        """−ELBO in nats; of an autoencoder, which has none, the reconstruction alone."""
        return self.reconstruction_nats + (self.kl_nats or 0.0)


@dataclass(frozen=True, eq=False)
class Imagined:
    """Codes drawn from the prior N(0, I) by a seed, and their images (N, H, W, 3)."""

    seed: int
    codes: Codes
    images: Images


@dataclass(frozen=True, eq=False)
class Film:
    """Images (F, H, W, 3) at even steps along a path, and the codes (F, D) that they are of."""

    codes: Codes
    images: Images


def checked(code: Sequence[float], dimensions: int) -> Code:
    """A code that can be decoded. Raises `InputError` where it has other than D numbers, or one that is no such."""
    if len(code) != dimensions:
        raise wrong_count(dimensions, len(code))
    for number in code:
        if not math.isfinite(number) or abs(number) > FARTHEST:
            raise InputError(
                "A number of a code must lie between −{farthest:g} and {farthest:g}, not {number}.",
                farthest=FARTHEST,
                number=number,
            )
    return tuple(float(number) for number in code)


def wrong_count(wanted: int, found: int) -> InputError:
    """What is said of a code of too few or too many numbers."""
    return InputError("A code of this model has {wanted} numbers, and {found} were given.", wanted=wanted, found=found)
