"""Lines on the map, as true from near as from far."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop.latent_map import map_lines
from desktop.latent_map.map_frame import Frame

ROOM = QRectF(0, 0, 100, 80)
PEN = QPen(QColor(255, 0, 0), 1)


def painted(points: map_lines.Points) -> QImage:
    image = QImage(100, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    map_lines.stroke(painter, points, (PEN,))
    painter.end()
    return image


@pytest.mark.parametrize(
    ("ends", "part"),
    [
        (((10, 10), (90, 70)), QLineF(10, 10, 90, 70)),
        (((-100, 40), (200, 40)), QLineF(0, 40, 100, 40)),
        (((50, -1e9), (50, 1e9)), QLineF(50, 0, 50, 80)),
        (((-10, -10), (50, 50)), QLineF(0, 0, 50, 50)),
    ],
)
def test_of_a_line_there_remains_what_is_in_the_room(
    ends: tuple[tuple[float, float], tuple[float, float]], part: QLineF
) -> None:
    (line,) = map_lines.clipped(np.array(ends, np.float64), ROOM)
    found = (line.x1(), line.y1(), line.x2(), line.y2())
    assert found == pytest.approx((part.x1(), part.y1(), part.x2(), part.y2()), abs=1e-3)


def test_lines_beside_the_room_and_lines_of_no_length_are_left_out() -> None:
    beside = np.array([[-50.0, -50.0], [-10.0, 200.0], [-10.0, 200.0]])
    assert map_lines.clipped(beside, ROOM) == []


def test_a_circle_is_round_when_all_of_it_is_seen() -> None:
    frame = Frame(0, 0, 50, 400, 300)
    rim = map_lines.of_ellipse(frame, (1, 0), (2, 2))
    far = np.hypot(rim[:, 0] - frame.across(1.0), rim[:, 1] - frame.down(0.0))
    assert far == pytest.approx(100)
    assert rim[0] == pytest.approx(rim[-1], abs=1e-6)


@pytest.mark.parametrize("scale", [1e4, 1e6, 4e7])
@pytest.mark.parametrize("turn", [0.0, 0.7, 2.3, np.pi, -1.1])
def test_a_circle_passes_through_its_places_from_as_near_as_one_can_go(scale: float, turn: float) -> None:
    """The rim goes through the middle of the room, to less than a pixel."""
    x, y = 3 * np.cos(turn), 3 * np.sin(turn)
    frame = Frame(x, y, scale, 400, 300)
    rim = map_lines.of_ellipse(frame, (0, 0), (3, 3))
    parts = map_lines.clipped(rim, QRectF(frame.room))
    assert parts
    middles = [np.hypot(part.center().x() - 200, part.center().y() - 150) for part in parts]
    nearest = parts[int(np.argmin(middles))]
    normal = nearest.normalVector().unitVector()
    off = (200 - nearest.x1()) * normal.dx() + (150 - nearest.y1()) * normal.dy()
    assert abs(off) < 1


def test_a_path_seen_from_near_is_painted_where_it_lies() -> None:
    frame = Frame(0.5, 0.5, 1e7, 100, 80)
    image = painted(map_lines.of_path(frame, ((0, 0.5), (1, 0.5))))
    assert image.pixelColor(3, 40) == QColor(255, 0, 0)
    assert image.pixelColor(97, 40) == QColor(255, 0, 0)
    assert image.pixelColor(50, 30) == QColor(255, 255, 255)


def test_a_path_of_one_point_or_none_is_no_line() -> None:
    frame = Frame(0, 0, 50, 100, 80)
    blank = painted(np.zeros((0, 2)))
    assert painted(map_lines.of_path(frame, ())) == blank
    assert painted(map_lines.of_path(frame, ((0, 0),))) == blank
