"""How words and characters sound, as far as metre asks: two tables in `resources/pronunciation/`, read when asked for.

English: syllables and rhyme of each word of the CMU Pronouncing Dictionary. Chinese: rhyme and tone of each character
by mozillazg's pinyin-data. `pronunciation_tables.py` writes them. Nothing has to be parsed: words stand as hashes in a
sorted array, so that reading takes some milliseconds.
"""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

ENGLISH_FILE, CHINESE_FILE = "english.safetensors", "chinese.safetensors"
FIRST_CHARACTER, LAST_CHARACTER = 0x3400, 0x9FFF
LEVEL, OBLIQUE = 1, 2  # bits of a character's tones: a reading in the first or second, in the third or fourth
TONE_BITS = 2
NO_RHYME = 0  # of a word that is never stressed
REMEMBERED_WORDS = 1 << 14


@dataclass(frozen=True)
class Sound:
    """One pronunciation of a word: words rhyme where `rhyme`, the sounds from the last stressed vowel on, is the same.

    `onset` stands for the consonants before that vowel. Both are hashes, but for `NO_RHYME`.
    """

    syllables: int
    rhyme: int
    onset: int


@lru_cache(REMEMBERED_WORDS)
def sounds_of(word: str) -> tuple[Sound, ...]:
    """The pronunciations of an English word in small letters, the usual one first; none where it is unknown."""
    table = _table(ENGLISH_FILE)
    wanted = np.uint32(hash_of(word))
    first, last = (int(np.searchsorted(table["words"], wanted, side)) for side in ("left", "right"))
    columns = (table[name][first:last].tolist() for name in ("syllables", "rhymes", "onsets"))
    return tuple(Sound(*row) for row in zip(*columns, strict=True))


def rhymes_of(character: str) -> int:
    """The rhymes of a Chinese character's usual readings, a bit each; 0 where none is known."""
    return _character(character) >> TONE_BITS


def tones_of(character: str) -> int:
    """`LEVEL`, `OBLIQUE` or both, by a Chinese character's usual readings; 0 where none is known."""
    return _character(character) & (LEVEL | OBLIQUE)


def _character(character: str) -> int:
    code = ord(character)
    if not FIRST_CHARACTER <= code <= LAST_CHARACTER:
        return 0
    return int(_table(CHINESE_FILE)["characters"][code - FIRST_CHARACTER])


def words_with(rhymes: Iterable[int]) -> list[str]:
    """Words of English verse with one of these rhymes in their usual pronunciation, the most usual first."""
    words, of_words = _usual_words()
    return [words[i] for i in np.flatnonzero(np.isin(of_words, [rhyme for rhyme in rhymes if rhyme != NO_RHYME]))]


def characters_with(rhymes: int) -> list[str]:
    """Characters of Chinese verse with one of these rhymes, which are bits, the most usual first."""
    characters, of_characters = _usual_characters()
    return [characters[i] for i in np.flatnonzero(of_characters & rhymes)]


@cache
def _usual_words() -> tuple[list[str], NDArray[np.uint32]]:
    """Words (N) that verse has often, and their rhymes (N,)."""
    table = _table(ENGLISH_FILE)
    return table["usual"].tobytes().decode().split(), table["usual_rhymes"]


@cache
def _usual_characters() -> tuple[str, NDArray[np.int64]]:
    """Characters (N) that verse has often, and their rhymes (N,)."""
    characters = _table(CHINESE_FILE)["usual"].tobytes().decode()
    return characters, np.array([rhymes_of(character) for character in characters])


def hash_of(text: str, size: int = 4) -> int:
    """`size` bytes that tell a text from others."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest(), "little")


def folder() -> Path:
    """Where the tables lie."""
    return Path(str(importlib.resources.files("resources") / "pronunciation"))


@cache
def _table(file: str) -> dict[str, NDArray[Any]]:
    return load((folder() / file).read_bytes())
