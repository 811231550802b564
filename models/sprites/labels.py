"""What the images of a data set show: the numbers of a label file, the words of an index, or the main colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError
from models.sprites import idx, main_colour
from models.sprites.form import Format, Pixels
from models.sprites.picture_folder import Entry

UNTOLD = "other"  # what a picture is called of which an index that labels others says nothing
MAX_LABELS = 64  # more would fill no legend
_DIGITS = 10

Numbers = NDArray[np.uint8]  # (N,) into names
Part = slice | NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SplitLabels:
    """What each image of data to learn from shows: numbers (N,) into `names`."""

    names: tuple[str, ...]
    train: Numbers
    valid: Numbers
    test: Numbers


@dataclass(frozen=True, eq=False)
class Labels:
    """What each of N images shows: `numbers` (N,) into `names`."""

    names: tuple[str, ...]
    numbers: Numbers

    def split(self, train: Part, valid: Part, test: Part) -> SplitLabels:
        """The same in three parts."""
        return SplitLabels(self.names, self.numbers[train], self.numbers[valid], self.numbers[test])


def of_idx(files: Sequence[Path], images: Sequence[Pixels]) -> Labels | None:
    """Those in the files beside files of images, all in a row; None where one lacks its file. Raises `DataError`."""
    found = [file for file in map(idx.labels_of, files) if file is not None]
    if len(found) < len(files):
        return None
    numbers = [idx.read_labels(file, len(some)) for file, some in zip(found, images, strict=True)]
    every = np.concatenate(numbers)
    names = tuple(map(str, range(max(_DIGITS, int(every.max()) + 1))))
    return Labels(_few(names, found[0]), every)


def of_pictures(entries: Sequence[Entry], pixels: Pixels, form: Format, folder: Path) -> Labels:
    """What an index says of pictures or, where it says nothing of any, their main colours. Raises `DataError`."""
    if not any(entry.label for entry in entries):
        return of_colours(pixels, form)
    told = [entry.label or UNTOLD for entry in entries]
    names = _few(tuple(sorted(set(told))), folder)
    return Labels(names, np.array([names.index(label) for label in told], np.uint8))


def of_colours(pixels: Pixels, form: Format) -> Labels:
    """The main colours of sprites (N, H, W)."""
    return Labels(main_colour.NAMES, main_colour.main_colours(pixels, form))


def _few(names: tuple[str, ...], path: Path) -> tuple[str, ...]:
    if len(names) > MAX_LABELS:
        raise DataError(
            "{path} tells {found} labels apart: at most {most} are possible.",
            path=path,
            found=len(names),
            most=MAX_LABELS,
        )
    return names
