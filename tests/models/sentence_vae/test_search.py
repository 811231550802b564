from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise, product
from typing import cast

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InputError
from models.metrics import word_distance
from models.sentence_vae import search
from models.sentence_vae.decoding import nats
from models.sentence_vae.ends import anchor_at
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.route import Route
from models.sentence_vae.search import (
    AGREEMENT,
    BACK,
    ENDING,
    EVEN,
    FLUENCY,
    PLACE,
    PLAIN,
    STEP,
    STRANGE,
    USUAL_END,
    Asked,
    Candidate,
    best_row,
    judged,
)
from tests.making import LINES

WAYS = (Asked(), Asked(0.35))
FIRST, LAST, REAL = "a a a a", "b b b b", 1.5
WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(" ".join)
CANDIDATES = st.builds(Candidate, WORDS, st.floats(1, 3), st.floats(0, 2), st.floats(0, 5), st.integers(0, 2))


def distinct(candidate: Candidate) -> str:
    return candidate.text


def pools(points: int, most: int, least: int = 1) -> st.SearchStrategy[list[list[Candidate]]]:
    pool = st.lists(CANDIDATES, min_size=least, max_size=most, unique_by=distinct)
    return st.lists(pool, min_size=points, max_size=points)


def cost(row: list[Candidate]) -> float:
    """What a row of lines costs between the two ends, written out."""
    texts = [FIRST, *(candidate.text for candidate in row), LAST]
    whole = word_distance(FIRST, LAST)
    even_step = whole / (len(row) + 1)
    total = 0.0
    reached = [0.5 + 0.5 * (word_distance(text, FIRST) - word_distance(text, LAST)) / whole for text in texts]
    for i, candidate in enumerate(row, 1):
        total += PLAIN * candidate.nats_a_character
        total += FLUENCY * max(0.0, candidate.nats_a_character - REAL) + AGREEMENT * candidate.nats_a_token
        total += STRANGE * candidate.strange_words + ENDING * max(0.0, candidate.nats_of_end - USUAL_END)
        total += PLACE * (reached[i] - i / (len(row) + 1)) ** 2
    for i, (a, b) in enumerate(pairwise(texts)):
        d = word_distance(a, b)
        total += STEP * d / whole + EVEN * max(0.0, d - 2 * even_step) ** 2 / whole**2 if d else search.FORBIDDEN
        total += BACK * max(0.0, reached[i] - reached[i + 1]) if d else 0.0
    return total


def best(candidates: list[list[Candidate]], taken: frozenset[str] = frozenset()) -> list[Candidate]:
    row = best_row(candidates, FIRST, LAST, REAL, taken)
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
    a, b, c = (Candidate(text, 1.0, 1.0) for text in ("a a a b", "a a b b", "a b b b"))
    assert texts(best([[a, c], [b], [a]])) == ["a b b b", "a a b b", "a a a b"]


def test_lines_that_differ_in_marks_and_capitals_alone_are_one_line() -> None:
    one, same, other = (Candidate(text, 1.0, 1.0) for text in ("a a a b", "A a, a b!", "a b b b"))
    assert texts(best([[one], [same, other]])) == ["a a a b", "a b b b"]
    assert texts(best([[same, other]], frozenset({"a a a b"}))) == ["a b b b"]
    assert search.heard("?!") != search.heard("...")


def test_a_line_stands_twice_where_there_is_no_other() -> None:
    a, b = Candidate("a a a b", 1.0, 1.0), Candidate("a a b b", 1.0, 1.0)
    assert texts(best([[a], [b], [a]])) == ["a a a b", "a a b b", "a a a b"]
    assert texts(best([[a], [a]])) == ["a a a b", "a a a b"]


@given(pools(points=2, most=4))
def test_lines_that_are_taken_are_avoided_where_a_point_has_others(candidates: list[list[Candidate]]) -> None:
    taken = frozenset(candidate.text for candidate in candidates[0][:1])
    for pool, text in zip(candidates, texts(best(candidates, taken)), strict=True):
        assert text not in taken or {candidate.text for candidate in pool} <= taken or len(pool) <= 2


