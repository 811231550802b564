"""A tiny model for tests, trained as any other in a second or two on the twenty lines that stand here.

It knows its lines by heart, so what a good model does with a line can be asked of it; what it writes between two lines
is poor verse. Nothing here loads torch until a model is made.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from models.sentence_vae.model import SentenceModel
    from models.shelf import ModelFolder
    from models.trainer import Options

BEGINNINGS, ENDINGS = ("the sea is", "my love is", "the sun is", "the day is"), ("new", "old", "mine", "dim", "far")
LINES = tuple(f"{beginning} {ending}" for beginning, ending in product(BEGINNINGS, ENDINGS))
HAN_LINES = tuple(map("".join, product(("小舟", "远山", "风落", "月满"), ("过桥去", "东篱下", "一天霜", "云里见"))))


def write_lines(folder: Path, lines: tuple[str, ...] = LINES) -> Path:
    """A folder of data in which train, valid and test hold the same lines."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in ("train", "valid", "test"):
        (folder / f"{split}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def train_tiny(
    folder: Path,
    *,
    epochs: float = 100,
    resume: bool = False,
    save_seconds: float = 120,
    lines: tuple[str, ...] = LINES,
    name: str = "tiny",
) -> ModelFolder:
    """Train the tiny model into `folder`, on data beside it."""
    import torch

    from models.sentence_vae.fitting import train_model
    from models.sentence_vae.network import Configuration
    from models.sentence_vae.training import Recipe

    data = write_lines(folder.with_name(f"{folder.name}-data"), lines)
    sizes = Configuration(vocabulary=300, embedding=24, encoder=24, decoder=64, code=16, queries=2)
    recipe = Recipe(batch=32, ceiling=30.0, blanks=0.0, word_dropout=0.0)
    options = replace(tiny_options(epochs), save_seconds=save_seconds)
    return train_model(data, folder, options, torch.device("cpu"), name, resume, sizes, recipe)


def tiny_options(epochs: float) -> Options:
    """Fast, for few steps."""
    from models.trainer import Options

    return Options(epochs=epochs, rate=0.01, warm_up=10, seed=1, measure_every=0.25)


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """The tiny model's folder; tests that change it must copy it first."""
    return train_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def chinese_folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """The folder of a tiny model that speaks Chinese."""
    return train_tiny(tmp_path_factory.mktemp("models") / "chinese", epochs=60, lines=HAN_LINES, name="tiny-chinese")


@pytest.fixture
def tiny_model(tiny_folder: ModelFolder) -> SentenceModel:
    """The tiny model, freshly loaded."""
    from models.sentence_vae.model import SentenceModel

    return SentenceModel.load(tiny_folder, "cpu")
