"""Lines near one line: codes drawn around the line's own, decoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf

import torch
from torch import Tensor

from models.errors import InputError
from models.sentence_vae import han
from models.sentence_vae.ends import Anchor, anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_NEIGHBOURS, MAX_RADIUS, METHOD, Neighbour, NeighbourRequest, Neighbours
from models.sentence_vae.row import Candidate, Weights, heard, wording
from models.sentence_vae.search import Pools

SHELL, MOST_SHELLS, DRAWN = 0.5, 20, 16  # how thick a shell around the code is, how many there are, codes in each
AT_ONCE = 4  # shells that are read between two pauses
WORSE = 5.0  # by `row.wording`: a stumble of one nat, say; chosen by reading lists of neighbours
AS_VERSE = Weights(agreement=0.0, copied=0.0)  # how far a line is, is told; and one of the training text may be near


def neighbours(model: SentenceModel, request: NeighbourRequest) -> Iterator[Neighbours | None]:
    """Up to `request.count` distinct other lines, decoded from codes within its radius of the line's, from near to far;
    before them None, a pause to stop in.

    The radius is Euclidean, in standard deviations of the prior. Codes are drawn in shells around the line's, as many
    in each, so that the near is asked as often as the far; up to a radius of ten the shells are the same, and a larger
    one only adds lines. A line is as near as the nearest code that gave it. What reads much worse than the line itself,
    or says a word that the model never met and the line does not, is none; in Chinese another length speaks against it
    too. Where more are found than asked, every so many of them stands.

    Raises `InputError` for an impossible request and for an empty line.
    """
    if not 0 < request.radius <= MAX_RADIUS or not 1 <= request.count <= MAX_NEIGHBOURS:
        raise InputError(
            "A radius lies in 0 to {radius} and a count in 1 to {count}.", radius=MAX_RADIUS, count=MAX_NEIGHBOURS
        )
    generator = torch.Generator().manual_seed(request.seed)
    anchor = anchor_at(model, 0.0, request.line, generator)
    for moved in refined(model, anchor):
        anchor = moved
        yield None
    if not anchor.line.read:
        raise InputError("An empty line has no neighbours: type one.")
    around = _Around(model, anchor, generator)
    nearest: dict[tuple[str, ...], tuple[float, str]] = {}  # by what is heard: marks and capitals make no other line
    thick = max(SHELL, request.radius / MOST_SHELLS)
    shells = range(ceil(request.radius / thick))
    for start in shells[::AT_ONCE]:
        for text, away in around.drawn([shell * thick for shell in shells[start : start + AT_ONCE]], thick):
            said = tuple(heard(text))
            if away <= request.radius and away < nearest.get(said, (inf, ""))[0]:
                nearest[said] = (away, text)
        yield None
    found = _some(sorted(nearest.values()), request.count)
    is_traditional = "traditional" in anchor.line.notes
    told = [Neighbour(han.traditional(text) if is_traditional else text, round(away, 4)) for away, text in found]
    yield Neighbours(
        request, model.folder.name, model.folder.hash, anchor.end(model), neighbours=tuple(told), method=METHOD
    )


class _Around:
    """What the decoder says around an anchor's code."""

    def __init__(self, model: SentenceModel, anchor: Anchor, generator: torch.Generator) -> None:
        self._model, self._code, self._generator = model, anchor.code, generator
        self._pools = Pools(model, _Spot(anchor.code), 1, [anchor.text], generator)
        self._pools.put(0, anchor.text)
        (own,) = self._pools.at(0)
        self._most = self._against(own) + WORSE
        self._own = {tuple(heard(line)) for line in (anchor.line.read, anchor.text)}

    def drawn(self, starts: Sequence[float], thick: float) -> Iterator[tuple[str, float]]:
        """Lines in shells, each from its start, that are fit to be neighbours, with the distances of their codes."""
        noise = [(torch.randn(DRAWN, len(self._code), generator=self._generator), self._share()) for _ in starts]
        direction = torch.nn.functional.normalize(torch.cat([direction for direction, _ in noise]))
        distance = torch.cat([start + thick * share for start, (_, share) in zip(starts, noise, strict=True)])
        codes = self._code + (direction * distance).to(self._code.device)
        texts = self._pools.ask_around(0, codes)
        said = {candidate.text: candidate for candidate in self._pools.at(0)}
        for text, away in zip(texts, distance[:, 0].tolist(), strict=True):
            if text and self._is_fit(said[text]):
                yield text, away

    def _share(self) -> Tensor:
        return torch.rand(DRAWN, 1, generator=self._generator)

    def _is_fit(self, other: Candidate) -> bool:
        is_other = other.heard not in self._own
        return is_other and not other.strange_words and self._against(other) <= self._most

    def _against(self, candidate: Candidate) -> float:
        return wording(candidate, self._model.real_nats, AS_VERSE)


@dataclass(frozen=True)
class _Spot:
    """One place, which has no way to shift along."""

    code: Tensor

    def codes(self, asked: Sequence[tuple[int, float]]) -> Tensor:
        return self.code.expand(len(asked), -1)


def _some(found: Sequence[tuple[float, str]], count: int) -> list[tuple[float, str]]:
    """So many of those that were found, evenly by rank, the first and the last among them."""
    if len(found) <= count:
        return list(found)
    return [found[k * (len(found) - 1) // max(1, count - 1)] for k in range(count)]


def final_neighbours(model: SentenceModel, request: NeighbourRequest) -> Neighbours:
    """What `neighbours` comes to."""
    return [found for found in neighbours(model, request) if found is not None][-1]
