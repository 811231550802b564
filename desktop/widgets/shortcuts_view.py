"""All keyboard shortcuts in one list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QWidget


class ShortcutsView(QDialog):
    """What each action is called and which keys it has, then `more` names with their keys; closed by Esc."""

    def __init__(self, actions: Iterable[QAction], more: Iterable[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        form = QFormLayout(self)
        form.setContentsMargins(24, 24, 24, 24)
        form.setHorizontalSpacing(32)
        form.setVerticalSpacing(8)
        for action in actions:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if keys:
                form.addRow(action.text().replace("&", "").rstrip("…"), QLabel(keys, self))
        for name, keys in more:
            form.addRow(name, QLabel(keys, self))
