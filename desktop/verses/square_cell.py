"""One line of the square: a button that shows its line wrapped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop import theme
from desktop.verses import words
from desktop.verses.line_type import balanced, rows_in
from models.sentence_vae.path import Cell

PADDING = 4
SOFTER = 0.25  # share of the ground in the lines that nobody typed


class SquareCell(QAbstractButton):
    """`pointed` says that the pointer or the keyboard came here, `left` that it went; `asked` that it was clicked.

    A right click and the menu key ask as a click does.
    """

    pointed = Signal(object)  # itself
    left = Signal()
    asked = Signal(object)  # itself

    def __init__(self, row: int, column: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row, self.column = row, column
        self.cell: Cell | None = None
        self._is_corner = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.clicked.connect(self._on_clicked)

    @property
    def line(self) -> str:
        return "" if self.cell is None else self.cell.text

    def show_cell(self, cell: Cell | None, *, is_corner: bool, place: str) -> None:
        """Show a line at a place that `place` tells in words; a corner is in full ink."""
        self.cell = cell
        self._is_corner = is_corner
        self.setEnabled(cell is not None)
        self.setAccessibleName(self.line)
        told = "" if cell is None else words.fluency(cell.fluency)
        self.setAccessibleDescription(f"{place} {told}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the cell as Space does; the square walks from cell to cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self)
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        self.asked.emit(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours(self.palette())
        if self.line and (self.underMouse() or self.hasFocus()):
            painter.fillRect(self.rect(), colours.ground)
            painter.setPen(colours.quiet)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        soft = theme.mixed(colours.text, colours.panel, SOFTER)
        painter.setPen(colours.text if self._is_corner else soft)
        inside = self.rect().adjusted(PADDING, PADDING // 2, -PADDING, -PADDING // 2)
        rows = balanced(self.line or "…", self.font(), inside.width(), rows_in(self.font(), inside.height()))
        height = self.fontMetrics().height()
        top = inside.center().y() - height * len(rows) // 2
        for number, row in enumerate(rows):
            place = QRect(inside.left(), top + number * height, inside.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, row)

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self)
