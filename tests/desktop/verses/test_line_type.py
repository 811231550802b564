"""A line in a cell: wrapped at its words, whole where it fits, and never broken by odd characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontInfo, QFontMetrics

from desktop import theme
from desktop.verses.line_type import LARGEST, SMALLEST, balanced, fitted, rows_in, size_for, wrapped
from desktop.verses.typography import serif
from models.sentence_vae.path import MAX_CHARACTERS

LINE = "The lamp has burned low in the empty house"
pytestmark = pytest.mark.usefixtures("qtbot")


def test_a_line_is_wrapped_at_its_words_and_nothing_is_lost() -> None:
    font = serif(12)
    rows = wrapped(LINE, font, 100, 10)
    assert len(rows) > 1
    assert " ".join(rows) == LINE
    assert all(QFontMetrics(font).horizontalAdvance(row) <= 100 for row in rows)


def test_chinese_is_wrapped_between_characters() -> None:
    font = serif(12)
    rows = wrapped("空山夜静松声远", font, QFontMetrics(font).horizontalAdvance("空山夜静"), 10)
    assert len(rows) == 2
    assert "".join(rows) == "空山夜静松声远"


def test_what_goes_on_beyond_the_last_row_ends_in_dots() -> None:
    rows = wrapped(LINE, serif(12), 100, 2)
    assert len(rows) == 2
    assert rows[1].endswith("…")


def test_the_type_is_as_large_as_all_lines_allow() -> None:
    size = size_for([LINE, "Short"], 120, 60)
    fitting, larger = serif(size), serif(size + 1)
    assert SMALLEST < size < LARGEST
    assert len(wrapped(LINE, fitting, 120, 20)) <= rows_in(fitting, 60)
    words_break = max(QFontMetrics(larger).horizontalAdvance(word) for word in LINE.split()) > 120
    assert words_break or len(wrapped(LINE, larger, 120, 20)) > rows_in(larger, 60)


def test_no_word_is_broken_for_the_sake_of_larger_type() -> None:
    size = size_for(["unforgettable"], 80, 200)
    assert QFontMetrics(serif(size)).horizontalAdvance("unforgettable") <= 80


def test_the_smallest_type_is_taken_where_nothing_fits() -> None:
    assert size_for([LINE], 40, 12) == SMALLEST


@given(st.text(max_size=80), st.integers(10, 200), st.integers(1, 4))
@settings(max_examples=50)
def test_any_line_is_set_within_its_rows(line: str, width: int, most: int) -> None:
    assert len(wrapped(line, serif(12), width, most)) <= most


@pytest.mark.parametrize("width", [90, 120, 160])
def test_rows_are_even_and_as_few_as_before(width: int) -> None:
    font = serif(12)
    metrics = QFontMetrics(font)
    plain, even = wrapped(LINE, font, width, 10), balanced(LINE, font, width, 10)
    assert " ".join(even) == LINE
    assert len(even) == len(plain)
    widths = [[metrics.horizontalAdvance(row) for row in rows] for rows in (plain, even)]
    assert max(widths[1]) <= max(widths[0])


def test_a_lonely_word_gets_company() -> None:
    font = serif(12)
    width = QFontMetrics(font).horizontalAdvance("The lamp is low and dark ") + 2
    assert wrapped("The lamp is low and dark now", font, width, 3)[-1] == "now"
    assert len(balanced("The lamp is low and dark now", font, width, 3)[-1].split()) > 1


def test_a_line_of_chinese_verse_stands_in_one_row() -> None:
    line = "空山夜静松声远"
    size = size_for([line], 85, 38)
    assert wrapped(line, serif(size), 85, 3) == [line]


def test_a_line_that_is_far_too_long_makes_no_other_small() -> None:
    assert size_for([LINE, "x" * 300], 120, 60) == size_for([LINE], 120, 60)


def test_of_a_line_of_pages_the_beginning_is_set() -> None:
    rows = balanced("lamp " * 20_000, serif(12), 120, 100)
    assert "".join(rows).endswith("…")
    assert sum(len(row) for row in rows) <= MAX_CHARACTERS + 1


def test_a_line_that_fits_stands_in_the_type_that_is_asked_for() -> None:
    font = serif(20)
    assert fitted("Short", font, 200, 30) == (font, ["Short"])


def test_of_a_line_of_pages_no_more_is_measured_than_can_show() -> None:
    """However much room there is: else each paint would measure all of it."""
    _, (row,) = fitted("lamp " * 20_000, serif(20), 1_000_000_000, 30)
    assert row == ("lamp " * 20_000)[:MAX_CHARACTERS] + "…"


def test_a_line_that_is_a_little_too_long_stays_in_one_row_of_smaller_type() -> None:
    width = QFontMetrics(serif(20)).horizontalAdvance(LINE) - 8
    font, rows = fitted(LINE, serif(20), width, 30)
    assert rows == [LINE]
    assert 17 <= font.pixelSize() < 20
    assert QFontMetrics(font).horizontalAdvance(LINE) <= width


def test_a_long_line_stands_whole_in_two_rows() -> None:
    line = f"{LINE} and nobody comes home to it any more"
    font, rows = fitted(line, serif(24), 540, 48)
    assert " ".join(rows) == line
    assert len(rows) == 2
    assert all(QFontMetrics(font).horizontalAdvance(row) <= 540 for row in rows)
    assert 2 * QFontMetrics(font).height() <= 48


def test_type_never_becomes_so_small_that_nobody_can_read_it() -> None:
    font, rows = fitted(LINE, serif(24), 60, 24)
    assert font.pixelSize() == QFontInfo(theme.font(theme.Size.BODY)).pixelSize()
    assert rows[-1].endswith("…")
