"""All that stands on the canvas at one moment, frozen: what undo goes back to and a restart brings back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Format, Mask, Pixels

Places = NDArray[np.intp]
FEW = 16


@dataclass(frozen=True)
class Sheet:
    """A request and how far its drawing has come on screen.

    Covered pixels before the place `until` show the colours in `drawn` (H·W bytes); those from there on are still to
    come. `kept`: covered pixels before this place were drawn for another request (before a pixel was painted, say) and
    stay as they are; the model goes on from them.
    """

    model: str
    form: Format
    request: DrawRequest
    drawn: bytes
    until: int = 0
    kept: int = 0

    @classmethod
    def fresh(cls, model: str, form: Format, request: DrawRequest) -> Sheet:
        """Nothing is drawn yet."""
        return cls(model, form, request, bytes(form.pixels))

    @property
    def canvas(self) -> Canvas:
        return self.request.canvas

    @property
    def covered(self) -> Places:
        """The places of the covered pixels, in raster order."""
        return _covered(self.canvas)

    @property
    def count(self) -> int:
        """How many covered pixels are drawn."""
        return int(np.searchsorted(self.covered, self.until))

    @property
    def next_place(self) -> int | None:
        """Where the next pixel will be drawn; None where all are."""
        return int(self.covered[self.count]) if self.count < len(self.covered) else None

    @property
    def is_finished(self) -> bool:
        """Whether no pixel is still to come."""
        return self.next_place is None

    @cached_property
    def to_come(self) -> Mask:
        """The covered pixels (H, W) that are not drawn yet."""
        mask = self.canvas.mask.copy()
        mask.ravel()[: self.until] = False
        return mask

    @cached_property
    def shown(self) -> Pixels:
        """The colours (H, W) on screen; what lies under the cover where a pixel is still to come."""
        pixels = self.canvas.pixels.copy()
        here = self.covered[: self.count]
        pixels.ravel()[here] = np.frombuffer(self.drawn, np.uint8)[here]
        return pixels

    @property
    def asked(self) -> DrawRequest:
        """What the model is asked: the request, with what stands from before decided."""
        return _asked(self.request, self.drawn, self.kept) if self.kept else self.request

    def place_of(self, count: int) -> int:
        """The `until` at which `count` covered pixels are drawn."""
        return int(self.covered[count - 1]) + 1 if count else 0


# Looked up for each pixel that appears, yet too large to be kept with every step of a long history.
@lru_cache(FEW)
def _covered(canvas: Canvas) -> Places:
    return np.flatnonzero(canvas.mask)


@lru_cache(FEW)
def _asked(request: DrawRequest, drawn: bytes, kept: int) -> DrawRequest:
    covered = _covered(request.canvas)
    standing = {int(place): drawn[place] for place in covered[: np.searchsorted(covered, kept)]}
    return request.deciding({**dict(request.decided), **standing})