def test_between_equal_ends_a_row_is_found() -> None:
    pool = [Candidate("a b", 1.0, 1.0), Candidate("a c", 1.0, 1.0)]
    row = best_row([pool, pool], "a a", "a a", REAL, frozenset())
    assert sorted(row) == [0, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the sea", True),
        ("l’étoile — 月", True),
        ("", False),
        ("the \ufffd sea", False),
        ("the\x07sea", False),
        (" the sea", False),
    ],
)
def test_what_may_stand_on_the_page(text: str, expected: bool) -> None:
    assert search.presentable(text) == expected


def route(model: SentenceModel) -> Route:
    generator = torch.Generator()
    return Route((anchor_at(model, 0.0, LINES[0], generator), anchor_at(model, 1.0, LINES[-1], generator)), slerp=False)


def ended(steps: Generator[None, None, list[list[Candidate]]]) -> list[list[Candidate]]:
    """What a generator returns once it has gone through all its pauses."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("list[list[Candidate]]", end.value)


def asked_for(model: SentenceModel, wanted: int, seed: int = 0) -> list[list[Candidate]]:
    generator = torch.Generator().manual_seed(seed)
    return ended(search.candidates(model, route(model), [0.25, 0.5, 0.75], 0.25, WAYS, wanted, generator))


def test_candidates_are_distinct_and_can_stand_on_the_page(tiny_model: SentenceModel) -> None:
    for pool in asked_for(tiny_model, wanted=5):
        assert len(set(texts(pool))) == len(pool) >= 1
        assert all(search.presentable(text) for text in texts(pool))


def test_more_candidates_are_asked_for_until_there_are_enough(tiny_model: SentenceModel) -> None:
    assert max(len(pool) for pool in asked_for(tiny_model, wanted=1)) <= 2
    assert min(len(pool) for pool in asked_for(tiny_model, wanted=4)) >= 4


def test_the_seed_decides_the_candidates(tiny_model: SentenceModel) -> None:
    assert asked_for(tiny_model, 5) == asked_for(tiny_model, 5)


def test_where_the_model_says_nothing_it_is_told(tiny_model: SentenceModel) -> None:
    with torch.no_grad():
        tiny_model.network.bias[2] = 1e4  # the end mark comes first
    with pytest.raises(InputError, match="The model finds no line between these two"):
        asked_for(tiny_model, wanted=5)


def test_lines_are_judged_with_and_without_their_points_code(tiny_model: SentenceModel) -> None:
    code, line = torch.randn(1, 16), LINES[3]
    ((candidate,),) = judged(tiny_model, code, [[line]])
    numbers = tiny_model.tokens.encode(line)
    free = nats(tiny_model.decoder, tiny_model.decoder.no_code[None], [numbers]).whole.item()
    under_code = nats(tiny_model.decoder, code, [numbers]).whole.item()
    assert candidate.nats_a_character == pytest.approx(free / (len(line) + 1), rel=1e-4)
    assert candidate.nats_a_token == pytest.approx(under_code / (len(numbers) + 1), rel=1e-4)


def test_no_points_need_no_lines(tiny_model: SentenceModel) -> None:
    assert ended(search.candidates(tiny_model, route(tiny_model), [], 0.25, WAYS, 5, torch.Generator())) == []


def test_words_that_an_end_of_the_path_holds_are_not_strange(tiny_model: SentenceModel) -> None:
    text = "the xqxq is zqzq"
    ((plain,),) = judged(tiny_model, torch.zeros(1, 16), [[text]])
    ((known,),) = judged(tiny_model, torch.zeros(1, 16), [[text]], frozenset({"xqxq"}))
    assert (plain.strange_words, known.strange_words) == (2, 1)


def test_the_search_can_be_stopped_between_its_rounds(tiny_model: SentenceModel) -> None:
    steps = search.candidates(tiny_model, route(tiny_model), [0.5], 0.5, WAYS, 30, torch.Generator())
    assert next(steps) is None
    assert next(steps) is None
    steps.close()
