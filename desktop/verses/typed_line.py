"""A line that a person types, and what the model made of it once it is this line."""

from __future__ import annotations

from itertools import takewhile
from operator import eq

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from desktop.verses.line_editor import EndEditor
from models.sentence_vae.path import End


class TypedLine(QWidget):
    """Knows the line, its end and its obstacle; `_show_if_current` shows them as each view has room for.

    `edited` comes with each change, and after it `put` where two characters or more came at once: what was pasted,
    dropped or composed needs no pause.
    """

    edited = Signal()
    put = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = EndEditor(name, placeholder)
        self._end: End | None = None
        self._obstacle = ""
        self._before = ""
        self.editor.textEdited.connect(self._on_edited)
        self.editor.textChanged.connect(self._on_changed)  # which comes after it
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

    @Slot(str)
    def _on_edited(self, line: str) -> None:
        came = _added(self._before, line)
        self._show_if_current()
        self.edited.emit()
        if came > 1:
            self.put.emit()

    @Slot(str)
    def _on_changed(self, line: str) -> None:
        self._before = line


def _added(before: str, line: str) -> int:
    """How many characters of a line stand between what it begins and what it ends with in common with another."""
    begins = _alike(before, line)
    return len(line) - begins - _alike(before[begins:][::-1], line[begins:][::-1])


def _alike(one: str, other: str) -> int:
    """How many characters two lines begin with in common."""
    return len(list(takewhile(bool, map(eq, one, other))))
