"""The sentence VAE's verb: the verses between two lines.

Both ends are encoded to the posterior's mean, refined until the decoder returns them, and joined by a straight line
whose norm is re-scaled (or by slerp, Shoemake 1985). At evenly spaced points of it the path search picks the verses.
Everything is a function of the request and the model; the generator can be closed between any two results.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import torch
from torch import Tensor

from models import metrics
from models.errors import InputError
from models.sentence_vae import search
from models.sentence_vae.decoding import fluency_nats, greedy
from models.sentence_vae.ends import Anchor, anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import (
    MAX_POINTS,
    MIN_POINTS,
    Alternative,
    PathFigures,
    PathRequest,
    PointVerse,
    Verse,
    VersePath,
)
from models.sentence_vae.search import Candidate

DRAFT_SAMPLES, SAMPLES = 2, 11
SHIFTS = (0.0, -0.35, 0.35, -0.18, 0.18)  # in steps between points: where else on the path the likeliest line is asked
SNAP = 0.004  # of the slider's length within which a point's own verse shows


def verses_between(model: SentenceModel, request: PathRequest) -> Iterator[VersePath]:
    """Drafts while the ends are being refined, then the final path. Raises `InputError` for an impossible request."""
    _check(request)
    generator = torch.Generator().manual_seed(request.seed)
    anchors = _anchors(model, request, generator)
    if request.refine and not all(anchor.exact for anchor in anchors):
        draft = _path(model, request, anchors, DRAFT_SAMPLES, generator, final=False)
        yield draft
        for i, anchor in enumerate(anchors):
            for anchors[i] in refined(model, anchor):
                yield replace(draft, figures=replace(draft.figures, refine_steps=(anchors[0].steps, anchors[-1].steps)))
        generator.manual_seed(request.seed)  # the final path is the same whether or not a draft came first
    yield _path(model, request, anchors, SAMPLES, generator, final=True)


def verse_at(model: SentenceModel, path: VersePath, t: float) -> PointVerse:
    """The line at any place 0 <= t <= 1 of a path: a point's own verse at that point, else the likeliest line there."""
    place = min(1.0, max(0.0, t)) * (len(path.codes) - 1)
    nearest = round(place)
    text = _standing_at(path, nearest)
    if abs(place - nearest) > SNAP * (len(path.codes) - 1):
        codes = torch.from_numpy(path.codes).to(model.device)
        left = min(int(place), len(codes) - 2)
        code = between(codes[left], codes[left + 1], torch.tensor([place - left]), path.request.slerp)
        text = model.tokens.decode(greedy(model.decoder, code)[0])
    return PointVerse(t, text, _fluency(model, fluency_nats(model.decoder, model.tokens, [text]).item()))


def _standing_at(path: VersePath, index: int) -> str:
    if 0 < index < len(path.codes) - 1:
        return path.verses[index - 1].text
    end = path.ends[0 if index == 0 else 1]
    return end.read or end.returned


def between(first: Tensor, last: Tensor, t: Tensor, slerp: bool) -> Tensor:
    """Codes (N, Z) at places t (N,) in [0, 1] from `first` to `last`, each (Z,).

    Straight: linear in the code, its length re-scaled to run evenly from |first| to |last| (a chord between two codes
    passes nearer to 0 than codes of verse lie). Slerp: even in angle instead.
    """
    t = t.to(first.device)[:, None]
    length = (1 - t) * first.norm() + t * last.norm()  # (N, 1)
    angle = _angle(first, last)
    if slerp and 1e-4 < angle < math.pi - 1e-4:
        one, other = torch.nn.functional.normalize(torch.stack([first, last])).unbind()
        direction = (torch.sin((1 - t) * angle) * one + torch.sin(t * angle) * other) / math.sin(angle)
    else:
        direction = (1 - t) * first + t * last
    norm = direction.norm(dim=1, keepdim=True)
    return torch.where(norm > 1e-6, direction * length / norm.clamp_min(1e-6), direction)


def _angle(first: Tensor, last: Tensor) -> float:
    """Between two codes, in radians; 0 where one of them is 0."""
    return math.acos(max(-1.0, min(1.0, float(torch.cosine_similarity(first, last, dim=0)))))


def _check(request: PathRequest) -> None:
    if not MIN_POINTS <= request.points <= MAX_POINTS:
        raise InputError(
            "A path has {least} to {most} verses, not {points}.",
            least=MIN_POINTS,
            most=MAX_POINTS,
            points=request.points,
        )
    for index, text in request.locked:
        if not 0 <= index < request.points or not text.strip():
            raise InputError(
                "A locked verse must hold a line and stand at one of the path's {points} points.", points=request.points
            )


def _anchors(model: SentenceModel, request: PathRequest, generator: torch.Generator) -> list[Anchor]:
    """Both ends and, between them in order, the locked verses."""
    places = {(index + 1) / (request.points + 1): text for index, text in sorted(request.locked)}
    lines = {0.0: request.first, **places, 1.0: request.last}
    return [anchor_at(model, t, typed, generator) for t, typed in lines.items()]


