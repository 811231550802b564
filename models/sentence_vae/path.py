"""What goes into and comes out of the sentence VAE's verb: plain frozen values, no torch.

The desktop, the command line and the tests exchange these; `interpolation.py` computes them. Importing this module
costs nothing, so the window can show a ready-made `VersePath` before torch is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

MIN_POINTS, MAX_POINTS = 3, 15
MIN_SIDE, MAX_SIDE = 3, 7  # of a square
MAX_RADIUS, MAX_NEIGHBOURS = 100, 256  # around a line: how far, and how many are looked for at most
FIRST, LAST = "first", "last"  # the two ends of a path, by name
METHOD = 8  # counts up with each change of search, refinement or a model's sets that gives other lines for a request
MAX_CHARACTERS = 200  # of a typed line that the model reads; the rest is kept on screen but not encoded


@dataclass(frozen=True)
class Wishes:
    """What a person wishes of the form of every verse; each is kept where the model finds a line that keeps it.

    `length`: as many syllables (English) or characters (Chinese) as the ends: the first end's number at the start, the
    last end's at the end, in even steps. `rhyme`: with the first or the last end, or "" for neither. `tones`, Chinese
    only: characters 2, 4 and 6 take level and oblique tones in turn.
    """

    length: bool = False
    rhyme: str = ""
    tones: bool = False

    def __bool__(self) -> bool:
        return self.length or bool(self.rhyme) or self.tones


@dataclass(frozen=True)
class PathRequest:
    """Two typed lines and how to walk between them.

    `points` verses stand strictly between the ends, at t = i / (points + 1) for i = 1 … points. `locked` names the
    verses that a person fixed, as (index from 0, text): the path is drawn through them. At most `alternatives` other
    lines come with each verse. `refine` moves the ends' codes until the decoder returns them; `slerp` walks evenly in
    angle instead of straight. `dial` goes from 0, faithful to the code, to 1, inventive. The same request on the same
    model gives the same path.
    """

    first: str
    last: str
    points: int = 7
    seed: int = 0
    alternatives: int = 8
    refine: bool = True
    slerp: bool = False
    locked: tuple[tuple[int, str], ...] = ()
    dial: float = 0.5
    wishes: Wishes = Wishes()


@dataclass(frozen=True)
class End:
    """One endpoint: the line as typed, what of it was read, what decode(mean) returned, what the refined code returns.

    `returned` and `refined` are an ellipsis where the word screen holds them back. `faithfulness` is 1 where the
    refined code returns the line that was read, or invented, else one minus their character edit distance over the
    longer length. `strange` marks the spans [start, end) of `typed` that the model finds strange. `notes` are codes for
    what was done to the line: "empty" (nothing to read: a line is invented), "shortened" (only the beginning was read),
    "cleaned" (control characters, lone surrogates, runs of blanks or emoji were passed over), "unfamiliar" (another
    script, or many characters that have no token), "traditional" (Chinese in traditional script, read as simplified).
    `length` is how many syllables or characters were counted, 0 where nothing can be.
    """

    typed: str
    read: str
    returned: str
    refined: str
    faithfulness: float
    strange: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    length: int = 0


@dataclass(frozen=True)
class Alternative:
    """Another line for the same point."""

    text: str
    fluency: float


@dataclass(frozen=True)
class Verse:
    """One line between the ends.

    `fluency` compares with real unseen verse: exp(nats a character of real verse - nats a character of this line)
    under the decoder without a code; 1 is as fluent as real verse, less is less fluent. `agreement` is the
    geometric mean, in [0, 1], of the chances that the decoder gives this line's tokens at this point of the code.
    `length` counts syllables or characters, `rhymes` names the ends that the line rhymes with, `unmet` the wishes
    ("length", "rhyme", "tones") that it does not keep. `end`, of a locked verse alone, tells what the model made of it,
    as of an end.
    """

    t: float
    text: str
    fluency: float
    agreement: float
    alternatives: tuple[Alternative, ...] = ()
    locked: bool = False
    length: int = 0
    rhymes: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    end: End | None = None


@dataclass(frozen=True)
class PathFigures:
    """The path's own measures (see `models.metrics`) and the code's live numbers."""

    smoothness: float  # d(A, B) / sum of d between neighbours, d = word edit distance
    progress: float  # Kendall's tau of the order and d(x, A) - d(x, B)
    evenness: float  # largest step over mean step; 1 is perfectly even
    code_distance: float  # |z_A - z_B|
    angle: float  # between z_A and z_B, in degrees
    norms: tuple[float, float]  # |z_A|, |z_B|
    nats: tuple[float, float]  # KL of each end's posterior from the prior
    refine_steps: tuple[int, int]  # gradient steps that each end took


@dataclass(frozen=True)
class VersePath:
    """A whole result. `codes` has shape (points + 2, code size): the codes of first end, verses, last end.

    `final` is false for a draft that a better path will follow within the same request. `model` is the model's name,
    `model_hash` the first 12 digits of its weights' SHA-256, `method` the `METHOD` that drew it: a stored path is what
    the same request would give today only where both are today's.
    """

    request: PathRequest
    model: str
    model_hash: str
    ends: tuple[End, End]
    verses: tuple[Verse, ...]
    figures: PathFigures
    codes: np.ndarray[Any, np.dtype[np.float32]]
    final: bool = True
    method: int = METHOD


@dataclass(frozen=True)
class PointVerse:
    """The line at one place of the continuous slider."""

    t: float
    text: str


@dataclass(frozen=True)
class Plane:
    """The code's principal plane: real lines as a cloud of points, none of which tells its line.

    `mean` and `axes` (2, code size) project a code z as (z - mean) @ axes.T; `cloud` has shape (N, 2).
    """

    mean: np.ndarray[Any, np.dtype[np.float32]]
    axes: np.ndarray[Any, np.dtype[np.float32]]
    cloud: np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class SquareRequest:
    """Four lines at the corners, in reading order: above left, above right, below left, below right.

    The square has `side` lines in each direction, corners included. `dial` as in `PathRequest`.
    """

    corners: tuple[str, str, str, str]
    side: int = 5
    seed: int = 0
    dial: float = 0.5


@dataclass(frozen=True)
class Cell:
    """One line of a square, with its fluency as a `Verse` has it."""

    text: str
    fluency: float


@dataclass(frozen=True)
class Square:
    """A whole square: `cells[row][column]`, the corners as typed or else invented.

    `ends` tells what the model made of each corner; `method` as in `VersePath`.
    """

    request: SquareRequest
    model: str
    model_hash: str
    ends: tuple[End, End, End, End]
    cells: tuple[tuple[Cell, ...], ...]
    final: bool = True
    method: int = METHOD


@dataclass(frozen=True)
class NeighbourRequest:
    """Lines within `radius` of a line's code, in standard deviations of the prior, `count` at most."""

    line: str
    radius: float = 5.0
    count: int = 8
    seed: int = 0


