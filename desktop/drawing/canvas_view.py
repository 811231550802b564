"""The canvas: square pixels, the cover over those to come, and the place of the next one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import images, theme
from desktop.drawing.marks import Dots, Marks
from desktop.drawing.sheet import Sheet
from desktop.widgets.grid import Grid, line

SMALLEST = 200
HATCH = 6  # logical pixels between two lines of the cover
DIMMED = 0.45  # of a picture's colours that the ground takes where dots stand on them
ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class CanvasView(QWidget):
    """Shows a sheet, and says what a hand does on it; it decides nothing.

    `stroke_began` carries a place, `stroke_went` the places passed since, `stroke_ended` nothing. `pointed` carries the
    place under the pointer or the keyboard's cursor, -1 where there is none; `ranked` the rank, from 0, of the swatch
    that was asked for by its number.
    """

    stroke_began = Signal(int)
    stroke_went = Signal(object)
    stroke_ended = Signal()
    pointed = Signal(int)
    ranked = Signal(int)
    play_asked = Signal()

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._marks: Marks | None = None
        self._dots = Dots()
        self._hatched: tuple[str, float] = ("", 0.0)  # the look that the hatching is for
        self._hatching = QBrush()
        self._words = ""
        self._last: int | None = None  # the stroke's newest place
        self._is_stroking = False
        self._pointed = -1
        self._cursor = 0
        self._is_by_key = False
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def grid(self) -> Grid:
        form = self._sheet.form
        room = QSizeF(self.width() - 2, self.height() - 2)  # the border has its place
        fitted = Grid.fitted(form.height, form.width, room, self.devicePixelRatioF())
        return Grid(form.height, form.width, fitted.left + 1, fitted.top + 1, fitted.cell)

    def show_sheet(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._cursor = min(self._cursor, sheet.form.pixels - 1)
        self.update()

    def show_marks(self, shown: Marks | None) -> None:
        """Dots over the picture; None shows its colours alone."""
        self._marks = shown
        self.update()

    def show_words(self, words: str) -> None:
        """A sentence in the middle, where nothing else is to be seen."""
        if words != self._words:
            self._words = words
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grid, colours = self.grid, theme.colours(self.palette())
        self._paint_picture(painter, grid, colours)
        self._paint_cover(painter, grid, colours)
        if self._marks is not None:
            self._dots.paint(painter, grid, self._marks)
        self._paint_next(painter, grid, colours)
        self._paint_pointer(painter, grid, colours)
        if self._words:
            self._paint_words(painter, grid, colours)

    def _paint_picture(self, painter: QPainter, grid: Grid, colours: theme.Colours) -> None:
        painter.setPen(QPen(colours.line, 1))
        painter.drawRect(grid.rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.drawImage(grid.rect, images.of_sprite(self._sheet.form, self._sheet.shown))
        if self._marks is not None and (self._marks.where & ~self._sheet.to_come).any():
            veil = QColor(colours.ground)
            veil.setAlphaF(DIMMED)
            painter.fillRect(grid.rect, veil)

    def _paint_cover(self, painter: QPainter, grid: Grid, colours: theme.Colours) -> None:
        """One hatching over all that is to come, and a seam between the model's part and what is given."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillPath(grid.area(self._sheet.to_come), self._cover(colours))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._sheet.canvas.mask.all():
            painter.setPen(QPen(QColor(255, 255, 255, 140), 2))
            seam = grid.seam(self._sheet.canvas.mask)
            painter.drawPath(seam)
            painter.setPen(QPen(QColor(0, 0, 0, 130), 1))
            painter.drawPath(seam)

    def _cover(self, colours: theme.Colours) -> QBrush:
        """Slanted lines on a calm ground, drawn once for each look of the system."""
        ground, lines = (theme.mixed(colours.text, colours.panel, share) for share in (0.9, 0.8))
        ratio = self.devicePixelRatioF()
        look = (ground.name(), ratio)
        if look != self._hatched:
            self._hatched, self._hatching = look, QBrush(_hatching(ground, lines, ratio))
        return self._hatching

    def _paint_next(self, painter: QPainter, grid: Grid, colours: theme.Colours) -> None:
        place = self._sheet.next_place
        if place is not None:
            _outline(painter, grid.square(place), colours.accent, 2.5)

    def _paint_pointer(self, painter: QPainter, grid: Grid, colours: theme.Colours) -> None:
        if self._is_by_key and self.hasFocus():
            _outline(painter, grid.square(self._cursor), colours.text, 2)
        elif self._pointed >= 0:
            _outline(painter, grid.square(self._pointed), colours.quiet, 1)

    def _paint_words(self, painter: QPainter, grid: Grid, colours: theme.Colours) -> None:
        painter.setFont(theme.font(theme.Size.LARGE))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = grid.rect.adjusted(32, 32, -32, -32)
        plate = painter.boundingRect(room, flags, self._words).adjusted(-16, -8, 16, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.panel)
        painter.drawRoundedRect(plate, 8, 8)
        painter.setPen(colours.text)
        painter.drawText(room, flags, self._words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.grid.place_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._is_stroking, self._is_by_key, self._last = True, False, place
            self.stroke_began.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.grid.place_at(event.position())
        self._point(place)
        if self._is_stroking and place != self._last:
            if place is not None:
                self.stroke_went.emit([place] if self._last is None else line(self._last, place, self.grid.width))
            self._last = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_stroking and event.button() is Qt.MouseButton.LeftButton:
            self._is_stroking = False
            self.stroke_ended.emit()

    def leaveEvent(self, event: QMouseEvent) -> None:  # type: ignore[override]  # the stubs promise any QEvent
        super().leaveEvent(event)
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_by_key = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move a cursor, Enter does there what a click would, the space bar plays and pauses."""
        key = Qt.Key(event.key())
        if key in ARROWS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move_cursor(*ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._is_by_key = True
            self.stroke_began.emit(self._cursor)
            self.stroke_ended.emit()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_8:
            self.ranked.emit(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Space:
            self.play_asked.emit()
        else:
            super().keyPressEvent(event)

    def _move_cursor(self, down: int, right: int) -> None:
        form = self._sheet.form
        row, column = divmod(self._cursor, form.width)
        if self._is_by_key:
            row = int(np.clip(row + down, 0, form.height - 1))
            column = int(np.clip(column + right, 0, form.width - 1))
        self._is_by_key, self._cursor = True, row * form.width + column
        self.pointed.emit(self._cursor)
        self.update()

    def _point(self, place: int | None) -> None:
        here = -1 if place is None else place
        if here != self._pointed:
            self._pointed = here
            if here >= 0:
                self._cursor, self._is_by_key = here, False
            self.pointed.emit(here)
            self.update()


def _hatching(ground: QColor, lines: QColor, ratio: float) -> QPixmap:
    """One tile of slanted lines that fits on all sides."""
    side = round(HATCH * ratio)
    rows, columns = np.mgrid[:side, :side]
    on_line = (rows + columns) % side < max(1, round(ratio))
    inks = np.array([(ink.red(), ink.green(), ink.blue()) for ink in (ground, lines)], np.uint8)
    colours = inks[on_line.astype(np.intp)]
    pixmap = QPixmap.fromImage(images.of_colours(colours))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _outline(painter: QPainter, square: QRectF, colour: QColor, width: float) -> None:
    """A frame just inside a pixel's border, with a light one inside it: seen on any colour."""
    inside = width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 190), 1))
    painter.drawRect(square.adjusted(width + 0.5, width + 0.5, -width - 0.5, -width - 0.5))
    painter.setPen(QPen(colour, width, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawRect(square.adjusted(inside, inside, -inside, -inside))
