"""What is said of a line's form: its syllables or characters, its rhymes, the wishes that it does not keep; and of a
locked one, whether the model returns it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.verses import words
from models.sentence_vae.path import FIRST, LAST, Verse
from models.sentence_vae.script import HAN, script_of


def count(length: int) -> str:
    """A length as it stands beside a line; nothing where none is known."""
    return str(length) if length else ""


def counted(line: str, length: int) -> str:
    """A length as a sentence; empty where none is known."""
    if not length:
        return ""
    if script_of((line,)) == HAN:
        return QCoreApplication.translate("Verses", "Characters: {count}.").format(count=length)
    return QCoreApplication.translate("Verses", "Syllables: {count}.").format(count=length)


def mark(verse: Verse) -> str:
    """The wishes that a verse does not keep, behind a shape; else how far a locked one is from what the model returns;
    else whether it rhymes."""
    if len(verse.unmet) > 1:
        return QCoreApplication.translate("Verses", "▲ {count} wishes").format(count=len(verse.unmet))
    if verse.unmet:
        return _unmet_name(verse.unmet[0])
    if verse.end is not None and is_changed(verse):
        return words.mark(verse.end)
    return QCoreApplication.translate("Verses", "♪ rhymes") if verse.rhymes else ""


def explained(verse: Verse) -> str:
    """The same in sentences, for the tooltip and for a screen reader."""
    told = [counted(verse.text, verse.length), _rhymes(verse.rhymes), *map(_unmet, verse.unmet)]
    if verse.end is not None and is_changed(verse):
        told.append(words.remark(verse.end))
    return " ".join(sentence for sentence in told if sentence)


def is_changed(verse: Verse) -> bool:
    """Whether a verse is a locked one that the model read or returns otherwise."""
    return verse.end is not None and (verse.end.faithfulness < 1 or words.is_odd(verse.end))


def _unmet_name(wish: str) -> str:
    translate = QCoreApplication.translate
    names = {
        "length": translate("Verses", "▲ length"),
        "rhyme": translate("Verses", "▲ rhyme"),
        "tones": translate("Verses", "▲ tones"),
    }
    return names.get(wish, "▲")


def _unmet(wish: str) -> str:
    translate = QCoreApplication.translate
    sentences = {
        "length": translate("Verses", "It does not have the wished length."),
        "rhyme": translate("Verses", "It does not rhyme as wished."),
        "tones": translate("Verses", "Its tones do not take turns."),
    }
    return sentences.get(wish, "")


def _rhymes(ends: tuple[str, ...]) -> str:
    translate = QCoreApplication.translate
    if FIRST in ends and LAST in ends:
        return translate("Verses", "It rhymes with both lines.")
    if FIRST in ends:
        return translate("Verses", "It rhymes with the first line.")
    return translate("Verses", "It rhymes with the last line.") if LAST in ends else ""
