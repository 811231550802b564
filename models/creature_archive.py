"""Creature sprites out of the archive of Dungeon Crawl Stone Soup's CC0 tiles.

`resources/data/creatures.tsv` lists those that the shipped models were trained on: their split and their path below
the archive's folder `releases`. Only what is listed is taken, under a name made from the list, so nothing in an
archive can decide where a file goes.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.resources
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

import numpy as np
from PIL import Image

from models.errors import DataError

SHOWN_SHA256 = "e648e806b8e8e210c15f07e4a9d28df9cf18ef1c2a93a7bdd5ab4af0c4c74509"  # see `shown_sha256`
INDEX = "index.csv"
_RELEASES = "releases"
_MOST_BYTES, _MOST_SIDE = 1 << 20, 256  # of one picture

Listed = tuple[tuple[str, str], ...]  # split, path


def listed() -> Listed:
    """Split and path of each creature."""
    text = (importlib.resources.files("resources") / "data" / "creatures.tsv").read_text(encoding="utf-8")
    return tuple((split, path) for split, path in (line.split("\t") for line in text.splitlines()))


def unpack(archive: bytes) -> dict[str, bytes]:
    """The pictures and an `index.csv` that tells their splits, by name. Raises `DataError`."""
    creatures = listed()
    pictures = _members(archive, [path for _, path in creatures])
    found = shown_sha256(pictures.items())
    if found != SHOWN_SHA256:
        told = "The archive's pictures are not those that were published (SHA-256 {found}): nothing of it was kept."
        raise DataError(told, found=found)
    index = io.StringIO()
    rows = [(_name(path), split, path) for split, path in creatures]
    csv.writer(index).writerows([("file", "split", "source_path"), *rows])
    return {**{_name(path): data for path, data in pictures.items()}, INDEX: index.getvalue().encode()}


def shown_sha256(pictures: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 of what pictures show, each told by its path: however they are packed, the same."""
    told = hashlib.sha256()
    for path, data in pictures:
        told.update(f"{path} ".encode() + _shown(path, data))
    return told.hexdigest()


def _shown(path: str, data: bytes) -> bytes:
    """A picture's width, height and pixels; those that are transparent have no colour."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) > _MOST_SIDE:
                raise Image.DecompressionBombError
            rgba = np.array(image.convert("RGBA"))
    except Exception as error:  # damaged bytes make a decoder raise whatever it stumbles over
        raise DataError("{path} in the archive is damaged.", path=path) from error
    rgba[rgba[..., 3] == 0] = 0
    return f"{rgba.shape[1]}x{rgba.shape[0]} ".encode() + rgba.tobytes()


def _members(archive: bytes, paths: list[str]) -> dict[str, bytes]:
    """The listed files of the archive, whose first folder is named after a commit."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
            inside = {info.filename.partition("/")[2]: info for info in zipped.infolist()}
            missing = [path for path in paths if f"{_RELEASES}/{path}" not in inside]
            if missing:
                raise DataError("The archive lacks {path} and {count} more.", path=missing[0], count=len(missing) - 1)
            return {path: _member(zipped, inside[f"{_RELEASES}/{path}"]) for path in paths}
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise DataError("The archive of creatures is damaged.") from error


def _member(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with zipped.open(info) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise DataError("{path} in the archive is too large for a picture.", path=info.filename)
    return data


def _name(path: str) -> str:
    return path.replace("/", "-")
