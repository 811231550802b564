"""Path search: several candidate lines at each point, then the best row of them by dynamic programming.

At each point the decoder is asked several ways in one batch: the likeliest line there, the likeliest a little before
and behind, and samples. A row of lines is good where each line is fluent, belongs to its point of the code, has left
the first end as far as its place says, and differs little from its neighbours; no line stands twice.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from models.errors import InputError
from models.metrics import word_distance, words
from models.sentence_vae.decoding import nats, sample
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.route import Route

_WORD = re.compile(r"\w+(?:['’]\w+)*")
FORBIDDEN = 1e3  # a cost that nothing outweighs
ROUNDS, AGAIN = 6, 10  # how often a point with too few lines is asked again, and how many ways each time
SPREAD = 0.5  # how much farther around each time, in standard deviations of the prior

# Weights of what a row costs, chosen by judging and reading paths between held-out lines.
PLAIN = 1.0  # nats a character without a code, …
FLUENCY = 3.0  # … and more beyond those of real verse
STRANGE = 0.5  # a word that the model never met
ENDING = 0.5  # nats of the end mark beyond USUAL_END: a line broken off
AGREEMENT = 0.15  # nats a token under the point's code
PLACE = 3.0  # the square of how far, in shares of the way in words, a line is from its place
STEP, EVEN = 2.0, 1.0  # words changed from line to line, and the square of those beyond twice an even step
BACK = 2.0  # how far, in shares of the way in words, a line falls behind the one before it
USUAL_END = 2.5  # nats that hardly a line of real verse exceeds


@dataclass(frozen=True)
class Candidate:
    """A line that may stand at a point, and what speaks against it."""

    text: str
    nats_a_character: float  # without a code
    nats_a_token: float  # under the point's code
    nats_of_end: float = 0.0  # of ending here, without a code
    strange_words: int = 0  # that the model never met, unless an end of the path has them


@dataclass(frozen=True)
class Asked:
    """One way of asking the decoder at a point.

    `shift` along the path from it, in steps between points; `leaning` on plain language and `temperature` as in
    `decoding.sample`; `spread` around it in standard deviations of the prior.
    """

    shift: float = 0.0
    leaning: float = 0.5
    temperature: float = 0.0
    spread: float = 0.0


def candidates(
    model: SentenceModel,
    route: Route,
    places: Sequence[float],
    step: float,
    ways: Sequence[Asked],
    wanted: int,
    generator: torch.Generator,
) -> Generator[None, None, list[list[Candidate]]]:
    """Distinct candidates for each place t of a route; where there are too few for `wanted`, more from farther around.

    `step` is the way between two points, in t. A generator that pauses between rounds, so that it can be stopped there,
    and returns the candidates. Raises `InputError` where no line is found.
    """
    spoken = frozenset(word for anchor in route.anchors for word in model.lexicon.strange(anchor.text))
    texts: list[dict[str, None]] = [{} for _ in places]
    for round_ in range(ROUNDS):
        few = [i for i, found in enumerate(texts) if round_ == 0 or len(found) < wanted]
        asked = ways if round_ == 0 else [Asked(temperature=1.0, spread=SPREAD * round_)] * AGAIN
        both = [(i, way) for i in few for way in asked]
        if both:
            codes = route.codes([places[i] + way.shift * step for i, way in both])
            for (i, _), text in zip(both, _lines(model, codes, [way for _, way in both], generator), strict=True):
                if presentable(text):
                    texts[i].setdefault(text)
            yield
    if not all(texts):
        raise InputError("The model finds no line between these two: try other lines, or a model trained longer.")
    return judged(model, route.codes(places), [list(found) for found in texts], spoken)


def _lines(model: SentenceModel, codes: Tensor, ways: Sequence[Asked], generator: torch.Generator) -> list[str]:
    """One line for each code (N, Z), asked for in its way."""
    table = torch.tensor([(way.spread, way.leaning, way.temperature) for way in ways], device=codes.device)
    spread, leaning, temperature = table.unbind(1)
    noise = torch.randn(codes.shape, generator=generator).to(codes.device)
    rows = sample(model.decoder, codes + spread[:, None] * noise, leaning, temperature, generator)
    return [model.tokens.decode(row) for row in rows]


def heard(line: str) -> list[str]:
    """The words of a line as they are heard: small letters, no marks; a line of marks alone is its own words."""
    return _WORD.findall(line.lower()) or words(line)


def presentable(text: str) -> bool:
    """Whether a decoded line can stand on the page: some text, no broken bytes, no control characters."""
    return bool(text) and "\ufffd" not in text and text.isprintable() and text == text.strip()


def judged(
    model: SentenceModel, own: Tensor, texts: Sequence[list[str]], spoken: frozenset[str] = frozenset()
) -> list[list[Candidate]]:
    """Cost every line of every point; own (N, Z) are the points' codes, `spoken` words that are not strange here."""
    flat = [(i, text) for i, found in enumerate(texts) for text in found]
    numbers = [model.tokens.encode(text) for _, text in flat]
    plain = nats(model.decoder, None, numbers)
    fluent, ending = plain.whole.tolist(), plain.ending.tolist()
    under_code = nats(model.decoder, own[[i for i, _ in flat]], numbers).whole.tolist()
    result: list[list[Candidate]] = [[] for _ in texts]
    for k, ((i, text), row) in enumerate(zip(flat, numbers, strict=True)):
        strange = sum(word not in spoken for word in model.lexicon.strange(text))
        costs_of_line = (fluent[k] / (len(text) + 1), under_code[k] / (len(row) + 1), ending[k], strange)
        result[i].append(Candidate(text, *costs_of_line))
    return result


