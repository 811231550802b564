"""The code's principal plane: the two directions in which codes of real lines differ most, and those codes in it.

Pearson (1901). A file of the model folder, read without torch; no line can be told from its two numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from models import shelf
from models.sentence_vae.path import Plane
from models.shelf import ModelFolder

FILE = "plane.safetensors"
MOST_POINTS = 1 << 16
_MEAN, _AXES, _CLOUD = "mean", "axes", "cloud"


def plane_of(codes: NDArray[np.float32]) -> Plane:
    """The plane of codes (N, Z) of real lines, with N points in its cloud. N and Z are 2 or more."""
    mean = codes.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov(codes, rowvar=False))  # by increasing variance
    axes = directions[:, :-3:-1].T
    axes = axes * np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]  # else their ends are by chance
    bare = Plane(mean.astype(np.float32), axes.astype(np.float32), np.zeros((0, 2), np.float32))
    return Plane(bare.mean, bare.axes, project(bare, codes))


def project(plane: Plane, codes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Points (N, 2) of codes (N, Z)."""
    points: NDArray[np.float32] = (codes - plane.mean) @ plane.axes.T
    return points


def serialize(plane: Plane) -> bytes:
    """The file of a model folder, the cloud in half precision."""
    return save({_MEAN: plane.mean, _AXES: np.ascontiguousarray(plane.axes), _CLOUD: plane.cloud.astype(np.float16)})


def parse(data: bytes) -> Plane:
    """The plane of a file. Raises `ValueError` for bytes that are none."""
    try:
        tensors = load(data)
        mean, axes, cloud = (_finite(tensors[name]) for name in (_MEAN, _AXES, _CLOUD))
    except (SafetensorError, KeyError) as error:
        raise ValueError("it is not a plane of codes") from error
    if mean.ndim != 1 or axes.shape != (2, len(mean)) or cloud.shape[1:] != (2,) or len(cloud) > MOST_POINTS:
        raise ValueError("it is not a plane of codes")
    return Plane(mean, axes, cloud)


def _finite(tensor: NDArray[Any]) -> NDArray[np.float32]:
    if tensor.dtype.kind != "f" or not np.isfinite(tensor).all():
        raise ValueError("it is not a plane of codes")
    return tensor.astype(np.float32)


def read_plane(folder: ModelFolder) -> Plane | None:
    """The plane of a model folder; None where it holds none. Raises `ModelFolderError` where it is damaged."""
    if FILE not in folder.card.files:
        return None
    try:
        plane = parse(shelf.read_file(folder, FILE))
    except ValueError as error:
        raise shelf.damaged(folder.path / FILE, folder.shipped, str(error)) from error
    if len(plane.mean) != folder.card.configuration.get("code"):
        raise shelf.damaged(folder.path / FILE, folder.shipped, "it is not the plane of this model's codes")
    return plane
