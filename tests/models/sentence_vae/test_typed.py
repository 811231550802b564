from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.sentence_vae.lexicon import learn
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_CHARACTERS
from models.sentence_vae.script import HAN
from models.sentence_vae.tokens import Tokens, clean, train
from models.sentence_vae.typed import MAX_LINE_TOKENS, read_line, strange_spans

HAN_LINES = ["小舟过桥去", "风落一山秋", "月满东篱下", "远山云里见", "一夜满天霜"]
ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=300)


@pytest.mark.parametrize(
    ("typed", "read", "notes"),
    [
        ("the sea is old", "the sea is old", ()),
        ("  the sea is old ", "the sea is old", ()),
        ("", "", ("empty",)),
        (" \t\0 \ud800", "", ("empty", "cleaned")),
        ("the\0 sea   is old", "the sea is old", ("cleaned",)),
        ("the \udcff sea", "the sea", ("cleaned",)),
        ("the sea 🌕 is old❤\ufe0f", "the sea is old", ("cleaned",)),
        ("the 👩\u200d👧 sea", "the sea", ("cleaned",)),
        ("月光", "月光", ("unfamiliar",)),
    ],
)
def test_a_line_is_read_as_its_notes_say(
    typed: str, read: str, notes: tuple[str, ...], tiny_model: SentenceModel
) -> None:
    line = read_line(tiny_model, typed)
    assert (line.typed, line.read, line.notes) == (typed, read, notes)
    assert line.tokens == tiny_model.tokens.encode(read)


@pytest.fixture(scope="session")
def chinese_tokens() -> Tokens:
    return train(HAN_LINES, 40, HAN)


@pytest.fixture
def chinese(tiny_model: SentenceModel, chinese_tokens: Tokens) -> SentenceModel:
    """What reads a line as a Chinese model does; its network is not asked."""
    return replace(tiny_model, script=HAN, tokens=chinese_tokens, lexicon=learn(HAN_LINES))


@pytest.mark.parametrize(
    ("typed", "read", "notes"),
    [
        ("小舟过桥去", "小舟过桥去", ()),
        ("小舟過橋去", "小舟过桥去", ("traditional",)),
        ("小\0舟過橋 \t去", "小舟过桥去", ("cleaned", "traditional")),
        ("龘龘过桥去", "龘龘过桥去", ("unfamiliar",)),  # two rare characters of five
        ("小舟过龘去", "小舟过龘去", ()),
        ("the sea is old", "the sea is old", ("unfamiliar",)),
        ("小舟 過橋 去", "小舟过桥去", ("traditional",)),  # blanks say nothing
        ("小舟 is OK ok", "小舟is OK ok", ("unfamiliar",)),
        ("", "", ("empty",)),
    ],
)
def test_a_chinese_model_reads_simplified_characters(
    typed: str, read: str, notes: tuple[str, ...], chinese: SentenceModel
) -> None:
    line = read_line(chinese, typed)
    assert (line.typed, line.read, line.notes) == (typed, read, notes)
    assert line.tokens == chinese.tokens.encode(read)


def test_a_simplified_line_with_an_old_form_is_read_as_it_stands(
    chinese: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the model learned that form; else as the form of today, which it may know."""
    line = "遶篱过桥去"
    assert [chinese.tokens.knows(character) for character in line] == [False, True, True, True, True]
    assert read_line(chinese, line).read == "绕篱过桥去"

    def knows(_tokens: Tokens, _character: str) -> bool:
        return True

    monkeypatch.setattr(Tokens, "knows", knows)
    assert (read_line(chinese, line).read, read_line(chinese, line).notes) == (line, ())
    assert read_line(chinese, "小舟過橋去").notes == ("traditional",)


def test_a_strange_character_is_marked_where_it_was_typed(chinese: SentenceModel) -> None:
    typed = "小舟過 橋龘去"
    assert strange_spans(chinese, read_line(chinese, typed)) == ((5, 6),)


def test_an_english_model_leaves_chinese_as_it_is(tiny_model: SentenceModel) -> None:
    assert read_line(tiny_model, "過橋").read == "過橋"
    assert read_line(tiny_model, "過橋").notes == ("unfamiliar",)


@pytest.mark.parametrize("typed", ["the sea " * 1250, "z" * 10_000, "🌊" * 10_000, "the\0sea " * 1250])
def test_of_a_long_line_the_beginning_is_read(typed: str, tiny_model: SentenceModel) -> None:
    line = read_line(tiny_model, typed)
    assert "shortened" in line.notes
    assert clean(typed).startswith(line.read)
    assert 0 < len(line.tokens) <= MAX_LINE_TOKENS


def test_a_long_line_is_cut_between_words(tiny_model: SentenceModel) -> None:
    read = read_line(tiny_model, "the sea is old and the day is new and " * 10).read
    assert set(read.split()) <= {"the", "sea", "is", "old", "and", "day", "new"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=ANYTHING)
def test_whatever_is_typed_gives_a_line_that_the_model_can_take(typed: str, tiny_model: SentenceModel) -> None:
    line = read_line(tiny_model, typed)
    assert line.typed == typed
    assert len(line.read) <= MAX_CHARACTERS
    assert len(line.tokens) <= MAX_LINE_TOKENS
    assert bool(line.read) != ("empty" in line.notes)
    assert tiny_model.tokens.decode(line.tokens) == line.read
    for start, stop in strange_spans(tiny_model, line):
        assert typed[start:stop].strip()


def test_a_strange_word_is_marked_where_it_was_typed(tiny_model: SentenceModel) -> None:
    typed = "  the  SEA is xqxq … 12"
    spans = strange_spans(tiny_model, read_line(tiny_model, typed))
    assert [typed[start:stop] for start, stop in spans] == ["xqxq"]  # capitals, marks and numbers are never strange


def test_known_words_are_not_strange(tiny_model: SentenceModel) -> None:
    assert strange_spans(tiny_model, read_line(tiny_model, "the sea is old")) == ()
    assert strange_spans(tiny_model, read_line(tiny_model, "")) == ()
