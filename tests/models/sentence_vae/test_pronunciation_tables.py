"""Small dictionaries of made-up words, written as the real ones are."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from models.sentence_vae.pronunciation import FIRST_CHARACTER, LEVEL, NO_RHYME, OBLIQUE, TONE_BITS, hash_of
from models.sentence_vae.pronunciation_tables import LEAST_MET, chinese_table, english_table

CMUDICT = """'tiz T IH1 Z
glim G L IH1 M
glim(2) G L AY1 M # a remark
aglim AH0 G L IH1 M
trim-trim T R IH1 M T R IH1 M
blim.b B IY1
sklimmer S K L IH1 M ER0
hm HH M
of AH1 V
em AH0 M
"""


def rows_of(word: str) -> list[tuple[int, int, int]]:
    """Syllables, rhyme and onset of each pronunciation of a word in the table."""
    table = english_table(CMUDICT.splitlines(), Counter())
    rows = np.flatnonzero(table["words"] == hash_of(word))
    return [(int(table["syllables"][i]), int(table["rhymes"][i]), int(table["onsets"][i])) for i in rows]


def test_each_pronunciation_has_a_row_the_first_one_first() -> None:
    assert [row[1] for row in rows_of("glim")] == [hash_of("IH M"), hash_of("AY M")]
    assert [row[0] for row in rows_of("sklimmer")] == [2]


def test_the_rhyme_begins_with_the_last_stressed_vowel() -> None:
    assert rows_of("aglim")[0][1:] == rows_of("glim")[0][1:]
    assert rows_of("sklimmer")[0][1] == hash_of("IH M ER")


def test_a_word_may_be_asked_for_without_its_apostrophe_and_what_is_no_word_is_left_out() -> None:
    assert len(rows_of("tiz")) == 1
    assert rows_of("'tiz") == rows_of("blim.b") == rows_of("trim-trim") == []
    assert rows_of("hm") == [(0, NO_RHYME, 0)]


@pytest.mark.parametrize("word", ["of", "em"])
def test_weak_and_unstressed_words_have_no_rhyme(word: str) -> None:
    assert rows_of(word) == [(1, NO_RHYME, 0)]


def test_usual_words_stand_in_order_where_the_dictionary_has_them() -> None:
    met = Counter({"glim": LEAST_MET, "sklimmer": LEAST_MET + 1, "aglim": LEAST_MET - 1, "other": 10 * LEAST_MET})
    table = english_table(CMUDICT.splitlines(), met)
    assert table["usual"].tobytes() == b"sklimmer glim"
    assert table["usual_rhymes"].tolist() == [hash_of("IH M ER"), hash_of("IH M")]


def bits(characters: dict[str, str], phrases: dict[str, list[list[str]]], character: str) -> int:
    told = {str(ord(one)): readings for one, readings in characters.items()}
    return int(chinese_table(told, phrases, Counter())["characters"][ord(character) - FIRST_CHARACTER])


@pytest.mark.parametrize(
    ("reading", "other"),
    [
        ("guāng", "xiāng"),
        ("yōng", "fēng"),
        ("wēn", "jūn"),
        ("yuè", "xiě"),
        ("yú", "jī"),
        ("nǚ", "lǐ"),
        ("zhī", "sī"),
        ("wū", "shū"),
        ("wō", "gē"),
        ("yōu", "liú"),
        ("wēi", "guī"),
        ("yān", "yuán"),
    ],
)
def test_syllables_of_one_rhyme(reading: str, other: str) -> None:
    assert bits({"山": reading}, {}, "山") >> TONE_BITS == bits({"山": other}, {}, "山") >> TONE_BITS > 0


@pytest.mark.parametrize(
    ("reading", "other"), [("zhī", "jī"), ("jū", "shū"), ("hé", "xié"), ("ān", "ēn"), ("wū", "yū")]
)
def test_syllables_that_are_written_alike_and_sound_otherwise(reading: str, other: str) -> None:
    assert bits({"山": reading}, {}, "山") >> TONE_BITS != bits({"山": other}, {}, "山") >> TONE_BITS


@pytest.mark.parametrize(
    ("readings", "tones"), [("mā", LEVEL), ("má", LEVEL), ("mǎ", OBLIQUE), ("mà", OBLIQUE), ("ma", 0), ("hm̀", 0)]
)
def test_the_first_two_tones_are_level_and_the_others_oblique(readings: str, tones: int) -> None:
    assert bits({"山": readings}, {}, "山") & (LEVEL | OBLIQUE) == tones


def test_readings_that_phrases_hardly_have_are_passed_over() -> None:
    characters = {"山": "shān,shuò", "长": "zhǎng,cháng"}
    phrases = {"长长山": [["cháng"], ["zhǎng"], ["shān"]]}
    assert bits(characters, phrases, "山") & (LEVEL | OBLIQUE) == LEVEL
    assert bits(characters, phrases, "长") & (LEVEL | OBLIQUE) == LEVEL | OBLIQUE
    assert bits(characters, {}, "长") & (LEVEL | OBLIQUE) == OBLIQUE  # the first
