"""The poem as text."""

from __future__ import annotations

from desktop.verses.poem_text import as_poem, lines
from models.sentence_vae.path import PathRequest
from tests.desktop.verses.fake import path_for


def test_a_poem_is_the_ends_as_typed_and_the_verses_between() -> None:
    path = path_for(PathRequest("The moon  is rising", "Mein Herz ist müde", points=3))
    verses = [verse.text for verse in path.verses]
    assert as_poem(path) == "\n".join(["The moon  is rising", *verses, "Mein Herz ist müde"]) + "\n"


def test_an_end_that_nobody_typed_is_the_invented_one() -> None:
    path = path_for(PathRequest("", "  "))
    assert (lines(path)[0], lines(path)[-1]) == (path.ends[0].refined, path.ends[1].refined)
