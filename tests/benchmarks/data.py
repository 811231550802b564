"""Which of the folders that were given hold which unseen data, told by what lies in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.sprites import idx, picture_folder

VERSE = ("test.txt", "test.txt.gz")
DIGITS = "t10k"


@dataclass(frozen=True)
class Data:
    """A folder for each kind; None where none was given."""

    verse: Path | None
    creatures: Path | None
    digits: Path | None


def find(folders: Sequence[Path]) -> Data:
    """Looks into each folder and into its subfolders."""
    places = [place for folder in folders for place in (folder, *_subfolders(folder))]
    return Data(*(_first(places, holds) for holds in (_holds_verse, _holds_creatures, _holds_digits)))


def _subfolders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _first(places: list[Path], holds: Callable[[Path], bool]) -> Path | None:
    return next((place for place in places if holds(place)), None)


def _holds_verse(place: Path) -> bool:
    return place.is_file() or any((place / name).is_file() for name in VERSE)


def _holds_creatures(place: Path) -> bool:
    return (place / picture_folder.INDEX).is_file()


def _holds_digits(place: Path) -> bool:
    return idx.find(place, DIGITS) is not None
