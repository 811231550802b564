"""The ready-made ground: written, read, and passed over where it is damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.image_vae.codes import CELLS
from models.image_vae.examples import Ground, read_ground, tile_keys, write_ground
from models.sprites.form import Format

FORM = Format(3, 2, ((255, 255, 255), (0, 0, 0)))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "ground.png", tmp_path / "ground.json"


@pytest.fixture
def ground() -> Ground:
    random = np.random.default_rng(0)
    shape = (CELLS * FORM.height, CELLS * FORM.width, 3)
    return Ground("m", "0" * 12, FORM, {key: random.integers(0, 255, shape, np.uint8) for key in tile_keys()})


def test_it_is_read_as_it_was_written(ground: Ground, files: tuple[Path, Path]) -> None:
    write_ground(ground, files)
    read = read_ground(files)
    assert read is not None
    assert (read.model, read.model_hash, read.form) == ("m", "0" * 12, FORM)
    assert set(read.tiles) == set(ground.tiles)
    for key, tile in ground.tiles.items():
        assert (read.tiles[key] == tile).all()


def test_a_place_shows_the_image_of_its_cell(ground: Ground) -> None:
    for key, tile in ground.tiles.items():
        window = key.window
        side = (window.right - window.left) / CELLS
        for column, row in ((0, 0), (3, 5), (CELLS - 1, CELLS - 1)):
            place = (window.left + (column + 0.5) * side, window.top - (row + 0.5) * side)
            expected = tile[row * 3 : row * 3 + 3, column * 2 : column * 2 + 2]
            assert np.array_equal(shown_at(ground, *place), expected)
    assert ground.image(50, 0) is None


def shown_at(ground: Ground, x: float, y: float) -> NDArray[np.uint8]:
    image = ground.image(x, y)
    assert image is not None
    return image


def test_missing_or_damaged_is_no_failure(ground: Ground, files: tuple[Path, Path]) -> None:
    assert read_ground(files) is None
    write_ground(ground, files)
    picture, text = files
    whole, told = picture.read_bytes(), text.read_text()
    for damaged in (b"", b"no picture", whole[: len(whole) // 2]):
        picture.write_bytes(damaged)
        assert read_ground(files) is None
    picture.write_bytes(whole)
    for wrong in ("", "[]", "{}", told.replace('"height": 3', '"height": 4'), told.replace("#000000", "black")):
        text.write_text(wrong)
        assert read_ground(files) is None