def _path(
    model: SentenceModel,
    request: PathRequest,
    anchors: list[Anchor],
    samples: int,
    generator: torch.Generator,
    final: bool,
) -> VersePath:
    """Search each stretch between two anchors and put the result together."""
    step = 1 / (request.points + 1)
    places = [i * step for i in range(1, request.points + 1)]
    locked = {index for index, _ in request.locked}
    free = [i for i in range(request.points) if i not in locked]
    own = [_codes_at(anchors, [places[i] + shift * step for shift in SHIFTS], request.slerp) for i in free]
    pools = dict(zip(free, search.candidates(model, own, samples, 1 + request.alternatives, generator), strict=True))
    chosen = _chosen(model, pools, anchors, step)
    verses = [
        _free_verse(model, places[i], pools[i], chosen[i], _texts(chosen, anchors), request.alternatives)
        if i in pools
        else _locked_verse(model, _at(anchors, places[i]))
        for i in range(request.points)
    ]
    codes = torch.cat([_codes_at(anchors, [t], request.slerp) for t in (0.0, *places, 1.0)])
    lines = [anchors[0].text, *(verse.text for verse in verses), anchors[-1].text]
    return VersePath(
        request=request,
        model=model.folder.name,
        model_hash=model.folder.hash,
        ends=(anchors[0].end(model), anchors[-1].end(model)),
        verses=tuple(verses),
        figures=_figures(anchors[0], anchors[-1], lines),
        codes=codes.float().cpu().numpy(),
        final=final,
    )


def _codes_at(anchors: list[Anchor], places: list[float], slerp: bool) -> Tensor:
    """Codes (N, Z) at places of the broken line through all anchors."""
    rows = []
    for t in places:
        left = max(i for i in range(len(anchors) - 1) if i == 0 or anchors[i].t <= t + 1e-9)
        start, stop = anchors[left], anchors[left + 1]
        share = torch.tensor([min(1.0, max(0.0, (t - start.t) / (stop.t - start.t)))])
        rows.append(between(start.code, stop.code, share, slerp))
    return torch.cat(rows)


def _chosen(
    model: SentenceModel, pools: dict[int, list[Candidate]], anchors: list[Anchor], step: float
) -> dict[int, Candidate]:
    """The chosen candidate of each free point; a stretch avoids what earlier stretches and anchors say."""
    chosen: dict[int, Candidate] = {}
    for start, stop in pairwise(anchors):
        points = [i for i in pools if start.t < (i + 1) * step - 1e-9 and (i + 1) * step + 1e-9 < stop.t]
        if points:
            taken = _texts(chosen, anchors)
            row = search.best_row([pools[i] for i in points], start.text, stop.text, model.real_nats, taken)
            chosen |= {i: pools[i][j] for i, j in zip(points, row, strict=True)}
    return chosen


def _texts(chosen: dict[int, Candidate], anchors: list[Anchor]) -> frozenset[str]:
    return frozenset(c.text for c in chosen.values()) | {anchor.text for anchor in anchors}


def _at(anchors: list[Anchor], t: float) -> Anchor:
    return min(anchors, key=lambda anchor: abs(anchor.t - t))


def _free_verse(
    model: SentenceModel, t: float, pool: list[Candidate], chosen: Candidate, taken: frozenset[str], count: int
) -> Verse:
    others = sorted((c for c in pool if c.text not in taken), key=lambda c: c.nats_a_token + c.nats_a_character)
    return Verse(
        t=t,
        text=chosen.text,
        fluency=_fluency(model, chosen.nats_a_character),
        agreement=math.exp(-chosen.nats_a_token),
        alternatives=tuple(Alternative(c.text, _fluency(model, c.nats_a_character)) for c in others[:count]),
    )


def _locked_verse(model: SentenceModel, anchor: Anchor) -> Verse:
    """A verse that a person fixed stands as it was written, whatever the model returns for it."""
    own = search.judged(model, anchor.code[None], [[anchor.text]])[0][0]
    fluency = _fluency(model, own.nats_a_character)
    return Verse(anchor.t, anchor.line.typed, fluency, math.exp(-own.nats_a_token), locked=True)


def _fluency(model: SentenceModel, nats_a_character: float) -> float:
    return round(math.exp(model.real_nats - nats_a_character), 4)


def _figures(first: Anchor, last: Anchor, lines: list[str]) -> PathFigures:
    return PathFigures(
        smoothness=metrics.smoothness(lines),
        progress=metrics.progress(lines),
        evenness=metrics.evenness(lines),
        code_distance=float((first.code - last.code).norm()),
        angle=math.degrees(_angle(first.code, last.code)),
        norms=(float(first.code.norm()), float(last.code.norm())),
        nats=(first.rate, last.rate),
        refine_steps=(first.steps, last.steps),
    )
