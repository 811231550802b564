"""Where pixels lie on the screen, and the places under a hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSizeF

from desktop.widgets.grid import Grid, dab, line, runs


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize(("height", "width"), [(20, 20), (6, 5), (3, 9), (28, 28)])
def test_pixels_are_squares_of_whole_screen_pixels_and_all_find_room(height: int, width: int, ratio: float) -> None:
    room = QSizeF(437, 401)
    grid = Grid.fitted(height, width, room, ratio)
    for length in (grid.cell, grid.left, grid.top):
        assert length * ratio == pytest.approx(round(length * ratio))
    assert grid.rect.width() <= room.width()
    assert grid.rect.height() <= room.height()
    larger = grid.cell + 1 / ratio
    assert larger * width > room.width() or larger * height > room.height(), "it is the largest"


def test_every_place_is_found_where_it_lies() -> None:
    grid = Grid.fitted(6, 5, QSizeF(300, 200), 1.0)
    for place in range(30):
        assert grid.place_at(grid.square(place).center()) == place
    assert grid.place_at(QPointF(grid.left - 1, grid.top + 5)) is None
    assert grid.place_at(grid.rect.bottomRight() + QPointF(1, 1)) is None


def test_the_area_of_a_mask_holds_its_pixels_and_no_others() -> None:
    grid = Grid.fitted(6, 5, QSizeF(300, 200), 1.0)
    mask = np.random.default_rng(0).random((6, 5)) < 0.5
    area = grid.area(mask)
    inside = [area.contains(grid.square(place).center()) for place in range(30)]
    assert inside == mask.ravel().tolist()


def test_runs_go_from_edge_to_edge() -> None:
    mask = np.array([[1, 1, 0, 1], [0, 0, 0, 0], [1, 1, 1, 1]], np.bool_)
    assert list(runs(mask)) == [(0, 0, 2), (0, 3, 4), (2, 0, 4)]


def test_the_seam_runs_between_the_covered_and_the_given() -> None:
    grid = Grid(2, 2, 0, 0, 10)
    assert grid.seam(np.ones((2, 2), np.bool_)).isEmpty()
    seam = grid.seam(np.array([[0, 0], [1, 1]], np.bool_)).boundingRect()
    assert (seam.top(), seam.bottom(), seam.left(), seam.right()) == (10, 10, 0, 20)


@pytest.mark.parametrize(
    ("start", "end", "places"),
    [(0, 4, [1, 2, 3, 4]), (4, 0, [3, 2, 1, 0]), (0, 24, [6, 12, 18, 24]), (7, 7, []), (0, 20, [5, 10, 15, 20])],
)
def test_a_line_leaves_no_gaps(start: int, end: int, places: list[int]) -> None:
    assert line(start, end, 5) == places


def test_a_dab_is_as_wide_as_the_brush_and_stays_on_the_canvas() -> None:
    assert dab(12, 1, 5, 5) == [12]
    assert dab(12, 2, 5, 5) == [12, 13, 17, 18]
    assert dab(12, 3, 5, 5) == [6, 7, 8, 11, 12, 13, 16, 17, 18]
    assert dab(0, 3, 5, 5) == [0, 1, 5, 6]
    assert dab(24, 2, 5, 5) == [24]
