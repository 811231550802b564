"""Images and labels in MNIST's idx format, plain or .gz.

A file of images has a head of four numbers, then one byte of ink a pixel; one of labels two numbers, then a byte each.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError
from models.sprites.form import MAX_SIDE

INK = ((255, 255, 255), (0, 0, 0))  # the palette of a digit: paper and ink
MAX_BYTES = 1 << 29  # of one file, unpacked: ten times MNIST
_HEAD, _MAGIC = 16, 0x803  # bytes, three dimensions
_LABELS_HEAD, _LABELS_MAGIC = 8, 0x801
_ENDINGS = ("-images-idx3-ubyte", "-images.idx3-ubyte", "-images-idx3-ubyte.gz", "-images.idx3-ubyte.gz")


def find(folder: Path, split: str) -> Path | None:
    """The images of a split (`train` or `t10k`) in a folder, by any of the names under which they are passed on."""
    return next((folder / f"{split}{end}" for end in _ENDINGS if (folder / f"{split}{end}").is_file()), None)


def black(ink: NDArray[np.uint8], seed: int) -> NDArray[np.bool_]:
    """Which pixels of images (N, H, W) are black, drawn each with its ink as the chance, the same for the same seed."""
    return np.random.default_rng(seed).random(ink.shape, np.float32) * 255 < ink


def is_idx(path: Path) -> bool:
    """Whether a file is called as idx images are."""
    return path.name.endswith(_ENDINGS)


def read_idx(path: Path) -> NDArray[np.uint8]:
    """The ink (N, H, W) of every pixel, 0 to 255. Raises `DataError`."""
    data = _bytes(path)
    magic, count, height, width = (int(number) for number in np.frombuffer(data[:_HEAD].ljust(_HEAD, b"\0"), ">u4"))
    if magic != _MAGIC:
        raise DataError("{path} is no file of images in the idx format.", path=path)
    if not (count and 1 <= height <= MAX_SIDE and 1 <= width <= MAX_SIDE):
        raise DataError(
            "{path} tells of {count} images of {width}×{height} pixels: that cannot be used.",
            path=path,
            count=count,
            width=width,
            height=height,
        )
    if len(data) != _HEAD + count * height * width:
        raise DataError("{path} is damaged: it is not as long as its head tells.", path=path)
    return np.frombuffer(data, np.uint8, offset=_HEAD).reshape(count, height, width).copy()  # one may write to it


def labels_of(images: Path) -> Path | None:
    """The file of labels beside a file of images, packed or not whichever that is; None where there is none."""
    called = images.name.removesuffix(".gz").replace("images-idx3", "labels-idx1").replace("images.idx3", "labels.idx1")
    return next((file for end in ("", ".gz") if (file := images.with_name(f"{called}{end}")).is_file()), None)


def read_labels(path: Path, count: int) -> NDArray[np.uint8]:
    """The labels (N,) of `count` images. Raises `DataError`."""
    data = _bytes(path)
    magic, told = (int(number) for number in np.frombuffer(data[:_LABELS_HEAD].ljust(_LABELS_HEAD, b"\0"), ">u4"))
    if magic != _LABELS_MAGIC or len(data) != _LABELS_HEAD + told:
        raise DataError("{path} is no file of labels in the idx format, or is damaged.", path=path)
    if told != count:
        raise DataError(
            "{path} holds {told} labels, and there are {count} images beside it.", path=path, told=told, count=count
        )
    return np.frombuffer(data, np.uint8, offset=_LABELS_HEAD).copy()


def _bytes(path: Path) -> bytes:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            data: bytes = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError("Cannot read {path}: {reason}.", path=path, reason=reason) from error
    if len(data) > MAX_BYTES:
        raise DataError("{path} holds more than {limit} MiB: give less.", path=path, limit=MAX_BYTES >> 20)
    return data
