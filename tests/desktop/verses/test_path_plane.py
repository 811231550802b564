"""A path in the plane of the model that drew it, and in no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.engine import Engine, Failure, UnexpectedError
from desktop.verses.path_plane import PathPlane
from desktop.verses.work import Reader
from models import shelf
from models.errors import ModelFolderError
from models.sentence_vae import plane
from models.sentence_vae.path import PathRequest, Plane
from models.shelf import Card, ModelFolder
from tests.desktop.verses.conftest import WAIT_MS
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
def among(qtbot: QtBot) -> Iterator[PathPlane]:
    engines: list[Engine[Reader]] = []
    made = PathPlane()

    def note(engine: Engine[Reader], _role: str) -> None:
        engines.append(engine)

    made.engine_made.connect(note)
    qtbot.addWidget(made.view)
    yield made
    assert all(engine.close(WAIT_MS) for engine in engines)
    assert len(engines) <= 1


def wait_for(among: PathPlane, told: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: told in among.view.accessibleDescription(), timeout=WAIT_MS)


def wait_for_nothing(among: PathPlane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: among.view.accessibleDescription() == "", timeout=WAIT_MS)


def test_a_path_lies_in_the_plane_of_its_model(among: PathPlane, folder: ModelFolder, qtbot: QtBot) -> None:
    path = path_for(PathRequest("A", "B"), model_hash=folder.hash)
    among.show_model(folder)
    among.show_path(path)
    wait_for(among, "7 verses", qtbot)
    steps = [among.view.position(row) for row in range(9)]
    found = plane.read_plane(folder)
    assert found is not None
    flat = plane.project(found, path.codes)
    assert (steps[8].x() - steps[0].x() > 0) == (flat[8, 0] > flat[0, 0])
    assert (steps[8].y() - steps[0].y() < 0) == (flat[8, 1] > flat[0, 1])


def test_nothing_is_read_or_computed_on_the_thread_of_the_window(
    among: PathPlane, folder: ModelFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[QThread] = []
    project, read_plane = plane.project, plane.read_plane

    def noted_read(folder: ModelFolder) -> Plane | None:
        threads.append(QThread.currentThread())
        return read_plane(folder)

    def noted_project(found: Plane, codes: NDArray[np.float32]) -> NDArray[np.float32]:
        threads.append(QThread.currentThread())
        return project(found, codes)

    monkeypatch.setattr(plane, "read_plane", noted_read)
    monkeypatch.setattr(plane, "project", noted_project)
    among.show_path(path_for(PathRequest("A", "B"), model_hash=folder.hash))
    among.show_model(folder)
    wait_for(among, "7 verses", qtbot)
    assert len(threads) == 2
    assert QThread.currentThread() not in threads


def test_a_ready_made_path_is_put_there_when_its_model_is_known(
    among: PathPlane, folder: ModelFolder, qtbot: QtBot
) -> None:
    among.show_path(path_for(PathRequest("A", "B"), model_hash=folder.hash))
    assert among.view.accessibleDescription() == ""
    among.show_model(folder)
    wait_for(among, "7 verses", qtbot)


def test_a_path_of_another_model_is_not_shown(among: PathPlane, folder: ModelFolder, qtbot: QtBot) -> None:
    path = path_for(PathRequest("A", "B"), model_hash=folder.hash)
    among.show_model(folder)
    among.show_path(path)
    wait_for(among, "7 verses", qtbot)
    among.show_path(replace(path, model_hash="f" * 12))
    wait_for_nothing(among, qtbot)


def test_a_model_without_a_plane_says_so(among: PathPlane, qtbot: QtBot) -> None:
    among.show_model(write_model("bare", {}))
    wait_for(among, "no picture", qtbot)


def test_a_damaged_plane_is_told_once_and_the_rest_goes_on(among: PathPlane, folder: ModelFolder, qtbot: QtBot) -> None:
    told: list[Failure] = []
    among.problem.connect(told.append)
    damaged = write_model("damaged", {plane.FILE: b"nonsense"})
    among.show_model(damaged)
    wait_for(among, "no picture", qtbot)
    among.show_path(path_for(PathRequest("A", "B"), model_hash=damaged.hash))
    among.show_model(folder)
    wait_for_nothing(among, qtbot)
    among.show_path(path_for(PathRequest("A", "B"), model_hash=folder.hash))
    wait_for(among, "7 verses", qtbot)
    assert [type(failure.error) for failure in told] == [ModelFolderError]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_path_that_cannot_be_placed_keeps_no_other_from_the_plane(
    among: PathPlane, folder: ModelFolder, qtbot: QtBot, is_first: bool
) -> None:
    told: list[Failure] = []
    among.problem.connect(told.append)
    path = path_for(PathRequest("A", "B"), model_hash=folder.hash)
    if not is_first:
        among.show_model(folder)
        among.show_path(path)
        wait_for(among, "7 verses", qtbot)
    among.show_path(replace(path, codes=path.codes[:, 1:]))
    if is_first:
        among.show_model(folder)  # else the path was asked for already, and once more could overtake it
    qtbot.waitUntil(lambda: len(told) == 1, timeout=WAIT_MS)
    assert isinstance(told[0].error, UnexpectedError)
    assert "7 verses" not in among.view.accessibleDescription()
    among.show_path(path)
    wait_for(among, "7 verses", qtbot)
