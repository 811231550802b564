"""A typed line, and beside it how faithfully the model returns it: for the square and the neighbours."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import tooltip
from desktop.verses import words
from desktop.verses.line_editor import EndEditor
from desktop.verses.line_label import LineLabel, Tone
from models.sentence_vae.path import End

MARK, GAP = 20, 4  # width of the mark's shape, and the air beside it
ODD = "▲"


class MarkedEditor(QWidget):
    """The mark stands at the outer side; its tooltip tells it in words."""

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str, *, is_right: bool) -> None:
        super().__init__()
        self.editor = EndEditor(name, placeholder)
        self._mark = LineLabel(MARK)
        self._end: End | None = None
        self._obstacle = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._mark)
        layout.insertWidget(0 if is_right else 1, self.editor, 1)
        if is_right:
            self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor.textEdited.connect(self._on_edited)
        self.editor.returnPressed.connect(self.entered)
        self.editor.left.connect(self.left)

    @property
    def line(self) -> str:
        return self.editor.text()

    @property
    def mark(self) -> str:
        return self._mark.text()

    def show_line(self, line: str) -> None:
        """Put a line into the editor, unless it stands there already."""
        self.editor.show_line(line)
        self._show_if_current()

    def show_end(self, end: End) -> None:
        """What the model made of a line; shown where it is the line that stands here."""
        self._end = end
        self._show_if_current()

    def show_obstacle(self, obstacle: str) -> None:
        """Why the model made nothing of the line that stands here; empty where it did or will."""
        self._obstacle = obstacle
        self._show_if_current()

    def set_type(self, font: QFont) -> None:
        self.editor.setFont(font)

    def _show_if_current(self) -> None:
        end = self._end if self._end is not None and self._end.typed == self.line else None
        self.editor.underline(() if end is None else end.strange)
        is_odd = bool(self._obstacle) if end is None else words.is_odd(end)
        told = self._obstacle if end is None else f"{words.mark(end)}\n{words.remark(end)}"
        self._mark.setText(ODD if is_odd else told[:1])  # the words begin with a shape
        self._mark.set_tone(Tone.WARNING if is_odd else Tone.QUIET)
        self._mark.setToolTip(tooltip.plain(told))
        self.editor.setAccessibleDescription(told)

    @Slot()
    def _on_edited(self) -> None:
        self._show_if_current()
        self.edited.emit()
