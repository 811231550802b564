"""The names of a path's ends cover neither the path nor leave the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.verses.end_names import place_beside

ROOM, NAME = QSizeF(264, 168), QSizeF(24, 14)
ACROSS = [QPointF(60, 80), QPointF(120, 80), QPointF(200, 80)]


def beside(path: list[QPointF], end: int) -> QRectF:
    return place_beside(path, end, NAME, 9, ROOM)


def test_names_stand_outside_of_a_straight_path() -> None:
    assert beside(ACROSS, 0).right() == 60 - 9
    assert beside(ACROSS, -1).left() == 200 + 9
    assert beside(ACROSS[::-1], 0).left() == 200 + 9


@pytest.mark.parametrize("end", [0, -1])
def test_a_name_leaves_the_side_to_which_the_path_turns_first(end: int) -> None:
    turning = [QPointF(150, 100), QPointF(100, 100), QPointF(90, 90), QPointF(200, 20)][:: 1 if end == 0 else -1]
    place = beside(turning, end)
    assert place.left() > 150
    assert place.contains(QPointF(160, 100))


def test_a_name_between_a_path_and_the_edge_stands_above_or_below() -> None:
    place = beside([QPointF(5, 80), QPointF(120, 80)], 0)
    assert not place.contains(QPointF(5, 80))
    assert place.left() >= 0


@given(
    st.lists(st.tuples(st.floats(0, 264), st.floats(0, 168)), min_size=2, max_size=9),
    st.sampled_from([0, -1]),
)
def test_a_name_is_whole_in_the_picture(path: list[tuple[float, float]], end: int) -> None:
    place = beside([QPointF(x, y) for x, y in path], end)
    assert QRectF(QPointF(0, 0), ROOM).contains(place)
