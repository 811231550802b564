"""A judge of fluency that shares nothing with the model: a character n-gram model of lines that the model never saw.

Interpolated Witten-Bell smoothing (Bell, Cleary and Witten 1990; Chen and Goodman 1998):
P(c | h) = (n(hc) + t(h) P(c | h')) / (n(h) + t(h)), where h' drops the oldest character of h and t(h) counts the
distinct characters seen after h.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

ORDER = 6
ALPHABET = 256  # the floor of the recursion: every character has at least this share


class CharacterJudge:
    """Trained once on lines; `nats` then prices any line a character, the line's end included."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            text = _framed(line)
            for i in range(ORDER - 1, len(text)):
                for length in range(ORDER):
                    self._counts[text[i - length : i]][text[i]] += 1
        self._totals = {context: counts.total() for context, counts in self._counts.items()}

    def nats(self, line: str) -> float:
        text = _framed(line)
        cost = -sum(math.log(self._probability(text[i], text[i - ORDER + 1 : i])) for i in range(ORDER - 1, len(text)))
        return cost / (len(text) - ORDER + 1)

    def _probability(self, character: str, context: str) -> float:
        lower = self._probability(character, context[1:]) if context else 1 / ALPHABET
        counts = self._counts.get(context)
        if counts is None:
            return lower
        distinct = len(counts)
        return (counts[character] + distinct * lower) / (self._totals[context] + distinct)


def _framed(line: str) -> str:
    return "\n" * (ORDER - 1) + line + "\n"
