"""Small data sets that the tests write: sprites of a few colours, in each form that is read."""

from __future__ import annotations

import csv
import gzip
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

TABLE = np.array([(255, 255, 255), (0, 0, 0), (200, 30, 30), (30, 60, 200)], np.uint8)


def sprites(count: int, side: int = 4, colours: int = len(TABLE), seed: int = 0) -> NDArray[np.uint8]:
    """Random colour indices (N, S, S), no two images alike."""
    images = np.random.default_rng(seed).integers(0, colours, (count, side, side), np.uint8)
    assert len({image.tobytes() for image in images}) == count
    return images


def write_lecture(folder: Path, images: NDArray[np.uint8], table: NDArray[np.uint8] = TABLE) -> Path:
    """The lecture's two text files."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (" ".join(map(str, image.ravel())) for image in images)
    (folder / "pixel_color.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    colours = (" ".join(map(str, colour)) for colour in table)
    (folder / "colormap.txt").write_text("\n".join(colours) + "\n", encoding="utf-8")
    return folder


def write_pictures(folder: Path, images: NDArray[np.uint8], table: NDArray[np.uint8] = TABLE) -> Path:
    """One PNG an image, called 000.png, 001.png …"""
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in enumerate(images):
        Image.fromarray(table[image]).save(folder / f"{number:03}.png")
    return folder


def write_index(folder: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    """An index.csv of (file, family, split) and, where the rows are longer, the label."""
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("file", "family", "split", "label")[: len(rows[0])], *rows])
    return folder


def idx_bytes(images: NDArray[np.uint8]) -> bytes:
    """Images (N, H, W) in the idx format."""
    return struct.pack(">4I", 0x803, *images.shape) + images.tobytes()


def write_idx(folder: Path, train: NDArray[np.uint8], test: NDArray[np.uint8], suffix: str = ".gz") -> Path:
    """MNIST's two files of images."""
    folder.mkdir(parents=True, exist_ok=True)
    for split, images in (("train", train), ("t10k", test)):
        data = idx_bytes(images)
        name = f"{split}-images-idx3-ubyte{suffix}"
        (folder / name).write_bytes(gzip.compress(data) if suffix else data)
    return folder


def write_idx_labels(folder: Path, train: Sequence[int], test: Sequence[int], suffix: str = ".gz") -> Path:
    """MNIST's two files of labels."""
    for split, labels in (("train", train), ("t10k", test)):
        data = struct.pack(">2I", 0x801, len(labels)) + bytes(labels)
        name = f"{split}-labels-idx1-ubyte{suffix}"
        (folder / name).write_bytes(gzip.compress(data) if suffix else data)
    return folder
