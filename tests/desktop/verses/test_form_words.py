"""What is said beside a line about its form."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.verses import form_words
from desktop.verses.form_mark import FormMark
from models.sentence_vae.path import FIRST, LAST, End, Verse


def verse(text: str = "A lamp is burning", **form: object) -> Verse:
    return Verse(0.5, text, 1.0, 0.5, **form)  # type: ignore[arg-type]  # each test names the fields that it is about


def test_syllables_are_counted_for_letters_and_characters_for_chinese() -> None:
    assert form_words.explained(verse(length=5)) == "Syllables: 5."
    assert form_words.explained(verse("灯下读旧信", length=5)) == "Characters: 5."


def test_where_nothing_can_be_counted_nothing_is_said() -> None:
    assert form_words.count(0) == ""
    assert form_words.explained(verse()) == ""


@pytest.mark.parametrize(
    ("rhymes", "told"),
    [
        ((FIRST,), "It rhymes with the first line."),
        ((LAST,), "It rhymes with the last line."),
        ((FIRST, LAST), "It rhymes with both lines."),
    ],
)
def test_a_rhyme_is_marked_and_explained(rhymes: tuple[str, ...], told: str) -> None:
    assert form_words.mark(verse(rhymes=rhymes)) == "♪ rhymes"
    assert form_words.explained(verse(rhymes=rhymes)) == told


@pytest.mark.parametrize("wish", ["length", "rhyme", "tones"])
def test_an_unmet_wish_is_named_behind_a_shape_and_explained(wish: str) -> None:
    assert form_words.mark(verse(unmet=(wish,))) == f"▲ {wish}"
    assert "not" in form_words.explained(verse(unmet=(wish,)))


def test_several_unmet_wishes_are_counted_and_each_is_explained() -> None:
    poor = verse(length=7, unmet=("length", "rhyme"))
    assert form_words.mark(poor) == "▲ 2 wishes"
    assert (
        form_words.explained(poor) == "Syllables: 7. It does not have the wished length. It does not rhyme as wished."
    )


def test_an_unmet_wish_counts_more_than_a_rhyme() -> None:
    assert form_words.mark(verse(rhymes=(FIRST,), unmet=("length",))) == "▲ length"


def test_the_mark_is_blank_while_nothing_is_known(qtbot: QtBot) -> None:
    mark = FormMark()
    qtbot.addWidget(mark)
    mark.show_verse(verse(length=7, unmet=("rhyme",)))
    assert (mark.count, mark.mark) == ("7", "▲ rhyme")
    mark.show_verse(None)
    assert (mark.count, mark.mark, mark.toolTip()) == ("", "", "")


def locked(faithfulness: float, notes: tuple[str, ...] = (), **form: object) -> Verse:
    end = End("Мой дом", "Мой дом", "My home", "My home", faithfulness, notes=notes)
    return verse(end.typed, locked=True, end=end, **form)


def test_a_locked_verse_that_is_returned_otherwise_is_marked_as_an_end_is() -> None:
    assert form_words.mark(locked(0.2)) == "○ far"
    assert form_words.mark(locked(0.9)) == "◐ nearly"
    assert "The model returns “My home”" in form_words.explained(locked(0.2, length=2))
    assert "The model knows little of this script." in form_words.explained(locked(0.2, ("unfamiliar",)))


def test_a_locked_verse_that_is_returned_says_nothing_of_it() -> None:
    assert form_words.mark(locked(1.0)) == ""
    assert form_words.mark(locked(1.0, ("traditional",), rhymes=(LAST,))) == "♪ rhymes"
    assert "returns" not in form_words.explained(locked(1.0))


def test_an_unmet_wish_comes_before_how_a_locked_verse_is_returned() -> None:
    assert form_words.mark(locked(0.2, unmet=("rhyme",))) == "▲ rhyme"
    assert "returns" in form_words.explained(locked(0.2, unmet=("rhyme",)))
