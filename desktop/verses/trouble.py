"""Why no model can follow what is typed, or only badly: two scripts at once, or a language that none speaks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QCoreApplication

from models.sentence_vae.language import MIXED, language_of
from models.sentence_vae.script import share_of_han


class Trouble(Enum):
    """What stands in the way; all but `NO_MODEL` has to be changed before anything can be asked."""

    NONE = "none"
    LINE = "line"  # one line mixes two scripts
    LINES = "lines"  # two lines are in different scripts
    LOCKS = "locks"  # a locked verse is in another script than the lines
    NO_MODEL = "no model"  # none on the shelf speaks this language

    @property
    def is_mixed(self) -> bool:
        return self in (Trouble.LINE, Trouble.LINES, Trouble.LOCKS)


def of_scripts(lines: Sequence[str], locked: Sequence[str]) -> Trouble:
    """Whether the lines, and the verses locked between them, are all in one script."""
    if language_of(*lines, *locked) != MIXED:
        return Trouble.NONE
    if any(language_of(line) == MIXED for line in lines):
        return Trouble.LINE
    return Trouble.LINES if language_of(*lines) == MIXED else Trouble.LOCKS


def sentence(trouble: Trouble) -> str:
    """What is wrong and what to do, short enough for the smallest window; empty where nothing is."""
    translate = QCoreApplication.translate
    sentences = {
        Trouble.LINE: translate("Verses", "A line mixes two scripts: write it in one"),
        Trouble.LINES: translate("Verses", "Two scripts at once: write all lines in one"),
        Trouble.LOCKS: translate("Verses", "Locked verses are in another script: unlock them"),
        Trouble.NO_MODEL: translate("Verses", "No model here speaks this language well"),
    }
    return sentences.get(trouble, "")


def beside(trouble: Trouble, line: str) -> str:
    """What is said at a line that stands in the way; empty at another."""
    holds_both = 0 < share_of_han(line) < 1  # little of the other script is in nobody's way where all lines agree
    if (trouble is Trouble.LINE and language_of(line) == MIXED) or (trouble is Trouble.LINES and holds_both):
        return QCoreApplication.translate("Verses", "▲ This line mixes two scripts")
    if trouble is Trouble.LINES and line.strip():
        return QCoreApplication.translate("Verses", "▲ The other line is in another script")
    return ""
