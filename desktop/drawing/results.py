"""Drawings that were made, so that the same request is answered at once."""

from __future__ import annotations

from collections.abc import Iterable

from models.pixel_rnn.drawn import Drawn
from models.pixel_rnn.sprite import DrawRequest

MOST = 200  # a dozen kilobytes each


class Results:
    """The newest whole drawings by model and request; ready-made ones come first and give way like the others."""

    def __init__(self, ready_made: Iterable[Drawn] = ()) -> None:
        self._drawn: dict[tuple[str, DrawRequest], Drawn] = {}
        for drawn in ready_made:
            self.keep(drawn)

    def keep(self, drawn: Drawn) -> None:
        """Remember a whole drawing; one that is under way is passed over."""
        if not drawn.is_whole:
            return
        self._drawn.pop((drawn.model, drawn.request), None)
        self._drawn[drawn.model, drawn.request] = drawn
        if len(self._drawn) > MOST:
            self._drawn.pop(next(iter(self._drawn)))

    def find(self, model: str, request: DrawRequest) -> Drawn | None:
        return self._drawn.get((model, request))
