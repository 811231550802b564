"""Why no model can follow what is typed, or only badly: two scripts at once, or a language that none speaks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QCoreApplication

from models.sentence_vae.language import MIXED, language_of


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
    """What is wrong and what to do; empty where nothing is."""
    translate = QCoreApplication.translate
    sentences = {
        Trouble.LINE: translate("Verses", "A line mixes two scripts: write it in one, and the verses follow"),
        Trouble.LINES: translate("Verses", "The lines are in two scripts: write them in one, and the verses follow"),
        Trouble.LOCKS: translate("Verses", "A locked verse is in another script: unlock it, and the verses follow"),
        Trouble.NO_MODEL: translate("Verses", "No model on the shelf speaks this language; another does what it can"),
    }
    return sentences.get(trouble, "")
