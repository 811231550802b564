"""Public data sets, obtained from their origins: nothing of them ships with the program.

What an origin gives is kept only if it is what was published: by its SHA-256 where one is known, else by its form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models import atomic, creature_archive
from models.download import download
from models.errors import DataError
from models.shelf import user_data

Files = dict[str, bytes]

LECTURE_ORIGINS = (
    "https://speech.ee.ntu.edu.tw/~tlkagk/courses/ML_2016/Pokemon_creation/",
    "https://raw.githubusercontent.com/SunnyHaze/PixelRNN-Pokemon-Creation/56c8c82d7a10ba4d574e41950b666c3e7ee22cce/",
)
MNIST_ORIGINS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)
MNIST_SHA256 = {  # of the files as they were published
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}
CREATURES_ORIGIN = "https://codeload.github.com/crawl/tiles/zip/a6ea1655db5c044829d9eea19a232fa6fcac87b0"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class PublicData:
    """A data set that can be obtained: its licence, how it is told to be the right one, and the way to its files."""

    licence: str
    checked: str
    obtain: Callable[[], Files]


@dataclass(frozen=True)
class Fetched:
    """Where a data set was put, and the SHA-256 of its files' names and contents (see `sha256_of`)."""

    path: Path
    sha256: str


def fetch(name: str, folder: Path | None = None) -> Fetched:
    """Obtain a data set into a folder, by default one of the user's data. Raises `DataError`, `SaveError`."""
    place = user_data() / "data" / name if folder is None else folder
    atomic.check_folder(place)
    files = DATA[name].obtain()
    for file, data in files.items():
        _check_own(place / file, data)
    for file, data in files.items():
        atomic.write_bytes(place / file, data)
    return Fetched(place, sha256_of(files))


def _check_own(path: Path, data: bytes) -> None:
    """Tell of a file that would be lost."""
    try:
        is_other = path.exists() and (not path.is_file() or path.read_bytes() != data)
    except OSError as error:
        raise DataError("Cannot read {path}: {reason}.", path=path, reason=error.strerror or error) from error
    if is_other:
        raise DataError("{path} is there already and something else: choose another folder.", path=path)


def sha256_of(files: Files) -> str:
    """What `cat` of `sha256sum` of all files, in the order of their names, hashes to: `sha256sum * | sha256sum`."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _lecture() -> Files:
    """Both files of the first origin that has the lecture's: images and their colour table belong together."""
    *others, last = LECTURE_ORIGINS
    for origin in others:
        try:
            return _lecture_of(origin)
        except DataError:
            continue
    return _lecture_of(last)


def _lecture_of(origin: str) -> Files:
    files = {name: download([origin + name], 10 * MEGABYTE) for name in ("pixel_color.txt", "colormap.txt")}
    if not _is_lecture(*files.values()):
        raise DataError("{origin} gives something else than the lecture's sprites.", origin=origin)
    return files


def _is_lecture(images: bytes, table: bytes) -> bool:
    """Whether these are 792 rows of 400 colour numbers, and a table of 167 colours."""
    try:
        rows, colours = ([[int(word) for word in row.split()] for row in text.splitlines()] for text in (images, table))
    except ValueError:
        return False
    sizes = len(rows), {len(row) for row in rows}, len(colours), {len(colour) for colour in colours}
    numbers = {number for row in rows for number in row} <= set(range(167))
    return sizes == (792, {400}, 167, {3}) and numbers and {part for row in colours for part in row} <= set(range(256))


def _mnist() -> Files:
    return {
        name: download([origin + name for origin in MNIST_ORIGINS], 20 * MEGABYTE, sha256)
        for name, sha256 in MNIST_SHA256.items()
    }


def _creatures() -> Files:
    return creature_archive.unpack(download([CREATURES_ORIGIN], 400 * MEGABYTE))


DATA = {
    "lecture": PublicData(
        "none is stated; the lecture of H.-Y. Lee gives the sprites to its students, and they show Pokémon, "
        "© Nintendo, Creatures Inc. and GAME FREAK inc.: use them to study, and pass nothing on",
        "no SHA-256 of these files is published, so their form was checked: 792 images of 400 pixels in 167 colours",
        _lecture,
    ),
    "mnist": PublicData("CC BY-SA 3.0, Y. LeCun and C. Cortes", "each file has the SHA-256 that is published", _mnist),
    "creatures": PublicData(
        "CC0 1.0, the artists of Dungeon Crawl Stone Soup",
        "the pictures have the SHA-256 of those that the shipped models were trained on",
        _creatures,
    ),
}
