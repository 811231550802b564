"""Undo and redo over snapshots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.history import MOST_STEPS, History


def test_undo_and_redo_walk_what_was_pushed() -> None:
    history = History("a")
    history.push("b")
    history.push("c")
    assert [history.undo(), history.undo(), history.redo(), history.present] == ["b", "a", "b", "b"]


def test_at_the_ends_nothing_happens() -> None:
    history = History("a")
    assert (history.can_undo, history.can_redo) == (False, False)
    assert history.undo() == "a"
    assert history.redo() == "a"


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History("a")
    history.push("b")
    history.undo()
    history.push("c")
    assert not history.can_redo
    assert history.undo() == "a"


def test_the_same_again_is_no_step() -> None:
    history = History("a")
    history.push("a")
    assert not history.can_undo


def test_the_oldest_steps_go_first() -> None:
    history = History(0)
    for step in range(1, MOST_STEPS + 50):
        history.push(step)
    while history.can_undo:
        history.undo()
    assert history.present == 50


@given(st.lists(st.integers(0, 3) | st.sampled_from(["undo", "redo"]), max_size=60))
def test_redo_after_undo_comes_back(steps: list[int | str]) -> None:
    history = History(0)
    for step in steps:
        if step == "undo":
            history.undo()
        elif step == "redo":
            history.redo()
        elif isinstance(step, int):
            history.push(step)
    present = history.present
    if history.can_undo:
        history.undo()
        assert history.can_redo
        assert history.redo() == present


def test_a_step_that_only_came_further_is_no_other_step() -> None:
    history = History("a")
    history.push("b")
    history.replace("bb")
    history.push("c")
    assert [history.undo(), history.undo(), history.redo()] == ["bb", "a", "bb"]


def test_a_history_can_be_as_long_as_one_likes() -> None:
    history = History(0, 10_000)
    for step in range(1, 5000):
        history.push(step)
    while history.can_undo:
        history.undo()
    assert history.present == 0
