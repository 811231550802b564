from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_vae import lexicon
from models.sentence_vae.lexicon import Lexicon, learn

LINES = ["The sea is old,", "o'er the night-born sea"]


@pytest.mark.parametrize("word", ["the", "The", "SEA", "o'er", "born"])
def test_words_that_were_met_are_known_whatever_their_capitals(word: str) -> None:
    assert learn(LINES).knows(word)


def test_what_was_not_met_is_strange_and_marks_and_numbers_are_no_words() -> None:
    assert learn(LINES).strange("The OLD seas, 12 — o'er zzz!") == ["seas", "zzz"]


def test_in_chinese_each_character_is_a_word() -> None:
    assert learn(["风落一山秋"]).strange("山风起，秋 autumn") == ["起", "autumn"]


@given(st.lists(st.text(max_size=20), max_size=10))
def test_it_is_the_same_once_stored(lines: list[str]) -> None:
    learned = learn(lines)
    assert all(Lexicon(learned.serialized).strange(line) == [] for line in lines)


def test_a_rare_word_of_a_large_text_is_taken_for_a_misprint() -> None:
    words = learn(["sea sun"] * (lexicon.TEXT_A_TIME) + ["zzz"])
    assert words.strange("sea zzz") == ["zzz"]


def test_without_words_nothing_is_strange() -> None:
    assert Lexicon(b"").strange("anything") == []


def test_a_damaged_list_is_told() -> None:
    with pytest.raises(ValueError, match="it is not a list of words"):
        Lexicon(b"abc")
