from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.metrics import (
    edit_distance,
    edit_distances,
    evenness,
    faithfulness,
    kendall_tau,
    likeness,
    progress,
    smoothness,
    word_distance,
    words,
)

SHORT = st.text(alphabet="ab ", max_size=6)
NUMBERS = st.lists(st.integers(-3, 3), min_size=1, max_size=7)


@cache
def distance_by_definition(first: str, second: str) -> int:
    """Levenshtein's recursion as it is written, without a table."""
    if not first or not second:
        return len(first) + len(second)
    if first[0] == second[0]:
        return distance_by_definition(first[1:], second[1:])
    return 1 + min(
        distance_by_definition(first[1:], second),
        distance_by_definition(first, second[1:]),
        distance_by_definition(first[1:], second[1:]),
    )


@given(SHORT, SHORT)
def test_edit_distance_is_levenshteins(first: str, second: str) -> None:
    assert edit_distance(first, second) == distance_by_definition(first, second)


@given(SHORT, SHORT, SHORT)
def test_edit_distance_is_a_metric(a: str, b: str, c: str) -> None:
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, b) == edit_distance(b, a)
    assert edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c)


@given(st.lists(SHORT, max_size=4), st.lists(SHORT, max_size=4))
def test_many_edit_distances_are_those_of_each_pair(firsts: list[str], seconds: list[str]) -> None:
    found = edit_distances(firsts, seconds)
    assert found.shape == (len(firsts), len(seconds))
    assert found.tolist() == [[edit_distance(first, second) for second in seconds] for first in firsts]


def test_many_edit_distances_are_of_any_items() -> None:
    assert edit_distances([("the", "sea")], [("the", "old", "sea"), (), ("the", "sea")]).tolist() == [[1, 2, 0]]


def test_a_chinese_character_is_a_word_and_so_is_what_stands_between_blanks() -> None:
    assert words("The sea, o'er  there —") == ["The", "sea,", "o'er", "there", "—"]
    assert words("小舟 过桥ok去。") == ["小", "舟", "过", "桥", "ok", "去", "。"]
    assert words(" \t") == []


def test_word_distance_counts_words_not_letters() -> None:
    assert word_distance("the moon is rising", "the moon was sinking down") == 3
    assert word_distance("小舟过桥去", "小舟过山来") == 2


@pytest.mark.parametrize(
    ("wanted", "found", "share"), [("moon", "moon", 1.0), ("moon", "noon", 0.75), ("", "", 1.0), ("moon", "", 0.0)]
)
def test_faithfulness_is_the_share_of_letters_that_stayed(wanted: str, found: str, share: float) -> None:
    assert faithfulness(wanted, found) == share


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("the sea is old", "the sea is old", 1.0),
        ("the sea is old", "the sun is new", 0.5),
        ("the sea", "a day of rain", 0.0),
        ("山风起", "山雨起", 2 / 3),
        ("", "", 1.0),
    ],
)
def test_likeness_is_the_share_of_words_that_stayed(first: str, second: str, share: float) -> None:
    assert likeness(first, second) == pytest.approx(share)
    assert likeness(second, first) == pytest.approx(share)


def tau_b_by_definition(first: list[int], second: list[int]) -> float:
    """Concordant less discordant pairs, over the geometric mean of the pairs that are untied in each sequence."""
    pairs = list(combinations(range(len(first)), 2))
    products = [(first[i] - first[j]) * (second[i] - second[j]) for i, j in pairs]
    concordant, discordant = sum(p > 0 for p in products), sum(p < 0 for p in products)
    untied = [sum(numbers[i] != numbers[j] for i, j in pairs) for numbers in (first, second)]
    return (concordant - discordant) / (untied[0] * untied[1]) ** 0.5 if all(untied) else 0.0


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=7))
def test_kendall_tau_is_tau_b(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    assert kendall_tau(first, second) == pytest.approx(tau_b_by_definition(first, second))


@given(NUMBERS)
def test_kendall_tau_turns_with_the_order(numbers: list[int]) -> None:
    places = range(len(numbers))
    assert kendall_tau(places, numbers) == pytest.approx(-kendall_tau(places, numbers[::-1]))


def test_kendall_tau_of_a_rising_sequence_is_one() -> None:
    assert kendall_tau(range(5), [1, 2, 3, 5, 8]) == 1


STRAIGHT = ["a b c d", "x b c d", "x y c d", "x y z d", "x y z w"]


def test_a_path_that_changes_each_word_once_is_perfect() -> None:
    assert smoothness(STRAIGHT) == 1
    assert progress(STRAIGHT) == 1
    assert evenness(STRAIGHT) == 1


def test_a_path_that_walks_to_and_fro_is_less_smooth() -> None:
    wandering = [STRAIGHT[0], STRAIGHT[1], STRAIGHT[0], *STRAIGHT[1:]]
    assert smoothness(wandering) == pytest.approx(4 / 6)


def test_a_path_walked_backwards_has_no_progress() -> None:
    backwards = [STRAIGHT[0], *STRAIGHT[3:0:-1], STRAIGHT[-1]]
    assert progress(backwards) == -1


def test_evenness_compares_the_largest_step_with_the_mean() -> None:
    assert evenness(["a b c d", "x y z d", "x y z w"]) == pytest.approx(3 / 2)


def test_a_path_that_stays_has_finite_measures() -> None:
    still = ["a b"] * 4
    assert (smoothness(still), progress(still), evenness(still)) == (0, 0, 1)
