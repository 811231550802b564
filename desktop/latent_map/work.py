"""What the Latent map tab asks of its engines: small frozen values that a worker calls with what it has loaded.

torch and Pillow are imported here, inside the calls, and so on the worker's thread: the window never waits for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from desktop import images
from desktop.export import png
from models.image_vae.codes import (
    Code,
    Codes,
    EncodedData,
    Film,
    Images,
    Imagined,
    Landing,
    Look,
    Plane,
    TileKey,
    Values,
    Window,
)
from models.image_vae.presets import Preset, presets
from models.image_vae.scene import Overlay, Scene
from models.shelf import ModelFolder
from models.sprites.form import Format

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.image_vae.model import MapModel
    from models.image_vae.pictures import Brought
    from models.sprites.pictures import Picture

NEIGHBOURS = 6
RANDOM_CODES = 24  # of which as many are shown as find room
FINE, STRIPS = 96, 12  # cells along each side of an overlay; in so many strips the encoder's spread is found


@dataclass(frozen=True)
class LoadModel:
    """Load a model of the shelf."""

    folder: ModelFolder

    def __call__(self) -> MapModel:
        from models.image_vae.model import MapModel

        return MapModel.load(self.folder)


@dataclass(frozen=True)
class LookAt:
    """What the decoder imagines at a code."""

    code: Code

    def __call__(self, model: MapModel) -> Iterator[Look]:
        from models.image_vae.latent_map import look

        yield look(model, self.code, NEIGHBOURS)


@dataclass(frozen=True)
class DecodeTiles:
    """The map's squares, one after the other."""

    keys: tuple[TileKey, ...]

    def __call__(self, model: MapModel) -> Iterator[tuple[TileKey, NDArray[np.uint8]]]:
        from models.image_vae.latent_map import tiles

        yield from tiles(model, self.keys)


@dataclass(frozen=True)
class Land:
    """Where a picture, H·W bytes, lands."""

    picture: bytes

    def __call__(self, model: MapModel) -> Iterator[Landed]:
        from models.image_vae.latent_map import encode
        from models.image_vae.pictures import settled

        pixels = np.frombuffer(self.picture, np.uint8).reshape(model.form.height, model.form.width)
        yield Landed(self.picture, encode(model, settled(pixels, model.form)))


@dataclass(frozen=True, eq=False)
class Landed:
    """A picture and where it landed."""

    picture: bytes
    landing: Landing


@dataclass(frozen=True)
class Imagine:
    """Codes drawn from the prior, decoded."""

    seed: int

    def __call__(self, model: MapModel) -> Iterator[Imagined]:
        from models.image_vae.latent_map import imagine

        yield imagine(model, RANDOM_CODES, self.seed)


@dataclass(frozen=True)
class Shoot:
    """A film along a path on a plane."""

    plane: Plane
    path: tuple[tuple[float, float], ...]
    frames: int

    def __call__(self, model: MapModel) -> Iterator[Shot]:
        from models.image_vae.latent_map import film

        codes: Codes = self.plane.codes(np.array(self.path, np.float32))
        yield Shot(self, film(model, codes, self.frames))


@dataclass(frozen=True, eq=False)
class Shot:
    """A film, and what was asked."""

    asked: Shoot
    film: Film


@dataclass(frozen=True, eq=False)
class Layer:
    """The values (rows, columns) of an overlay in a window."""

    kind: Overlay
    window: Window
    values: Values


@dataclass(frozen=True)
class AskSpread:
    """How wide the encoder spreads the images of a window: strip by strip, so that a drag need not wait."""

    plane: Plane
    window: Window

    def __call__(self, model: MapModel) -> Iterator[Layer]:
        from models.image_vae.latent_map import spread

        values = np.full((FINE // 2, FINE // 2), np.nan, np.float32)
        high = (self.window.top - self.window.bottom) / STRIPS
        rows = FINE // 2 // STRIPS
        for strip in range(STRIPS):
            top = self.window.top - strip * high
            part = Window(self.window.left, top - high, self.window.right, top)
            values[strip * rows : (strip + 1) * rows] = spread(model, self.plane, part, rows, FINE // 2)
            yield Layer(Overlay.SPREAD, self.window, values.copy())


@dataclass(frozen=True)
class Reader:
    """What reads codes and pictures and finds places, on a thread of its own: it needs no model."""

    device: str = "cpu"


@dataclass(frozen=True, eq=False)
class Atlas:
    """What is known of a model without its network: its encoded data, and the places that have names."""

    folder: ModelFolder
    data: EncodedData | None
    presets: tuple[Preset, ...]


@dataclass(frozen=True)
class ReadAtlas:
    """Read a model's codes: they come at once, the named places a moment later."""

    folder: ModelFolder
    variational: bool
    has_counterpart: bool

    def __call__(self, _reader: Reader) -> Iterator[Atlas]:
        from models.image_vae.encoded import read_encoded

        data = read_encoded(self.folder)
        yield Atlas(self.folder, data, ())
        scene = Scene.fresh(self.folder.name, self.folder.card.configuration["dimensions"])
        found = presets(scene, data, variational=self.variational, has_counterpart=self.has_counterpart)
        yield Atlas(self.folder, data, found)


@dataclass(frozen=True, eq=False)
class AskOverlay:
    """Where the encoded data lie densely, or where none lies."""

    kind: Overlay
    data: EncodedData
    plane: Plane
    window: Window

    def __call__(self, _reader: Reader) -> Iterator[Layer]:
        from models.image_vae.overlays import density, holes

        verb = density if self.kind is Overlay.DENSITY else holes
        yield Layer(self.kind, self.window, verb(self.data, self.plane, self.window, FINE, FINE))


@dataclass(frozen=True, eq=False)
class Opened:
    """A picture from outside, brought to a model's format."""

    name: str
    form: Format
    brought: Brought


@dataclass(frozen=True)
class OpenFile:
    """Read a picture from a file."""

    path: Path
    form: Format

    def __call__(self, _reader: Reader) -> Iterator[Opened]:
        from models.sprites.pictures import read_picture

        yield _opened(self.path.name, read_picture(self.path), self.form)


@dataclass(frozen=True, eq=False)
class OpenImage:
    """Take a picture that was pasted or dropped as such."""

    name: str
    image: QImage
    form: Format

    def __call__(self, _reader: Reader) -> Iterator[Opened]:
        yield _opened(self.name, images.as_picture(self.image), self.form)


def _opened(name: str, picture: Picture, form: Format) -> Opened:
    from models.image_vae.pictures import brought_to

    return Opened(name, form, brought_to(picture, form))


@dataclass(frozen=True, eq=False)
class MakePng:
    """A large picture as a PNG."""

    image: QImage

    def __call__(self, _reader: Reader) -> Iterator[bytes]:
        yield png(self.image)


@dataclass(frozen=True, eq=False)
class MakeGif:
    """Images (F, H, W, 3) as a GIF."""

    images: Images

    def __call__(self, _reader: Reader) -> Iterator[bytes]:
        from models.sprites.moving import gif

        yield gif(self.images)
