"""A verse's length, and beside it in words and a shape whether it rhymes, leaves a wish unmet or is not what the model
returns."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import tooltip
from desktop.verses import form_words
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.typography import COUNT
from models.sentence_vae.path import Verse


class FormMark(QWidget):
    """Blank while nothing is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = LineLabel(COUNT)
        self._mark = LineLabel()
        self._count.setIndent(8)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._count)
        layout.addWidget(self._mark, 1)

    @property
    def count(self) -> str:
        return self._count.text()

    @property
    def mark(self) -> str:
        return self._mark.text()

    def show_verse(self, verse: Verse | None) -> None:
        self._count.setText(form_words.count(verse.length) if verse is not None else "")
        self._mark.setText(form_words.mark(verse) if verse is not None else "")
        warns = verse is not None and (bool(verse.unmet) or form_words.is_changed(verse))
        self._mark.set_tone(Tone.WARNING if warns else Tone.QUIET)
        self.setToolTip(tooltip.plain(form_words.explained(verse) if verse is not None else ""))
