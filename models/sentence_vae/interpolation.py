"""The sentence VAE's verb: the verses between two lines.

Both ends are encoded to the posterior's mean, refined until the decoder returns them, and joined by a straight line
whose norm is re-scaled (or by slerp, Shoemake 1985). At evenly spaced points of it the path search picks the verses.
Everything is a function of the request and the model; the generator can be closed between any two results.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import torch

from models import metrics
from models.errors import InputError
from models.sentence_vae import search
from models.sentence_vae.decoding import fluency_nats, leaning
from models.sentence_vae.ends import Anchor, anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import (
    MAX_POINTS,
    METHOD,
    MIN_POINTS,
    Alternative,
    PathFigures,
    PathRequest,
    PointVerse,
    Verse,
    VersePath,
)
from models.sentence_vae.route import Route, angle, between
from models.sentence_vae.search import Asked, Candidate
from models.sentence_vae.tokens import clean

DRAFT = (Asked(), Asked(shift=-0.35), Asked(shift=0.35))
LITTLE, MUCH = 0.5, 1.5  # leanings on plain language; much for points whose code says little: between unusual lines
ASKED = (
    *(Asked(leaning=weight) for weight in (LITTLE, 1.0, 2.0)),
    *(Asked(shift, weight) for shift in (-0.35, 0.35) for weight in (LITTLE, 2.0)),
    *(Asked(0.0, weight, 1.0, spread) for spread in (0.15, 0.35, 0.55) for weight in (LITTLE, MUCH)),
)
SNAP = 0.004  # of the slider's length within which a point's own verse shows


def verses_between(model: SentenceModel, request: PathRequest) -> Iterator[VersePath | None]:
    """Drafts while the ends are being refined, and at last the final path; None is a pause to stop in.

    Raises `InputError` for an impossible request.
    """
    _check(request)
    anchors = _anchors(model, request)
    if request.refine:
        yield from _refined(model, request, anchors)
    yield (yield from _path(model, request, anchors, ASKED, wanted=request.alternatives + 1))


def _refined(model: SentenceModel, request: PathRequest, anchors: list[Anchor]) -> Iterator[VersePath | None]:
    """Refine the anchors in place. Most take a step or two; once one takes longer, there is a draft to look at."""
    draft: VersePath | None = None
    for i, anchor in enumerate(anchors):
        for anchors[i] in refined(model, anchor):
            if anchors[i].exact:
                continue
            if draft is None:
                draft = replace((yield from _path(model, request, anchors, DRAFT, wanted=1)), final=False)
            yield replace(draft, figures=replace(draft.figures, refine_steps=(anchors[0].steps, anchors[-1].steps)))


def final_path(model: SentenceModel, request: PathRequest) -> VersePath:
    """The path at the end of `verses_between`."""
    return [path for path in verses_between(model, request) if path is not None][-1]


def verse_at(model: SentenceModel, path: VersePath, t: float) -> PointVerse:
    """The line at any place 0 <= t <= 1 of a path: a point's own verse at that point, else the likeliest line there."""
    within = min(1.0, max(0.0, t))
    place = within * (len(path.codes) - 1)
    nearest = round(place)
    text = _standing_at(path, nearest)
    if abs(place - nearest) > SNAP * (len(path.codes) - 1):
        codes = torch.from_numpy(path.codes).to(model.device)
        left = min(int(place), len(codes) - 2)
        code = between(codes[left], codes[left + 1], torch.tensor([place - left]), path.request.slerp)
        say = 2 * LITTLE * min(within, 1 - within)  # plain language has less where the code tells what stands there
        text = model.tokens.decode(leaning(model.decoder, code, say)[0])
    return PointVerse(t, text, _fluency(model, fluency_nats(model.decoder, model.tokens, [text]).item()))


def _standing_at(path: VersePath, index: int) -> str:
    if 0 < index < len(path.codes) - 1:
        return path.verses[index - 1].text
    end = path.ends[0 if index == 0 else 1]
    return end.read or end.refined


