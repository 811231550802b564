"""The search for one path's lines, between its ends and through every line that a person fixed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import torch

from models import metrics
from models.errors import InputError
from models.sentence_vae import metre, search
from models.sentence_vae.dial import weights_for
from models.sentence_vae.ends import Anchor
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import FIRST, LAST, METHOD, Alternative, PathFigures, PathRequest, Verse, VersePath
from models.sentence_vae.route import Places, Route, angle
from models.sentence_vae.row import Candidate, best_row, heard, repeated, sound_alike, wording
from models.sentence_vae.search import Asked, Pools

WISHED = tuple(Asked(0.0, 1.0, 1.2, 0.2 * (1 + k)) for k in range(6))  # more to choose from where there are wishes
AROUND_ONE = tuple(Asked(leaning=1.0, spread=0.12 * (1 + k)) for k in range(5))  # where both ends are the same line
FEW = 2  # words that differ: what lies between says little else than its ends, unless it is looked for around
CROSSINGS = 2  # times that neighbours in the row are crossed
WORSE = 10.0  # how much more than the line at a place another may have against it, as `row.wording` weighs it
AGAIN = 5  # times that points which repeat a line are asked for more


class Composing:
    """The lines found so far for a request between anchors, ends and locked verses, in order of their places."""

    def __init__(self, model: SentenceModel, request: PathRequest, anchors: Sequence[Anchor]) -> None:
        self._model, self._request, self._anchors = model, request, tuple(anchors)
        self._first, self._last = anchors[0], anchors[-1]
        self._weights = weights_for(request.dial)
        if request.wishes.length:  # a line between five and seven characters may have six
            self._weights = replace(self._weights, misshapen=0.0)
        self._places = [place_of(request, index) for index in range(request.points)]
        fixed = {anchor.t for anchor in anchors}
        lines = [anchor.text for anchor in anchors]
        self._is_one_line = sound_alike(lines)
        self._is_short_way = all(metrics.word_distance(*pair) <= FEW for pair in pairwise(lines))
        self._free = [t for t in self._places if t not in fixed]
        self._route = Route(self._anchors, request.slerp)
        self._pools = Pools(
            model,
            Places(self._route, self._free, self._places[0]),
            len(self._free),
            lines,
            torch.Generator().manual_seed(request.seed),
            self._unmet,
        )
        self._row: dict[float, Candidate] = {}

    def begin(self, ways: Sequence[Asked]) -> Iterator[None]:
        """Ask every free point in these ways, and choose; pauses on the way. Between a line and itself, where all
        points have about the same code, its neighbours are asked for; between lines that differ little, these too.

        Raises `InputError` where no line is found.
        """
        if self._is_one_line:
            ways = AROUND_ONE
        elif self._is_short_way:
            ways = (*ways, *AROUND_ONE)
        yield from self._asked(ways)
        yield from self._pools.ask_where_few(1, range(len(self._free)))
        if not all(self._pools.found):
            raise InputError("The model finds no line between these two: try other lines, or a model trained longer.")
        self._choose()

    def improve(self) -> Iterator[None]:
        """Cross the lines of the row that was chosen, look for what keeps the wishes, and choose again."""
        wanted = self._request.alternatives + 1
        if self._request.wishes:
            yield from self._asked(WISHED)
            self._choose()
        for times in range(1, 1 if self._is_one_line else CROSSINGS + 1):
            least = wanted if times == CROSSINGS else 0  # most places find enough by themselves
            yield from self._pools.cross(self._beside(), least)
            self._choose()
        if self._request.wishes.rhyme:
            end = self._first if self._request.wishes.rhyme == FIRST else self._last
            self._pools.rhyme(range(len(self._free)), _written(end))
            yield
            self._choose()
        few = [i for i, found in enumerate(self._pools.found) if len(found) < wanted]
        if few:
            yield from self._pools.ask_where_few(wanted, few)
            self._choose()
        for times in range(1, AGAIN):
            again = self._repeated()
            if not again:
                break
            yield from self._pools.ask_where_few(times * (self._request.points + 2), again)
            self._choose()

    def _asked(self, ways: Sequence[Asked]) -> Iterator[None]:
        """Ask every free point in each of these ways; pauses on the way."""
        yield from self._pools.ask_pausing([(i, way) for i in range(len(self._free)) for way in ways])

    def path(self, final: bool) -> VersePath:
        """The row as it stands."""
        standing = {anchor.t: self._locked(anchor) for anchor in self._anchors[1:-1]}
        standing |= {t: self._verse(i, t) for i, t in enumerate(self._free)}
        verses = tuple(standing[t] for t in self._places)
        return VersePath(
            request=self._request,
            model=self._model.folder.name,
            model_hash=self._model.folder.hash,
            method=METHOD,
            ends=(self._first.end(self._model), self._last.end(self._model)),
            verses=verses,
            figures=self._figures([verse.text for verse in verses]),
            codes=self._route.codes([0.0, *self._places, 1.0]).float().cpu().numpy(),
            final=final,
        )

    def _unmet(self, place: int, text: str) -> tuple[str, ...]:
        return self._unmet_at(self._free[place], text)

    def _unmet_at(self, t: float, text: str) -> tuple[str, ...]:
        if not self._request.wishes:
            return ()
        return metre.unmet(text, self._request.wishes, t, _written(self._first), _written(self._last))

    def _choose(self) -> None:
        """The best row of each stretch between two anchors; it avoids what earlier ones and the anchors say."""
        self._row = {}
        pools = {t: self._pools.at(i) for i, t in enumerate(self._free)}
        taken = frozenset(anchor.text for anchor in self._anchors)
        for start, stop in pairwise(self._anchors):
            places = [t for t in pools if start.t < t < stop.t]
            if places:
                some = [pools[t] for t in places]
                row = best_row(some, start.text, stop.text, self._model.real_nats, taken, self._weights)
                self._row |= {t: pools[t][j] for t, j in zip(places, row, strict=True)}
                taken |= {candidate.text for candidate in self._row.values()}

    def _repeated(self) -> list[int]:
        """The free points whose line stands elsewhere too."""
        lines = [*(self._row[t].text for t in self._free), *(anchor.text for anchor in self._anchors)]
        return [i for i in repeated(lines) if i < len(self._free)]

    def _beside(self) -> dict[int, tuple[str, str]]:
        """The two lines that each free point stands between."""
        lines = {anchor.t: anchor.text for anchor in self._anchors}
        lines |= {t: candidate.text for t, candidate in self._row.items()}
        order = sorted(lines)
        around = {t: (lines[order[k - 1]], lines[order[k + 1]]) for k, t in enumerate(order) if t in self._row}
        return {i: around[t] for i, t in enumerate(self._free)}

    def _verse(self, place: int, t: float) -> Verse:
        chosen = self._row[t]
        return Verse(
            t=t,
            text=chosen.text,
            fluency=fluency(self._model, chosen.nats_a_character),
            agreement=math.exp(-chosen.nats_a_token),
            alternatives=self._others(place),
            length=metre.length(chosen.text),
            rhymes=self._rhymes(chosen.text),
            unmet=chosen.unmet,
        )

    def _others(self, place: int) -> tuple[Alternative, ...]:
        """What else could stand at a point, the best first; what reads much worse than what stands there is none."""
        said = {tuple(heard(anchor.text)) for anchor in self._anchors}
        said |= {candidate.heard for candidate in self._row.values()}
        most = self._against(self._row[self._free[place]]) + WORSE
        others: dict[tuple[str, ...], Candidate] = {}
        for candidate in sorted(self._pools.at(place), key=self._against):
            if candidate.heard not in said and not candidate.strange_words and self._against(candidate) <= most:
                others.setdefault(candidate.heard, candidate)
        best = list(others.values())[: self._request.alternatives]
        return tuple(Alternative(other.text, fluency(self._model, other.nats_a_character)) for other in best)

    def _against(self, candidate: Candidate) -> float:
        return wording(candidate, self._model.real_nats, self._weights)

    def _locked(self, anchor: Anchor) -> Verse:
        """A verse that a person fixed stands as it was written, and is measured so, whatever the model returns."""
        own = search.judged(self._model, anchor.code, anchor.own)
        return Verse(
            t=anchor.t,
            text=anchor.line.typed,
            fluency=fluency(self._model, own.nats_a_character),
            agreement=math.exp(-own.nats_a_token),
            locked=True,
            length=metre.length(anchor.own),
            rhymes=self._rhymes(anchor.own),
            unmet=self._unmet_at(anchor.t, anchor.own),
            end=anchor.end(self._model),
        )

    def _rhymes(self, text: str) -> tuple[str, ...]:
        ends = ((FIRST, self._first), (LAST, self._last))
        return tuple(name for name, anchor in ends if metre.rhymes(text, _written(anchor)))

    def _figures(self, verses: list[str]) -> PathFigures:
        first, last = self._first, self._last
        lines = [first.text, *verses, last.text]
        return PathFigures(
            smoothness=metrics.smoothness(lines),
            progress=metrics.progress(lines),
            evenness=metrics.evenness(lines),
            code_distance=float((first.code - last.code).norm()),
            angle=math.degrees(angle(first.code, last.code)),
            norms=(float(first.code.norm()), float(last.code.norm())),
            nats=(first.rate, last.rate),
            refine_steps=(first.steps, last.steps),
        )


def place_of(request: PathRequest, index: int) -> float:
    """Where on the path a verse stands."""
    return (index + 1) / (request.points + 1)


def fluency(model: SentenceModel, nats_a_character: float) -> float:
    """As `Verse.fluency` has it."""
    return round(math.exp(model.real_nats - nats_a_character), 4)


def _written(end: Anchor) -> str:
    """What a verse rhymes with: the line that a person wrote, though another may stand in for it in the code."""
    return end.line.read or end.text
