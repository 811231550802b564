"""Tiny drawing models for tests: random weights on a small canvas, written to a model folder as any other.

Their sprites are noise; what is asked of them is what holds for every network.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from models.pixel_rnn.model import DrawingModel
    from models.shelf import ModelFolder
    from models.sprites.dataset import SpriteData

HEIGHT, WIDTH = 6, 7
PALETTE = ((255, 255, 255), (230, 159, 0), (86, 180, 233), (0, 158, 115), (20, 20, 20))


def sprites(count: int, seed: int = 0) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """Small sprites (N, H, W): a bar of one colour on paper, with an outline to its left."""
    random = np.random.default_rng(seed)
    made = np.zeros((count, HEIGHT, WIDTH), np.uint8)
    for image in made:
        left, colour = random.integers(1, WIDTH - 2), random.integers(1, 4)
        image[1:, left - 1] = 4
        image[1:, left : left + 2] = colour
    return made


def sprite_data(count: int = 48) -> SpriteData:
    """Sprites in the form in which training takes them."""
    from models.sprites.dataset import SpriteData
    from models.sprites.form import Format

    form = Format(HEIGHT, WIDTH, PALETTE)
    return SpriteData(sprites(count, 1), sprites(12, 2), sprites(12, 3), form)


def write_drawing_model(folder: Path, *, plain: bool = False, seed: int = 0) -> ModelFolder:
    """A model folder with random weights; `plain` for the lecture's network."""
    import torch

    from models.pixel_rnn.building import build
    from models.pixel_rnn.fitting import write_model
    from models.pixel_rnn.network import Configuration
    from models.pixel_rnn.plain import PlainConfiguration

    data = sprite_data()
    torch.manual_seed(seed)
    colours = len(PALETTE)
    two_way = Configuration(HEIGHT, WIDTH, colours, embedding=6, around=8, blocks=2, above=9, along=10, features=11)
    network = build(PlainConfiguration(HEIGHT, WIDTH, colours, 12) if plain else two_way, data.form.table)
    for parameter in network.parameters():
        parameter.data += 0.3 * torch.randn_like(parameter)  # those that begin as zero too
    return write_model(folder, network, data, folder.name, {})


def write_ink_model(folder: Path, height: int = 4, width: int = 5) -> ModelFolder:
    """A model of black and white with random weights."""
    import torch

    from models.pixel_rnn.building import build
    from models.pixel_rnn.fitting import write_model
    from models.pixel_rnn.network import Configuration
    from models.sprites.dataset import SpriteData
    from models.sprites.form import Format
    from models.sprites.idx import INK

    form, ink = Format(height, width, INK), np.zeros((4, height, width), np.uint8)
    sizes = Configuration(
        height, width, len(INK), embedding=4, around=4, blocks=1, above=4, along=4, features=4, copies=False
    )
    torch.manual_seed(0)
    return write_model(folder, build(sizes, form.table), SpriteData(ink, ink, ink, form, grey=True), folder.name, {})


@pytest.fixture(scope="session")
def drawing_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """A tiny PixelRNN's folder; tests that change it must copy it first."""
    return write_drawing_model(tmp_path_factory.mktemp("models") / "tiny-drawer")


@pytest.fixture(scope="session")
def plain_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """A tiny model of the lecture's kind."""
    return write_drawing_model(tmp_path_factory.mktemp("models") / "tiny-plain", plain=True)


@pytest.fixture
def drawing_model(drawing_folder: ModelFolder) -> DrawingModel:
    """The tiny PixelRNN, freshly loaded."""
    from models.pixel_rnn.model import DrawingModel

    return DrawingModel.load(drawing_folder)


@pytest.fixture
def plain_model(plain_folder: ModelFolder) -> DrawingModel:
    """The tiny plain model, freshly loaded."""
    from models.pixel_rnn.model import DrawingModel

    return DrawingModel.load(plain_folder)
