"""Lines that stay true however far one zooms in: what lies outside the room is left out before it is painted.

Painters take coordinates of some thousands of pixels, and a circle of the prior is 10⁸ pixels wide when codes are seen
from near.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.latent_map.map_frame import Frame

FARTHEST_PIXEL = 8000.0
STEPS = 360  # along a whole ellipse, or along the part of a large one that is in the room

Points = NDArray[np.float64]  # (N, 2) in pixels


def of_path(frame: Frame, path: Sequence[tuple[float, float]]) -> Points:
    """Places as pixels."""
    places = np.array(path, np.float64).reshape(-1, 2)
    return np.column_stack([frame.across(places[:, 0]), frame.down(places[:, 1])])


def of_ellipse(frame: Frame, middle: tuple[float, float], radii: tuple[float, float]) -> Points:
    """The rim of an upright ellipse with radii in units, or the part of it that passes through the room."""
    low, high = _angles(frame, middle, radii)
    turns = np.linspace(low, high, STEPS + 1)
    x = middle[0] + radii[0] * np.cos(turns)
    y = middle[1] + radii[1] * np.sin(turns)
    return np.column_stack([frame.across(x), frame.down(y)])


def stroke(painter: QPainter, points: Points, pens: Sequence[QPen]) -> None:
    """Draw a line through all points with each pen in turn."""
    if len(points) < 2:
        return
    if np.abs(points).max() < FARTHEST_PIXEL:
        polygon = QPolygonF([QPointF(x, y) for x, y in points.tolist()])
        for pen in pens:
            painter.setPen(pen)
            painter.drawPolyline(polygon)
        return
    lines = clipped(points, QRectF(painter.window()).adjusted(-8, -8, 8, 8))
    for pen in pens:
        painter.setPen(pen)
        painter.drawLines(lines)


def clipped(points: Points, room: QRectF) -> list[QLineF]:
    """The parts within a room of the lines from each point to the next (Liang and Barsky, 1984)."""
    start, way = points[:-1], np.diff(points, axis=0)
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis, (low, high) in enumerate(((room.left(), room.right()), (room.top(), room.bottom()))):
        steps = np.where(way[:, axis] == 0, 1e-300, way[:, axis])
        first, second = (low - start[:, axis]) / steps, (high - start[:, axis]) / steps
        enter = np.maximum(enter, np.minimum(first, second))
        leave = np.minimum(leave, np.maximum(first, second))
    inside = enter < leave
    begin = start[inside] + enter[inside, None] * way[inside]
    end = start[inside] + leave[inside, None] * way[inside]
    return [QLineF(*line) for line in np.hstack([begin, end]).tolist()]


def halo_pens(line: QColor, halo: QColor, width: float) -> tuple[QPen, QPen]:
    """A wide soft pen and a narrow one on top: seen on light and on dark pictures."""
    return QPen(halo, width + 2), QPen(line, width)


def _angles(frame: Frame, middle: tuple[float, float], radii: tuple[float, float]) -> tuple[float, float]:
    """From which to which angle to draw an ellipse: all of it unless the room is small and away from its middle."""
    shown = frame.window
    corners = [(x, y) for x in (shown.left, shown.right) for y in (shown.bottom, shown.top)]
    around = shown.left <= middle[0] <= shown.right and shown.bottom <= middle[1] <= shown.top
    if around or max(radii) * frame.scale < FARTHEST_PIXEL / 2:
        return 0.0, 2 * math.pi
    scaled = [((x - middle[0]) / radii[0], (y - middle[1]) / radii[1]) for x, y in corners]
    towards = math.atan2(sum(y for _, y in scaled), sum(x for x, _ in scaled))
    turns = [math.remainder(math.atan2(y, x) - towards, 2 * math.pi) for x, y in scaled]
    return towards + min(turns), towards + max(turns)
