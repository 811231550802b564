"""The palette: all colours of a model as small squares, like beside like."""

from __future__ import annotations

import colorsys
import math

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import images, theme
from models.sprites.form import Format

WIDTH, TALLEST, LARGEST = 272, 160, 24
GREY = 0.12  # saturation under which a colour counts as grey
HUES = 12  # into which the others are sorted


class PaletteView(QWidget):
    """`chosen` carries the colour index that was clicked, or entered with the keyboard."""

    chosen = Signal(int)

    def __init__(self, form: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._order: tuple[int, ...] = ()
        self._current = 0
        self.setAccessibleName(self.tr("Palette"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_format(form)

    @property
    def current(self) -> int:
        """The chosen colour index."""
        return self._current

    def show_format(self, form: Format) -> None:
        """Another model's colours; its darkest is chosen, to paint with on light paper."""
        self._form = form
        self._order = by_likeness(form)
        self.choose(min(range(len(form.palette)), key=lambda index: sum(form.palette[index])))
        self.updateGeometry()

    def choose(self, index: int) -> None:
        """Mark a colour without telling."""
        self._current = index
        self.setAccessibleDescription(images.colour(self._form, index).name())
        self.update()

    def square(self, index: int) -> QRect:
        """Where a colour lies."""
        row, column = divmod(self._order.index(index), self._columns)
        side = self._side
        return QRect(column * side, row * side, side, side)

    def sizeHint(self) -> QSize:
        rows = math.ceil(len(self._order) / self._columns)
        return QSize(self._columns * self._side + 1, rows * self._side + 1)

    @property
    def _side(self) -> int:
        """The largest squares of which all find room."""
        side = LARGEST
        while math.ceil(len(self._order) / (WIDTH // side)) * side > TALLEST:
            side -= 1
        return side

    @property
    def _columns(self) -> int:
        return min(WIDTH // self._side, len(self._order))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in self._order:
            painter.fillRect(self.square(index).adjusted(1, 1, 0, 0), images.colour(self._form, index))
        colours = theme.colours(self.palette())
        frame = QRectF(self.square(self._current)).adjusted(0.5, 0.5, 0.5, 0.5)
        painter.setPen(QPen(colours.ground, 3))
        painter.drawRect(frame)
        painter.setPen(QPen(colours.text, 1.5))
        painter.drawRect(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().toPoint().x(), event.position().toPoint().y())
        if event.button() is Qt.MouseButton.LeftButton and index is not None:
            self.choose(index)
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from colour to colour, Enter takes the one they came to."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._current)
            return
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = self._order.index(self._current) + step
        if 0 <= place < len(self._order):
            self.choose(self._order[place])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self._index_at(event.pos().x(), event.pos().y())
            if index is not None:
                name = images.colour(self._form, index).name()
                QToolTip.showText(event.globalPos(), self.tr("Paint with {}").format(name), self)
                return True
        return super().event(event)

    def _index_at(self, x: int, y: int) -> int | None:
        column, row = x // self._side, y // self._side
        place = row * self._columns + column
        return self._order[place] if 0 <= column < self._columns and 0 <= place < len(self._order) else None


def by_likeness(form: Format) -> tuple[int, ...]:
    """The colour indices: greys first, then round the hues, each from light to dark."""
    return tuple(sorted(range(len(form.palette)), key=lambda index: _likeness(images.colour(form, index))))


def _likeness(colour: QColor) -> tuple[int, float]:
    hue, lightness, _ = colorsys.rgb_to_hls(colour.redF(), colour.greenF(), colour.blueF())
    chroma = max(colour.redF(), colour.greenF(), colour.blueF()) - min(colour.redF(), colour.greenF(), colour.blueF())
    return (-1 if chroma < GREY else int(hue * HUES), -lightness)
