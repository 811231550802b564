"""The word screen: no slur among the lines that the model writes. What a person types is never asked about.

`resources/screen/words.bin` holds 64-bit hashes, so that the words themselves stand nowhere.

    python -m models.sentence_vae.screen FILE

writes them anew from a word list of one's own: a word or a phrase in each row.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from models import atomic
from models.errors import DataError
from models.sentence_vae.lexicon import WORD
from models.sentence_vae.script import han_in

FILE = "words.bin"
MOST_WORDS = 3  # of a phrase
MOST_CHARACTERS = 4  # of a phrase in Chinese


def is_fit(text: str) -> bool:
    """Whether a line holds none of the screened words and phrases, in small letters or capitals, whatever marks stand
    between."""
    return _screened().isdisjoint(map(_hash, _phrases(text)))


def _phrases(text: str) -> Iterator[str]:
    """Every word of a text and every run of few words, every run of few Chinese characters."""
    yield from _runs(_words(text), MOST_WORDS, " ")
    yield from _runs(han_in(text), MOST_CHARACTERS, "")


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def _runs(parts: Sequence[str], most: int, between: str) -> Iterator[str]:
    for size in range(1, most + 1):
        for start in range(len(parts) - size + 1):
            yield between.join(parts[start : start + size])


@lru_cache(1 << 16)  # lines of one path share most of their words
def _hash(phrase: str) -> int:
    return int.from_bytes(hashlib.blake2b(phrase.encode("utf-8", "replace"), digest_size=8).digest(), "little")


@cache
def _screened() -> frozenset[int]:
    return frozenset(np.frombuffer(_file().read_bytes(), "<u8").tolist())


def _file() -> Path:
    return Path(str(importlib.resources.files("resources") / "screen")) / FILE


def learn(rows: Iterable[str]) -> bytes:
    """The file for the words and phrases of a list. Raises `DataError` for a row that is none, or too long."""
    hashes = set()
    for row in filter(None, map(str.strip, rows)):
        phrase = han_in(row) or " ".join(_words(row))
        if phrase not in _phrases(row):
            told = "{row} is no word and no phrase of up to {words} words or {characters} Chinese characters."
            raise DataError(told, row=row, words=MOST_WORDS, characters=MOST_CHARACTERS)
        hashes.add(_hash(phrase))
    return np.array(sorted(hashes), "<u8").tobytes()


def main(file: str) -> None:
    """Write the screen of a list in UTF-8."""
    atomic.write_bytes(_file(), learn(Path(file).read_text(encoding="utf-8").splitlines()))


if __name__ == "__main__":
    main(sys.argv[1])
