"""A line to type, and the lines around it, from near to far."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme, tooltip
from desktop.verses import words
from desktop.verses.distance_track import DistanceScale
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.line_menu import LineMenu
from desktop.verses.marked_editor import GAP, MARK, MarkedEditor
from desktop.verses.neighbour_row import DISTANCE, TRACK, NeighbourRow
from desktop.verses.typography import LETTER_WIDTH, LINE_LETTERS, serif
from desktop.verses.walking import WalkingView
from models.sentence_vae.path import End, NeighbourRequest, Neighbours
from models.sentence_vae.stored_neighbours import MOST

WIDEST = 800
TALLEST_ROW = 56
LARGEST = 1.6  # of the system's type size, which is the smallest
LINE_HEIGHT = 1.5  # of the type size
TOOLS = 40  # the button between line and track, with its air
ABOVE = 80  # pixels that the editor and the heading take at most


class NeighboursView(WalkingView):
    """Shows requests and what was found for them, and says what a person did.

    `edited` says that the line is being typed, `settled` that a person is done typing it. `chosen` carries a line to
    go on from; `menu` asks where a line shall go.
    """

    edited = Signal()
    settled = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name, invitation = self.tr("The line to look around"), self.tr("Type a line to look around")
        self.typed = MarkedEditor(name, invitation, is_right=False)
        self.editor = self.typed.editor
        self.rows = tuple(NeighbourRow() for _ in range(MOST))
        self.menu = LineMenu(self)
        self.heading = LineLabel()
        self._scale = DistanceScale(TRACK)
        self._count = 0  # rows in sight
        self._lay_out()
        self.typed.edited.connect(self.edited)
        self.typed.left.connect(self.settled)
        self.typed.put.connect(self.settled)
        self.typed.entered.connect(self._on_entered)
        for row in self.rows:
            row.chosen.connect(self.chosen)
            row.menu_asked.connect(self.menu.open_for)

    @property
    def line(self) -> str:
        return self.typed.line

    @property
    def lines(self) -> list[str]:
        """What stands under the typed line."""
        return [row.text.line for row in self.rows[: self._count] if row.text.line]

    def show_request(self, request: NeighbourRequest) -> None:
        """Put the line where it can be edited; the lines around it follow when they are there."""
        self.typed.show_line(request.line)
        if not self.lines:
            self._set_count(request.count)

    def show_found(self, found: Neighbours) -> None:
        request = found.request
        self._set_count(request.count)
        neighbours = [*found.neighbours, *[None] * MOST]
        for row, neighbour in zip(self.rows, neighbours, strict=False):
            row.show_neighbour(neighbour, request.radius)
        if found.end is not None:
            self.typed.show_end(found.end)
        self.heading.setText(self._told(found))
        self.heading.setToolTip(tooltip.plain(self.heading.text()))
        self._scale.show_radius(request.radius)

    def show_drawing(self, drawing: bool) -> None:
        """Whether lines are being looked for: the heading takes the accent."""
        self.heading.set_tone(Tone.ACCENT if drawing else Tone.QUIET)

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def stops(self) -> list[QWidget]:
        return [self.editor, *(row.text for row in self.rows[: len(self.lines)])]

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(DISTANCE, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.heading, 1)
        above.addWidget(self._scale)
        top = QHBoxLayout()
        top.setContentsMargins(DISTANCE - MARK - GAP, 0, TRACK, 0)
        top.addWidget(self.typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addSpacing(8)
        layout.addLayout(above)
        layout.addSpacing(4)
        for row in self.rows:
            layout.addWidget(row)
        layout.addStretch(1)
        self.setMaximumWidth(WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def _told(self, found: Neighbours) -> str:
        if found.end is None:
            return self.tr("The lines around it will stand here")
        if not found.neighbours:
            return self.tr("▲ No other line was found so near: look further around")
        if words.is_odd(found.end) or found.end.faithfulness < 1:
            return self._odd(found.end)
        if len(found.neighbours) < found.request.count:
            return self.tr("All lines that were found so near")
        return self.tr("Lines from near to far")

    def _odd(self, end: End) -> str:
        """What was done to the line, and which line those that were found are near."""
        near = self.tr("These lines are near “{line}”").format(line=end.refined)
        return f"▲ {words.notes(end)} {near}" if words.is_odd(end) else f"▲ {near}"

    def _set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            for place, row in enumerate(self.rows):
                row.setVisible(place < count)
            self._fit()

    def _fit(self) -> None:
        """Rows as high as the room allows, and one type size for all lines."""
        height = min((self.height() - ABOVE) // max(self._count, 1), TALLEST_ROW)
        smallest = QFontInfo(theme.font(theme.Size.BODY)).pixelSize()
        across = (self.width() - DISTANCE - TRACK - TOOLS) / (LINE_LETTERS * LETTER_WIDTH)
        font = serif(int(min(max(min(height / LINE_HEIGHT, across), smallest), smallest * LARGEST)))
        self.typed.set_type(font)
        for row in self.rows:
            row.setFixedHeight(max(height, 1))
            row.set_type(font)

    @Slot()
    def _on_entered(self) -> None:
        self.settled.emit()
        self.rows[0].text.setFocus(Qt.FocusReason.TabFocusReason)
