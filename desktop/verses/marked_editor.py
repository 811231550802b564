"""A typed line, and beside it how faithfully the model returns it: for the square and the neighbours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop import tooltip
from desktop.verses import words
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.typed_line import TypedLine

MARK, GAP = 20, 4  # width of the mark's shape, and the air beside it
ODD = "▲"


class MarkedEditor(TypedLine):
    """The mark stands at the outer side; its tooltip tells it in words."""

    def __init__(self, name: str, placeholder: str, *, is_right: bool) -> None:
        super().__init__(name, placeholder)
        self._mark = LineLabel(MARK)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._mark)
        layout.insertWidget(0 if is_right else 1, self.editor, 1)
        if is_right:
            self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def mark(self) -> str:
        return self._mark.text()

    def _show_if_current(self) -> None:
        end = self._end if self._end is not None and self._end.typed == self.line else None
        self.editor.underline(() if end is None else end.strange)
        is_odd = bool(self._obstacle) if end is None else words.is_odd(end)
        told = self._obstacle if end is None else f"{words.mark(end)}\n{words.remark(end)}"
        self._mark.setText(ODD if is_odd else told[:1])  # the words begin with a shape
        self._mark.set_tone(Tone.WARNING if is_odd else Tone.QUIET)
        self._mark.setToolTip(tooltip.plain(told))
        self.editor.setAccessibleDescription(told)
