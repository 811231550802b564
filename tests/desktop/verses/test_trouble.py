"""Two scripts at once: what stands in the way, and what is said of it."""

from __future__ import annotations

import pytest

from desktop.verses import trouble
from desktop.verses.trouble import Trouble

ENGLISH, CHINESE, BOTH = "A lamp is burning", "灯下读旧信", "灯下 lamp 读 burning 旧信"


@pytest.mark.parametrize(
    ("lines", "locked", "found"),
    [
        ((ENGLISH, ENGLISH), (), Trouble.NONE),
        ((CHINESE, CHINESE), (CHINESE,), Trouble.NONE),
        ((CHINESE, ""), (), Trouble.NONE),
        (("", ""), (), Trouble.NONE),
        ((CHINESE, ENGLISH), (), Trouble.LINES),
        ((BOTH, CHINESE), (), Trouble.LINE),
        ((CHINESE, CHINESE), (ENGLISH,), Trouble.LOCKS),
        ((ENGLISH, ENGLISH), (BOTH,), Trouble.LOCKS),
        ((ENGLISH, CHINESE), (CHINESE,), Trouble.LINES),
    ],
)
def test_what_is_in_two_scripts_is_named(lines: tuple[str, ...], locked: tuple[str, ...], found: Trouble) -> None:
    assert trouble.of_scripts(lines, locked) is found
    assert found.is_mixed == (found is not Trouble.NONE)


def test_each_trouble_has_its_own_sentence_that_says_what_to_do() -> None:
    sentences = {found: trouble.sentence(found) for found in Trouble}
    assert sentences.pop(Trouble.NONE) == ""
    assert len(set(sentences.values())) == len(sentences)
    assert "unlock" in sentences[Trouble.LOCKS]
    assert not Trouble.NO_MODEL.is_mixed


def test_a_line_that_stands_in_the_way_is_told_so_where_it_stands() -> None:
    assert "mixes" in trouble.beside(Trouble.LINE, BOTH)
    assert trouble.beside(Trouble.LINE, CHINESE) == ""
    assert "other line" in trouble.beside(Trouble.LINES, CHINESE)
    assert "mixes" in trouble.beside(Trouble.LINES, "The moon 明月光 is high"), "it counts as English, but holds both"
    assert trouble.beside(Trouble.LINES, " ") == ""
    assert trouble.beside(Trouble.NONE, BOTH) == ""
