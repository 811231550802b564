from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save

from models.errors import ModelFolderError
from models.sentence_vae import plane as planes
from models.sentence_vae.plane import parse, plane_of, project, read_plane, serialize
from models.shelf import ModelFolder


@pytest.fixture
def codes() -> NDArray[np.float32]:
    """300 codes of 16 numbers, of which the fourth and the ninth vary most."""
    codes = np.random.default_rng(0).standard_normal((300, 16)) * 0.1 + 2.0
    codes[:, 3] *= 50.0
    codes[:, 8] *= 20.0
    return codes.astype(np.float32)


def test_the_axes_are_those_in_which_codes_differ_most(codes: NDArray[np.float32]) -> None:
    plane = plane_of(codes)
    assert np.abs(plane.axes).argmax(axis=1).tolist() == [3, 8]
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2), abs=1e-5)


def test_the_cloud_is_the_codes_in_the_plane_about_its_middle(codes: NDArray[np.float32]) -> None:
    plane = plane_of(codes)
    assert plane.cloud == pytest.approx((codes - codes.mean(0)) @ plane.axes.T, abs=1e-4)
    assert project(plane, codes[:5]) == pytest.approx(plane.cloud[:5])
    assert plane.cloud.mean(axis=0) == pytest.approx([0, 0], abs=1e-3)


def test_the_same_codes_in_another_order_give_the_same_axes(codes: NDArray[np.float32]) -> None:
    assert plane_of(codes[::-1]).axes == pytest.approx(plane_of(codes).axes, abs=1e-4)


def test_a_plane_comes_back_from_its_file(codes: NDArray[np.float32]) -> None:
    plane = plane_of(codes)
    again = parse(serialize(plane))
    assert (again.mean == plane.mean).all()
    assert (again.axes == plane.axes).all()
    assert again.cloud == pytest.approx(plane.cloud, rel=1e-3, abs=1e-3)


GOOD: dict[str, NDArray[Any]] = {
    "mean": np.zeros(16, np.float32),
    "axes": np.eye(2, 16, dtype=np.float32),
    "cloud": np.ones((3, 2), np.float16),
}


@pytest.mark.parametrize(
    "changed",
    [
        {"mean": np.zeros(15, np.float32)},
        {"mean": np.zeros((16, 1), np.float32)},
        {"axes": np.zeros((3, 16), np.float32)},
        {"cloud": np.zeros(6, np.float16)},
        {"cloud": np.full((3, 2), np.nan, np.float16)},
        {"axes": np.zeros((2, 16), np.int32)},
    ],
)
def test_a_file_of_another_kind_is_told(changed: dict[str, NDArray[Any]]) -> None:
    assert len(parse(save(GOOD)).cloud) == 3
    with pytest.raises(ValueError, match="it is not a plane of codes"):
        parse(save({**GOOD, **changed}))


@pytest.mark.parametrize("data", [b"", b"abc", save({"mean": np.zeros(3, np.float32)})])
def test_a_file_that_holds_no_plane_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="it is not a plane of codes"):
        parse(data)


def with_plane(folder: ModelFolder, place: Path, data: bytes) -> ModelFolder:
    """A copy of a model folder that holds these bytes as its plane."""
    copytree(folder.path, place)
    (place / planes.FILE).write_bytes(data)
    files = {**folder.card.files, planes.FILE: hashlib.sha256(data).hexdigest()}
    return replace(folder, path=place, card=replace(folder.card, files=files))


def test_a_model_folder_gives_its_plane(codes: NDArray[np.float32], tiny_folder: ModelFolder, tmp_path: Path) -> None:
    plane = read_plane(with_plane(tiny_folder, tmp_path / "with", serialize(plane_of(codes))))
    assert plane is not None
    assert plane.cloud.shape == (300, 2)


def test_a_model_folder_without_one_gives_none(tiny_folder: ModelFolder) -> None:
    files = {name: value for name, value in tiny_folder.card.files.items() if name != planes.FILE}
    assert read_plane(replace(tiny_folder, card=replace(tiny_folder.card, files=files))) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"abc", "it is not a plane of codes"), (serialize(plane_of(np.eye(5, dtype=np.float32))), "this model's codes")],
)
def test_a_damaged_plane_is_told(data: bytes, reason: str, tiny_folder: ModelFolder, tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match=reason):
        read_plane(with_plane(tiny_folder, tmp_path / "damaged", data))
