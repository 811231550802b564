"""Sprite files to arrays of colour indices: the lecture's two text files, a folder of pictures, or MNIST's idx files.

`read_data` is for training: it keeps a split that the data carries and else holds out a seeded tenth.
`read_for_evaluation` is for a model that exists: it gives what training never saw, in that model's format.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError
from models.sprites import DATA, SIDE, idx, labels, lecture_files
from models.sprites.form import Format, Pixels
from models.sprites.idx import INK
from models.sprites.labels import Labels, SplitLabels
from models.sprites.palette import Colours, learn_palette, to_indices
from models.sprites.picture_folder import Entry, FittedPictures, entries_of, read_fitted

HELD_OUT = 0.1
_MOST_VALID = 5_000  # of MNIST's training images

Broken = tuple[tuple[str, str], ...]  # file, and in a sentence why it cannot be used
Taken = NDArray[np.bool_]  # (N,)


@dataclass(frozen=True, eq=False)
class SpriteData:
    """Images to learn from, to select on and, where the data carries some, to test on.

    The arrays (N, H, W) hold colour indices or, where `grey` says so, the ink of each pixel from 0 to 255: the chance
    out of 255 that it has colour 1, drawn anew whenever the image is used ("dynamic binarisation").
    """

    train: Pixels
    valid: Pixels
    test: Pixels
    form: Format
    broken: Broken = ()
    grey: bool = False
    labels: SplitLabels | None = None

    @property
    def hash(self) -> str:
        """SHA-256 that tells these images, in this split and format, from all others, whatever they are called."""
        told = hashlib.sha256(repr((self.form, self.grey)).encode())
        for images in (self.train, self.valid, self.test):
            told.update(f"{images.shape}".encode() + images.tobytes())
        return told.hexdigest()


@dataclass(frozen=True, eq=False)
class UnseenData:
    """Images (N, H, W) to measure a model on, in its format, and what to call each; `grey` as in `SpriteData`."""

    images: Pixels
    names: tuple[str, ...]
    broken: Broken = ()
    grey: bool = False
    labels: Labels | None = None


def read_data(path: Path, side: int = SIDE, seed: int = 0) -> SpriteData:
    """Data for training; pictures are fitted to `side` pixels, other data has its own. Raises `DataError`."""
    images = _lecture_images(path)
    if images is not None:
        return _read_lecture(images, seed)
    ink = _idx_files(path)
    if ink:
        return _read_idx(ink)
    return _read_pictures(path, side, seed)


def read_for_evaluation(path: Path, form: Format, every_split: bool = False) -> UnseenData:
    """The test split of data that carries one, else all of it, in a model's format. Raises `DataError`.

    `every_split` takes all of it in any case. Colours become the palette's nearest; a number that stands for
    the same colour in the lecture's table and in the palette stays.
    Pictures are fitted; text and idx images must have the model's size.
    """
    images = _lecture_images(path)
    if images is not None:
        return _evaluate_lecture(images, form)
    ink = _idx_files(path)
    if ink:
        return _evaluate_idx(ink if every_split else ink[-1:], form)
    return _evaluate_pictures(path, form, every_split)


def _lecture_images(path: Path) -> Path | None:
    """The lecture's file of images, if that is what is meant. Raises `DataError` for another text file."""
    if path.suffix.lower() == ".txt" and not path.is_dir():
        if path.name != lecture_files.IMAGES and path.exists() and not path.with_name(lecture_files.COLOURS).exists():
            told = "{path} is no data for this model, which takes pictures: give {kinds}."
            raise DataError(told, path=path, kinds=DATA)
        return path
    images, table = path / lecture_files.IMAGES, path / lecture_files.COLOURS
    return images if images.is_file() or table.is_file() else None


def _idx_files(path: Path) -> list[Path]:
    """Images in idx format, those for training first."""
    if idx.is_idx(path):
        return [path]
    return [file for split in ("train", "t10k") if (file := idx.find(path, split)) is not None]


def _read_lecture(images: Path, seed: int) -> SpriteData:
    read = lecture_files.read_lecture_files(images)
    form = _format(read.pixels, [(r, g, b) for r, g, b in read.table.tolist()])
    valid = _held_out([image.tobytes() for image in read.pixels], seed, images)
    told = labels.of_colours(read.pixels, form).split(~valid, valid, np.s_[:0])
    return SpriteData(read.pixels[~valid], read.pixels[valid], read.pixels[:0], form, labels=told)


def _read_idx(files: list[Path]) -> SpriteData:
    """MNIST's own split; its last 5,000 training images, or a tenth if that is fewer, are to select on."""
    images = [idx.read_idx(file) for file in files]
    learned, test = images if len(images) > 1 else (images[0], images[0][:0])
    if len(learned) < 2:
        raise _too_few(files[0])
    if test.shape[1:] != learned.shape[1:]:
        raise DataError("{first} and {second} hold images of different sizes.", first=files[0], second=files[1])
    end = len(learned)
    start = end - max(1, min(_MOST_VALID, int(end * HELD_OUT)))
    told = labels.of_idx(files, images)
    parts = None if told is None else told.split(np.s_[:start], np.s_[start:end], np.s_[end:])
    return SpriteData(learned[:start], learned[start:], test, _format(learned, INK), grey=True, labels=parts)


