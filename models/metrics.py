"""Measures of a path of lines: how smooth, how straight forward, how even.

Names and formulas as in the README's table; d is the edit distance over words (Levenshtein 1966).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.letters import HAN_CLASS

# A run of letters and marks without blanks; in Chinese, where no blanks are, each character is a word.
_WORD = re.compile(rf"[{HAN_CLASS}]|[^\s{HAN_CLASS}]+")


def edit_distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Insertions, deletions and substitutions that turn one sequence into the other."""
    if first == second:  # as a line that was returned and the line that was typed mostly are
        return 0
    if len(first) < len(second):
        first, second = second, first
    row = list(range(len(second) + 1))
    for i, left in enumerate(first, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(second, 1):
            change = diagonal + (left != right)
            diagonal, row[j] = row[j], min(change, row[j] + 1, row[j - 1] + 1)
    return row[-1]


def edit_distances(firsts: Sequence[Sequence[Hashable]], seconds: Sequence[Sequence[Hashable]]) -> NDArray[np.int64]:
    """`edit_distance` of each of A sequences and each of B, as an array (A, B), all reckoned at once.

    Sequences have fewer than 32,768 items. A few rows of the table are kept at a time, of 2 (T + 1) A B bytes each,
    where T is the length of the longest of the B.
    """
    numbers: dict[Hashable, int] = {}
    one, other = (_numbered(sequences, numbers) for sequences in (firsts, seconds))
    ends, stops = (np.array([len(sequence) for sequence in sequences], int) for sequences in (firsts, seconds))
    distances = np.zeros((len(firsts), len(seconds)), np.int64)
    row = np.zeros((other.shape[1] + 1, *distances.shape), np.int16)
    row += np.arange(len(row), dtype=np.int16)[:, None, None]
    for i in range(one.shape[1] + 1):
        if i:
            row = _next_row(row, one[:, i - 1], other)
        for k in np.flatnonzero(ends == i):
            distances[k] = row[stops, k, np.arange(len(seconds))]
    return distances


def _next_row(before: NDArray[np.int16], items: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int16]:
    """The table's row (T + 1, A, B) under one, for the next item of each of A sequences and all of B, (B, T)."""
    across = np.arange(len(before), dtype=np.int16)[:, None, None]
    row = before + np.int16(1)  # with the item left out, …
    row[1:] = np.minimum(row[1:], before[:-1] + (items[:, None] != other.T[:, None]))  # … set for another, …
    best: NDArray[np.int16] = np.minimum.accumulate(row - across) + across  # … and others put in
    return best


def _numbered(sequences: Sequence[Sequence[Hashable]], numbers: dict[Hashable, int]) -> NDArray[np.int32]:
    """Sequences as rows of one array, each item by its number, filled up at the end."""
    filled = np.full((len(sequences), max(map(len, sequences), default=0)), -1, np.int32)
    for row, sequence in zip(filled, sequences, strict=True):
        row[: len(sequence)] = [numbers.setdefault(item, len(numbers)) for item in sequence]
    return filled


def words(line: str) -> list[str]:
    """What stands between blanks, punctuation included; each Chinese character is a word."""
    return _WORD.findall(line)


def word_distance(first: str, second: str) -> int:
    """d: how many words must change to make one line of the other."""
    return edit_distance(words(first), words(second))


def faithfulness(wanted: str, found: str) -> float:
    """1 where the lines are equal, else one minus their character edit distance over the longer length."""
    longer = max(len(wanted), len(found))
    return 1.0 - edit_distance(wanted, found) / longer if longer else 1.0


def likeness(first: str, second: str) -> float:
    """1 where the lines are equal, else one minus their d over the longer line's words."""
    longer = max(len(words(first)), len(words(second)))
    return 1.0 - word_distance(first, second) / longer if longer else 1.0


def smoothness(lines: Sequence[str]) -> float:
    """d(A, B) over the sum of steps: 1 where no word is changed twice on the way, near 0 where the path wanders."""
    walked = sum(word_distance(a, b) for a, b in pairwise(lines))
    return word_distance(lines[0], lines[-1]) / walked if walked else 0.0


def evenness(lines: Sequence[str]) -> float:
    """Largest step over the mean step: 1 where every step changes as many words."""
    steps = [word_distance(a, b) for a, b in pairwise(lines)]
    return max(steps) * len(steps) / sum(steps) if sum(steps) else 1.0


def progress(lines: Sequence[str]) -> float:
    """Kendall's tau-b of the order of lines[1:-1] and d(x, A) - d(x, B): 1 where each verse leaves A and nears B."""
    places = [word_distance(x, lines[0]) - word_distance(x, lines[-1]) for x in lines[1:-1]]
    return kendall_tau(range(len(places)), places)


def kendall_tau(first: Sequence[float], second: Sequence[float]) -> float:
    """Kendall's tau-b (ties corrected), in [-1, 1]; 0 where either sequence is constant."""
    agree = first_pairs = second_pairs = 0
    for i in range(len(first)):
        for j in range(i):
            a, b = _sign(first[i] - first[j]), _sign(second[i] - second[j])
            agree += a * b
            first_pairs += a * a
            second_pairs += b * b
    scale = (first_pairs * second_pairs) ** 0.5
    return agree / scale if scale else 0.0


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
