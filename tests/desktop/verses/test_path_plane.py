"""A path in the plane of the model that drew it, and in no other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.verses.path_plane import PathPlane
from models import shelf
from models.errors import ModelFolderError
from models.sentence_vae import plane
from models.sentence_vae.path import PathRequest
from models.shelf import Card, ModelFolder
from tests.desktop.verses.fake import CODE_SIZE, path_for

CODES = np.random.default_rng(5).normal(size=(50, CODE_SIZE)).astype(np.float32)


def write_model(name: str, files: dict[str, bytes]) -> ModelFolder:
    card = Card("sentence_vae", name, name, {"code": CODE_SIZE}, "made up", "none")
    weights = {"w": np.full(2, len(name), np.float32)}
    return shelf.write(shelf.user_models() / name, card, weights, files)


@pytest.fixture
def folder() -> ModelFolder:
    return write_model("plain", {plane.FILE: plane.serialize(plane.plane_of(CODES))})


@pytest.fixture
def among(qtbot: QtBot) -> PathPlane:
    made = PathPlane()
    qtbot.addWidget(made.view)
    return made


def test_a_path_lies_in_the_plane_of_its_model(among: PathPlane, folder: ModelFolder) -> None:
    path = path_for(PathRequest("A", "B"), model_hash=folder.hash)
    among.show_model(folder)
    among.show_path(path)
    assert "7 verses" in among.view.accessibleDescription()
    steps = [among.view.position(row) for row in range(9)]
    found = plane.read_plane(folder)
    assert found is not None
    flat = plane.project(found, path.codes)
    assert (steps[8].x() - steps[0].x() > 0) == (flat[8, 0] > flat[0, 0])
    assert (steps[8].y() - steps[0].y() < 0) == (flat[8, 1] > flat[0, 1])


def test_a_ready_made_path_is_put_there_when_its_model_is_known(among: PathPlane, folder: ModelFolder) -> None:
    among.show_path(path_for(PathRequest("A", "B"), model_hash=folder.hash))
    assert among.view.accessibleDescription() == ""
    among.show_model(folder)
    assert "7 verses" in among.view.accessibleDescription()


def test_a_path_of_another_model_is_not_shown(among: PathPlane, folder: ModelFolder) -> None:
    path = path_for(PathRequest("A", "B"), model_hash=folder.hash)
    among.show_model(folder)
    among.show_path(path)
    among.show_path(replace(path, model_hash="f" * 12))
    assert among.view.accessibleDescription() == ""


def test_a_model_without_a_plane_says_so(among: PathPlane) -> None:
    among.show_model(write_model("bare", {}))
    assert "no picture" in among.view.accessibleDescription()


def test_a_damaged_plane_is_told_and_the_rest_goes_on(among: PathPlane) -> None:
    told: list[ModelFolderError] = []
    among.problem.connect(told.append)
    among.show_model(write_model("damaged", {plane.FILE: b"nonsense"}))
    assert len(told) == 1
    assert "no picture" in among.view.accessibleDescription()
