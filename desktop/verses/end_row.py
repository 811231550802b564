"""One end of the poem: the typed line, how faithfully the model returns it, and what is odd about it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop import tooltip
from desktop.verses import form_words, words
from desktop.verses.line_editor import EndEditor
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.typography import COUNT, GUTTER, TOOLS
from models.sentence_vae.path import End


class EndRow(QWidget):
    """An editor over what the model made of its line; a mark at the right, doubled by a word."""

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = EndEditor(name, placeholder)
        self._count = LineLabel(COUNT)
        self._mark = LineLabel(TOOLS - COUNT)
        self._beneath = LineLabel()
        self._end: End | None = None
        self._obstacle = ""
        self._count.setIndent(8)
        self._lay_out()
        self.editor.textEdited.connect(self._on_edited)
        self.editor.returnPressed.connect(self.entered)
        self.editor.left.connect(self.left)

    @property
    def line(self) -> str:
        return self.editor.text()

    @property
    def mark(self) -> str:
        return self._mark.text()

    @property
    def count(self) -> str:
        return self._count.text()

    @property
    def remark(self) -> str:
        return self._beneath.text()

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

    @Slot()
    def _on_edited(self) -> None:
        self._show_if_current()
        self.edited.emit()
