"""Writes the tables of `pronunciation.py` from public dictionaries.

    python -m models.sentence_vae.pronunciation_tables CMUDICT CHARACTERS PHRASES ENGLISH CHINESE

takes `cmudict.dict` of the CMU Pronouncing Dictionary, `pinyin_dict.json` and `phrases_dict.json` of the package
pypinyin, and two folders of verse, which tell how usual each word is. None is needed at use. Chinese rhymes are the
fourteen of Zhonghua Xinyun (2005), which pass over what glides before the vowel.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from models import atomic
from models.sentence_vae.dataset import read_split
from models.sentence_vae.lexicon import WORD
from models.sentence_vae.pronunciation import (
    CHINESE_FILE,
    ENGLISH_FILE,
    FIRST_CHARACTER,
    LAST_CHARACTER,
    LEVEL,
    NO_RHYME,
    OBLIQUE,
    TONE_BITS,
    folder,
    hash_of,
)
from models.sentence_vae.script import han_in

WEAK = frozenset(("a", "an", "the", "of", "and"))  # lines break off after them, and no ear takes them for a rhyme
LEAST_MET = 20  # times that a word or character must stand in the verse to be usual
LEAST_SHARE = 0.15  # of a character's uses in phrases: rarer readings are passed over
_RHYMES = (
    "a ia ua",
    "o uo e",
    "ie ve",
    "ai uai",
    "ei ui uei",
    "ao iao",
    "ou iu iou",
    "an ian uan van",
    "en in un uen vn",
    "ang iang uang",
    "eng ing ong iong ueng",
    "i er v",
    "ih",  # what pinyin writes as i after z, c, s, zh, ch, sh and r
    "u",
)
_RHYME_BITS = {final: 1 << i for i, finals in enumerate(_RHYMES) for final in finals.split()}
_TONES = {"\u0304": LEVEL, "\u0301": LEVEL, "\u030c": OBLIQUE, "\u0300": OBLIQUE}  # marks of the four tones
_SPELLINGS = (  # from a syllable in pinyin to its final
    ("u\u0308", "v"),
    ("^([zcs]h?|r)i$", "ih"),
    ("^([jqx]|yu?(?=u))u", "v"),
    ("^yi?", "i"),
    ("^wu?", "u"),
    ("^[bpmfdtnlgkhjqxzcsr]h?", ""),
)


def english_table(rows: Iterable[str], met: Counter[str]) -> dict[str, NDArray[Any]]:
    """The table of CMUdict's rows; a word has a row for each pronunciation, side by side in the dictionary's order.

    `met` counts words; the usual ones that the dictionary has stand in the table as they are spelled.
    """
    spoken: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        word, *phones = row.partition("#")[0].split()
        spoken[word.partition("(")[0]].append(phones)
    spoken |= {word.strip("'"): phones for word, phones in spoken.items() if word.strip("'") not in spoken}  # 'tis
    kept = [(hash_of(word), _sound(word, phones)) for word in spoken if WORD.fullmatch(word) for phones in spoken[word]]
    kept.sort(key=_hash_first)
    syllables, parts, onsets = zip(*(sound for _, sound in kept), strict=True)
    usual = [word for word in _usual_first(met) if word in spoken]
    return {
        "words": np.array([word for word, _ in kept], "<u4"),
        "syllables": np.array(syllables, np.uint8),
        "rhymes": np.array(parts, "<u4"),
        "onsets": np.array(onsets, "<u2"),
        "usual": _text(" ".join(usual)),
        "usual_rhymes": np.array([_sound(word, spoken[word][0])[1] for word in usual], "<u4"),
    }


def _usual_first(met: Counter[str]) -> list[str]:
    return [word for word, count in met.most_common() if count >= LEAST_MET]


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _hash_first(row: tuple[int, tuple[int, int, int]]) -> int:
    return row[0]


def _sound(word: str, phones: list[str]) -> tuple[int, int, int]:
    """Syllables, rhyme and onset, as `Sound` has them; vowels are the phones that carry a digit for their stress."""
    vowels = [i for i, phone in enumerate(phones) if phone[-1].isdigit()]
    stressed = [i for i in vowels if phones[i][-1] != "0"]
    if not stressed or word in WEAK:
        return len(vowels), NO_RHYME, 0
    before = max((i + 1 for i in vowels if i < stressed[-1]), default=0)
    rhyme = re.sub(r"\d", "", " ".join(phones[stressed[-1] :]))
    return len(vowels), hash_of(rhyme), hash_of(" ".join(phones[before : stressed[-1]]), 2)


def chinese_table(
    characters: dict[str, str], phrases: dict[str, list[list[str]]], met: Counter[str]
) -> dict[str, NDArray[Any]]:
    """The table of pypinyin's two dictionaries: readings by code point, and of each character in a phrase.

    `met` counts characters.
    """
    read: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases.items():
        for character, (reading, *_) in zip(phrase, readings, strict=False):
            read[character][reading] += 1
    table = np.zeros(LAST_CHARACTER - FIRST_CHARACTER + 1, "<u2")
    for code, told in characters.items():
        if FIRST_CHARACTER <= int(code) <= LAST_CHARACTER:
            for reading in _usual(told.split(","), read[chr(int(code))]):
                table[int(code) - FIRST_CHARACTER] |= _bits(reading)
    return {"characters": table, "usual": _text("".join(_usual_first(met)))}


def _usual(told: list[str], read: Counter[str]) -> Iterator[str]:
    """The readings that phrases have now and then; of a character that stands in none, the first."""
    spoken = [reading for reading in told if _bits(reading)]
    total = sum(read[reading] for reading in spoken)
    yield from [reading for reading in spoken if read[reading] > LEAST_SHARE * total] or spoken[:1]


def _bits(reading: str) -> int:
    """Rhyme and tone of a syllable in pinyin; 0 where it has no tone or is none."""
    marks = unicodedata.normalize("NFD", reading)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    final = "".join(mark for mark in marks if mark not in _TONES)
    for spelled, heard in _SPELLINGS:
        final = re.sub(spelled, heard, final)
    rhyme = _RHYME_BITS.get(final, 0)
    return rhyme << TONE_BITS | tone if rhyme and tone else 0


def main(cmudict: str, characters: str, phrases: str, english: str, chinese: str) -> None:
    """Write both tables."""
    words = Counter(word for line in read_split(Path(english), "train") for word in WORD.findall(line.lower()))
    with Path(cmudict).open(encoding="utf-8") as rows:
        atomic.write_bytes(folder() / ENGLISH_FILE, save(english_table(rows, words)))
    read, phrased = (json.loads(Path(file).read_text(encoding="utf-8")) for file in (characters, phrases))
    met = Counter("".join(map(han_in, read_split(Path(chinese), "train"))))
    atomic.write_bytes(folder() / CHINESE_FILE, save(chinese_table(read, phrased, met)))


if __name__ == "__main__":
    main(*sys.argv[1:])
