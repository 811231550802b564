"""A folder of pictures: which there are, which split each belongs to, and which cannot be used.

Pictures lie in the folder itself or in its subfolder `png`. Where the folder holds an `index.csv`, its rows name them
(`file`), say their split (`split`: train, valid or test), which belong together (`family`) and what is shown (`label`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.errors import DataError
from models.sprites.palette import Colours
from models.sprites.pictures import SUFFIXES, fit, read_picture

INDEX, SUBFOLDER, SPLITS = "index.csv", "png", ("train", "valid", "test")
MAX_INDEX_BYTES = 1 << 26
MAX_LABEL = 40  # letters: what a legend has room for


@dataclass(frozen=True)
class Entry:
    """One picture, under the name that its folder has for it; the rest is empty where nothing tells."""

    name: str
    path: Path
    split: str = ""
    family: str = ""
    label: str = ""


@dataclass(frozen=True, eq=False)
class FittedPictures:
    """The pictures that can be used, brought to one size: colours (N, H, W, 3). `broken`: the others, and why."""

    colours: Colours
    entries: tuple[Entry, ...]
    broken: tuple[tuple[str, str], ...]


def entries_of(folder: Path) -> list[Entry]:
    """The pictures of a folder, in the order of its index or of their names. Raises `DataError`."""
    index = folder / INDEX
    found = list(_indexed(index) if index.is_file() else _unindexed(folder))
    if not found:
        raise DataError("{folder} holds no pictures.", folder=folder)
    return found


def read_fitted(entries: list[Entry], height: int, width: int) -> FittedPictures:
    """All pictures that can be read, fitted. Raises `DataError` where none can."""
    read: list[Colours] = []
    used: list[Entry] = []
    errors: dict[str, DataError] = {}
    for entry in entries:
        try:
            read.append(fit(read_picture(entry.path), height, width))
            used.append(entry)
        except DataError as error:
            errors[entry.name] = error
    if not read:
        raise next(iter(errors.values()))
    broken = tuple((name, str(error)) for name, error in errors.items())
    return FittedPictures(np.stack(read), tuple(used), broken)


def _files(folder: Path) -> list[Path]:
    try:
        inside = [path for place in (folder, folder / SUBFOLDER) if place.is_dir() for path in place.iterdir()]
    except OSError as error:
        raise DataError("Cannot read {path}: {reason}.", path=folder, reason=error.strerror or error) from error
    return sorted(path for path in inside if path.suffix.lower() in SUFFIXES)


def _unindexed(folder: Path) -> Iterator[Entry]:
    for path in _files(folder):
        yield Entry(path.relative_to(folder).as_posix(), path)


def _indexed(index: Path) -> Iterator[Entry]:
    pictures = index.parent / SUBFOLDER
    root = pictures if pictures.is_dir() else index.parent
    for number, row in enumerate(_rows(index), 2):
        file, split, family, label = (row.get(column) or "" for column in ("file", "split", "family", "label"))
        if not file:
            raise DataError("{path}, row {row} names no file.", path=index, row=number)
        if split not in ("", *SPLITS):
            raise DataError("{path}, row {row}: {split} is no split.", path=index, row=number, split=split[:20])
        yield Entry(file, root / file, split, family, label.strip()[:MAX_LABEL])


def _rows(index: Path) -> list[dict[str, str]]:
    try:
        if index.stat().st_size > MAX_INDEX_BYTES:
            raise DataError("{path} is far too large for an index.", path=index)
        text = index.read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(text.splitlines()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError("{path} is not a table of text.", path=index) from error
    except OSError as error:
        raise DataError("Cannot read {path}: {reason}.", path=index, reason=error.strerror or error) from error
