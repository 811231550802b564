"""Which script a text is written in: verse is learned and read in one script at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.letters import HAN_CLASS

HAN, OTHER = "han", "other"
HAN_RUN = re.compile(f"[{HAN_CLASS}]+")


def han_in(text: str) -> str:
    """The Chinese characters of a text, and nothing between them."""
    return "".join(HAN_RUN.findall(text))


def share_of_han(text: str) -> float:
    """The share of a text's letters that are Chinese characters; 0 for a text without letters.

    Marks and numbers of any kind are no letters, circled ones and fractions neither.
    """
    han = len(han_in(text))
    letters = han + sum(map(str.isalpha, HAN_RUN.sub("", text)))
    return han / letters if letters else 0.0


def script_of(lines: Iterable[str]) -> str:
    """`HAN` where most letters are Chinese characters, else `OTHER`."""
    return HAN if share_of_han(" ".join(lines)) > 0.5 else OTHER
