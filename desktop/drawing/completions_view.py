"""Several ways to finish one picture, side by side; a click keeps one."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import images, theme
from desktop.drawing import words
from desktop.drawing.draw_control import COUNTS
from desktop.drawing.work import Completions
from desktop.widgets.grid import Grid
from models.pixel_rnn.sprite import Completion
from models.sprites.form import Format

SMALLEST, CAPTION, EDGE = 64, 14, 3


class CompletionButton(QAbstractButton):
    """One completion and its price, which is known once it is whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.completion: Completion | None = None
        self._form: Format | None = None
        self._caption = ""
        self.setMinimumSize(SMALLEST, SMALLEST + CAPTION)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)  # few are shown large
        self.setToolTip(self.tr("Keep this one"))

    def clear(self) -> None:
        """Nothing to keep here yet."""
        self.completion, self._caption = None, ""
        self.setAccessibleName(self.tr("A completion under way"))
        self.setEnabled(False)
        self.update()

    def show_completion(self, form: Format, completion: Completion, rank: int | None) -> None:
        """`rank` counts from 1; None while the ranking is not known."""
        self.completion, self._form = completion, form
        self._caption = words.bits(completion.bits_per_pixel) if rank is not None else ""
        name = self.tr("Completion {rank}, {bits} a covered pixel").format(rank=rank, bits=self._caption)
        self.setAccessibleName(name if rank is not None else self.tr("A completion under way"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 120 + CAPTION)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.completion is None or self._form is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours(self.palette())
        room = QSizeF(self.width() - 2 * EDGE, self.height() - CAPTION - 2 * EDGE)
        grid = Grid.fitted(self._form.height, self._form.width, room, self.devicePixelRatioF())
        rect = grid.rect.translated(EDGE, EDGE)
        painter.drawImage(rect, images.of_sprite(self._form, self.completion.pixels))
        is_marked = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(colours.accent if is_marked else colours.line, 2 if is_marked else 1))
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))
        painter.setPen(colours.text)
        painter.setFont(theme.font(theme.Size.SMALL))
        caption = QRectF(0, self.height() - CAPTION, self.width(), CAPTION)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self._caption)


class CompletionsView(QWidget):
    """`kept` carries the `Completion` that was clicked, `left` says that none shall be kept."""

    kept = Signal(object)
    left = Signal()
    more_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = tuple(CompletionButton(self) for _ in range(max(COUNTS)))
        self.back = QPushButton(self.tr("Back"), self)
        self.more = QPushButton(self.tr("Others"), self)
        self._words = QLabel(self)
        self._grid = QGridLayout()
        self._count = 0
        self._set_up()

    def show_completions(self, completions: Completions, form: Format) -> None:
        self._arrange(completions.count)
        ranked = completions.is_ranked
        for place, completion in enumerate(completions.found):
            self.buttons[place].show_completion(form, completion, place + 1 if ranked else None)
            self.buttons[place].setEnabled(ranked)
        for button in self.buttons[len(completions.found) :]:
            button.clear()  # of what it showed before, maybe of another model
        self.more.setEnabled(ranked)
        told = self.tr("The likeliest first: click one to keep it") if ranked else self.tr("The model is drawing")
        self._words.setText(told)

    def _set_up(self) -> None:
        self.back.setToolTip(self.tr("Back to the picture as it was (Esc)"))
        self.back.setShortcut("Esc")
        self.back.clicked.connect(self.left)
        self.more.setToolTip(self.tr("As many other ways"))
        self.more.clicked.connect(self._on_more)
        self._words.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._words, 1)
        top.addWidget(self.more)
        top.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._grid.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._grid, 1)
        for button in self.buttons:
            button.clicked.connect(self._on_kept)
            button.hide()

    def _arrange(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        columns = math.ceil(math.sqrt(count))
        for place, button in enumerate(self.buttons):
            self._grid.removeWidget(button)
            button.setVisible(place < count)
            if place < count:
                self._grid.addWidget(button, place // columns, place % columns)

    @Slot()
    def _on_kept(self) -> None:
        button = self.sender()
        if isinstance(button, CompletionButton) and button.completion is not None:
            self.kept.emit(button.completion)

    @Slot()
    def _on_more(self) -> None:
        self.more_asked.emit(self._count)
