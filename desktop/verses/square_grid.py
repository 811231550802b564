"""All lines of a square, in type that fits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from desktop import theme
from desktop.verses import words
from desktop.verses.line_type import size_for
from desktop.verses.square_cell import PADDING, SquareCell
from desktop.verses.typography import serif
from models.sentence_vae.path import MAX_SIDE, Cell, Square

STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class SquareGrid(QWidget):
    """`pointed` carries the cell under the pointer or the keyboard, or None; `asked` the one that was clicked."""

    pointed = Signal(object)  # SquareCell | None
    asked = Signal(object)  # SquareCell

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = 0
        self.cells = tuple(
            tuple(SquareCell(row, column, self) for column in range(MAX_SIDE)) for row in range(MAX_SIDE)
        )
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(1)
        for row in self.cells:
            for cell in row:
                self._layout.addWidget(cell, cell.row, cell.column)
                cell.pointed.connect(self.pointed)
                cell.left.connect(self._on_left)
                cell.asked.connect(self.asked)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    @property
    def lines(self) -> list[list[str]]:
        """What stands in the square, row after row."""
        return [[cell.line for cell in row[: self.side]] for row in self.cells[: self.side]]

    def show_side(self, side: int) -> None:
        """An empty square of this size, until there are lines."""
        self._show([[None] * side for _ in range(side)])

    def show_square(self, square: Square) -> None:
        self._show([list(row) for row in square.cells])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys walk from line to line."""
        focused = QApplication.focusWidget()
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or not isinstance(focused, SquareCell):
            super().keyPressEvent(event)
            return
        row, column = (
            min(max(place + by, 0), self.side - 1)
            for place, by in zip((focused.row, focused.column), step, strict=True)
        )
        self.cells[row][column].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hairlines between the cells."""
        painter = QPainter(self)
        painter.setPen(theme.colours(self.palette()).line)
        for row in self.cells[1 : self.side]:
            painter.drawLine(0, row[0].y() - 1, self.width(), row[0].y() - 1)
        for cell in self.cells[0][1 : self.side]:
            painter.drawLine(cell.x() - 1, 0, cell.x() - 1, self.height())

    def _show(self, cells: list[list[Cell | None]]) -> None:
        self._set_side(len(cells))
        for row, found in zip(self.cells, cells, strict=False):
            for cell, shown in zip(row, found, strict=False):
                is_corner = cell.row in (0, self.side - 1) and cell.column in (0, self.side - 1)
                cell.show_cell(shown, is_corner=is_corner, place=self._place(cell))
        self._fit()

    def _set_side(self, side: int) -> None:
        if side == self.side:
            return
        self.side = side
        for place in range(MAX_SIDE):
            self._layout.setRowStretch(place, int(place < side))
            self._layout.setColumnStretch(place, int(place < side))
        for row in self.cells:
            for cell in row:
                cell.setVisible(cell.row < side and cell.column < side)

    def _fit(self) -> None:
        """One type size for all lines."""
        width, height = (size // max(self.side, 1) - 1 for size in (self.width(), self.height()))
        lines = [line for row in self.lines for line in row]
        font = serif(size_for(lines, width - 2 * PADDING, height - PADDING))
        for row in self.cells[: self.side]:
            for cell in row[: self.side]:
                cell.setFont(font)

    def _place(self, cell: SquareCell) -> str:
        across, down = (words.percent(place / (self.side - 1)) for place in (cell.column, cell.row))
        return self.tr("{across} across, {down} down.").format(across=across, down=down)

    @Slot()
    def _on_left(self) -> None:
        """The keyboard's cell stays pointed at when the pointer goes."""
        focused = QApplication.focusWidget()
        self.pointed.emit(focused if isinstance(focused, SquareCell) and focused.parent() is self else None)