def best_row(
    pools: Sequence[list[Candidate]], first: str, last: str, real_nats: float, taken: frozenset[str]
) -> list[int]:
    """The index of each point's chosen candidate, on the way from line `first` to line `last`, by Viterbi's recursion.

    Lines in `taken` are avoided and no line is chosen twice, as long as a point has others. Lines that differ in
    marks and capitals alone are the same line to a reader, and so to this search.
    """
    spoken = [heard(text) for text in taken]
    banned = [{j for j, candidate in enumerate(pool) if heard(candidate.text) in spoken} for pool in pools]
    banned = [set() if len(some) == len(pool) else some for some, pool in zip(banned, pools, strict=True)]
    while True:
        row = _viterbi(pools, first, last, real_nats, banned)
        again = _repeated(pools, row, banned)
        if again is None:
            return row
        banned[again].add(row[again])


def _repeated(pools: Sequence[list[Candidate]], row: list[int], banned: list[set[int]]) -> int | None:
    """The last point whose chosen line stands elsewhere in the row too, and that has another left to choose."""
    texts = [heard(pool[j].text) for pool, j in zip(pools, row, strict=True)]
    for i in reversed(range(len(row))):
        has_others = row[i] not in banned[i] and len(banned[i]) + 1 < len(pools[i])
        if has_others and texts.count(texts[i]) > 1:
            return i
    return None


def _viterbi(
    pools: Sequence[list[Candidate]], first: str, last: str, real_nats: float, banned: list[set[int]]
) -> list[int]:
    whole = max(1, word_distance(first, last))
    step = 1 / (len(pools) + 1)
    total, before = np.zeros(1), [_Standing(first, heard(first), 0.0)]
    back = []
    for i, pool in enumerate(pools):
        lines = [_standing(candidate.text, first, last, whole) for candidate in pool]
        place = (i + 1) * step
        own = np.array(
            [_own_cost(candidate, line.reached - place, real_nats) for candidate, line in zip(pool, lines, strict=True)]
        )
        own[list(banned[i])] += FORBIDDEN
        cost = total + np.array([[_step_cost(a, b, step, whole) for a in before] for b in lines])
        back.append(cost.argmin(1))  # of (this pool, pool before)
        total, before = cost.min(1) + own, lines
    end = _Standing(last, heard(last), 1.0)
    total = total + np.array([_step_cost(line, end, step, whole) for line in before])
    row = [int(total.argmin())]
    for choices in reversed(back[1:]):
        row.append(int(choices[row[-1]]))
    return row[::-1]


class _Standing(NamedTuple):
    """A line, its words as they are heard, and how far it has come in words: 0 at the first end, 1 at the last."""

    text: str
    heard: list[str]
    reached: float


def _standing(text: str, first: str, last: str, whole: int) -> _Standing:
    reached = 0.5 + 0.5 * (word_distance(text, first) - word_distance(text, last)) / whole
    return _Standing(text, heard(text), reached)


def _own_cost(candidate: Candidate, displaced: float, real_nats: float) -> float:
    """What a line costs whatever stands beside it."""
    halting = max(0.0, candidate.nats_a_character - real_nats)
    broken_off = max(0.0, candidate.nats_of_end - USUAL_END)
    wording = PLAIN * candidate.nats_a_character + FLUENCY * halting
    wording += STRANGE * candidate.strange_words + ENDING * broken_off
    return wording + AGREEMENT * candidate.nats_a_token + PLACE * displaced**2


def _step_cost(before: _Standing, after: _Standing, step: float, whole: int) -> float:
    """A step from line to line: long ways, large steps and steps back cost; one that no reader would notice is none."""
    if before.heard == after.heard:
        return FORBIDDEN
    length = word_distance(before.text, after.text) / whole  # in shares of the way in words
    cost = STEP * length + EVEN * max(0.0, length - 2.0 * step) ** 2
    return cost + BACK * max(0.0, before.reached - after.reached)
