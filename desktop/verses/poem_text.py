"""A path as a poem in plain text."""

from __future__ import annotations

from models.sentence_vae.path import End, VersePath


def lines(path: VersePath) -> tuple[str, ...]:
    """The poem: the ends as typed, or as invented where nothing was typed, with the verses between."""
    first, last = (_line(end) for end in path.ends)
    return (first, *(verse.text for verse in path.verses), last)


def as_poem(path: VersePath) -> str:
    """The lines one under the other, the last one ended too."""
    return "\n".join(lines(path)) + "\n"


def _line(end: End) -> str:
    return end.typed if end.typed.strip() else end.refined
