from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_vae.script import HAN, OTHER, han_in, script_of, share_of_han


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("小舟过桥去，", 1.0),
        ("过桥ok", 0.5),
        ("the sea", 0.0),
        ("12 … !?", 0.0),
        ("", 0.0),
        ("さくら", 0.0),  # kana are letters of another script
        ("过桥½①Ⅷ²", 1.0),  # numbers are no letters
        ("〇", 1.0),
        ("\U00020000", 1.0),  # a rare character beyond the first 65,536
    ],
)
def test_the_share_of_han_is_counted_among_letters(text: str, share: float) -> None:
    assert share_of_han(text) == share


@pytest.mark.parametrize(
    ("lines", "script"),
    [
        (["小舟过桥去", "ok"], HAN),
        (["the sea is old", "月"], OTHER),
        (["过桥", "ok"], OTHER),  # as many of each
        ([], OTHER),
        (["12"], OTHER),
    ],
)
def test_a_text_is_written_in_what_most_of_its_letters_are(lines: list[str], script: str) -> None:
    assert script_of(lines) == script


def test_of_a_line_the_characters_are_kept_and_nothing_else() -> None:
    assert han_in("小舟, ok 过桥。去12") == "小舟过桥去"


@given(st.text())
def test_the_share_of_han_is_a_share(text: str) -> None:
    assert 0 <= share_of_han(text) <= 1
    assert (han_in(text) == "") == (share_of_han(text) == 0)
