"""The points of encoded data: where, which, how marked, and which one is under the pointer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.latent_map import class_marks
from desktop.latent_map.class_marks import COLOURS, SHAPES, mark_of
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.points import APART, Highlight, Points
from models.image_vae.codes import EncodedData, Plane
from tests.desktop.latent_map.charting import FLAT, data_at, inked, many

FRAME = Frame(0, 0, 80.0, 400.0, 320.0)
BLACK, ORANGE = QColor(COLOURS[0]), QColor(COLOURS[1])


def showing(data: EncodedData | None, plane: Plane = FLAT) -> Points:
    points = Points()
    points.show_data(data)
    points.show_plane(plane)
    return points


def painted(points: Points, frame: Frame = FRAME) -> QImage:
    """As it is once the zoom rests."""
    image = QImage(round(frame.width * frame.ratio), round(frame.height * frame.ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(frame.ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for painting in (points, Highlight(points)):
        painting.paint(painter, frame, theme.colours(QApplication.palette()))
    painter.end()
    return image


def dots(points: Points, place: tuple[float, float], colour: QColor, frame: Frame = FRAME) -> int:
    return inked(painted(points, frame), colour, frame.point(*place).toPoint(), 5)


def marked(points: Points, data: EncodedData, frame: Frame) -> list[int]:
    """The rows that are drawn, as the pointer finds them."""
    painted(points, frame)
    places = data.means.tolist()
    return [row for row, place in enumerate(places) if points.nearest(frame.point(*place), frame) == row]


def test_each_point_lies_at_its_mean_with_its_class_mark(qapp: QApplication) -> None:
    points = showing(data_at((1, 1), (-1, 0.5)))
    for _ in range(2):  # drawn at once, then kept
        assert dots(points, (1, 1), BLACK) > 10
        assert dots(points, (-1, 0.5), ORANGE) > 10
        assert dots(points, (1, 1), ORANGE) == dots(points, (0, 0), BLACK) == 0


def test_what_is_kept_is_where_it_would_be_drawn(qapp: QApplication) -> None:
    points = showing(data_at((1, 1), (-1, 0.5), (0.2, -1.3)))
    painted(points)
    for right in (0, 7, 33, 90, 180):
        frame = FRAME.moved(right, right / 3)
        fresh = showing(data_at((1, 1), (-1, 0.5), (0.2, -1.3)))
        kept, drawn = painted(points, frame), painted(fresh, frame)
        for place, colour in (((1, 1), BLACK), ((-1, 0.5), ORANGE)):
            at = frame.point(*place).toPoint()
            assert inked(kept, colour, at, 6) == inked(drawn, colour, at, 6)


def test_a_plane_shows_the_numbers_that_are_its_own(qapp: QApplication) -> None:
    data = EncodedData(np.array([[0, 1.5, -1]], np.float32))
    points = showing(data, Plane((0.0, 0.0, 0.0), across=2, up=1))
    assert dots(points, (-1, 1.5), BLACK) > 10


def test_classes_that_are_filtered_out_are_gone_and_not_under_the_pointer(qapp: QApplication) -> None:
    data = data_at((1, 1), (-1, 0.5))
    points = showing(data)
    points.hide(frozenset({"owl"}))
    assert dots(points, (1, 1), BLACK) == 0
    assert dots(points, (-1, 0.5), ORANGE) > 10
    assert marked(points, data, FRAME) == [1]
    points.hide(frozenset())
    assert marked(points, data, FRAME) == [0, 1]


def test_no_points_are_drawn_or_found_while_they_are_switched_off(qapp: QApplication) -> None:
    data = data_at((1, 1))
    points = showing(data)
    points.is_shown = False
    assert dots(points, (1, 1), BLACK) == 0
    assert marked(points, data, FRAME) == []


def test_the_nearest_point_within_reach_is_under_the_pointer(qapp: QApplication) -> None:
    points = showing(data_at((0, 0), (0.5, 0)))
    painted(points)
    near = FRAME.point(0.5, 0)
    assert points.nearest(near + QPointF(6, 3), FRAME) == 1
    assert points.nearest(near + QPointF(-20, 0), FRAME) is None
    moved = FRAME.moved(50, 0)
    assert points.nearest(near + QPointF(50, 0), moved) == 1


def test_many_points_thin_out_and_nearly_all_come_back_zoomed_in(qapp: QApplication) -> None:
    data = many()
    points = showing(data)
    few = marked(points, data, FRAME)
    assert 0 < len(few) < 0.3 * len(data)
    shown = FRAME.window
    area = (shown.right - shown.left) * (shown.top - shown.bottom) * FRAME.scale**2
    assert len(few) <= area / APART**2 * 1.3, "so many that the ground remains to be seen"
    near = Frame(0, 0, 800.0, 400.0, 320.0)
    inside = np.flatnonzero((np.abs(data.means) < (190 / 800, 150 / 800)).all(axis=1)).tolist()
    assert len(inside) > 10
    assert len(set(inside) & set(marked(points, data, near))) > 0.8 * len(inside)


def test_thinning_stays_the_same_while_panning_and_zooming_in_only_adds(qapp: QApplication) -> None:
    data = many()
    points = showing(data)
    first = set(marked(points, data, FRAME))
    moved = FRAME.moved(390, 0)  # beyond what is kept
    inner = {row for row in marked(points, data, moved) if FRAME.room.contains(FRAME.point(*data.means[row].tolist()))}
    assert inner <= first
    zoomed = FRAME.zoomed(2, FRAME.room.center())
    reach = zoomed.room
    still = {row for row in first if reach.contains(zoomed.point(*data.means[row].tolist()))}
    missing = still - set(marked(points, data, zoomed))
    assert len(missing) <= 0.05 * len(still), "only what lies under another point"


def test_the_point_under_the_pointer_is_larger_and_says_its_name(qapp: QApplication) -> None:
    points = showing(data_at((1, 1)))
    before = dots(points, (1, 1), BLACK)
    plain = painted(points)
    points.highlighted = 0
    assert dots(points, (1, 1), BLACK) > before
    beside = FRAME.point(1, 1).toPoint() + QPoint(24, 0)
    image = painted(points)
    assert image.copy(beside.x() - 8, beside.y() - 6, 24, 12) != plain.copy(beside.x() - 8, beside.y() - 6, 24, 12)


def test_data_without_labels_has_one_mark_and_no_names(qapp: QApplication) -> None:
    points = showing(EncodedData(np.array([[1, 1], [-1, 0.5]], np.float32)))
    assert dots(points, (1, 1), BLACK) == dots(points, (-1, 0.5), BLACK) > 10
    points.hide(frozenset({"owl"}))
    points.highlighted = 1
    assert points.name(1) == ""
    assert dots(points, (-1, 0.5), BLACK) > 10


@pytest.mark.parametrize("data", [None, EncodedData(np.zeros((0, 2), np.float32))])
def test_no_data_is_no_trouble(qapp: QApplication, data: EncodedData | None) -> None:
    points = showing(data)
    assert painted(points) == painted(Points())
    assert points.nearest(QPointF(10, 10), FRAME) is None


def test_other_data_takes_the_place_of_the_first(qapp: QApplication) -> None:
    points = showing(data_at((1, 1)))
    painted(points)
    points.show_data(data_at((-1, -1)))
    points.show_plane(FLAT)
    assert dots(points, (1, 1), BLACK) == 0
    assert dots(points, (-1, -1), BLACK) > 10


def test_ten_classes_differ_in_colour_and_in_shape() -> None:
    marks = [mark_of(label) for label in range(10)]
    assert len({mark.colour.name() for mark in marks}) == len({mark.shape for mark in marks}) == 10
    assert len({(mark_of(label).colour.name(), mark_of(label).shape) for label in range(100)}) == 100


def test_every_shape_is_to_be_told_from_the_others_without_colour(qapp: QApplication) -> None:
    """The inked areas of two shapes, as small as they are drawn, differ in a sixth of their pixels."""
    areas = []
    for shape in SHAPES:
        mark = class_marks.Mark(QColor(0, 0, 0), shape)
        image = class_marks.stamp(mark, 3.25, QColor(255, 255, 255), 2.0).toImage()
        areas.append(np.array([[is_dark(image, x, y) for x in range(image.width())] for y in range(image.height())]))
    for first in range(len(SHAPES)):
        for second in range(first):
            union = (areas[first] | areas[second]).sum()
            assert (areas[first] ^ areas[second]).sum() > union / 6, (SHAPES[first], SHAPES[second])


def is_dark(image: QImage, x: int, y: int) -> bool:
    colour = image.pixelColor(x, y)
    return colour.alpha() > 128 and colour.value() < 128
