"""Path search: several candidate lines at each point, then the best row of them by dynamic programming.

At each point the decoder is asked several ways in one batch: the likeliest line there, the likeliest a little before
and behind, and samples. A row of lines is good where each line is fluent, belongs to its point of the code, has left
the first end as far as its place says, and differs little from its neighbours; no line stands twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.errors import InputError
from models.metrics import edit_distance, words
from models.sentence_vae.decoding import greedy, nats, sample
from models.sentence_vae.model import SentenceModel

TEMPERATURE = 0.7
FORBIDDEN = 1e3  # a cost that nothing outweighs
ROUNDS = 6  # of asking again where a point has too few lines, each farther around
SPREAD = 0.25  # how much farther, in standard deviations of the prior
FLUENCY, AGREEMENT, PLACE, STEP, EVEN = 3.0, 0.15, 3.0, 1.0, 1.0  # weights of the costs, chosen on held-out pairs


@dataclass(frozen=True)
class Candidate:
    """A line that may stand at a point, and its two costs."""

    text: str
    nats_a_character: float  # without a code
    nats_a_token: float  # under the point's code


def candidates(
    model: SentenceModel, codes_at: Sequence[Tensor], samples: int, wanted: int, generator: torch.Generator
) -> list[list[Candidate]]:
    """Distinct candidates for each point: `wanted` and more where a few rounds find so many, and always one.

    `codes_at[i]` (K, Z): the point's own code first, then codes near it.
    """
    if not codes_at:
        return []
    own = torch.stack([codes[0] for codes in codes_at])  # (N, Z)
    texts: list[dict[str, None]] = [{} for _ in own]
    likeliest = greedy(model.decoder, torch.cat(list(codes_at)))
    _collect(model, texts, [i for i, codes in enumerate(codes_at) for _ in codes], likeliest)
    for round_ in range(ROUNDS):
        few = [i for i, found in enumerate(texts) if round_ == 0 or len(found) < wanted]
        points = [i for i in few for _ in range(samples)]
        if points:
            noise = torch.randn(len(points), own.shape[1], generator=generator).to(own.device)
            codes = own[points] + SPREAD * round_ * noise
            _collect(model, texts, points, sample(model.decoder, codes, TEMPERATURE, generator))
    _check_enough(texts)
    return judged(model, own, [list(found) for found in texts])


def _collect(model: SentenceModel, texts: list[dict[str, None]], points: list[int], rows: list[list[int]]) -> None:
    for point, row in zip(points, rows, strict=True):
        text = model.tokens.decode(row)
        if presentable(text):
            texts[point].setdefault(text)


def presentable(text: str) -> bool:
    """Whether a decoded line can stand on the page: some text, no broken bytes, no control characters."""
    return bool(text) and "\ufffd" not in text and text.isprintable() and text == text.strip()


def _check_enough(texts: list[dict[str, None]]) -> None:
    if not all(texts):
        raise InputError(
            "The model finds no line between these two: try other lines, or a model that was trained longer."
        )


def judged(model: SentenceModel, own: Tensor, texts: Sequence[list[str]]) -> list[list[Candidate]]:
    """Cost every line of every point; own (N, Z) are the points' codes."""
    flat = [(i, text) for i, found in enumerate(texts) for text in found]
    numbers = [model.tokens.encode(text) for _, text in flat]
    free = model.decoder.no_code.expand(len(flat), -1)
    both = torch.cat([free, own[[i for i, _ in flat]]])
    costs = nats(model.decoder, both, numbers + numbers).tolist()
    result: list[list[Candidate]] = [[] for _ in texts]
    for (i, text), row, fluent, under in zip(flat, numbers, costs[: len(flat)], costs[len(flat) :], strict=True):
        result[i].append(Candidate(text, fluent / (len(text) + 1), under / (len(row) + 1)))
    return result


def best_row(
    pools: Sequence[list[Candidate]], first: str, last: str, real_nats: float, taken: frozenset[str]
) -> list[int]:
    """The index of each point's chosen candidate, on the way from line `first` to line `last`, by Viterbi's recursion.

    Lines in `taken` are avoided and no line is chosen twice, as long as a point has others.
    """
    banned = [{j for j, candidate in enumerate(pool) if candidate.text in taken} for pool in pools]
    banned = [set() if len(some) == len(pool) else some for some, pool in zip(banned, pools, strict=True)]
    while True:
        row = _viterbi(pools, words(first), words(last), real_nats, banned)
        again = _repeated(pools, row, banned)
        if again is None:
            return row
        banned[again].add(row[again])


def _repeated(pools: Sequence[list[Candidate]], row: list[int], banned: list[set[int]]) -> int | None:
    """The last point whose chosen line stands elsewhere in the row too, and that has another left to choose."""
    texts = [pool[j].text for pool, j in zip(pools, row, strict=True)]
    for i in reversed(range(len(row))):
        has_others = row[i] not in banned[i] and len(banned[i]) + 1 < len(pools[i])
        if has_others and texts.count(texts[i]) > 1:
            return i
    return None


def _viterbi(
    pools: Sequence[list[Candidate]], first: list[str], last: list[str], real_nats: float, banned: list[set[int]]
) -> list[int]:
    whole = max(1, edit_distance(first, last))
    step = whole / (len(pools) + 1)
    total, before = np.zeros(1), [first]
    back = []
    for i, pool in enumerate(pools):
        lines = [words(candidate.text) for candidate in pool]
        place = (i + 1) / (len(pools) + 1)
        own = np.array(
            [
                _own_cost(candidate, _reached(line, first, last, whole) - place, real_nats)
                for candidate, line in zip(pool, lines, strict=True)
            ]
        )
        own[list(banned[i])] += FORBIDDEN
        cost = total + np.array([[_step_cost(edit_distance(a, b), step, whole) for a in before] for b in lines])
        back.append(cost.argmin(1))  # of (this pool, pool before)
        total, before = cost.min(1) + own, lines
    total = total + np.array([_step_cost(edit_distance(a, last), step, whole) for a in before])
    row = [int(total.argmin())]
    for choices in reversed(back[1:]):
        row.append(int(choices[row[-1]]))
    return row[::-1]


def _reached(line: list[str], first: list[str], last: list[str], whole: int) -> float:
    """How far a line has come in words: 0 at the first end, 1 at the last."""
    return 0.5 + 0.5 * (edit_distance(line, first) - edit_distance(line, last)) / whole


def _own_cost(candidate: Candidate, displaced: float, real_nats: float) -> float:
    """What a line costs whatever stands beside it."""
    halting = max(0.0, candidate.nats_a_character - real_nats)
    return FLUENCY * halting + AGREEMENT * candidate.nats_a_token + PLACE * displaced**2


def _step_cost(distance: int, step: float, whole: int) -> float:
    """A step of `distance` words: long ways and large steps cost, and a step that changes no word is none."""
    if distance == 0:
        return FORBIDDEN
    return STEP * distance / whole + EVEN * max(0.0, distance - 2.0 * step) ** 2 / whole**2
