"""Which of the folders that were given hold which unseen data, told by what lies in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import DataError
from models.sentence_vae import dataset
from models.sentence_vae.language import CHINESE, ENGLISH
from models.sentence_vae.script import HAN, script_of
from models.sprites import idx, picture_folder

DIGITS = "t10k"
TOLD_BY = 1000  # lines of verse that tell their language


@dataclass(frozen=True)
class Data:
    """A folder for each kind, verse by its language; None where none was given."""

    verse: dict[str, Path]
    creatures: Path | None
    digits: Path | None


def find(folders: Sequence[Path]) -> Data:
    """Looks into each folder and into its subfolders."""
    places = [place for folder in folders for place in (folder, *_subfolders(folder))]
    verse = {_language(place): place for place in reversed(places) if _holds_verse(place)}
    return Data(verse, _first(places, _holds_creatures), _first(places, _holds_digits))


def _subfolders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _first(places: list[Path], holds: Callable[[Path], bool]) -> Path | None:
    return next((place for place in places if holds(place)), None)


def _holds_verse(place: Path) -> bool:
    return place.is_file() or bool(dataset.split_files(place, "test"))


def _language(place: Path) -> str:
    """Of verse; what cannot be read is told in the rows of English."""
    try:
        lines = dataset.read_test(place)
    except DataError:
        return ENGLISH
    return CHINESE if script_of(lines[:TOLD_BY]) == HAN else ENGLISH


def _holds_creatures(place: Path) -> bool:
    return (place / picture_folder.INDEX).is_file()


def _holds_digits(place: Path) -> bool:
    return idx.find(place, DIGITS) is not None
