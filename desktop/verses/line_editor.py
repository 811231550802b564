"""Editors of one line in serif without a frame: for a verse, and for the ends of the poem."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop import theme
from models.sentence_vae.fields import MAX_TYPED

QT_MARGIN = 2  # that QLineEdit keeps inside its frame; without it the line stands flush with the verses
STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
Spans = tuple[tuple[int, int], ...]


class LineEditor(QLineEdit):
    """A line that a person types."""

    left = Signal()  # the keyboard went elsewhere

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(MAX_TYPED)
        self.setFrame(False)
        self.setTextMargins(-QT_MARGIN, 0, 0, 0)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu is no elsewhere
            self.left.emit()
        if event.reason() not in STILL_HERE:
            self.setCursorPosition(0)  # a line that is longer than its room shows its beginning

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and a hairline under it that is stronger while it is being typed into."""
        super().paintEvent(event)
        colours = theme.colours(self.palette())
        painter = QPainter(self)
        hairline = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(hairline, colours.text if self.hasFocus() else colours.line)


class EndEditor(LineEditor):
    """An end of the poem. Undo is the page's: one history for lines, seeds and locks alike."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self._spans: Spans = ()
        self._is_composing = False
        self.textChanged.connect(self._forget_spans)

    @property
    def spans(self) -> Spans:
        """What is underlined."""
        return self._spans

    def show_line(self, text: str) -> None:
        """Put a line there without its counting as typed; the cursor stays where it was if the line is the same."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
            self._set_formats()  # what was underlined in the line before

    def underline(self, spans: Spans) -> None:
        """Mark words that the model finds strange; `spans` count characters of the text."""
        if spans != self._spans and not self._is_composing:
            self._spans = spans
            self._set_formats()

    def event(self, event: QEvent) -> bool:
        """Undo and redo are left to the page's actions, which know more than this line."""
        if isinstance(event, QKeyEvent) and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method that is composing owns the formats until it is done."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _forget_spans(self) -> None:
        """QLineEdit drops its formats with each change that is typed."""
        self._spans = ()

    def _set_formats(self) -> None:
        """QLineEdit takes text formats only from input methods, at places counted from the cursor."""
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        kind = QInputMethodEvent.AttributeType.TextFormat
        attributes = []
        for start, stop in self._spans:
            first, last = _units(self.text(), start), _units(self.text(), stop)
            attributes.append(QInputMethodEvent.Attribute(kind, first - self.cursorPosition(), last - first, wave))
        QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def _units(text: str, index: int) -> int:
    """Qt counts UTF-16 units where Python counts characters."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
