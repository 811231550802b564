from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DataError
from models.sentence_vae import tokens as tokens_module
from models.sentence_vae.network import BEGIN, BLANK, END, PAD
from models.sentence_vae.script import HAN
from models.sentence_vae.tokens import Tokens, clean
from tests.making import LINES

ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=60)  # with lone surrogates, NUL and all


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return tokens_module.train(LINES, 300)


@pytest.mark.parametrize(
    "line",
    [
        "the sea is calm",
        "The Sea, is; CALM!",
        "床前明月光",
        "שלום עולם",
        "مرحبا بالعالم",
        "🌊 waves 👩‍👩‍👧 and 🏳️‍🌈",
        "<s> </s> <unk> <pad> <0x41>",
        "é e\u0301 ﬁ ① Ⅻ",
        "a" * 200,
        "▂▃",
    ],
)
def test_a_line_comes_back_letter_by_letter(line: str, tokens: Tokens) -> None:
    assert tokens.decode(tokens.encode(line)) == line


@given(line=ANYTHING)
def test_any_clean_line_comes_back(line: str, tokens: Tokens) -> None:
    numbers = tokens.encode(clean(line))
    assert tokens.decode(numbers) == clean(line)
    assert not {PAD, BEGIN, END, BLANK} & set(numbers)


@given(line=ANYTHING)
def test_a_clean_line_is_one_line_that_can_be_stored(line: str) -> None:
    cleaned = clean(line)
    assert clean(cleaned) == cleaned
    assert cleaned == cleaned.strip()
    assert len(cleaned.splitlines()) <= 1
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  the   sea\tis\ncalm ", "the sea is calm"),
        ("the\0sea\x07", "the sea"),
        ("the \ud83d sea \udcff", "the sea"),
        ("the\u2581sea\u00a0is\ufeff", "the sea is"),
        ("\r\n\t", ""),
        ("l’étoile — 🌟", "l’étoile — 🌟"),
    ],
)
def test_cleaning_takes_out_what_cannot_be_read_and_no_more(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_decoding_stops_at_the_end_mark_and_passes_over_the_other_marks(tokens: Tokens) -> None:
    sea, calm = tokens.encode("the sea"), tokens.encode("is calm")
    assert tokens.decode([BEGIN, *sea, BLANK, PAD, END, *calm]) == "the sea"


def test_bytes_that_are_no_utf_8_show_as_replacement_characters(tokens: Tokens) -> None:
    (first, *_) = tokens.encode("🌊")[1:]
    assert "\ufffd" in tokens.decode([first])


def test_a_tokenizer_comes_back_from_its_bytes(tokens: Tokens) -> None:
    again = Tokens(tokens.serialized)
    assert len(again) == len(tokens)
    assert again.encode(LINES[0]) == tokens.encode(LINES[0])


def test_training_is_repeatable() -> None:
    assert tokens_module.train(LINES, 300).serialized == tokens_module.train(LINES, 300).serialized


def test_what_is_no_tokenizer_is_told() -> None:
    with pytest.raises(ValueError, match="it is not a tokenizer"):
        Tokens(b"no tokenizer")


def test_fewer_tokens_than_letters_cannot_be_learned() -> None:
    with pytest.raises(DataError, match="too little text"):
        tokens_module.train(LINES, 200)


def test_a_rare_character_costs_more_nats_than_a_usual_one() -> None:
    tokens = tokens_module.train(["山山山山水", "山山山水月"] * 30, 60, HAN)
    usual, rare, unknown = (tokens.rarity(character) for character in "山月囍")
    assert usual < rare < unknown == tokens_module.UNKNOWN
