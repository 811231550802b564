"""Chinese in traditional and in simplified characters.

The Chinese model learned simplified script. Conversion is OpenCC's, which knows where one character stands for several
by the words around it. It is loaded when it is first asked for.
"""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from models.sentence_vae.script import HAN_RUN

if TYPE_CHECKING:
    from opencc import OpenCC

_TO_SIMPLIFIED, _TO_TRADITIONAL = "t2s", "s2t"


def is_traditional(text: str) -> bool:
    """Whether a text is nearer to traditional script than to simplified.

    Simplified texts have characters too that OpenCC would change: old forms that both scripts write otherwise.
    """
    plain = simplified(text)
    return plain != text and _changes(traditional(plain), text) < _changes(plain, text)


def _changes(text: str, other: str) -> int:
    """In how many characters two texts of one length differ."""
    return sum(one != two for one, two in zip(text, other, strict=True))


def simplified(text: str) -> str:
    """The text in simplified characters, letter by letter as long as it was; what is not Chinese stays."""
    return _converted(text, _TO_SIMPLIFIED)


def traditional(text: str) -> str:
    """The text in traditional characters, letter by letter as long as it was; what is not Chinese stays."""
    return _converted(text, _TO_TRADITIONAL)


def _converted(text: str, way: str) -> str:
    parts = HAN_RUN.split(text)
    runs = [_run(run, way) for run in HAN_RUN.findall(text)]
    return "".join(part for pair in zip_longest(parts, runs, fillvalue="") for part in pair)


def _run(run: str, way: str) -> str:
    converted: str = _converter(way).convert(run)
    return converted if len(converted) == len(run) else "".join(_character(one, way) for one in run)


def _character(one: str, way: str) -> str:
    converted: str = _converter(way).convert(one)
    return converted if len(converted) == 1 else one


@cache
def _converter(way: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(way)