def _check(request: PathRequest) -> None:
    if not MIN_POINTS <= request.points <= MAX_POINTS:
        raise InputError(
            "A path has {least} to {most} verses, not {points}.",
            least=MIN_POINTS,
            most=MAX_POINTS,
            points=request.points,
        )
    for index, text in request.locked:
        if not 0 <= index < request.points or not clean(text):
            raise InputError(
                "A locked verse must hold a line and stand at one of the path's {points} points.", points=request.points
            )


def _anchors(model: SentenceModel, request: PathRequest) -> list[Anchor]:
    """Both ends and, between them in order, the locked verses."""
    generator = torch.Generator().manual_seed(request.seed)
    locked = [(_place(request, index), text) for index, text in sorted(dict(request.locked).items())]
    lines = [(0.0, request.first), *locked, (1.0, request.last)]
    return [anchor_at(model, t, typed, generator) for t, typed in lines]


def _place(request: PathRequest, index: int) -> float:
    return (index + 1) / (request.points + 1)


def _path(
    model: SentenceModel, request: PathRequest, anchors: list[Anchor], ways: Sequence[Asked], wanted: int
) -> Generator[None, None, VersePath]:
    """Search each stretch between two anchors and put the result together."""
    generator = torch.Generator().manual_seed(request.seed)
    route = Route(tuple(anchors), request.slerp)
    places = [_place(request, index) for index in range(request.points)]
    free = [t for t in places if all(t != anchor.t for anchor in anchors)]
    found = yield from search.candidates(model, route, free, places[0], ways, wanted, generator)
    pools = dict(zip(free, found, strict=True))
    chosen = _chosen(model, pools, anchors)
    taken = frozenset(c.text for c in chosen.values()) | {anchor.text for anchor in anchors}
    standing = {anchor.t: _locked_verse(model, anchor) for anchor in anchors[1:-1]} | {
        t: _free_verse(model, t, chosen[t], _others(pools[t], taken)[: request.alternatives]) for t in free
    }
    verses = tuple(standing[t] for t in places)
    return VersePath(
        request=request,
        model=model.folder.name,
        model_hash=model.folder.hash,
        method=METHOD,
        ends=(anchors[0].end(model), anchors[-1].end(model)),
        verses=verses,
        figures=_figures(anchors[0], anchors[-1], [verse.text for verse in verses]),
        codes=route.codes([0.0, *places, 1.0]).float().cpu().numpy(),
    )


def _chosen(model: SentenceModel, pools: dict[float, list[Candidate]], anchors: list[Anchor]) -> dict[float, Candidate]:
    """The chosen candidate of each free place; a stretch avoids what earlier stretches and the anchors say."""
    chosen: dict[float, Candidate] = {}
    taken = frozenset(anchor.text for anchor in anchors)
    for start, stop in pairwise(anchors):
        places = [t for t in pools if start.t < t < stop.t]
        if places:
            row = search.best_row([pools[t] for t in places], start.text, stop.text, model.real_nats, taken)
            chosen |= {t: pools[t][j] for t, j in zip(places, row, strict=True)}
            taken |= {candidate.text for candidate in chosen.values()}
    return chosen


def _others(pool: list[Candidate], taken: frozenset[str]) -> list[Candidate]:
    """What else could stand at a point, the best first."""
    return sorted((c for c in pool if c.text not in taken), key=lambda c: c.nats_a_token + c.nats_a_character)


def _free_verse(model: SentenceModel, t: float, chosen: Candidate, others: list[Candidate]) -> Verse:
    return Verse(
        t=t,
        text=chosen.text,
        fluency=_fluency(model, chosen.nats_a_character),
        agreement=math.exp(-chosen.nats_a_token),
        alternatives=tuple(Alternative(other.text, _fluency(model, other.nats_a_character)) for other in others),
    )


def _locked_verse(model: SentenceModel, anchor: Anchor) -> Verse:
    """A verse that a person fixed stands as it was written, whatever the model returns for it."""
    own = search.judged(model, anchor.code[None], [[anchor.text]])[0][0]
    fluency = _fluency(model, own.nats_a_character)
    return Verse(anchor.t, anchor.line.typed, fluency, math.exp(-own.nats_a_token), locked=True)


def _fluency(model: SentenceModel, nats_a_character: float) -> float:
    return round(math.exp(model.real_nats - nats_a_character), 4)


def _figures(first: Anchor, last: Anchor, verses: list[str]) -> PathFigures:
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
