"""What the Verses tab asks of its engines: small frozen values that a worker calls with what it has loaded.

torch is imported here, inside the calls, and so on the worker's thread: the window never waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.sentence_vae.path import (
    NeighbourRequest,
    Neighbours,
    PathRequest,
    PointVerse,
    Square,
    SquareRequest,
    VersePath,
)
from models.shelf import ModelFolder

if TYPE_CHECKING:
    from desktop.verses.plane_frame import Places
    from models.sentence_vae.model import SentenceModel


@dataclass(frozen=True)
class LoadModel:
    """Load a model of the shelf."""

    folder: ModelFolder

    def __call__(self) -> SentenceModel:
        from models.sentence_vae.model import SentenceModel

        return SentenceModel.load(self.folder)


@dataclass(frozen=True)
class DrawPath:
    """The verses between two lines: a draft, then the path."""

    request: PathRequest

    def __call__(self, model: SentenceModel) -> Iterator[VersePath | None]:
        from models.sentence_vae.interpolation import verses_between

        yield from verses_between(model, self.request)


@dataclass(frozen=True)
class ReadPoint:
    """The one verse at a place of a path that was drawn."""

    path: VersePath
    t: float

    def __call__(self, model: SentenceModel) -> Iterator[PointVerse]:
        from models.sentence_vae.interpolation import verse_at

        yield verse_at(model, self.path, self.t)


@dataclass(frozen=True)
class FindNeighbours:
    """The lines around a line; around nothing there are none."""

    request: NeighbourRequest

    def __call__(self, model: SentenceModel) -> Iterator[Neighbours | None]:
        from models.sentence_vae.neighbours import neighbours

        if self.request.line.strip():
            yield from neighbours(model, self.request)
        else:
            yield Neighbours(self.request, model.folder.name, model.folder.hash, None, ())


@dataclass(frozen=True)
class DrawSquare:
    """Four lines mixed in two directions: drafts, then the square."""

    request: SquareRequest

    def __call__(self, model: SentenceModel) -> Iterator[Square | None]:
        from models.sentence_vae.square import square_between

        yield from square_between(model, self.request)


@dataclass(frozen=True)
class Reader:
    """What finds places in planes, on a thread of its own: it needs no model."""

    device: str = "cpu"


@dataclass(frozen=True, eq=False)
class Placed:
    """A model's cloud of real lines, (N, 2), and where a path of that model lies in it, (points + 2, 2)."""

    folder: ModelFolder
    cloud: Places | None
    path: VersePath | None
    places: Places | None


@dataclass(frozen=True, eq=False)
class PlacePath:
    """Put a path into the plane of its model; without a path the cloud comes alone, without a plane nothing."""

    folder: ModelFolder
    path: VersePath | None

    def __call__(self, _reader: Reader) -> Iterator[Placed]:
        from models.sentence_vae.plane import project, read_plane

        plane = read_plane(self.folder)
        if plane is None:
            yield Placed(self.folder, None, None, None)
        else:
            places = None if self.path is None else project(plane, self.path.codes)
            yield Placed(self.folder, plane.cloud, self.path, places)
