"""What a person reads of an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.verses import words
from models.sentence_vae.path import End

FAITHFUL = End("The moon", "The moon", "the moon", "The moon", 1.0)


@pytest.mark.parametrize(
    ("faithfulness", "mark"),
    [(1.0, "● as typed"), (0.99, "◐ nearly"), (0.75, "◐ nearly"), (0.74, "○ far"), (0.0, "○ far")],
)
def test_each_degree_has_a_shape_and_a_word(faithfulness: float, mark: str) -> None:
    assert words.mark(replace(FAITHFUL, faithfulness=faithfulness)) == mark


def test_an_invented_line_is_called_so() -> None:
    assert words.mark(replace(FAITHFUL, faithfulness=0.0, notes=("empty",))) == "○ invented"


def test_a_line_of_which_only_the_beginning_was_read_is_not_called_as_typed() -> None:
    assert words.mark(replace(FAITHFUL, notes=("shortened",))) == "◐ its beginning"


def test_every_note_has_its_own_sentence() -> None:
    codes = ("empty", "shortened", "cleaned", "unfamiliar", "traditional")
    sentences = {words.notes(replace(FAITHFUL, notes=(code,))) for code in codes}
    assert len(sentences) == len(codes)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_notes_stand_before_what_is_returned() -> None:
    remark = words.remark(replace(FAITHFUL, notes=("cleaned", "shortened")))
    assert remark.startswith("▲ Pictures")
    assert "beginning" in remark
    assert remark.endswith("“The moon”")


def test_traditional_characters_are_told_of_but_are_nothing_odd() -> None:
    remark = words.remark(replace(FAITHFUL, notes=("traditional",)))
    assert remark == "Read in simplified characters. The model returns “The moon”"
    assert not words.is_odd(replace(FAITHFUL, notes=("traditional",)))
    assert words.is_odd(replace(FAITHFUL, notes=("traditional", "shortened")))


def test_without_notes_there_is_no_warning() -> None:
    assert words.remark(FAITHFUL) == "The model returns “The moon”"


def test_an_unknown_note_says_nothing() -> None:
    assert words.notes(replace(FAITHFUL, notes=("from a later version",))) == ""


def test_places_and_fluency() -> None:
    assert words.percent(0.125) == "12 %"
    assert words.fluency(0.8712) == "Fluency 0.87: higher reads more easily; real verse stands at 1, the notch."


@pytest.mark.parametrize(("faithfulness", "share"), [(0.25, "75 %"), (0.0, "100 %"), (0.999, "1 %")])
def test_a_mark_is_explained_by_the_letters_that_differ(faithfulness: float, share: str) -> None:
    assert words.mark_explained(replace(FAITHFUL, faithfulness=faithfulness)).startswith(f"{share} of the letters")
