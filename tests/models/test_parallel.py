from __future__ import annotations

import threading

import pytest
import torch

from models.parallel import halves, side_by_side


@pytest.mark.parametrize("parts", [[], [3], [3, 1], [5, 4, 3, 2, 1]])
def test_results_stand_in_the_order_of_their_parts(parts: list[int]) -> None:
    assert side_by_side(float, parts) == [float(part) for part in parts]


def test_two_parts_are_at_work_at_once_and_their_threads_are_gone_afterwards() -> None:
    both = threading.Barrier(2, timeout=30)

    def meet(part: int) -> int:
        both.wait()  # alone, either would wait in vain
        return part

    before = threading.active_count()
    assert side_by_side(meet, [1, 2]) == [1, 2]
    assert threading.active_count() == before


def test_what_a_part_raises_is_raised() -> None:
    def divide(part: int) -> float:
        return 1 / part

    with pytest.raises(ZeroDivisionError):
        side_by_side(divide, [1, 0])


def test_each_part_computes_on_one_thread() -> None:
    torch.set_num_threads(2)

    def threads(_: int) -> int:
        return torch.get_num_threads()

    assert side_by_side(threads, [1, 2]) == [1, 1]


@pytest.mark.parametrize(
    ("count", "expected"), [(0, [[]]), (1, [[0]]), (5, [[0, 1, 2, 3, 4]]), (6, [[0, 1, 2], [3, 4, 5]])]
)
def test_items_are_halved_where_each_half_is_large_enough(count: int, expected: list[list[int]]) -> None:
    assert [list(part) for part in halves(range(count), 3)] == expected
