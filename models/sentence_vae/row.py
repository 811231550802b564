"""The best row of lines: one candidate a point, chosen by dynamic programming.

A row is good where each line is fluent, belongs to its point of the code, has left the first end as far as its place
says, and differs little from its neighbours; no line stands twice. Viterbi's recursion finds the cheapest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.metrics import edit_distances, words

_WORD = re.compile(r"\w+(?:['’]\w+)*")
LONG = 4  # letters of a word that a reader hears come back
FORBIDDEN = 1e3  # a cost that nothing outweighs

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A line that may stand at a point, and what speaks against it."""

    text: str
    nats_a_character: float  # without a code
    nats_a_token: float  # under the point's code
    nats_of_end: float = 0.0  # of ending here, without a code
    stumbles: float = 0.0  # nats at which a reader stumbles, without a code
    strange_words: int = 0  # that the model never met, and a lone quotation mark, unless an end of the path has them
    strange_pairs: int = 0  # of neighbouring words that the training text does not join
    echoes: int = 0  # words and pairs that it says twice, small words apart, unless an end of the path does
    rarity: float = 0.0  # nats of rare characters beyond those of usual ones, in Chinese
    is_copy: bool = False  # a line of the training text
    is_misshapen: bool = False  # of another number of characters than either end, in Chinese
    unmet: tuple[str, ...] = ()  # wishes that it does not keep
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)
    heard: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(words(self.text)))
        object.__setattr__(self, "heard", tuple(heard(self.text)))


@dataclass(frozen=True)
class Weights:
    """What a row costs; chosen by judging and reading paths between held-out lines."""

    plain: float = 5.0  # nats a character without a code, over those of real verse, …
    halting: float = 14.0  # … and nats a character beyond those of real verse
    stumbles: float = 5.0  # nats at which a reader stumbles
    strange: float = 30.0  # a word that the model never met
    pairs: float = 3.0  # two words side by side that the training text does not join
    echoes: float = 8.0  # a word or a pair of words that the line says twice
    rarity: float = 5.0  # nats of a rare character beyond those of a usual one, in Chinese
    ending: float = 2.0  # nats of the end mark beyond the usual: a line broken off
    copied: float = 8.0  # a line of the training text
    misshapen: float = 8.0  # a Chinese line of another length than the ends have
    unmet: float = 8.0  # a wish that is not kept
    agreement: float = 0.15  # nats a token under the point's code
    place: float = 26.0  # the square of how far, in shares of the way in words, a line is from its place
    dwindling: float = 40.0  # the square of what a line lacks in words of those that its ends lead to expect
    step: float = 2.0  # words changed from line to line, in shares of the way …
    even: float = 125.0  # … and the square of those beyond twice an even step
    back: float = 18.0  # how far, in shares of the way in words, a line falls behind the one before it


USUAL_END = 2.5  # nats that hardly a line of real verse exceeds


def heard(line: str) -> list[str]:
    """The words of a line as they are heard: small letters, no marks; a line of marks alone is its own words."""
    return [word for run in _WORD.findall(line.lower()) for word in words(run)] or words(line)


def sound_alike(lines: Iterable[str]) -> bool:
    """Whether lines differ in marks and capitals alone."""
    return len({tuple(heard(line)) for line in lines}) == 1


def echoes(line: str) -> frozenset[str]:
    """What a line says more than once: words, but for those of few letters, which any line repeats, and pairs of words
    of any length side by side."""
    said = heard(line)
    once_more = {word for word, count in Counter(said).items() if count > 1 and len(word) >= LONG}
    pairs = Counter(pairwise(said))
    return frozenset(once_more | {" ".join(pair) for pair, count in pairs.items() if count > 1})


def repeated(lines: Sequence[str]) -> list[int]:
    """The numbers of those lines that a reader hears more than once."""
    said = [tuple(heard(line)) for line in lines]
    times = Counter(said)
    return [i for i, words in enumerate(said) if times[words] > 1]


def best_row(
    pools: Sequence[list[Candidate]],
    first: str,
    last: str,
    real_nats: float,
    taken: frozenset[str],
    weights: Weights,
) -> list[int]:
    """The index of each point's chosen candidate, on the way from line `first` to line `last`.

    Lines in `taken` are avoided and no line is chosen twice, as long as a point has others. Lines that differ in
    marks and capitals alone are the same line to a reader, and so to this search.
    """
    costs = _Costs(pools, first, last, real_nats, weights)
    spoken = {tuple(heard(text)) for text in taken}
    banned = [{j for j, candidate in enumerate(pool) if candidate.heard in spoken} for pool in pools]
    banned = [set() if len(some) == len(pool) else some for some, pool in zip(banned, pools, strict=True)]
    while True:
        row = costs.cheapest(banned)
        again = _repeated(pools, row, banned)
        if again is None:
            return row
        banned[again].add(row[again])


