"""A line that a person types, and what the model made of it once it is this line."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from desktop.verses.line_editor import EndEditor
from models.sentence_vae.path import End


class TypedLine(QWidget):
    """Knows the line, its end and its obstacle; `_show_if_current` shows them as each view has room for."""

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = EndEditor(name, placeholder)
        self._end: End | None = None
        self._obstacle = ""
        self.editor.textEdited.connect(self._on_edited)
        self.editor.returnPressed.connect(self.entered)
        self.editor.left.connect(self.left)

    @property
    def line(self) -> str:
        return self.editor.text()

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
        raise NotImplementedError

    @Slot()
    def _on_edited(self) -> None:
        self._show_if_current()
        self.edited.emit()