@dataclass(frozen=True)
class Neighbour:
    """A line near another line's code.

    `distance` is that of the nearest code found to give it: Euclidean, in standard deviations of the prior.
    """

    text: str
    distance: float


@dataclass(frozen=True)
class Neighbours:
    """What was found for a request, from near to far; `final` and `method` as in `VersePath`.

    `end` tells what the model made of the line, None where nothing is typed: what was found lies around the line
    `end.refined`.
    """

    request: NeighbourRequest
    model: str
    model_hash: str
    end: End | None
    neighbours: tuple[Neighbour, ...]
    final: bool = True
    method: int = METHOD


def to_json(path: VersePath) -> dict[str, Any]:
    """The value that `atelier verses --json` prints for one path and that the desktop saves."""
    return {
        "model": path.model,
        "seed": path.request.seed,
        "ends": [_end_to_json(end) for end in path.ends],
        "verses": [_verse_to_json(verse) for verse in path.verses],
    }


def square_to_json(square: Square) -> dict[str, Any]:
    """The value that `atelier square --json` prints and that the desktop saves."""
    return {
        "model": square.model,
        "seed": square.request.seed,
        "ends": [_end_to_json(end) for end in square.ends],
        "cells": [[{"text": cell.text, "fluency": cell.fluency} for cell in row] for row in square.cells],
    }


def neighbours_to_json(found: Neighbours) -> dict[str, Any]:
    """The value that `atelier neighbours --json` prints and that the desktop saves."""
    return {
        "model": found.model,
        "seed": found.request.seed,
        "line": found.request.line,
        "neighbours": [{"text": other.text, "distance": other.distance} for other in found.neighbours],
    }


def _end_to_json(end: End) -> dict[str, Any]:
    return {"typed": end.typed, "returned": end.returned, "refined": end.refined}


def _verse_to_json(verse: Verse) -> dict[str, Any]:
    alternatives = [{"text": other.text, "fluency": other.fluency} for other in verse.alternatives]
    told: dict[str, Any] = {"unmet": list(verse.unmet)} if verse.unmet else {}
    if verse.end is not None:
        told["end"] = _end_to_json(verse.end)
    return {"t": verse.t, "text": verse.text, "fluency": verse.fluency, "alternatives": alternatives, **told}
