"""What a model draws: its size and its palette. A sprite is a rectangle of colour indices into a palette."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError

MAX_COLOURS = 256
MAX_SIDE = 256  # pixels

Pixels = NDArray[np.uint8]  # (H, W) colour indices
Mask = NDArray[np.bool_]  # (H, W), true where the model may draw


@dataclass(frozen=True)
class Format:
    """What a model draws: its height and width in pixels, and its palette of RGB colours."""

    height: int
    width: int
    palette: tuple[tuple[int, int, int], ...]

    @property
    def table(self) -> NDArray[np.uint8]:
        """The palette as an array (P, 3)."""
        return np.array(self.palette, np.uint8)

    @property
    def pixels(self) -> int:
        return self.height * self.width

    @property
    def paper(self) -> int:
        """The colour index of an empty canvas: the lightest colour."""
        return int(self.table.astype(int).sum(axis=1).argmax())

    def to_configuration(self) -> dict[str, Any]:
        """As a card keeps it."""
        colours = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in self.palette]
        return {"height": self.height, "width": self.width, "palette": colours}

    @classmethod
    def from_configuration(cls, values: Mapping[str, Any]) -> Format:
        """What a card says of its model. Raises `DataError`."""
        try:
            height, width, told = values["height"], values["width"], values["palette"]
            colours = [bytes.fromhex(colour.removeprefix("#")) for colour in told]
            palette = tuple((colour[0], colour[1], colour[2]) for colour in colours if len(colour) == 3)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DataError("The card does not say what its model draws.") from error
        sizes = all(isinstance(side, int) and 1 <= side <= MAX_SIDE for side in (height, width))
        if not sizes or not 2 <= len(palette) <= MAX_COLOURS or len(palette) != len(told):
            raise DataError("The card does not say what its model draws.")
        return cls(height, width, palette)
