"""Where a name stands beside an end of a path: on the side where the path is not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

SAMPLES = 8  # of each step of the path, looked at for whether a name would lie on it
MARGIN = 2.0  # pixels between a name and the picture's edge


def place_beside(path: Sequence[QPointF], end: int, name: QSizeF, away: float, room: QSizeF) -> QRectF:
    """A place of the size of `name` in a picture of size `room`, `away` pixels from the end `path[end]`: left or right
    of it, above or below, wherever it covers least of the path; where that is the same, away from the other end."""
    here, other = path[end], path[-1 - end]
    sides = [(-1, 0), (1, 0)] if here.x() <= other.x() else [(1, 0), (-1, 0)]
    places = [_inside(_beside(here, across, down, name, away), room) for across, down in (*sides, (0, -1), (0, 1))]
    drawn = [one + (two - one) * (k / SAMPLES) for one, two in pairwise(path) for k in range(SAMPLES + 1)]
    return min(places, key=lambda place: sum(place.contains(point) for point in drawn))


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
