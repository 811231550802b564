"""Four lines to type at the corners, the lines between them in two directions, and one of them large."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.verses.fluency_bar import FluencyBar
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.line_menu import LineMenu
from desktop.verses.marked_editor import MarkedEditor
from desktop.verses.square_cell import SquareCell
from desktop.verses.square_grid import SquareGrid
from desktop.verses.typography import LETTER_WIDTH, LINE_LETTERS, serif
from models.sentence_vae.path import Square, SquareRequest

WIDEST = 1100
GAP = 24  # between two corners beside each other
LARGE = 1.6  # of the system's type size, for the line that is pointed at
LARGEST_CORNER = 1.3


class SquareView(QWidget):
    """Shows requests and squares, and says what a person did.

    `edited` says that a corner is being typed, `settled` that a person is done typing it; `menu` asks where a line of
    the square shall go.
    """

    edited = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        invitation = self.tr("Type a line")
        self.corners = (
            MarkedEditor(self.tr("Line above left"), invitation, is_right=False),
            MarkedEditor(self.tr("Line above right"), invitation, is_right=True),
            MarkedEditor(self.tr("Line below left"), invitation, is_right=False),
            MarkedEditor(self.tr("Line below right"), invitation, is_right=True),
        )
        self.grid = SquareGrid()
        self.large = LineLabel()
        self.bar = FluencyBar()
        self.menu = LineMenu(self)
        self._is_drawing = False
        self._pointed: SquareCell | None = None
        self._lay_out()
        self._connect()
        self._show_pointed(None)

    @property
    def lines(self) -> tuple[str, str, str, str]:
        first, second, third, fourth = (corner.line for corner in self.corners)
        return first, second, third, fourth

    def show_request(self, request: SquareRequest) -> None:
        """Put the corners where they can be edited; the lines between follow when they are there."""
        for corner, line in zip(self.corners, request.corners, strict=True):
            corner.show_line(line)
        if not any(map(any, self.grid.lines)):
            self.grid.show_side(request.side)

    def show_square(self, square: Square) -> None:
        for corner, end in zip(self.corners, square.ends, strict=True):
            corner.show_end(end)
        self.grid.show_square(square)
        self._show_pointed(self._pointed)

    def show_drawing(self, drawing: bool) -> None:
        """Whether the lines are being mixed."""
        self._is_drawing = drawing
        self._show_pointed(self._pointed)

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        smallest = QFontInfo(theme.font(theme.Size.BODY)).pixelSize()
        room = (self.width() - GAP) / 2 / (LINE_LETTERS * LETTER_WIDTH)
        font = serif(int(min(max(room, smallest), smallest * LARGEST_CORNER)))
        for corner in self.corners:
            corner.set_type(font)

    def _lay_out(self) -> None:
        self.large.setFont(serif(round(LARGE * QFontInfo(theme.font(theme.Size.BODY)).pixelSize())))
        readout = QHBoxLayout()
        readout.setSpacing(8)
        readout.addWidget(self.large, 1)
        readout.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(_beside(*self.corners[:2]))
        layout.addWidget(self.grid, 1)
        layout.addLayout(_beside(*self.corners[2:]))
        layout.addLayout(readout)
        self.setMaximumWidth(WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def _connect(self) -> None:
        for corner in self.corners:
            corner.edited.connect(self.edited)
            corner.left.connect(self.settled)
            corner.put.connect(self.settled)
            corner.entered.connect(self._on_entered)
        self.grid.pointed.connect(self._show_pointed)
        self.grid.asked.connect(self._on_asked)

    @Slot(object)
    def _show_pointed(self, cell: SquareCell | None) -> None:
        """The line that is pointed at, large; else what can be done."""
        self._pointed = cell
        found = None if cell is None else cell.cell
        if found is not None:
            self.large.setText(found.text)
            self.large.set_tone(Tone.TEXT)
        elif self._is_drawing:
            self.large.setText(self.tr("The lines are being mixed"))
            self.large.set_tone(Tone.ACCENT)
        else:
            self.large.setText("")
        self.bar.show_fluency(None if found is None else found.fluency)

    @Slot()
    def _on_entered(self) -> None:
        """Enter goes from corner to corner, and then into the square."""
        self.settled.emit()
        stops: list[QWidget] = [*(corner.editor for corner in self.corners), self.grid.cells[0][0]]
        place = next((place for place, stop in enumerate(stops) if stop.hasFocus()), -1)
        stops[min(place + 1, len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _on_asked(self, cell: SquareCell) -> None:
        if cell.line:
            self.menu.open_for(cell.line, cell.mapToGlobal(QPoint(0, cell.height())))


def _beside(left: QWidget, right: QWidget) -> QGridLayout:
    """Two corners, each over its half."""
    row = QGridLayout()
    row.setHorizontalSpacing(GAP)
    for column, widget in enumerate((left, right)):
        row.addWidget(widget, 0, column)
        row.setColumnStretch(column, 1)
    return row
