"""What the figures of a path mean in words that a person reads."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.sentence_vae.path import End

NEARLY = 0.75  # faithfulness from which a line counts as nearly as typed
PLAIN = "traditional"  # a note that tells nothing odd


def mark(end: End) -> str:
    """How faithful the returned line is, by a shape and a word."""
    if "empty" in end.notes:
        return QCoreApplication.translate("Verses", "○ invented")
    if end.faithfulness >= 1 and "shortened" in end.notes:
        return QCoreApplication.translate("Verses", "◐ its beginning")
    if end.faithfulness >= 1:
        return QCoreApplication.translate("Verses", "● as typed")
    if end.faithfulness >= NEARLY:
        return QCoreApplication.translate("Verses", "◐ nearly")
    return QCoreApplication.translate("Verses", "○ far")


def mark_explained(end: End) -> str:
    """The mark's tooltip."""
    if "empty" in end.notes:
        return QCoreApplication.translate("Verses", "Type a line here to begin from your own words.")
    if end.faithfulness >= 1:
        return QCoreApplication.translate("Verses", "The model returns this line letter for letter.")
    return QCoreApplication.translate(
        "Verses", "{percent} % of the letters would have to change to turn the model's line into the typed one."
    ).format(percent=max(round(100 * (1 - end.faithfulness)), 1))


def is_odd(end: End) -> bool:
    """Whether a note tells something that a person may want to change."""
    return any(code != PLAIN for code in end.notes)


def notes(end: End) -> str:
    """What was done to a line before it was read, one sentence a note; empty where nothing was."""
    return " ".join(sentence for code in end.notes if (sentence := _note(code)))


def _note(code: str) -> str:
    translate = QCoreApplication.translate
    sentences = {
        "empty": translate("Verses", "Nothing is typed here, so the model invents a line."),
        "shortened": translate("Verses", "Only the beginning of this line is read."),
        "cleaned": translate("Verses", "Pictures, invisible characters and extra blanks are passed over."),
        "unfamiliar": translate("Verses", "The model knows little of this script."),
        "traditional": translate("Verses", "Read in simplified characters."),
    }
    return sentences.get(code, "")


def percent(t: float) -> str:
    """A place on the path."""
    return QCoreApplication.translate("Verses", "{value} %").format(value=round(100 * t))


def fluency(value: float) -> str:
    """A verse's fluency as a sentence."""
    sentence = QCoreApplication.translate(
        "Verses", "Fluency {value:.2f}: higher reads more easily; real verse stands at 1, the notch."
    )
    return sentence.format(value=value)


def remark(end: End) -> str:
    """What the model made of an end, and before it what was done to the line; what is odd has a mark of its own."""
    returned = QCoreApplication.translate("Verses", "The model returns “{line}”").format(line=end.refined)
    told = f"{notes(end)} {returned}".strip()
    return f"▲ {told}" if is_odd(end) else told
