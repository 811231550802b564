from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_vae.han import is_traditional, simplified, traditional

ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=60)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("風過東籬見遠山", "风过东篱见远山"),
        ("乾坤一葉舟", "乾坤一叶舟"),  # a character that is simplified in other words only
        ("雲，the sea，龍", "云，the sea，龙"),
        ("the sea", "the sea"),
        ("", ""),
    ],
)
def test_traditional_characters_are_read_as_simplified_ones(typed: str, read: str) -> None:
    assert simplified(typed) == read
    assert simplified(read) == read


@pytest.mark.parametrize(("line", "other"), [("风过东篱见远山", "風過東籬見遠山"), ("the sea", "the sea")])
def test_simplified_characters_can_be_written_as_traditional_ones(line: str, other: str) -> None:
    assert traditional(line) == other


def test_only_what_simplified_script_writes_otherwise_is_traditional() -> None:
    assert is_traditional("小舟過橋")
    assert not is_traditional("小舟")
    assert not is_traditional("小舟过桥")
    assert not is_traditional("")


@pytest.mark.parametrize("line", ["擡头过东篱", "遶篱", "山谿", "拚一醉"])
def test_an_old_form_makes_a_simplified_line_no_traditional_one(line: str) -> None:
    assert simplified(line) != line
    assert not is_traditional(line)


@given(ANYTHING)
def test_whatever_is_typed_keeps_its_length_and_its_other_letters(typed: str) -> None:
    read = simplified(typed)
    assert len(read) == len(typed)
    assert [b for a, b in zip(typed, read, strict=True) if a.isascii()] == [a for a in typed if a.isascii()]
