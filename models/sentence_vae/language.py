"""Which language a person writes in, and which of them a model on the shelf reads. No torch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.sentence_vae.script import HAN, share_of_han

if TYPE_CHECKING:
    from models.shelf import ModelFolder

ENGLISH, CHINESE, MIXED = "en", "zh", "mixed"
NO_LANGUAGE = ""
_KANA_OR_HANGUL = re.compile("[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3]")  # what stands beside them is no Chinese
LITTLE_HAN, MUCH_HAN = 0.2, 0.6  # shares of a line's letters; a word of Chinese has two, one of English five


def language_of(*lines: str) -> str:
    """The language that all lines with letters are in.

    `CHINESE` where Chinese characters prevail, `ENGLISH` for every other script, `MIXED` where lines differ or one
    holds much of both, `NO_LANGUAGE` where no line has letters. Two other scripts, Cyrillic and Latin say, are not
    mixed: no model is better than another for them, and the one that reads them marks what it knows little of.
    """
    found = {_language_of_line(line) for line in lines} - {NO_LANGUAGE}
    if len(found) > 1:
        return MIXED
    return found.pop() if found else NO_LANGUAGE


def _language_of_line(line: str) -> str:
    if not any(map(str.isalpha, line)):
        return NO_LANGUAGE
    share = 0.0 if _KANA_OR_HANGUL.search(line) else share_of_han(line)
    if LITTLE_HAN < share < MUCH_HAN:
        return MIXED
    return CHINESE if share >= MUCH_HAN else ENGLISH


def written_in(folder: ModelFolder) -> str:
    """The language of a model's training text; a card of former days says nothing, and meant English."""
    return CHINESE if folder.card.recipe.get("script") == HAN else ENGLISH
