"""A judge of fluency that shares nothing with the model: a character n-gram model, to be taught on unseen lines.

What it is taught on is its user's to choose: `dataset.with_judges` takes other lines of the data that is judged.

Interpolated Witten-Bell smoothing (Bell, Cleary and Witten 1990; Chen and Goodman 1998):
P(c | h) = (n(hc) + t(h) P(c | h')) / (n(h) + t(h)), where h' drops the oldest character of h and t(h) counts the
distinct characters seen after h.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from models.sentence_vae.script import HAN, script_of

ORDER, ALPHABET = 6, 256  # the floor of the recursion: every character has at least its share of the alphabet
HAN_ORDER, HAN_ALPHABET = 3, 8192
TOLD_BY = 1000  # lines that the script is seen from


class CharacterJudge:
    """Trained once on lines; `nats` then prices any line a character, the line's end included."""

    def __init__(self, lines: Sequence[str]) -> None:
        is_han = script_of(lines[:TOLD_BY]) == HAN
        self._order, self._alphabet = (HAN_ORDER, HAN_ALPHABET) if is_han else (ORDER, ALPHABET)
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            text = self._framed(line)
            for i in range(self._order - 1, len(text)):
                for length in range(self._order):
                    self._counts[text[i - length : i]][text[i]] += 1
        self._totals = {context: counts.total() for context, counts in self._counts.items()}

    def nats(self, line: str) -> float:
        """Nats a character of one line."""
        text, before = self._framed(line), self._order - 1
        cost = -sum(math.log(self._probability(text[i], text[i - before : i])) for i in range(before, len(text)))
        return cost / (len(text) - before)

    def mean_nats(self, lines: Iterable[str]) -> float:
        """The mean of `nats` of lines, at least one."""
        return statistics.mean(map(self.nats, lines))

    def _probability(self, character: str, context: str) -> float:
        lower = self._probability(character, context[1:]) if context else 1 / self._alphabet
        counts = self._counts.get(context)
        if counts is None:
            return lower
        distinct = len(counts)
        return (counts[character] + distinct * lower) / (self._totals[context] + distinct)

    def _framed(self, line: str) -> str:
        return "\n" * (self._order - 1) + line + "\n"