def _repeated(pools: Sequence[list[Candidate]], row: list[int], banned: list[set[int]]) -> int | None:
    """The last point whose chosen line stands elsewhere in the row too, and that has another left to choose."""
    texts = [pool[j].heard for pool, j in zip(pools, row, strict=True)]
    for i in reversed(range(len(row))):
        has_others = row[i] not in banned[i] and len(banned[i]) + 1 < len(pools[i])
        if has_others and texts.count(texts[i]) > 1:
            return i
    return None


class _Costs:
    """What each line and each step between two lines costs; N points, the row's two ends apart."""

    def __init__(
        self, pools: Sequence[list[Candidate]], first: str, last: str, real_nats: float, weights: Weights
    ) -> None:
        ends = [Candidate(first, 0.0, 0.0)], [Candidate(last, 0.0, 0.0)]
        stages = [ends[0], *pools, ends[1]]
        far = edit_distances([c.words for c in ends[0] + ends[1]], [c.words for stage in stages for c in stage])
        whole = int(far[0, -1])
        if sound_alike((first, last)):  # the way is as long as the line, lest its neighbours have nothing of it left
            whole = max(1, len(ends[0][0].words))
        share = 1 / (len(pools) + 1)
        reached = np.split(0.5 + 0.5 * (far[0] - far[1]) / whole, np.cumsum([len(stage) for stage in stages])[:-1])
        self.own = [
            _own_costs(pool, place - (i + 1) * share, _expected(ends, (i + 1) * share), real_nats, weights)
            for i, (pool, place) in enumerate(zip(pools, reached[1:-1], strict=True))
        ]
        self.steps = [
            _step_costs(stages[i], stages[i + 1], reached[i], reached[i + 1], share, whole, weights)
            for i in range(len(stages) - 1)
        ]

    def cheapest(self, banned: Sequence[set[int]]) -> list[int]:
        """The cheapest row that passes over what is banned at each point, if it can."""
        total, back = np.zeros(1), []
        for own, steps, out in zip(self.own, self.steps, banned, strict=False):
            cost = total[:, None] + steps  # (before, here)
            back.append(cost.argmin(0))
            total = cost.min(0) + own
            total[list(out)] += FORBIDDEN
        row = [int((total + self.steps[-1][:, 0]).argmin())]
        for choices in reversed(back[1:]):
            row.append(int(choices[row[-1]]))
        return row[::-1]


def _expected(ends: tuple[list[Candidate], list[Candidate]], place: float) -> float:
    """The words of a line that is as long as its place between the ends says."""
    (first,), (last,) = ends
    return (1 - place) * len(first.words) + place * len(last.words)


def _own_costs(
    pool: Sequence[Candidate], displaced: Floats, expected: float, real_nats: float, weights: Weights
) -> Floats:
    """What lines (C,) cost whatever stands beside them, `displaced` from their place in shares of the way, where so
    many words are `expected`."""
    lacking = np.array([max(0.0, expected - len(candidate.words)) for candidate in pool]) / max(1.0, expected)
    cost: Floats = np.array([wording(candidate, real_nats, weights) for candidate in pool])
    return cost + weights.place * displaced**2 + weights.dwindling * lacking**2


def wording(candidate: Candidate, real_nats: float, weights: Weights) -> float:
    """What a line costs wherever it stands."""
    halting = max(0.0, candidate.nats_a_character - real_nats)
    fluent = candidate.nats_a_character / max(real_nats, 1e-6)  # a Chinese character costs as much as a word
    broken_off = max(0.0, candidate.nats_of_end - USUAL_END)
    cost = weights.plain * fluent + weights.halting * halting + weights.ending * broken_off
    cost += weights.strange * candidate.strange_words + weights.stumbles * candidate.stumbles
    cost += weights.pairs * candidate.strange_pairs + weights.rarity * candidate.rarity
    cost += weights.echoes * candidate.echoes
    cost += weights.agreement * candidate.nats_a_token
    cost += weights.copied * candidate.is_copy + weights.misshapen * candidate.is_misshapen
    return cost + weights.unmet * len(candidate.unmet)


def _step_costs(
    before: Sequence[Candidate],
    after: Sequence[Candidate],
    left: Floats,
    reached: Floats,
    share: float,
    whole: int,
    weights: Weights,
) -> Floats:
    """Steps from each line (B,) to each line (A,): long ways, large steps and steps back cost; a step that no reader
    would notice is none."""
    length = edit_distances([c.words for c in before], [c.words for c in after]) / whole
    cost = weights.step * length + weights.even * np.maximum(0.0, length - 2.0 * share) ** 2
    cost += weights.back * np.maximum(0.0, left[:, None] - reached[None])
    same = [[a.heard == b.heard for b in after] for a in before]
    return cost + FORBIDDEN * np.array(same)
