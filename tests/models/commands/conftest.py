"""The `atelier` command as a person calls it, and the tiny model on the shelf."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest

from models import cli, shelf
from models.shelf import ModelFolder


class Said(NamedTuple):
    """What a call of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Atelier = Callable[..., Said]


@pytest.fixture
def atelier(capsys: pytest.CaptureFixture[str]) -> Atelier:
    """Calls the command with words."""

    def call(*words: str) -> Said:
        status = cli.main(words)
        return Said(status, *capsys.readouterr())

    return call


@pytest.fixture
def on_shelf(tiny_folder: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelFolder:
    """The tiny model as the only one on the shelf."""

    def nothing() -> Path:
        return tmp_path / "nothing"

    monkeypatch.setattr(shelf, "shipped_models", nothing)
    copytree(tiny_folder.path, shelf.user_models() / "tiny")
    return shelf.find("tiny")


@pytest.fixture
def both_on_shelf(on_shelf: ModelFolder, chinese_folder: ModelFolder) -> ModelFolder:
    """The tiny English model and the Chinese one, which is given."""
    copytree(chinese_folder.path, shelf.user_models() / "tiny-chinese")
    return shelf.find("tiny-chinese")


@pytest.fixture
def drawer(drawing_folder: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelFolder:
    """The tiny PixelRNN as the only model on the shelf."""

    def nothing() -> Path:
        return tmp_path / "nothing"

    monkeypatch.setattr(shelf, "shipped_models", nothing)
    copytree(drawing_folder.path, shelf.user_models() / "tiny-drawer")
    return shelf.find("tiny-drawer")


@pytest.fixture
def maps(
    map_folder: ModelFolder, plain_map_folder: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, ModelFolder]:
    """A tiny VAE and its autoencoder as the only models on the shelf, by their names."""

    def nothing() -> Path:
        return tmp_path / "nothing"

    monkeypatch.setattr(shelf, "shipped_models", nothing)
    for folder in (map_folder, plain_map_folder):
        copytree(folder.path, shelf.user_models() / folder.name)
    return {name: shelf.find(name) for name in (map_folder.name, plain_map_folder.name)}
