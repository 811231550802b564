"""The names of a path's ends neither cover the path or each other nor leave the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.verses.end_names import places_beside

ROOM, NAME = QSizeF(264, 168), QSizeF(24, 14)
WHOLE = QRectF(QPointF(0, 0), ROOM)
ACROSS = [QPointF(60, 80), QPointF(120, 80), QPointF(200, 80)]


def beside(path: list[QPointF]) -> tuple[QRectF, QRectF]:
    return places_beside(path, NAME, NAME, 9, ROOM)


def test_names_stand_outside_of_a_straight_path() -> None:
    first, last = beside(ACROSS)
    assert (first.right(), last.left()) == (60 - 9, 200 + 9)
    first, last = beside(ACROSS[::-1])
    assert (first.left(), last.right()) == (200 + 9, 60 - 9)


@pytest.mark.parametrize("end", [0, -1])
def test_a_name_leaves_the_side_to_which_the_path_turns_first(end: int) -> None:
    turning = [QPointF(150, 100), QPointF(100, 100), QPointF(90, 90), QPointF(200, 20)][:: 1 if end == 0 else -1]
    assert beside(turning)[end].left() == 150 + 9


def test_a_name_between_a_path_and_the_edge_stands_above_or_below() -> None:
    first, _ = beside([QPointF(5, 80), QPointF(120, 80)])
    assert first.bottom() < 80 or first.top() > 80


def test_on_a_path_from_a_line_to_itself_both_names_can_be_read() -> None:
    first, last = beside([QPointF(100, 80)] * 9)
    assert not first.intersects(last)


@given(st.lists(st.tuples(st.floats(40, 224), st.floats(30, 138)), min_size=2, max_size=9))
def test_names_are_whole_in_the_picture_and_apart(path: list[tuple[float, float]]) -> None:
    first, last = beside([QPointF(x, y) for x, y in path])
    assert WHOLE.contains(first)
    assert WHOLE.contains(last)
    assert not first.intersects(last)
