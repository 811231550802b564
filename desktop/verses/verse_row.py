"""One verse between the ends: its place, its line, how fluent it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from desktop import icons, tooltip
from desktop.verses import form_words, words
from desktop.verses.fluency_bar import FluencyBar
from desktop.verses.form_mark import FormMark
from desktop.verses.line_editor import LineEditor
from desktop.verses.line_label import LineLabel
from desktop.verses.quiet_button import QuietButton
from desktop.verses.typography import GUTTER, TOOLS
from desktop.verses.verse_text import VerseText
from models.sentence_vae.path import Verse


class VerseRow(QWidget):
    """Signals carry the row's index: `others_asked`, `written` with the new line, `lock_asked` with on or off.

    `edited` says that its own verse is being typed. `pointed` carries -1 when pointer and keyboard have left.
    `menu_asked` carries the verse itself and a place on the screen.
    """

    edited = Signal()
    others_asked = Signal(int)
    written = Signal(int, str)
    lock_asked = Signal(int, bool)
    pointed = Signal(int)
    menu_asked = Signal(str, QPoint)

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.verse: Verse | None = None
        self.is_editing = False
        self._opened_with = ""  # the line that stood in the editor before a key was pressed
        self._is_current = True
        self.place = LineLabel(GUTTER)
        self.text = VerseText()
        self.form = FormMark()
        self.bar = FluencyBar()
        self.editor = LineEditor(self.tr("Your own verse"), self.tr("Type a verse"))
        self.edit_button = QuietButton(self.tr("Write this verse yourself (F2)"))
        self.lock_button = QuietButton(self.tr("Lock this verse: the path is drawn through it"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def unfinished(self) -> str | None:
        """The line in the open editor, where it is another than it was opened with; an empty one is no line."""
        line = self.editor.text()
        return line if self.is_editing and line.strip() and line != self._opened_with else None

    def show_verse(self, verse: Verse) -> None:
        """Show another verse here; one that is being edited stays."""
        self.verse = verse
        self.show_place(verse.t)
        self.form.show_verse(verse)
        self.bar.show_fluency(verse.fluency)
        told = (f"{words.percent(verse.t)}.", words.fluency(verse.fluency), form_words.explained(verse))
        self.text.setAccessibleDescription(" ".join(told).strip())
        self.show_line(verse.text, verse.locked)

    def show_place(self, t: float) -> None:
        self.place.setText(words.percent(t))

    def show_line(self, line: str, locked: bool) -> None:
        """Show a line of which nothing else is known yet."""
        self.text.show_line(line)
        told = self.tr("{line}\nClick for other lines, right-click to send it elsewhere")
        self.text.setToolTip(tooltip.plain(told.format(line=line)))
        self.lock_button.setChecked(locked)
        self._enable()
        self._show_icons()

    def show_lock(self, line: str | None) -> None:
        """What the request fixes here: a line, or nothing, and then the verse of the path stands here."""
        if line is not None and (self.verse is None or self.verse.text != line):
            self.show_written(line)
        elif self.verse is not None:
            self.show_verse(self.verse)
            self.show_line(self.verse.text, line is not None)

    def set_current(self, is_current: bool) -> None:
        """Whether this place of the poem is one of the request; else there is nothing to do here but read."""
        self._is_current = is_current
        self._enable()

    def show_written(self, line: str) -> None:
        """A line that a person just fixed here; nothing else of it is known until the path is drawn."""
        self.form.show_verse(None)
        self.bar.show_fluency(None)
        self.show_line(line, locked=True)

    def set_type(self, font: QFont) -> None:
        self.text.setFont(font)
        self.editor.setFont(font)

    @Slot()
    def edit(self) -> None:
        """Open the line in place."""
        if not self._is_current:
            return
        self.is_editing = True
        self._opened_with = self.text.line
        self.editor.setText(self.text.line)
        self._stack.setCurrentWidget(self.editor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    @Slot()
    def finish(self) -> None:
        """Keep what was typed, as Enter does, and close the editor; an empty line keeps the verse as it was."""
        if not self.is_editing:
            return
        line = self.unfinished
        self._close_editor()
        if line is not None:
            self.written.emit(self.index, line)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._wake(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wake(self.text.hasFocus())
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.text.line:
            self.menu_asked.emit(self.text.line, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the editor with nothing changed."""
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            self._close_editor()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.editor)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        tools = QWidget()
        tools.setFixedWidth(TOOLS)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.form, 1)
        for widget in (self.bar, self.edit_button, self.lock_button):
            row.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.place)
        layout.addWidget(self._stack, 1)
        layout.addWidget(tools)
        self.lock_button.setCheckable(True)
        self._enable()
        self._show_icons()

    def _connect(self) -> None:
        self.text.clicked.connect(self._on_clicked)
        self.text.edit_asked.connect(self.edit)
        self.text.focus_changed.connect(self._wake)
        self.edit_button.clicked.connect(self.edit)
        self.lock_button.clicked.connect(self._on_lock)
        self.editor.textEdited.connect(self.edited)
        self.editor.returnPressed.connect(self.finish)
        self.editor.left.connect(self.finish)

    def _show_icons(self) -> None:
        icons.set_icon(self.edit_button, "pencil", self.palette())
        icons.set_icon(self.lock_button, "lock" if self.lock_button.isChecked() else "unlock", self.palette())

    def _enable(self) -> None:
        self.edit_button.setEnabled(self._is_current)
        self.lock_button.setEnabled(self._is_current and bool(self.text.line))

    def _close_editor(self) -> None:
        had_focus = self.editor.hasFocus()
        self.is_editing = False  # first: the editor tells that it was left as soon as it hides
        self._stack.setCurrentWidget(self.text)
        if had_focus:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _wake(self, awake: bool) -> None:
        self.edit_button.set_awake(awake)
        self.lock_button.set_awake(awake)
        self.pointed.emit(self.index if awake else -1)

    @Slot()
    def _on_clicked(self) -> None:
        if self._is_current:
            self.others_asked.emit(self.index)

    @Slot(bool)
    def _on_lock(self, locked: bool) -> None:
        self.lock_asked.emit(self.index, locked)
