"""The words that a model has met: what it finds strange in a typed line, and non-words among its own.

Only 32-bit hashes are kept, in a sorted set (Bloom 1970 has bits for them): enough to ask for a word, not to list
the words.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

import numpy as np

from models.letters import HAN_CLASS

FILE = "words.bin"
_LETTERS = rf"[^\W\d_{HAN_CLASS}]+"
WORD = re.compile(rf"[{HAN_CLASS}]|{_LETTERS}(?:['’]{_LETTERS})*")  # in Chinese each character is a word
MOST_ASKED = 5  # times that a word must have been met, in a large text …
MOST_REMEMBERED = 20_000  # words whose answer is kept
TEXT_A_TIME = 200_000  # … and once for each so many words of it


class Lexicon:
    """A set of words, small letters and capitals alike. Raises `ValueError` for bytes that are none."""

    def __init__(self, serialized: bytes) -> None:
        if len(serialized) % 4:
            raise ValueError("it is not a list of words")
        self.serialized = serialized
        self._hashes = np.frombuffer(serialized, dtype="<u4")
        self._asked: dict[str, bool] = {}  # the same few words are asked for again and again

    def __len__(self) -> int:
        return len(self._hashes)

    def knows(self, word: str) -> bool:
        known = self._asked.get(word)
        if known is None:
            if len(self._asked) >= MOST_REMEMBERED:
                self._asked.clear()
            known = self._asked[word] = self._holds(word)
        return known

    def _holds(self, word: str) -> bool:
        if not len(self):
            return True  # a model without words calls nothing strange
        wanted = _hash(word)
        at = int(np.searchsorted(self._hashes, np.uint32(wanted)))
        return at < len(self) and int(self._hashes[at]) == wanted

    def strange(self, text: str) -> list[str]:
        """The words of a text that were not met, in small letters; numbers and marks are no words."""
        return [word for word in WORD.findall(text.lower()) if not self.knows(word)]


def learn(lines: Iterable[str]) -> Lexicon:
    """The words of a text that stand in it several times, so that misprints stay out."""
    counts = Counter(word for line in lines for word in WORD.findall(line.lower()))
    least = max(1, min(MOST_ASKED, counts.total() // TEXT_A_TIME))
    hashes = sorted({_hash(word) for word, count in counts.items() if count >= least})
    return Lexicon(np.array(hashes, dtype="<u4").tobytes())


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.lower().encode("utf-8", "replace"), digest_size=4).digest(), "little")
