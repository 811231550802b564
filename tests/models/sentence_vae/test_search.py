from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from models.sentence_vae import copies, metre, pairs, screen, search
from models.sentence_vae.decoding import Decoder, Drawn, leaning, nats, sample
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.row import Candidate
from models.sentence_vae.search import Asked, Pools, judged, may_stand
from tests.making import LINES

LEFT, RIGHT = "the sea is new", "my love is far"
WAYS = (Asked(), Asked(leaning=1.0), Asked(0.0, 0.5, 1.0, 0.5))


class Line:
    """Places on a straight line through the code, one step of its axis apart."""

    def codes(self, asked: Sequence[tuple[int, float]]) -> Tensor:
        codes = torch.zeros(len(asked), 16)
        codes[:, 0] = torch.tensor([i + shift for i, shift in asked])
        return codes


def pools(model: SentenceModel, count: int = 3, seed: int = 0) -> Pools:
    generator = torch.Generator().manual_seed(seed)
    return Pools(model, Line(), count, ["ah zqzq"], generator)


def asked_for(model: SentenceModel, wanted: int, seed: int = 0) -> list[list[Candidate]]:
    found = pools(model, seed=seed)
    found.ask([(i, way) for i in range(3) for way in WAYS])
    assert all(pause is None for pause in found.ask_where_few(wanted, range(3)))
    return [found.at(i) for i in range(3)]


def texts(candidates: Sequence[Candidate]) -> list[str]:
    return [candidate.text for candidate in candidates]


def test_candidates_are_distinct_and_can_stand_on_the_page(tiny_model: SentenceModel) -> None:
    for pool in asked_for(tiny_model, wanted=5):
        assert len(set(texts(pool))) == len(pool)
        assert all(search.presentable(text) for text in texts(pool))


def test_more_are_asked_for_where_there_are_few_and_only_there(tiny_model: SentenceModel) -> None:
    few, many = asked_for(tiny_model, wanted=1), asked_for(tiny_model, wanted=6)
    assert all(1 <= len(pool) <= len(WAYS) for pool in few)
    assert all(len(pool) >= 6 for pool in many)


def test_the_seed_decides_the_candidates(tiny_model: SentenceModel) -> None:
    assert asked_for(tiny_model, 5) == asked_for(tiny_model, 5)
    assert asked_for(tiny_model, 5) != asked_for(tiny_model, 5, seed=1)


