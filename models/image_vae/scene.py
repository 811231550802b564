"""All that the map shows at one moment, frozen: what undo goes back to, and what a recipe and a restart bring back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from models.image_vae.codes import Code, Plane, Window

Point = tuple[float, float]  # on the plane

REACH = 3.2  # units to each side of 0 that a map shows at first: the prior has a share of 0.001 farther out
MAX_PATH = 400  # points
HOME = Window(-REACH, -REACH, REACH, REACH)


class Overlay(Enum):
    """What is laid over the map."""

    DENSITY = "density"
    HOLES = "holes"
    SPREAD = "spread"


@dataclass(frozen=True)
class Scene:
    """Where a person stands on a model's map, and what they have it show.

    `code` is the whole code under the cursor; its numbers `across` and `up` are free on the map. `window` is the
    largest square that is in sight. `path` lies on the plane. `picture` is one that was dropped or drawn: H·W bytes,
    colour indices or ink; empty where there is none. `hidden` are the labels whose points are not shown.
    """

    model: str
    code: Code
    across: int = 0
    up: int = 1
    window: Window = HOME
    overlay: Overlay | None = None
    circles: bool = True
    points: bool = True
    doubt: bool = False
    beside: bool = False
    hidden: frozenset[str] = frozenset()
    path: tuple[Point, ...] = ()
    picture: bytes = b""
    seed: int = 0

    @classmethod
    def fresh(cls, model: str, dimensions: int) -> Scene:
        """The middle of a model's map."""
        return cls(model, (0.0,) * dimensions)

    @property
    def dimensions(self) -> int:
        return len(self.code)

    @property
    def plane(self) -> Plane:
        """The plane on which the code lies, the same wherever on it the cursor stands."""
        free = (self.across, self.up)
        return Plane(tuple(0.0 if place in free else held for place, held in enumerate(self.code)), *free)

    @property
    def point(self) -> Point:
        """The cursor."""
        return self.code[self.across], self.code[self.up]

    def at(self, x: float, y: float) -> Scene:
        """The cursor elsewhere on the same plane."""
        return replace(self, code=self.plane.code(x, y))

    def at_code(self, code: Code) -> Scene:
        """The cursor on another code, on its plane of the same two numbers."""
        return replace(self, code=code)

    def around(self, point: Point, reach: float) -> Scene:
        """Another part of the plane in sight: so many units to each side of a point."""
        x, y = point
        return replace(self, window=Window(x - reach, y - reach, x + reach, y + reach))


def inscribed(window: Window) -> Window:
    """The largest square in the middle of a window: what is kept of it, since the next screen has another shape."""
    half = min(window.right - window.left, window.top - window.bottom) / 2
    x, y = (window.left + window.right) / 2, (window.bottom + window.top) / 2
    return Window(x - half, y - half, x + half, y + half)
