from __future__ import annotations

import pytest

from models.sentence_vae import pairs
from models.sentence_vae.pairs import LOUD, Pairs, learn
from models.sentence_vae.script import HAN, OTHER

LINES = ["the sea is far", "my love is far"]


def test_pairs_that_the_text_does_not_join_are_counted() -> None:
    known = learn(LINES, OTHER)
    assert known.strange([*LINES, "my sea is far", "far is the sea", "sea", ""]) == [0, 0, 1, 2, 0, 0]


def test_marks_and_capitals_make_no_other_pair() -> None:
    assert learn(LINES, OTHER).strange(["The sea, is FAR!"]) == [0]


def test_in_chinese_pairs_are_of_characters() -> None:
    assert learn(["风落一山秋"], HAN).strange(["风落，一山秋", "落风一山秋"]) == [0, 2]


def test_a_word_beside_itself_is_strange_but_a_chinese_character_is_not() -> None:
    assert learn(["the old old sea"], OTHER).strange(["the old old sea"]) == [LOUD]
    assert learn(["悠悠我心"], HAN).strange(["悠悠我心"]) == [0]


def test_a_chinese_character_stands_beside_itself_very_often_in_a_large_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "TEXT_A_TIME", 1)
    text = ["悠悠"] * 200 + ["水水"] * 100 + ["山水"] * 10
    assert learn(text, HAN).strange(["悠悠", "水水", "山水"]) == [0, LOUD, 0]


def test_in_a_large_text_a_pair_must_stand_several_times(monkeypatch: pytest.MonkeyPatch) -> None:
    text = ["a b"] * 2 + ["c d"] * 3
    assert learn(text, OTHER).strange(["a b", "c d"]) == [0, 0]
    monkeypatch.setattr(pairs, "TEXT_A_TIME", 1)
    assert learn(text, OTHER).strange(["a b", "c d"]) == [1, 0]


def test_to_one_that_knows_no_pairs_nothing_is_strange() -> None:
    assert pairs.NONE.strange(["zq qz", "a b c"]) == [0, 0]


def test_it_is_the_same_once_stored() -> None:
    known = learn(LINES, OTHER)
    assert Pairs(known.serialized, OTHER).strange(["my sea is far"]) == known.strange(["my sea is far"]) == [1]
    assert known.strange([]) == []


def test_a_damaged_set_is_told() -> None:
    with pytest.raises(ValueError, match="it is too short for a set"):
        Pairs(b"abc", OTHER)
