"""Small words in the quiet colour: headings, units, what is told beside the thing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from desktop import theme


def quiet_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label of plain text."""
    label = QLabel(text, parent)
    label.setFont(theme.font(theme.Size.SMALL))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
