"""Where the names of a path's two ends stand: on the side where neither the path nor the other name is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from math import ceil, hypot

from PySide6.QtCore import QPointF, QRectF, QSizeF

SAMPLE = 4.0  # pixels between the places of the path that are looked at
MARGIN = 2.0  # pixels between a name and the picture's edge


def places_beside(
    path: Sequence[QPointF], first: QSizeF, last: QSizeF, away: float, room: QSizeF
) -> tuple[QRectF, QRectF]:
    """Places of these sizes beside the first and the last of a path's stops, `away` pixels from them, in a picture of
    size `room`: left or right, above or below, wherever they cover least of the path; where that is the same, each on
    the side where the other end is not."""
    drawn = _drawn(path)
    outward = -1 if path[0].x() <= path[-1].x() else 1

    def places(end: QPointF, name: QSizeF, across: int) -> list[QRectF]:
        sides = ((across, 0), (-across, 0), (0, -1), (0, 1))
        return [_inside(_beside(end, *side, name, away), room) for side in sides]

    def against(both: tuple[QRectF, QRectF]) -> tuple[bool, int]:
        one, other = both
        return one.intersects(other), sum(one.contains(point) + other.contains(point) for point in drawn)

    return min(product(places(path[0], first, outward), places(path[-1], last, -outward)), key=against)


def _drawn(path: Sequence[QPointF]) -> list[QPointF]:
    points: list[QPointF] = []
    for one, two in pairwise(path):
        step = two - one
        parts = max(1, ceil(hypot(step.x(), step.y()) / SAMPLE))
        points += [one + step * (k / parts) for k in range(parts + 1)]
    return points


def _beside(end: QPointF, across: int, down: int, name: QSizeF, away: float) -> QRectF:
    middle = QPointF(
        end.x() + across * (away + name.width() / 2),
        end.y() + down * (away + name.height() / 2),
    )
    return QRectF(middle - QPointF(name.width(), name.height()) / 2, name)


def _inside(place: QRectF, room: QSizeF) -> QRectF:
    left = min(max(place.left(), MARGIN), room.width() - place.width() - MARGIN)
    top = min(max(place.top(), MARGIN), room.height() - place.height() - MARGIN)
    return QRectF(QPointF(left, top), place.size())
