"""What a person can change of a request, one function a change: each takes a request and gives another."""

from __future__ import annotations

from dataclasses import replace

from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest, Wishes


def with_points(request: PathRequest, points: int) -> PathRequest:
    """As many verses as asked, within bounds; a locked verse moves to the free place nearest to its own."""
    points = min(max(points, MIN_POINTS), MAX_POINTS)
    return replace(request, points=points, locked=_moved(request.locked, request.points, points))


def with_lock(request: PathRequest, index: int, text: str) -> PathRequest:
    """The verse at `index` fixed to `text`; a place that this request does not have changes nothing."""
    if not 0 <= index < request.points:
        return request
    others = tuple(lock for lock in request.locked if lock[0] != index)
    return replace(request, locked=tuple(sorted((*others, (index, text)))))


def without_lock(request: PathRequest, index: int) -> PathRequest:
    """The verse at `index` free again."""
    return replace(request, locked=tuple(lock for lock in request.locked if lock[0] != index))


def with_lines(request: PathRequest, first: str, last: str) -> PathRequest:
    """Other ends for the same walk."""
    return replace(request, first=first, last=last)


def with_seed(request: PathRequest, seed: int) -> PathRequest:
    """The same lines, other candidates for the verses."""
    return replace(request, seed=seed)


def with_way(request: PathRequest, *, slerp: bool | None = None, refine: bool | None = None) -> PathRequest:
    """Straight or around, ends refined or not; what is not named stays."""
    return replace(
        request,
        slerp=request.slerp if slerp is None else slerp,
        refine=request.refine if refine is None else refine,
    )


def with_dial(request: PathRequest, dial: float) -> PathRequest:
    """More faithful or more inventive verses, within bounds."""
    return replace(request, dial=min(max(dial, 0.0), 1.0))


def with_wishes(request: PathRequest, wishes: Wishes) -> PathRequest:
    """The same walk with other wishes of its verses' form."""
    return replace(request, wishes=wishes)


def _moved(locked: tuple[tuple[int, str], ...], old: int, new: int) -> tuple[tuple[int, str], ...]:
    """Locks at their places among `new` points, in order; where there are more locks than places the last ones go."""
    kept = locked[:new]
    moved: list[tuple[int, str]] = []
    for number, (index, text) in enumerate(kept):
        nearest = round((index + 1) / (old + 1) * (new + 1)) - 1
        lowest = moved[-1][0] + 1 if moved else 0
        highest = new - len(kept) + number  # leaves a place for each lock that follows
        moved.append((min(max(nearest, lowest), highest), text))
    return tuple(moved)
