"""Tiny image VAEs for tests: random weights on small pictures, written to a model folder as any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.drawing import HEIGHT, PALETTE, WIDTH, sprites

if TYPE_CHECKING:
    from models.image_vae.model import MapModel
    from models.image_vae.network import ImageVAE
    from models.shelf import ModelFolder
    from models.sprites.dataset import SpriteData

NAMES = ("upright", "leaning", "round")


def map_data(*, ink: bool = False, labels: bool = True) -> SpriteData:
    """Small pictures to learn from: sprites of bars, or for `ink` the same bars in greys."""
    from models.sprites.dataset import SpriteData
    from models.sprites.form import Format
    from models.sprites.idx import INK
    from models.sprites.labels import SplitLabels

    parts = [sprites(count, seed) for count, seed in ((48, 1), (12, 2), (12, 3))]
    if ink:
        parts = [(part * 60).astype(np.uint8) for part in parts]
    told = [(np.arange(len(part)) % len(NAMES)).astype(np.uint8) for part in parts]
    named = SplitLabels(NAMES, told[0], told[1], told[2]) if labels else None
    form = Format(HEIGHT, WIDTH, INK if ink else PALETTE)
    return SpriteData(parts[0], parts[1], parts[2], form, grey=ink, labels=named)


def tiny_network(data: SpriteData, dimensions: int = 2, *, variational: bool = True, seed: int = 0) -> ImageVAE:
    """A network with random weights whose images differ from place to place."""
    import torch

    from models.image_vae.building import build
    from models.image_vae.network import Configuration

    sizes = Configuration(
        data.form.height,
        data.form.width,
        dimensions,
        encoder=(16, 12),
        decoder=(12, 16),
        waves=4,
        channels=1 if data.grey else 6,
        embedding=1 if data.grey else 4,
        dropout=0.0 if data.grey else 0.1,
        strays=0.0 if data.grey else 0.25,
    )
    torch.manual_seed(seed)
    network = build(sizes, data.form, variational)
    for parameter in network.output.parameters():
        parameter.data *= 6  # so that what is decoded is not all grey
    return network


def tiny_map_model(
    folder: Path,
    dimensions: int = 2,
    *,
    variational: bool = True,
    labels: bool = True,
    ink: bool = False,
    seed: int = 0,
) -> ModelFolder:
    """A model folder with random weights and the codes of a dozen pictures."""
    from models.image_vae.fitting import write_model

    data = map_data(ink=ink, labels=labels)
    network = tiny_network(data, dimensions, variational=variational, seed=seed)
    return write_model(folder, network, data, folder.name, {})


@pytest.fixture(scope="session")
def map_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """A tiny VAE's folder, sprites, two numbers; tests that change it must copy it first."""
    return tiny_map_model(tmp_path_factory.mktemp("models") / "tiny-map")


@pytest.fixture(scope="session")
def ink_map_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """A tiny VAE of ink."""
    return tiny_map_model(tmp_path_factory.mktemp("models") / "tiny-ink-map", ink=True)


@pytest.fixture(scope="session")
def plain_map_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """A tiny plain autoencoder's folder."""
    return tiny_map_model(tmp_path_factory.mktemp("models") / "tiny-map-ae", variational=False)


@pytest.fixture
def map_model(map_folder: ModelFolder) -> MapModel:
    """The tiny VAE, freshly loaded."""
    from models.image_vae.model import MapModel

    return MapModel.load(map_folder)
