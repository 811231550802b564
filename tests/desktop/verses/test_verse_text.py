"""One verse, and how it gives way to its successor."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop import fonts, theme
from desktop.verses.typography import serif
from desktop.verses.verse_text import VerseText


@pytest.fixture
def verse(qtbot: QtBot) -> VerseText:
    text = VerseText()
    qtbot.addWidget(text)
    text.resize(300, 40)
    text.show_line("The moon is rising")
    text.show()
    qtbot.waitExposed(text)
    return text


def motion(milliseconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def motion_ms(_widget: object) -> int:
        return milliseconds

    monkeypatch.setattr(theme, "motion_ms", motion_ms)


def test_the_first_line_is_simply_there(verse: VerseText) -> None:
    assert not verse.is_fading
    assert verse.accessibleName() == "The moon is rising"


def test_a_verse_fades_to_its_successor(verse: VerseText, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    motion(50, monkeypatch)
    before = verse.grab().toImage()
    verse.show_line("My heart is weary")
    assert verse.is_fading
    assert verse.line == verse.accessibleName() == "My heart is weary"
    qtbot.waitUntil(lambda: not verse.is_fading)
    after = verse.grab().toImage()
    assert after != before
    verse.show_line("My heart is weary")
    assert not verse.is_fading


def test_where_the_system_asks_for_less_it_changes_at_once(verse: VerseText, monkeypatch: pytest.MonkeyPatch) -> None:
    motion(0, monkeypatch)
    verse.show_line("My heart is weary")
    assert not verse.is_fading


def test_an_ampersand_is_a_letter_like_any_other(verse: VerseText) -> None:
    verse.show_line("You & I")
    assert verse.accessibleName() == "You & I"
    assert verse.shortcut().isEmpty()


@pytest.mark.parametrize("line", ["x" * 100_000, "שלום עולם", "a\x00b", "🌙" * 500])
def test_any_line_can_be_painted(verse: VerseText, line: str) -> None:
    verse.show_line(line)
    assert not verse.grab().isNull()
    assert verse.width() == 300


def test_the_end_of_a_long_verse_is_seen(verse: VerseText, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines that differ in their last words alone look different, though neither fits in this type."""
    motion(0, monkeypatch)
    verse.setFont(serif(20))
    verse.show_line("When I was young and the summer was long and green")
    long = verse.grab().toImage()
    verse.show_line("When I was young and the summer was long and cold")
    assert verse.grab().toImage() != long


def ink(verse: VerseText) -> list[int]:
    """The rows of pixels that hold something of the line, counted from the middle."""
    picture = verse.grab().toImage()
    ground = picture.pixel(picture.width() - 1, 0)
    rows = [y for y in range(picture.height()) if any(picture.pixel(x, y) != ground for x in range(picture.width()))]
    return [y - picture.height() // 2 for y in rows]


def test_high_letters_of_another_script_are_whole_and_in_the_middle(
    verse: VerseText, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chinese characters come from another font than the serif, and are higher."""
    motion(0, monkeypatch)
    fonts.load()
    verse.setFont(serif(24))
    verse.show_line("疑是地上霜")
    verse.resize(300, 48)
    rows = ink(verse)
    assert len(rows) >= 0.92 * 24, "a character nearly fills its square"
    assert abs(rows[0] + rows[-1]) <= 3


def test_dots_stand_where_a_line_will_come_and_nothing_where_none_will(
    verse: VerseText, monkeypatch: pytest.MonkeyPatch
) -> None:
    motion(0, monkeypatch)
    verse.show_line("")
    assert ink(verse)
    verse.setEnabled(False)
    assert not ink(verse)
