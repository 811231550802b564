"""The sentence VAE's verb: the verses between two lines.

Both ends are encoded to the posterior's mean, refined until the decoder returns them, and joined by a straight line
whose norm is re-scaled (or by slerp, Shoemake 1985). At evenly spaced points of it the path search picks the verses.
Everything is a function of the request and the model; the generator can be closed between any two results.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch

from models.errors import InputError
from models.sentence_vae import han
from models.sentence_vae.composing import Composing, place_of
from models.sentence_vae.decoding import leaning
from models.sentence_vae.dial import ways_for
from models.sentence_vae.ends import Anchor, anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest, PointVerse, Verse, VersePath
from models.sentence_vae.route import between
from models.sentence_vae.search import Asked, may_stand
from models.sentence_vae.tokens import clean

DRAFT = (Asked(leaning=1.0), Asked(shift=-0.35), Asked(shift=0.35))
LITTLE = 0.5  # leaning on plain language
PLAINER = (1.0, 2.0, 4.0)  # where what comes of that may not be shown
SNAP = 0.004  # of the slider's length within which a point's own verse shows


def verses_between(model: SentenceModel, request: PathRequest) -> Iterator[VersePath | None]:
    """Drafts and at last the final path; None is a pause to stop in. Where refining takes longer than a step or two,
    a first draft comes before its end.

    Raises `InputError` for an impossible request, and where the model finds no line.
    """
    _check(request)
    anchors = _anchors(model, request)
    if request.refine:
        yield from _refined(model, request, anchors)
    composing = Composing(model, request, anchors)
    yield from composing.begin(ways_for(request.dial))
    yield _as_typed(composing.path(final=False))
    yield from composing.improve()
    yield _as_typed(composing.path(final=True))


def _refined(model: SentenceModel, request: PathRequest, anchors: list[Anchor]) -> Iterator[VersePath | None]:
    """Refine the anchors in place. Most take a step or two; once one takes longer, there is a draft to look at, again
    each time that `refined` tells how far it is."""
    draft: VersePath | None = None
    for i, anchor in enumerate(anchors):
        for anchors[i] in refined(model, anchor):
            if anchors[i].exact:
                continue
            if draft is None:
                composing = Composing(model, request, anchors)
                yield from composing.begin(DRAFT)
                draft = _as_typed(composing.path(final=False))
            yield replace(draft, figures=replace(draft.figures, refine_steps=(anchors[0].steps, anchors[-1].steps)))


def _as_typed(path: VersePath) -> VersePath:
    """The path in the script of its ends: what was typed in traditional Chinese is answered so."""
    if not _is_traditional(path):
        return path
    return replace(path, verses=tuple(_traditional(verse) for verse in path.verses))


def _is_traditional(path: VersePath) -> bool:
    return any("traditional" in end.notes for end in path.ends)


def _traditional(verse: Verse) -> Verse:
    others = tuple(replace(other, text=han.traditional(other.text)) for other in verse.alternatives)
    return replace(verse, text=verse.text if verse.locked else han.traditional(verse.text), alternatives=others)


def final_path(model: SentenceModel, request: PathRequest) -> VersePath:
    """The path at the end of `verses_between`."""
    return [path for path in verses_between(model, request) if path is not None][-1]


def verse_at(model: SentenceModel, path: VersePath, t: float) -> PointVerse:
    """The line at any place 0 <= t <= 1 of a path: a point's own verse at that point, else the likeliest line there;
    where no line there may be shown, that of the nearest point."""
    place = min(1.0, max(0.0, t)) * (len(path.codes) - 1)
    nearest = round(place)
    between_points = abs(place - nearest) > SNAP * (len(path.codes) - 1)
    if between_points and (said := _decoded(model, path, place)):
        return PointVerse(t, han.traditional(said) if _is_traditional(path) else said)
    return PointVerse(t, _standing_at(path, nearest))


def _standing_at(path: VersePath, index: int) -> str:
    if 0 < index < len(path.codes) - 1:
        return path.verses[index - 1].text
    end = path.ends[0 if index == 0 else 1]
    if end.notes == ("traditional",):
        return end.typed
    return han.traditional(end.read) if "traditional" in end.notes else end.read or end.refined


def _decoded(model: SentenceModel, path: VersePath, place: float) -> str:
    """The likeliest line at a place between two points, counted in points from the first end, that may be shown; empty
    where none may, however much plain language has to say."""
    codes = torch.from_numpy(path.codes).to(model.device)
    left = min(int(place), len(codes) - 2)
    code = between(codes[left], codes[left + 1], torch.tensor([place - left]), path.request.slerp)
    within = place / (len(codes) - 1)
    say = 2 * LITTLE * min(within, 1 - within)  # plain language has less where the code tells what stands there
    lines = (model.tokens.decode(leaning(model.decoder, code, weight)[0]) for weight in (say, *PLAINER))
    return next(filter(may_stand, lines), "")


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
    locked = [(place_of(request, index), text) for index, text in sorted(dict(request.locked).items())]
    lines = [(0.0, request.first), *locked, (1.0, request.last)]
    return [anchor_at(model, t, typed, generator) for t, typed in lines]
