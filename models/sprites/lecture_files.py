"""The lecture's two text files, as published.

`pixel_color.txt` holds one square image a row: its colour numbers in raster order, separated by blanks. `colormap.txt`
holds one colour `R G B` a row; row n, counted from 0, is colour n.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.errors import DataError
from models.sprites.form import MAX_COLOURS, MAX_SIDE, Pixels
from models.sprites.palette import Colours

IMAGES, COLOURS = "pixel_color.txt", "colormap.txt"
MAX_BYTES = 1 << 27  # of one file: some 100,000 images of the lecture's size


@dataclass(frozen=True, eq=False)
class LectureFiles:
    """Colour indices (N, S, S) and the colour table (P, 3) that they point into."""

    pixels: Pixels
    table: Colours
    names: tuple[str, ...]


def read_lecture_files(images: Path) -> LectureFiles:
    """The images and, from the file beside them, their colour table. Raises `DataError`."""
    table = _read_table(images.with_name(COLOURS))
    rows = list(_numbers(images, len(table) - 1, "{path}, row {row}: the colour table has no colour {number}."))
    if not rows:
        raise DataError("{path} holds no images.", path=images)
    side = _side(images, len(rows[0]))
    for row, numbers in enumerate(rows, 1):
        if len(numbers) != side * side:
            raise _unequal(images, row, len(numbers), side * side)
    pixels = np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), side, side).copy()  # one may write to it
    return LectureFiles(pixels, table, tuple(f"{images.name}:{row}" for row in range(1, len(rows) + 1)))


def _read_table(path: Path) -> Colours:
    rows = list(_numbers(path, 255, "{path}, row {row}: {number} is no part of a colour, which goes from 0 to 255."))
    if not 2 <= len(rows) <= MAX_COLOURS:
        raise DataError(
            "{path} holds {count} colours: a colour table has 2 to {most}.",
            path=path,
            count=len(rows),
            most=MAX_COLOURS,
        )
    for row, numbers in enumerate(rows, 1):
        if len(numbers) != 3:
            raise _unequal(path, row, len(numbers), 3)
    return np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), 3)


def _numbers(path: Path, most: int, too_large: str) -> Iterator[bytes]:
    """The whole numbers of each row, none above `most`, which is at most 255; empty rows at the end do not count."""
    for row, line in enumerate(_text(path).rstrip().splitlines(), 1):
        words = line.split()
        numbers = [int(word) if word.isascii() and word.isdigit() and len(word) < 10 else -1 for word in words]
        if min(numbers, default=0) < 0:
            wrong = words[numbers.index(-1)][:20]
            raise DataError("{path}, row {row}: {word} is no colour number.", path=path, row=row, word=wrong)
        if max(numbers, default=0) > most:
            raise DataError(too_large, path=path, row=row, number=max(numbers))
        yield bytes(numbers)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError("{path} is larger than {limit} MiB: give less.", path=path, limit=MAX_BYTES >> 20)
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("{path} is not a text of colour numbers.", path=path) from error
    except FileNotFoundError as error:
        missing = "{path} is missing: images and their colour table belong in one folder."
        raise DataError(missing, path=path) from error
    except OSError as error:
        raise DataError("Cannot read {path}: {reason}.", path=path, reason=error.strerror or error) from error


def _side(path: Path, count: int) -> int:
    side = math.isqrt(count)
    if side * side != count or not 1 <= side <= MAX_SIDE:
        raise DataError(
            "{path}: its first row holds {count} numbers, which is no square image of at most {most} pixels a side.",
            path=path,
            count=count,
            most=MAX_SIDE,
        )
    return side


def _unequal(path: Path, row: int, count: int, wanted: int) -> DataError:
    return DataError(
        "{path}, row {row} holds {count} numbers, where {wanted} belong.",
        path=path,
        row=row,
        count=count,
        wanted=wanted,
    )
