"""A label of one line that ends in "…" where its text does not fit, and then tells the whole in its tooltip."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop import theme


class Tone(Enum):
    """What a label's colour says: that it is to be read, nothing, that the model is at work, that something is odd."""

    TEXT = "text"
    QUIET = "quiet"
    ACCENT = "accent"
    WARNING = "warning"


class LineLabel(QLabel):
    """Small text of a fixed width, or as wide as there is room: no value of it can move anything."""

    def __init__(self, width: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = Tone.QUIET
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(theme.Size.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if width is not None:
            self.setFixedWidth(width)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour; the words must say the same."""
        if tone is not self.tone:
            self.tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(getattr(theme.colours(self.palette()), self.tone.value))
        place = self.rect().adjusted(max(self.indent(), 0), 0, 0, 0)
        elided = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
