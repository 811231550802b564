"""A stand-in for the sentence VAE: no torch, no weights, plausible paths, a draft before each final one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from models.errors import InputError
from models.sentence_vae.path import (
    MAX_CHARACTERS,
    Alternative,
    Cell,
    End,
    Neighbour,
    NeighbourRequest,
    Neighbours,
    PathFigures,
    PathRequest,
    PointVerse,
    Square,
    SquareRequest,
    Verse,
    VersePath,
)
from models.shelf import ModelFolder

CODE_SIZE = 4
SUBJECTS = ("The moon", "My heart", "The night", "A star", "The wind", "My love", "The sea", "A voice")
VERBS = ("is rising", "is sleeping", "is singing", "is weary", "is waiting", "is falling", "is calling", "is dreaming")
PLACES = ("over the hill", "of the weight of love", "beneath the trees", "in the silent field", "upon the shore")
IMPOSSIBLE = "a line that fails"


@dataclass(frozen=True)
class FakeModel:
    """What the engine and the fake verbs need of a loaded model."""

    folder: ModelFolder
    device: str = "cpu"

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def hash(self) -> str:
        return self.folder.hash

    @classmethod
    def load(cls, folder: ModelFolder) -> FakeModel:
        return cls(folder)


def verses_between(model: FakeModel, request: PathRequest) -> Iterator[VersePath]:
    """A draft whose ends are nearly right, then the path."""
    if request.first == IMPOSSIBLE:
        raise InputError("This line cannot be walked from: type another.")
    final = path_for(request, model.name, model.hash)
    if request.refine:
        ends = tuple(replace(end, refined=end.read.lower(), faithfulness=0.9) for end in final.ends)
        yield replace(final, final=False, ends=(ends[0], ends[1]))
    yield final


def verse_at(model: FakeModel, path: VersePath, t: float) -> PointVerse:
    return PointVerse(t, f"{model.name} at {t:.3f}")


def path_for(request: PathRequest, model: str = "fake", model_hash: str = "0" * 12) -> VersePath:
    """The same request gives the same path; each line of it differs from its neighbours."""
    drawn = random.Random(repr((request.first, request.last, request.seed, request.slerp)))
    locked = dict(request.locked)
    size = request.points + 2
    return VersePath(
        request=request,
        model=model,
        model_hash=model_hash,
        ends=(end_of(request.first), end_of(request.last)),
        verses=tuple(_verse(drawn, request, index, locked.get(index)) for index in range(request.points)),
        figures=PathFigures(0.41, 0.95, 1.6, 7.25, 81.0, (4.1, 4.4), (38.2, 41.7), (12, 0)),
        codes=np.arange(size * CODE_SIZE, dtype=np.float32).reshape(size, CODE_SIZE),
    )


def _line(drawn: random.Random) -> str:
    return " ".join(drawn.choice(words) for words in (SUBJECTS, VERBS, PLACES))


def _verse(drawn: random.Random, request: PathRequest, index: int, locked: str | None) -> Verse:
    t = (index + 1) / (request.points + 1)
    text, others = f"{_line(drawn)} {index + 1}", dict.fromkeys(_line(drawn) for _ in range(request.alternatives))
    if locked is not None:
        return Verse(t, locked, 0.8, 0.5, locked=True)
    alternatives = tuple(Alternative(other, round(drawn.uniform(0.5, 1), 2)) for other in others)
    return Verse(t, text, round(drawn.uniform(0.6, 1.1), 2), 0.4, alternatives)


def end_of(typed: str) -> End:
    """A line of letters comes back as typed; others show what a page must be able to show."""
    read = " ".join(typed.split())[:MAX_CHARACTERS]
    if not read:
        return End(typed, "", "The night is long", "The night is long", 0.0, (), ("empty",))
    notes = [note for note, applies in _notes(typed).items() if applies]
    faithful = read.isascii()
    returned = read if faithful else "The night is full of stars"
    strange = ((0, len(typed.split()[0])),) if not faithful else ()
    return End(typed, read, returned.lower(), returned, 1.0 if faithful else 0.2, strange, tuple(notes))


def _notes(typed: str) -> dict[str, bool]:
    return {
        "cleaned": not typed.isprintable(),
        "shortened": len(typed) > MAX_CHARACTERS,
        "unfamiliar": sum(character.isascii() for character in typed) < len(typed) / 2,
    }


def neighbours(model: FakeModel, request: NeighbourRequest) -> Iterator[Neighbours | None]:
    """The farther around, the more lines; no more than were asked for. They come after a pause."""
    yield None
    drawn = random.Random(repr((request.line, request.seed)))
    found = min(round(4 * request.radius), request.count)
    distances = sorted(round(drawn.uniform(0.1, 1) * request.radius, 2) for _ in range(found))
    lines = tuple(Neighbour(f"{_line(drawn)} {place + 1}", distance) for place, distance in enumerate(distances))
    yield Neighbours(request, model.name, model.hash, end_of(request.line), lines)


def square_between(model: FakeModel, request: SquareRequest) -> Iterator[Square]:
    """A draft whose ends are nearly right, then the square."""
    if IMPOSSIBLE in request.corners:
        raise InputError("This line cannot be mixed: type another.")
    final = square_for(request, model.name, model.hash)
    yield replace(final, final=False)
    yield final


def square_for(request: SquareRequest, model: str = "fake", model_hash: str = "0" * 12) -> Square:
    """The same request gives the same square; each line of it differs from the others."""
    drawn = random.Random(repr((request.corners, request.seed, request.dial)))
    first, second, third, fourth = map(end_of, request.corners)
    top, bottom = (0, 0), (request.side - 1, request.side - 1)
    corners = dict(zip((top, (0, bottom[1]), (bottom[0], 0), bottom), request.corners, strict=True))

    def cell(row: int, column: int) -> Cell:
        line = corners.get((row, column)) or f"{_line(drawn)} {row + 1} {column + 1}"
        return Cell(line, round(drawn.uniform(0.6, 1.1), 2))

    return Square(
        request=request,
        model=model,
        model_hash=model_hash,
        ends=(first, second, third, fourth),
        cells=tuple(tuple(cell(row, column) for column in range(request.side)) for row in range(request.side)),
    )