def _read_pictures(path: Path, side: int, seed: int) -> SpriteData:
    read = read_fitted(_entries(path), side, side)
    splits = np.array([entry.split or "train" for entry in read.entries])
    train, valid, test = (splits == split for split in ("train", "valid", "test"))
    if not valid.any():
        chosen = np.flatnonzero(train)
        valid[chosen] = _held_out(_families(read, chosen), seed, path)
        train &= ~valid
    if not train.any():
        raise _too_few(path)
    form = _format(read.colours, learn_palette(read.colours[train]))
    if len(form.palette) == 1:
        raise DataError("{path} holds nothing but white paper.", path=path)
    pixels = to_indices(read.colours, form.table)
    told = labels.of_pictures(read.entries, pixels, form, path).split(train, valid, test)
    return SpriteData(pixels[train], pixels[valid], pixels[test], form, read.broken, labels=told)


def _entries(path: Path) -> list[Entry]:
    return entries_of(path) if path.is_dir() else [Entry(path.name, path)]


def _families(read: FittedPictures, chosen: NDArray[np.intp]) -> list[Hashable]:
    """What tells which pictures belong together: their family, or that they are the same."""
    return [read.entries[i].family or read.colours[i].tobytes() for i in chosen]


def _held_out(families: Sequence[Hashable], seed: int, path: Path) -> Taken:
    """A seeded tenth, in which families are whole, so that nothing is selected on what was learned."""
    sizes = Counter(families)
    if len(sizes) < 2:
        raise _too_few(path)
    kinds = list(sizes)
    room = int(len(families) * HELD_OUT)
    taken: set[Hashable] = set()
    for number in np.random.default_rng(seed).permutation(len(kinds)):
        if sizes[kinds[number]] <= room:
            taken.add(kinds[number])
            room -= sizes[kinds[number]]
    if not taken:
        taken.add(min(kinds, key=sizes.__getitem__))
    return np.array([family in taken for family in families])


def _evaluate_lecture(images: Path, form: Format) -> UnseenData:
    read = lecture_files.read_lecture_files(images)
    _check_size(images, read.pixels, form)
    pixels = _renumbered(read.table, form.table)[read.pixels]
    return UnseenData(pixels, read.names, labels=labels.of_colours(pixels, form))


def _renumbered(table: Colours, palette: Colours) -> NDArray[np.uint8]:
    """For each number into a colour table (T, 3) that into the palette (P, 3): itself where both hold the same colour.

    Colours that look alike keep their own numbers so, however the tables differ elsewhere.
    """
    numbers = to_indices(table, palette)
    shared = min(len(table), len(palette))
    same = np.flatnonzero((table[:shared] == palette[:shared]).all(axis=1))
    numbers[same] = same
    return numbers


def _evaluate_idx(files: list[Path], form: Format) -> UnseenData:
    read = [idx.read_idx(file) for file in files]
    for file, images in zip(files, read, strict=True):
        _check_size(file, images, form)
    ink = np.concatenate(read)
    pairs = zip(files, read, strict=True)
    names = tuple(f"{file.name}:{number}" for file, images in pairs for number in range(len(images)))
    told = labels.of_idx(files, read)
    if form.palette == INK:
        return UnseenData(ink, names, grey=True, labels=told)
    greys = 255 - np.arange(256, dtype=np.uint8)  # ink is black on white paper
    return UnseenData(to_indices(np.stack([greys] * 3, axis=1), form.table)[ink], names, labels=told)


def _evaluate_pictures(path: Path, form: Format, every_split: bool) -> UnseenData:
    entries = _entries(path)
    tested = [entry for entry in entries if entry.split == "test" and not every_split]
    read = read_fitted(tested or entries, form.height, form.width)
    names = tuple(entry.name for entry in read.entries)
    pixels = to_indices(read.colours, form.table)
    return UnseenData(pixels, names, read.broken, labels=labels.of_pictures(read.entries, pixels, form, path))


def _check_size(path: Path, images: Pixels, form: Format) -> None:
    _, height, width = images.shape
    if (height, width) != (form.height, form.width):
        raise DataError(
            "{path} holds images of {width}×{height} pixels, and this model draws {wide}×{high}.",
            path=path,
            width=width,
            height=height,
            wide=form.width,
            high=form.height,
        )


def _format(images: NDArray[np.uint8], palette: Sequence[tuple[int, int, int]]) -> Format:
    return Format(images.shape[1], images.shape[2], tuple(palette))


def _too_few(path: Path) -> DataError:
    return DataError("{path} holds too little to train on: at least 2 different images are needed.", path=path)
