"""The ready-made ground that the map opens on, before any model is loaded.

`python -m models.image_vae.examples` lets the first shipped map decode it and writes `latent_map.png` and, for what it
shows, `latent_map.json` to `resources/examples/`. Reading it needs no torch.
"""

from __future__ import annotations

import importlib.resources
import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models import atomic
from models.errors import AtelierError
from models.image_vae import DEFAULT, FAMILY
from models.image_vae.codes import CELLS, Plane, TileKey
from models.sprites.enlarging import png
from models.sprites.form import Format

log = logging.getLogger(__name__)

LEVEL, SPAN = 1, 1  # the tiles' level; tiles to each side of 0

Tile = NDArray[np.uint8]  # (CELLS·H, CELLS·W, 3)


@dataclass(frozen=True, eq=False)
class Ground:
    """Tiles (by their keys) around the middle of one model's map."""

    model: str
    model_hash: str
    form: Format
    tiles: dict[TileKey, Tile]

    def image(self, x: float, y: float) -> NDArray[np.uint8] | None:
        """The image (H, W, 3) of the cell in which a place lies; None outside the tiles."""
        for key, tile in self.tiles.items():
            window = key.window
            if window.left <= x < window.right and window.bottom <= y < window.top:
                side = (window.right - window.left) / CELLS
                column, row = int((x - window.left) / side), int((window.top - y) / side)
                row = min(row, CELLS - 1)
                high, wide = self.form.height, self.form.width
                return tile[row * high : (row + 1) * high, column * wide : (column + 1) * wide]
        return None


def ground_files() -> tuple[Path, Path]:
    """Where the picture and what it shows lie."""
    folder = Path(str(importlib.resources.files("resources") / "examples"))
    return folder / "latent_map.png", folder / "latent_map.json"


def tile_keys() -> tuple[TileKey, ...]:
    """The ready-made tiles, the top row first, each row from the left."""
    plane = Plane.flat(2)
    rows, columns = range(SPAN - 1, -SPAN - 1, -1), range(-SPAN, SPAN)
    return tuple(TileKey(plane, LEVEL, column, row) for row in rows for column in columns)


def read_ground(files: tuple[Path, Path] | None = None) -> Ground | None:
    """The ready-made ground; None where it is missing or damaged, for the model can make it again."""
    picture, text = files or ground_files()
    try:
        values = json.loads(text.read_text(encoding="utf-8"))
        form = Format.from_configuration(values["form"])
        model, model_hash = values["model"], values["hash"]
        with Image.open(picture) as image:
            colours = np.asarray(image.convert("RGB"))
        return Ground(str(model), str(model_hash), form, _cut(colours, form))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError, AtelierError) as error:
        log.info("no ready-made ground: %s: %s", text, error)
        return None


def write_ground(ground: Ground, files: tuple[Path, Path] | None = None) -> None:
    """Write both files. Raises `SaveError`."""
    picture, text = files or ground_files()
    side, tiles = 2 * SPAN, [ground.tiles[key] for key in tile_keys()]
    rows = [np.concatenate(tiles[first : first + side], axis=1) for first in range(0, len(tiles), side)]
    atomic.write_bytes(picture, png(np.concatenate(rows)))
    values = {"model": ground.model, "hash": ground.model_hash, "form": ground.form.to_configuration()}
    atomic.write_text(text, json.dumps(values) + "\n")


def _cut(colours: Tile, form: Format) -> dict[TileKey, Tile]:
    """The tiles out of the picture. Raises `ValueError` where it has another size."""
    side, high, wide = 2 * SPAN, CELLS * form.height, CELLS * form.width
    if colours.shape != (side * high, side * wide, 3):
        raise ValueError(colours.shape)
    places = enumerate(tile_keys())
    return {key: _part(colours, place // side * high, place % side * wide, high, wide) for place, key in places}


def _part(colours: Tile, top: int, left: int, high: int, wide: int) -> Tile:
    return colours[top : top + high, left : left + wide]


def main() -> None:
    """Write the shipped map's ready-made ground."""
    from models import shelf
    from models.image_vae.latent_map import tiles
    from models.image_vae.model import MapModel

    model = MapModel.load(shelf.find(DEFAULT, FAMILY))
    ground = Ground(model.folder.name, model.folder.hash, model.form, dict(tiles(model, tile_keys())))
    write_ground(ground)
    sys.stdout.write(f"written: {ground_files()[0]}\n")


if __name__ == "__main__":
    main()
