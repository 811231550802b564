from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_vae import metre
from models.sentence_vae.metre import rhymes, tones_alternate, unmet, wanted_length
from models.sentence_vae.path import FIRST, LAST, Wishes

FREE = Wishes()
LENGTH, TONES = Wishes(length=True), Wishes(tones=True)
LINES = st.text(st.characters(codec=None, categories=None), max_size=40)


@pytest.mark.parametrize(
    ("line", "syllables"),
    [
        ("The sea is old,", 4),
        ("a beautiful evening in the garden", 10),
        ("We loved, and walked; she wanted more.", 8),
        ("It’s mine — isn't it?", 5),
        ("12 — 34", 0),
        ("", 0),
        ("🌊 …", 0),
        ("Море", 0),  # no letters that the rule for spelling knows
    ],
)
def test_syllables_are_counted_by_pronunciation(line: str, syllables: int) -> None:
    assert metre.length(line) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("blorf", 1),
        ("plimmering", 3),
        ("zorbled", 2),
        ("grumble-snapes", 3),
        ("whisp'ring", 2),
        ("lov'd", 1),
        ("o'er", 1),
        ("heav'n", 1),
        ("goeth", 2),
        ("murmureth", 3),
        ("nightfeather", 3),
        ("pélagó", 3),
    ],
)
def test_words_that_no_dictionary_has_are_counted_by_their_spelling(word: str, syllables: int) -> None:
    assert metre.length(word) == syllables


@pytest.mark.parametrize(("line", "characters"), [("风落一山秋", 5), ("小舟，過橋。", 4), ("龘𠮷", 2)])
def test_chinese_lines_are_as_long_as_they_have_characters(line: str, characters: int) -> None:
    assert metre.length(line) == characters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("under the moon,", "Play me a TUNE!"),
        ("so far from light", "a quiet night"),
        ("a bitter sky", "the butterfly"),  # from the last stressed vowel on
        ("it was delight", "the light"),
        ("in the west", "and we are blest"),  # w and bl are told apart, …
        ("old and weak", "the hill is bleak"),
        ("all we had", "so thinly clad"),  # … as are h and cl
        ("a thread to find", "and hear the wind"),  # as it may be pronounced
        ("all the glorb", "a zorb"),  # as they are spelled
        ("小舟归晚光", "一夜满天霜"),  # what glides before the vowel makes no difference
        ("风过洛阳东", "山色有无中。"),
    ],
)
def test_lines_rhyme_by_the_sound_of_their_ends(one: str, other: str) -> None:
    assert rhymes(one, other)
    assert rhymes(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the moon", "the man"),
        ("only love", "we move"),  # to the eye alone
        ("the moon", "a Moon."),  # a word with itself
        ("the sea", "I see"),  # nor with one that sounds the same
        ("the wind is the", "the sea"),  # no ear hears a rhyme there
        ("of love", "the sound of"),
        ("is a", "is an"),
        ("", "the moon"),
        ("…", "!"),
        ("the moon", "月"),
        ("小舟归晚", "山色有无"),
        ("满天霜", "一庭霜"),
        ("风到西", "谁可知"),  # both are written i, and sound otherwise
        ("小舟居", "一片书"),  # both are written u
        ("龘", "龘"),
    ],
)
def test_lines_that_end_otherwise_or_on_the_same_word_do_not_rhyme(one: str, other: str) -> None:
    assert not rhymes(one, other)
    assert not rhymes(other, one)


@pytest.mark.parametrize(
    ("line", "among"),
    [("so far from light", {"night", "delight"}), ("We find.", {"mind", "kind"}), ("一夜满天霜", {"光", "乡"})],
)
def test_rhyming_words_are_those_that_rhyme_usual_ones_first(line: str, among: set[str]) -> None:
    found = metre.rhyming(line)
    assert among <= set(found)
    assert all(rhymes(line, other) for other in found)
    assert metre.rhyming(line, 2) == found[:2]


@pytest.mark.parametrize("line", ["", "…", "🌊", "all the zorb", "𠮷"])
def test_what_no_dictionary_has_gets_no_rhymes(line: str) -> None:
    assert metre.rhyming(line) == []


@pytest.mark.parametrize("line", ["白日归山去", "小舟归晚浦", "青山", "山", "", "一二三四五六七"])
def test_tones_in_turn(line: str) -> None:
    assert tones_alternate(line) == _by_hand(line)


def _by_hand(line: str) -> bool:
    """Level (L) and oblique (O) of the second, fourth and sixth character, looked up in a dictionary."""
    told = {"白日归山去": "OL", "小舟归晚浦": "LO", "青山": "L", "山": "", "": "", "一二三四五六七": "OOO"}[line]
    return "LL" not in told and "OO" not in told


def test_a_character_of_two_readings_may_take_either_tone() -> None:
    assert tones_alternate("云长山也长")  # the second character: cháng or zhǎng; the fourth: yě
    assert tones_alternate("云长山中长")  # … the fourth: zhōng


@pytest.mark.parametrize(("place", "wanted"), [(0.1, 4), (0.25, 5), (0.5, 6), (0.75, 7), (0.9, 8)])
def test_the_wanted_length_goes_in_even_steps_from_one_end_to_the_other(place: float, wanted: int) -> None:
    assert wanted_length(place, "the sea is old", "the ocean grows older again") == wanted


def test_an_end_without_length_takes_the_others() -> None:
    assert wanted_length(0.25, "", "the sea is old") == 4
    assert wanted_length(0.25, "the sea is old", "…") == 4
    assert unmet("any line at all", LENGTH, 0.5, "", "…") == ()


@pytest.mark.parametrize(
    ("line", "wishes", "missed"),
    [
        ("the day is new", FREE, ()),
        ("the day is new", LENGTH, ()),
        ("the day is very new", LENGTH, ("length",)),
        ("a cup of gold", Wishes(rhyme=FIRST), ()),
        ("a cup of gold", Wishes(rhyme=LAST), ("rhyme",)),
        ("a cup of purple wine", Wishes(True, FIRST), ("length", "rhyme")),
    ],
)
def test_wishes_that_are_not_kept_are_named(line: str, wishes: Wishes, missed: tuple[str, ...]) -> None:
    assert unmet(line, wishes, 0.5, "the sea is old", "the day is far") == missed


def test_all_wishes_of_a_chinese_line() -> None:
    ends = ("白日归山去", "小舟归晚浦")
    assert unmet("云过青天雨", Wishes(True, FIRST, True), 0.5, *ends) == ()
    assert unmet("云归青山晚", Wishes(True, FIRST, True), 0.5, *ends) == ("rhyme", "tones")
    assert unmet("the sea", TONES, 0.5, "the sea is old", "the day is far") == ()  # tones are wished of Chinese alone


@given(LINES, LINES, st.floats(0, 1))
def test_any_lines_can_be_measured(one: str, other: str, place: float) -> None:
    assert metre.length(one) >= 0
    assert rhymes(one, other) == rhymes(other, one)
    assert set(unmet(one, Wishes(True, LAST, True), place, other, one)) <= {"length", "rhyme", "tones"}