def test_asking_can_be_stopped_between_its_rounds(tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    rounds = found.ask_where_few(10_000, range(3))
    next(rounds)
    first = len(found.at(0))
    next(rounds)
    assert len(found.at(0)) > first


def test_a_model_that_says_nothing_gives_no_candidates(tiny_model: SentenceModel) -> None:
    with torch.no_grad():
        tiny_model.network.bias[2] = 1e4  # the end mark comes first
    assert asked_for(tiny_model, wanted=5) == [[], [], []]


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


def test_a_line_is_priced_with_and_without_its_places_code(tiny_model: SentenceModel) -> None:
    code, text = torch.randn(16), LINES[3]
    numbers = [tiny_model.tokens.encode(text)]
    decoder = tiny_model.decoder
    plain, under_code = (nats(decoder, some[None], numbers, [0]) for some in (decoder.no_code, code))
    candidate = judged(tiny_model, code, text)
    assert candidate.nats_a_character == pytest.approx(plain.whole.item() / (len(text) + 1), rel=1e-4)
    assert candidate.nats_a_token == pytest.approx(under_code.whole.item() / (len(numbers[0]) + 1), rel=1e-4)
    assert candidate.nats_of_end == pytest.approx(plain.ending.item(), rel=1e-4)


def test_what_is_drawn_and_what_is_offered_is_priced_alike(tiny_model: SentenceModel) -> None:
    """Wherever it was drawn; only tokens that are not the text's usual ones may cost something else."""
    ways = (*WAYS, Asked(shift=0.4), Asked(shift=-0.4, leaning=2.0))
    drawn, offered = pools(tiny_model), pools(tiny_model)
    drawn.ask([(i, way) for i in range(3) for way in ways])
    drawn.ask_around(1, Line().codes([(1, 0.5), (1, -0.5)]))
    offered.offer((i, text) for i in range(3) for text in texts(drawn.at(i)))
    pairs = [pair for i in range(3) for pair in zip(drawn.at(i), offered.at(i), strict=True)]
    assert all(one.text == other.text for one, other in pairs)
    alike = [pair for pair in pairs if pair[0].nats_a_character == pytest.approx(pair[1].nats_a_character, rel=1e-4)]
    assert len(alike) > len(pairs) / 2
    for one, other in alike:
        assert one.nats_a_token == pytest.approx(other.nats_a_token, rel=1e-3, abs=1e-4)
        assert one.nats_of_end == pytest.approx(other.nats_of_end, rel=1e-3, abs=1e-4)
        assert one.stumbles == pytest.approx(other.stumbles, rel=1e-3, abs=1e-3)


def test_lines_around_a_place_are_told_in_order_and_added(tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    codes = torch.randn(20, 16, generator=torch.Generator().manual_seed(3))
    told = found.ask_around(1, codes)
    likeliest = leaning(tiny_model.decoder, codes, 0.5)
    assert told == [text if may_stand(text) else "" for text in map(tiny_model.tokens.decode, likeliest)]
    assert set(told) - {""} == set(texts(found.at(1)))
    assert not found.at(0)


def test_a_copy_of_the_training_text_is_known(tiny_model: SentenceModel) -> None:
    found = pools(replace(tiny_model, copies=copies.learn(LINES)))
    found.offer([(0, LINES[0].upper() + "!"), (0, "the sea was never mine")])
    assert [candidate.is_copy for candidate in found.at(0)] == [True, False]


def test_strange_words_are_counted_unless_an_end_holds_them(tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    found.offer([(0, "the xqxq is zqzq"), (0, "the sea is zqzq"), (0, LINES[0])])
    assert [candidate.strange_words for candidate in found.at(0)] == [1, 0, 0]


def test_a_lone_quotation_mark_is_strange_unless_an_end_holds_one(tiny_model: SentenceModel) -> None:
    lines = [(0, 'the sea is far"'), (0, 'the "sea" is far'), (0, "the sea is far")]
    told = []
    for fixed in ("the sea", '"the sea'):
        found = Pools(tiny_model, Line(), 1, [fixed], torch.Generator())
        found.offer(lines)
        told.append([candidate.strange_words for candidate in found.at(0)])
    assert told == [[1, 0, 0], [0, 0, 0]]


def test_a_chinese_line_has_as_many_characters_as_one_of_the_ends(tiny_model: SentenceModel) -> None:
    lines = [(0, "小舟过桥去"), (0, "小舟过桥"), (0, "小舟今日过桥去")]
    told = []
    for script in ("han", "other"):
        model = replace(tiny_model, script=script)
        found = Pools(model, Line(), 1, ["风落一山秋", "昨夜远山云里见"], torch.Generator())
        found.offer(lines)
        told.append([candidate.is_misshapen for candidate in found.at(0)])
    assert told == [[False, True, False], [False, False, False]]


def test_each_place_tells_what_its_lines_do_not_keep(tiny_model: SentenceModel) -> None:
    def unmet(place: int, text: str) -> tuple[str, ...]:
        return ("rhyme",) if place == 1 and text.endswith("far") else ()

    found = Pools(tiny_model, Line(), 2, [], torch.Generator(), unmet)
    found.offer([(place, text) for place in (0, 1) for text in (LEFT, RIGHT)])
    assert [candidate.unmet for place in (0, 1) for candidate in found.at(place)] == [(), (), (), ("rhyme",)]


def test_a_line_that_the_word_screen_holds_back_is_no_candidate(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_love(text: str) -> bool:
        return "love" not in text

    monkeypatch.setattr(screen, "is_fit", without_love)
    found = pools(tiny_model)
    found.offer([(0, LEFT), (0, RIGHT)])
    assert texts(found.at(0)) == [LEFT]


def never_ending(model: SentenceModel) -> None:
    """From now on every line goes on with words until its steps are used up."""
    with torch.no_grad():
        model.network.bias[2] = -1e4


def test_a_line_that_comes_to_no_end_is_no_candidate(tiny_model: SentenceModel) -> None:
    never_ending(tiny_model)
    assert asked_for(tiny_model, wanted=2) == [[], [], []]


def test_a_line_that_is_put_stands_alone_whatever_speaks_against_it(tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    found.offer([(0, LEFT), (1, RIGHT)])
    found.put(0, "\ufffd xqxq")
    assert texts(found.at(0)) == ["\ufffd xqxq"]
    assert texts(found.at(1)) == [RIGHT]


def test_what_was_asked_is_not_asked_again_unless_chance_answers(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    drawn = sample

    def counting(decoder: Decoder, codes: Tensor, *rest: Any) -> list[Drawn]:
        asked.append(len(codes))
        return drawn(decoder, codes, *rest)

    monkeypatch.setattr(search, "sample", counting)
    found = pools(tiny_model)
    for _ in range(2):
        found.ask([(0, Asked()), (0, Asked(temperature=1.0)), (0, Asked(spread=0.5))])
    assert asked == [3, 2]


def test_a_place_with_few_lines_is_asked_for_more_while_lines_are_crossed(tiny_model: SentenceModel) -> None:
    few, many = pools(tiny_model), pools(tiny_model)
    for some, wanted in ((few, 0), (many, 12)):
        assert all(pause is None for pause in some.cross({1: (LEFT, RIGHT)}, wanted=wanted))
    assert len(many.at(1)) > len(few.at(1))


def test_pairs_of_words_that_the_text_does_not_join_are_counted(tiny_model: SentenceModel) -> None:
    found = pools(replace(tiny_model, pairs=pairs.learn(["the sea is far", "my love is new"], "other")))
    found.offer([(0, "the sea is new"), (0, "the love is far"), (0, "new sea far")])
    assert [candidate.strange_pairs for candidate in found.at(0)] == [0, 1, 2]


def test_a_word_that_comes_back_is_an_echo_unless_an_end_says_it_twice(tiny_model: SentenceModel) -> None:
    lines = [(0, "the love is the moon"), (0, "the sea, no sea"), (0, "the love of my love"), (0, "Love, my love")]
    told = []
    for fixed in ("the love is far", "love me, love"):
        found = Pools(tiny_model, Line(), 1, [fixed], torch.Generator())
        found.offer(lines)
        told.append([candidate.echoes for candidate in found.at(0)])
    assert told == [[0, 0, 1, 1], [0, 0, 0, 0]]  # small words come back in any line


def test_a_pair_of_words_that_comes_back_is_an_echo_however_short_they_are(
    tiny_model: SentenceModel, chinese_model: SentenceModel
) -> None:
    for model, text, count in (
        (tiny_model, "he was - he was the sea", 1),
        (tiny_model, "Is it, or it is", 0),
        (tiny_model, "my love is my love", 2),  # the word and the pair
        (chinese_model, "远山云远山", 1),
        (chinese_model, "山山山", 1),
        (chinese_model, "远山云远树", 0),
    ):
        found = Pools(model, Line(), 1, [], torch.Generator())
        found.offer([(0, text)])
        assert [candidate.echoes for candidate in found.at(0)] == [count], text


def test_rare_characters_are_told_in_chinese_alone(chinese_model: SentenceModel) -> None:
    told = []
    for script in ("han", "other"):
        found = Pools(replace(chinese_model, script=script), Line(), 1, [], torch.Generator())
        found.offer([(0, "小舟过桥去"), (0, "小舟过鼹去")])  # which the text lacks, and bytes spell
        told.append([candidate.rarity for candidate in found.at(0)])
        found.offer([(0, "小舟，过桥去。")])
        assert found.at(0)[-1].rarity == 0.0, "marks are no characters of verse"
    (usual, rare), elsewhere = told
    assert usual == 0.0
    assert rare > 5.0
    assert elsewhere == [0.0, 0.0]


def test_neighbours_are_crossed(tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    assert all(pause is None for pause in found.cross({1: (LEFT, RIGHT)}))
    assert {"the sea is far", "my love is new"} <= set(texts(found.at(1)))
    assert found.at(0) == found.at(2) == []


def test_chinese_neighbours_are_crossed_at_any_character(tiny_model: SentenceModel) -> None:
    found = Pools(replace(tiny_model, script="han"), Line(), 1, [], torch.Generator())
    assert all(pause is None for pause in found.cross({0: ("ab", "cd")}))
    assert {"ad", "cb"} <= set(texts(found.at(0)))


@pytest.mark.parametrize("beside", [{}, {1: ("sea", "sun")}, {1: ("…", "!?")}, {1: (LEFT, LEFT)}])
def test_neighbours_of_a_word_or_none_are_no_trouble(
    beside: dict[int, tuple[str, str]], tiny_model: SentenceModel
) -> None:
    found = pools(tiny_model)
    assert all(pause is None for pause in found.cross(beside))
    assert all(search.presentable(text) for text in texts(found.at(1)))


def test_last_words_give_way_to_words_that_rhyme(tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    found.offer([(0, "my love is far,"), (0, "the sun is dim")])
    before = set(texts(found.at(0)))
    found.rhyme([0], "the day is mine")
    new = set(texts(found.at(0))) - before
    assert new
    assert all(metre.rhymes(text, "the day is mine") for text in new)
    assert all(
        (text.startswith("my love is ") and text.endswith(",")) or text.startswith("the sun is ") for text in new
    )


@pytest.mark.parametrize("line", ["", "?!", "12"])
def test_nothing_rhymes_with_a_line_without_words(line: str, tiny_model: SentenceModel) -> None:
    found = pools(tiny_model)
    found.offer([(0, LEFT)])
    found.rhyme([0, 1], line)
    assert texts(found.at(0)) == [LEFT]
