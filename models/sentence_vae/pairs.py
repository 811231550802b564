"""The pairs of neighbouring words that the training text holds several times, in Chinese of characters, as a set of
hashes (`bloom`). A word beside itself is no pair that a text holds: "old, old" is rarely what a halting line means;
of Chinese characters it is, where it is very usual (悠悠, but not 水水).

A decoder halfway between two lines joins words that nobody joins, and as a language model of its own it finds them
fluent; a count of what really stood side by side is not so easily pleased.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from models.sentence_vae import bloom
from models.sentence_vae.bloom import Bloom
from models.sentence_vae.row import heard
from models.sentence_vae.script import HAN, OTHER, han_in

FILE = "pairs.bin"
MOST_ASKED = {OTHER: 3, HAN: 10}  # times that a pair must have been met, in a large text …
MORE_OFTEN = 20  # times, that of a Chinese character beside itself
LOUD = 3  # what a word beside itself counts for
TEXT_A_TIME = 1_000_000  # … and once for each so many pairs of it


class Pairs:
    """A set of pairs. Raises `ValueError` for bytes that are none."""

    def __init__(self, serialized: bytes, script: str) -> None:
        self._pairs, self._script = Bloom(serialized), script
        self._is_empty = not any(serialized)

    @property
    def serialized(self) -> bytes:
        return self._pairs.serialized

    def strange(self, lines: Sequence[str]) -> list[int]:
        """How many pairs of each line are not in the set, those of a word with itself counted `LOUD` times; nothing is
        strange to a set without any."""
        if self._is_empty:
            return [0] * len(lines)
        found = [_pairs_of(line, self._script) for line in lines]
        held = iter(self._pairs.hold([pair for some in found for pair in some]).tolist())
        return [sum(0 if next(held) else LOUD if _is_twice(pair) else 1 for pair in some) for some in found]


NONE = Pairs(bloom.NOTHING.serialized, OTHER)


def learn(lines: Iterable[str], script: str) -> Pairs:
    """The pairs of a text that stand in it several times."""
    counts = Counter(pair for line in lines for pair in _pairs_of(line, script))
    least = max(1, min(MOST_ASKED[script], counts.total() // TEXT_A_TIME))
    least_twice = least * MORE_OFTEN if least > 1 else least
    usual = [pair for pair, count in counts.items() if count >= (least_twice if _is_twice(pair) else least)]
    if script != HAN:
        usual = [pair for pair in usual if not _is_twice(pair)]
    return Pairs(bloom.learn(usual).serialized, script)


def _is_twice(pair: bytes) -> bool:
    one, other = pair.split(b" ")
    return one == other


def _pairs_of(line: str, script: str) -> list[bytes]:
    words = list(han_in(line)) if script == HAN else heard(line)
    return [" ".join(pair).encode("utf-8", "replace") for pair in pairwise(words)]
