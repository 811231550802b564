from __future__ import annotations

import tracemalloc
from itertools import product

import numpy as np
import pytest
import torch
from torch import Tensor

from models.sentence_vae.grid import Cells, Grid
from models.sentence_vae.path import MAX_SIDE, MIN_SIDE
from models.sentence_vae.row import Candidate, Weights

SIDES = pytest.mark.parametrize("side", range(MIN_SIDE, MAX_SIDE + 1))
CORNERS = torch.tensor([[3.0, 0, 0], [0, 4, 0], [0, 0, 5], [1, 1, 1]])


def codes(grid: Grid) -> Tensor:
    """Of all cells, (side, side, Z)."""
    return grid.codes([(cell, 0.0) for cell in range(grid.side**2)]).view(grid.side, grid.side, -1)


@SIDES
def test_the_corners_cells_have_the_corners_codes(side: int) -> None:
    grid = Grid(CORNERS, side)
    found = codes(grid)
    torch.testing.assert_close(found[[0, 0, -1, -1], [0, -1, 0, -1]], CORNERS)
    torch.testing.assert_close(codes(grid).flatten(0, 1)[list(grid.corner_cells)], CORNERS)


@SIDES
def test_each_cells_code_is_the_bilinear_mixture_with_its_length_mixed_alike(side: int) -> None:
    found = codes(Grid(CORNERS, side))
    for row, column in product(range(side), repeat=2):
        down, across = row / (side - 1), column / (side - 1)
        shares = torch.tensor([(1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across])
        mixed = shares @ CORNERS
        expected = mixed / mixed.norm() * (shares @ CORNERS.norm(dim=1))
        torch.testing.assert_close(found[row, column], expected)


def test_corners_that_cancel_give_finite_codes() -> None:
    one, other = CORNERS[0], -CORNERS[0]
    assert torch.isfinite(codes(Grid(torch.stack([one, other, other, one]), 5))).all()
    assert torch.isfinite(codes(Grid(torch.zeros(4, 3), 5))).all()


@SIDES
def test_cells_stand_beside_those_that_share_an_edge(side: int) -> None:
    grid = Grid(CORNERS, side)
    for cell, other in product(range(side**2), repeat=2):
        apart = abs(cell // side - other // side) + abs(cell % side - other % side)
        assert (other in grid.beside(cell)) == (apart == 1)


def line(text: str, nats: float = 1.0) -> Candidate:
    return Candidate(text, nats_a_character=nats, nats_a_token=1.0)


def best(
    pools: list[list[Candidate]], weights: Weights | None = None
) -> np.ndarray[tuple[int, int], np.dtype[np.str_]]:
    """The chosen texts, in rows and columns."""
    side = round(len(pools) ** 0.5)
    chosen = Cells(pools, Grid(torch.eye(4), side), 1.5, weights or Weights()).best()
    return np.array([candidate.text for candidate in chosen]).reshape(side, side)


def between_corners(*free: Candidate) -> list[list[Candidate]]:
    """Pools of a square of nine in which each cell but the corners may hold any of these lines."""
    corners = {0: "a a a a", 2: "b b a a", 6: "a a b b", 8: "b b b b"}
    return [[line(corners[cell])] if cell in corners else list(free) for cell in range(9)]


def test_the_corners_stand_and_no_line_stands_twice() -> None:
    found = best(between_corners(*(line(text) for text in ("b a a a", "a a b a", "b a b a", "b b b a", "b a b b"))))
    assert found[[0, 0, 2, 2], [0, 2, 0, 2]].tolist() == ["a a a a", "b b a a", "a a b b", "b b b b"]
    assert len(set(found.flatten())) == 9


def test_lines_find_the_cells_where_they_belong() -> None:
    """Each line is halfway between two corners, or all four; only one order changes no more than it must."""
    found = best(between_corners(*(line(text) for text in ("b b b a", "a a b a", "b a b a", "b a b b", "b a a a"))))
    assert found[1, 1] == "b a b a"
    assert [found[0, 1], found[1, 0], found[1, 2], found[2, 1]] == ["b a a a", "a a b a", "b b b a", "b a b b"]


def test_of_lines_that_change_alike_the_more_fluent_one_stands() -> None:
    pools = between_corners(line("x a a a"))
    pools[4] = [line("b a b x", 2.0), line("b a b y", 1.0), line("b a b z", 3.0)]
    assert best(pools)[1, 1] == "b a b y"


def test_between_equal_corners_lines_are_found() -> None:
    same = [[line("a b")] if cell in (0, 2, 6, 8) else [line(f"a {cell}"), line("a b")] for cell in range(9)]
    assert best(same)[1].tolist() == ["a 3", "a 4", "a 5"]


def test_lines_that_differ_in_marks_alone_are_one_line() -> None:
    pools = between_corners(line("x a a a"))
    pools[3], pools[5] = [line("b a b a")], [line("B a, b a!", 0.5), line("y a b a", 2.0)]
    assert best(pools)[1, 2] == "y a b a"


@pytest.mark.parametrize("words", [12, 40])
def test_the_largest_square_is_chosen_in_little_memory(words: int) -> None:
    """As many lines as a search finds, or long ones: all against all would take half a gigabyte, or six."""
    pools = [[line(" ".join([f"{cell}", *[f"{j}"] * (words - 1)])) for j in range(15)] for cell in range(49)]
    pools = [pool[:1] if cell in (0, 6, 42, 48) else pool for cell, pool in enumerate(pools)]
    tracemalloc.start()
    try:
        best(pools)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20e6
