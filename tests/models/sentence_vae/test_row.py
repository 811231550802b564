from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.metrics import word_distance
from models.sentence_vae.row import FORBIDDEN, USUAL_END, Candidate, Weights, best_row, heard, wording

FIRST, LAST, REAL = "a a a a", "b b b b", 1.5
WEIGHTS = Weights()
WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(" ".join)
CANDIDATES = st.builds(
    Candidate,
    text=WORDS,
    nats_a_character=st.floats(1, 3),
    nats_a_token=st.floats(0, 2),
    nats_of_end=st.floats(0, 5),
    stumbles=st.floats(0, 5),
    strange_words=st.integers(0, 2),
    is_copy=st.booleans(),
    is_misshapen=st.booleans(),
    unmet=st.sampled_from([(), ("rhyme",), ("length", "rhyme")]),
)


def line(text: str, **against: Any) -> Candidate:
    """A candidate with nothing to be said against it but what is told."""
    return Candidate(text, **{"nats_a_character": 1.0, "nats_a_token": 1.0} | against)


def said(candidate: Candidate) -> str:
    return candidate.text


def pools(points: int, most: int, least: int = 1) -> st.SearchStrategy[list[list[Candidate]]]:
    pool = st.lists(CANDIDATES, min_size=least, max_size=most, unique_by=said)
    return st.lists(pool, min_size=points, max_size=points)


def cost(row: list[Candidate]) -> float:
    """What a row of lines costs between the two ends, written out."""
    w, lines = WEIGHTS, [FIRST, *(candidate.text for candidate in row), LAST]
    whole = word_distance(FIRST, LAST)
    even_step = whole / (len(row) + 1)
    reached = [0.5 + 0.5 * (word_distance(text, FIRST) - word_distance(text, LAST)) / whole for text in lines]
    total = 0.0
    for i, candidate in enumerate(row, 1):
        total += wording(candidate, REAL, w)
        t = i / (len(row) + 1)
        total += w.place * (reached[i] - t) ** 2
        expected = (1 - t) * len(FIRST.split()) + t * len(LAST.split())
        total += w.dwindling * (max(0.0, expected - len(candidate.words)) / expected) ** 2
    for i, (a, b) in enumerate(pairwise(lines)):
        d = word_distance(a, b)
        total += w.step * d / whole + w.even * (max(0.0, d - 2 * even_step) / whole) ** 2 if d else FORBIDDEN
        total += w.back * max(0.0, reached[i] - reached[i + 1]) if d else 0.0
    return total


def best(candidates: list[list[Candidate]], taken: frozenset[str] = frozenset()) -> list[Candidate]:
    row = best_row(candidates, FIRST, LAST, REAL, taken, WEIGHTS)
    return [pool[j] for pool, j in zip(candidates, row, strict=True)]


def texts(row: list[Candidate]) -> list[str]:
    return [candidate.text for candidate in row]


@given(pools(points=3, most=4))
def test_no_row_without_repetition_costs_less(candidates: list[list[Candidate]]) -> None:
    """Against every row there is; the ends are no lines of the row, so they are not taken."""
    found = best(candidates)
    rows = [list(row) for row in product(*candidates)]
    if len(set(texts(min(rows, key=cost)))) == len(candidates):
        assert cost(found) == pytest.approx(min(cost(row) for row in rows))


@given(pools(points=3, most=6, least=3))
def test_no_line_stands_twice_where_every_point_has_as_many_lines_as_there_are_points(
    candidates: list[list[Candidate]],
) -> None:
    assert len(set(texts(best(candidates)))) == 3


def test_an_earlier_point_gives_way_where_a_later_one_has_no_other_line() -> None:
    a, b, c = line("a a a b"), line("a a b b"), line("a b b b")
    assert texts(best([[a, c], [b], [a]])) == ["a b b b", "a a b b", "a a a b"]


