"""One end of the poem: the typed line, how faithfully the model returns it, and what is odd about it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop import tooltip
from desktop.verses import form_words, words
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.typed_line import TypedLine
from desktop.verses.typography import COUNT, GUTTER, TOOLS


class EndRow(TypedLine):
    """An editor over what the model made of its line; a mark at the right, doubled by a word."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self._count = LineLabel(COUNT)
        self._mark = LineLabel(TOOLS - COUNT)
        self._beneath = LineLabel()
        self._count.setIndent(8)
        self._lay_out()

    @property
    def mark(self) -> str:
        return self._mark.text()

    @property
    def count(self) -> str:
        return self._count.text()

    @property
    def remark(self) -> str:
        return self._beneath.text()

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(0)
        layout.setVerticalSpacing(2)
        layout.setColumnMinimumWidth(0, GUTTER)
        layout.addWidget(self.editor, 0, 1)
        layout.addWidget(self._count, 0, 2)
        layout.addWidget(self._mark, 0, 3)
        layout.addWidget(self._beneath, 1, 1, 1, 3)
        layout.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _show_if_current(self) -> None:
        end = self._end
        if end is None or end.typed != self.line:
            self._show("", "", self._obstacle)
            self._beneath.set_tone(Tone.WARNING)
            self._count.setText("")
            self.editor.underline(())
            return
        self.editor.underline(end.strange)
        self._show(words.mark(end), words.mark_explained(end), words.remark(end))
        self._count.setText(form_words.count(end.length))
        self._count.setToolTip(form_words.counted(end.read, end.length))
        self._beneath.set_tone(Tone.WARNING if words.is_odd(end) else Tone.QUIET)

    def _show(self, mark: str, explained: str, remark: str) -> None:
        self._mark.setText(mark)
        self._mark.setToolTip(explained)
        self._beneath.setText(remark)
        self._beneath.setToolTip(tooltip.plain(remark))
        self.editor.setAccessibleDescription(f"{mark} {remark}".strip())
