"""The poem: two lines to type in, the verses between them with air around each, and the slider along the path."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.verses.alternatives import Alternatives
from desktop.verses.end_row import EndRow
from desktop.verses.line_label import Tone
from desktop.verses.line_menu import LineMenu
from desktop.verses.path_slider import PathSlider
from desktop.verses.typography import GUTTER, TOOLS, serif, size_for
from desktop.verses.verse_row import VerseRow
from desktop.verses.walking import WalkingView
from models.sentence_vae.path import MAX_POINTS, PathRequest, VersePath

WIDEST = 800
TALLEST_ROW = 64


class PoemView(WalkingView):
    """Shows requests and paths, and says what a person did; it decides nothing.

    `edited` says that an end is being typed, `settled` that a person is done typing it. `written` carries the
    index and the new line of a verse, `lock_asked` its index and whether it shall be locked. `verse_edited` says that a
    verse is being typed, `pointed` which one has the pointer or the keyboard, -1 for none; `menu` asks where
    a verse shall go.
    """

    edited = Signal()
    verse_edited = Signal()
    settled = Signal()
    written = Signal(int, str)
    lock_asked = Signal(int, bool)
    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = EndRow(self.tr("First line"), self.tr("Type the first line"))
        self.last = EndRow(self.tr("Last line"), self.tr("Type the last line"))
        self.rows = tuple(VerseRow(index) for index in range(MAX_POINTS))
        self.slider = PathSlider()
        self.menu = LineMenu(self)
        self._others = Alternatives(self)
        self._asked = 0  # the row that the open list of alternatives belongs to
        self._points = 0  # of the path that is shown
        self._wanted_points = 0  # of the request
        self._has_path = False
        self._pixels = 0
        self._lay_out()
        self._connect()

    @property
    def lines(self) -> tuple[str, str]:
        return self.first.line, self.last.line

    @property
    def unfinished(self) -> tuple[tuple[int, str], ...]:
        """Verses that are being typed, by their index: one at most."""
        return tuple((row.index, line) for row in self.rows if (line := row.unfinished) is not None)

    @property
    def others(self) -> Alternatives:
        return self._others

    def show_request(self, request: PathRequest) -> None:
        """Put what a request says where it can be edited; the verses follow when its path is there."""
        self.first.show_line(request.first)
        self.last.show_line(request.last)
        self._wanted_points = request.points
        if not self._has_path:
            self._set_points(request.points)
        self._set_current()
        if self._points == request.points:
            self._show_locks(dict(request.locked))

    def show_path(self, path: VersePath) -> None:
        self._has_path = True
        self._set_points(len(path.verses))
        self.first.show_end(path.ends[0])
        self.last.show_end(path.ends[1])
        for row, verse in zip(self.rows, path.verses, strict=False):
            row.show_verse(verse)
        self._set_current()

    def finish_verse(self) -> None:
        """Keep a verse that is being typed."""
        for row in self.rows:
            row.finish()

    @Slot(int)
    def go_to(self, index: int) -> None:
        """Give a verse the keyboard."""
        if index < self._points:
            self.rows[index].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_drawing(self, drawing: bool) -> None:
        """Whether the verses are being looked for: their places take the accent."""
        for row in self.rows:
            row.place.set_tone(Tone.ACCENT if drawing else Tone.QUIET)

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_type()

    def stops(self) -> list[QWidget]:
        return [self.first.editor, *(row.text for row in self.rows[: self._points]), self.last.editor]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self.first)
        layout.addSpacing(8)
        for row in self.rows:
            row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            row.setMaximumHeight(TALLEST_ROW)
            row.hide()
            layout.addWidget(row, 1000)
        layout.addSpacing(16)
        layout.addWidget(self.last)
        layout.addSpacing(16)
        layout.addWidget(self.slider)
        layout.addStretch(1)
        self.setMaximumWidth(WIDEST)

    def _connect(self) -> None:
        for end in (self.first, self.last):
            end.edited.connect(self.edited)
            end.left.connect(self.settled)
            end.put.connect(self.settled)
        self.first.entered.connect(self._on_first_entered)
        self.last.entered.connect(self._on_last_entered)
        for row in self.rows:
            row.others_asked.connect(self._on_others_asked)
            row.edited.connect(self.verse_edited)
            row.written.connect(self.written)
            row.lock_asked.connect(self.lock_asked)
            row.pointed.connect(self.pointed)
            row.menu_asked.connect(self.menu.open_for)
        self._others.chosen.connect(self._on_chosen)
        self._others.edit_asked.connect(self._on_edit_asked)

    def _set_points(self, points: int) -> None:
        if points == self._points:
            return
        self._points = points
        for row in self.rows:
            row.setVisible(row.index < points)
            row.show_place((row.index + 1) / (points + 1))
        self._fit_type()

    def _show_locks(self, locked: dict[int, str]) -> None:
        """A line that was just fixed or freed shows so at once, before the path is drawn."""
        for row in self.rows[: self._points]:
            row.show_lock(locked.get(row.index))

    def _set_current(self) -> None:
        """Rows of a path with another number of verses have no place in the request that could be changed."""
        for row in self.rows:
            row.set_current(self._points == self._wanted_points)

    def _fit_type(self) -> None:
        """One type size for the whole poem, from the room that it has."""
        pixels = size_for(self._points, self.height(), self.width() - GUTTER - TOOLS)
        if pixels != self._pixels:
            self._pixels = pixels
            parts: tuple[EndRow | VerseRow | PathSlider, ...] = (self.first, *self.rows, self.last, self.slider)
            for part in parts:
                part.set_type(serif(pixels))

    @Slot()
    def _on_first_entered(self) -> None:
        self.settled.emit()
        self.last.editor.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_last_entered(self) -> None:
        self.settled.emit()
        self.rows[0].text.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _on_others_asked(self, index: int) -> None:
        row = self.rows[index]
        if row.verse is not None:
            self._asked = index
            corner = row.text.mapToGlobal(QPoint(-12, row.text.height()))
            self._others.open_for(row.verse, serif(round(0.8 * self._pixels)), corner, row.text.width() + 24)

    @Slot(str)
    def _on_chosen(self, line: str) -> None:
        self.written.emit(self._asked, line)

    @Slot()
    def _on_edit_asked(self) -> None:
        self.rows[self._asked].edit()