def test_lines_that_differ_in_marks_and_capitals_alone_are_one_line() -> None:
    one, same, other = line("a a a b"), line("A a, a b!"), line("a b b b")
    assert texts(best([[one], [same, other]])) == ["a a a b", "a b b b"]
    assert texts(best([[same, other]], frozenset({"a a a b"}))) == ["a b b b"]


def test_a_line_stands_twice_where_there_is_no_other() -> None:
    a, b = line("a a a b"), line("a a b b")
    assert texts(best([[a], [b], [a]])) == ["a a a b", "a a b b", "a a a b"]
    assert texts(best([[a], [a]])) == ["a a a b", "a a a b"]


@given(pools(points=2, most=4))
def test_lines_that_are_taken_are_avoided_where_a_point_has_others(candidates: list[list[Candidate]]) -> None:
    taken = frozenset(candidate.text for candidate in candidates[0][:1])
    for pool, text in zip(candidates, texts(best(candidates, taken)), strict=True):
        assert text not in taken or {candidate.text for candidate in pool} <= taken or len(pool) <= 2


@pytest.mark.parametrize("ends", ["a a", "", "…"])
def test_between_equal_ends_a_row_is_found(ends: str) -> None:
    pool = [line("a b"), line("a c")]
    assert sorted(best_row([pool, pool], ends, ends, REAL, frozenset(), WEIGHTS)) == [0, 1]


@pytest.mark.parametrize(
    "against",
    [
        {"nats_a_character": 1.1},
        {"nats_a_token": 1.1},
        {"nats_of_end": USUAL_END + 1},
        {"stumbles": 1.0},
        {"strange_words": 1},
        {"strange_pairs": 1},
        {"echoes": 1},
        {"rarity": 1.0},
        {"is_copy": True},
        {"is_misshapen": True},
        {"unmet": ("rhyme",)},
    ],
    ids=lambda against: next(iter(against)),
)
def test_of_two_lines_that_change_alike_the_one_with_less_against_it_stands(against: dict[str, Any]) -> None:
    spoiled, sound = line("a c b b", **against), line("a d b b")
    assert texts(best([[spoiled, sound]])) == texts(best([[sound, spoiled]])) == ["a d b b"]
    assert wording(spoiled, REAL, WEIGHTS) > wording(sound, REAL, WEIGHTS)


def test_a_usual_end_costs_nothing_and_halting_language_more_than_plain() -> None:
    assert wording(line("a", nats_of_end=USUAL_END), REAL, WEIGHTS) == wording(line("a"), REAL, WEIGHTS)
    steps = [wording(line("a", nats_a_character=REAL + more), REAL, WEIGHTS) for more in (-0.2, 0.0, 0.2)]
    assert steps[2] - steps[1] > steps[1] - steps[0] > 0


def test_a_line_is_about_as_long_as_its_ends() -> None:
    short, whole = line("a b"), line("b a a b")
    assert texts(best([[short, whole]])) == ["b a a b"]


def test_a_line_stands_where_as_much_has_changed_as_its_place_says() -> None:
    near_first, near_last = line("a a a b"), line("a b b b")
    assert texts(best([[near_last, near_first], [near_first, near_last]])) == ["a a a b", "a b b b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sea, is; CALM!", ["the", "sea", "is", "calm"]),
        ("o'er the night-born sea", ["o'er", "the", "night", "born", "sea"]),
        ("l’étoile — 12", ["l’étoile", "12"]),
        ("小舟过桥去，", ["小", "舟", "过", "桥", "去"]),
        ("?! …", ["?!", "…"]),
        ("", []),
    ],
)
def test_what_is_heard_of_a_line_is_its_words_in_small_letters(text: str, expected: list[str]) -> None:
    assert heard(text) == expected


def test_chinese_lines_are_told_apart_by_their_characters() -> None:
    one, same, other = line("远山云里见"), line("远山云里见。"), line("远山云外见")
    row = best_row([[one], [same, other]], "远树", "近水", REAL, frozenset(), WEIGHTS)
    assert row == [0, 1]
