"""What a "how it works" fold-out holds: words, formulas and live numbers, one under the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

FORMULA = '<p align="center">{}</p>'
NONE = "–"


class Explanation(QWidget):
    """A tab fills it once; the numbers stay in their places when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def add_words(self, words: str, formula: str = "") -> None:
        """A paragraph and the formula that it leads to, both rich text."""
        label = QLabel(words + (FORMULA.format(formula) if formula else ""))
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)

    def add_number(self, name: str, title: str) -> None:
        """A place for a number, which `set_number` finds by `name`."""
        value = QLabel(NONE)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setAccessibleName(title)
        self.values[name] = value
        form = QFormLayout()
        form.setContentsMargins(8, 0, 0, 0)
        form.addRow(title, value)
        self._column.addLayout(form)

    def add_widget(self, widget: QWidget) -> None:
        """Something to press between the words."""
        self._column.addWidget(widget)

    def set_number(self, name: str, text: str) -> None:
        self.values[name].setText(text)
