"""What the model thinks of one pixel: its likeliest colours with their chances. A click decides the next pixel."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from desktop import images, theme
from desktop.widgets.palette_view import PaletteView
from desktop.widgets.quiet_label import quiet_label
from models.pixel_rnn.drawn import LIKELY
from models.sprites.form import Format

COLUMNS, SIDE, HEIGHT = 2, 18, 26


@dataclass(frozen=True)
class Chances:
    """The likeliest colours (index and chance) of one place, likeliest first."""

    place: int
    colours: tuple[tuple[int, float], ...]

    @property
    def others(self) -> float:
        """The chance of all the rest."""
        return max(0.0, 1 - sum(chance for _, chance in self.colours))


class Swatch(QAbstractButton):
    """One colour, its chance in figures and as a bar."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self._colour = QColor()
        self._chance = 0.0
        self.setFixedHeight(HEIGHT)

    def show_colour(self, colour: QColor | None, chance: float) -> None:
        """None where there is no colour of this rank."""
        if (colour or QColor(), chance) == (self._colour, self._chance):
            return
        self._colour, self._chance = colour or QColor(), chance
        name = self.tr("{colour}, {percent} %").format(colour=self._colour.name(), percent=percent(chance))
        self.setAccessibleName(name if colour is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE + 8 + self.fontMetrics().horizontalAdvance("100.0 %"), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._colour.isValid():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours(self.palette())
        square = QRectF(2, (HEIGHT - SIDE) / 2, SIDE, SIDE)
        painter.setPen(QPen(colours.quiet, 1))
        painter.setBrush(self._colour)
        painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        room = QRectF(SIDE + 8, 0, self.width() - SIDE - 10, HEIGHT)
        bar = QRectF(room.left(), HEIGHT - 6, max(1.0, room.width() * self._chance), 2)
        painter.fillRect(bar, colours.quiet)
        marked = self.isEnabled() and (self.underMouse() or self.hasFocus())
        painter.setPen(colours.text if self.isEnabled() else colours.quiet)
        painter.drawText(room.adjusted(0, 0, 0, -5), Qt.AlignmentFlag.AlignVCenter, f"{percent(self._chance)} %")
        if marked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)


class NextPixel(QWidget):
    """`decided` carries the colour index that a person chose for the next pixel."""

    decided = Signal(int)

    def __init__(self, form: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._chances: Chances | None = None
        self.title, self._hint = QLabel(self), quiet_label("", self)
        self.swatches = tuple(Swatch(number, self) for number in range(LIKELY))
        self.others = QPushButton(self)
        self.all_colours = PaletteView(form)
        self._menu = QMenu(self)
        self._lay_out()
        self._connect()
        self.show_chances(None, can_decide=False)

    @property
    def chances(self) -> Chances | None:
        return self._chances

    def show_format(self, form: Format) -> None:
        self._form = form
        self.all_colours.show_format(form)

    def show_chances(self, chances: Chances | None, *, can_decide: bool) -> None:
        """One place's chances; `can_decide` where it is the next one."""
        self._chances = chances
        shown = chances.colours if chances is not None else ()
        self.title.setText(self._heading(chances, can_decide))
        self._hint.setText(self._advice(chances, can_decide))
        for swatch in self.swatches:
            known = swatch.number < len(shown)
            index, chance = shown[swatch.number] if known else (0, 0.0)
            swatch.show_colour(images.colour(self._form, index) if known else None, chance)
            swatch.setEnabled(known and can_decide)
        rest = percent(chances.others) if chances is not None else "–"
        self.others.setText(self.tr("Another colour: {} %").format(rest))
        self.others.setEnabled(can_decide)

    def choose(self, number: int) -> None:
        """Decide for the colour of this rank, if that can be done now."""
        if self._chances is not None and self.others.isEnabled() and number < len(self._chances.colours):
            self.decided.emit(self._chances.colours[number][0])

    def _heading(self, chances: Chances | None, is_next: bool) -> str:
        if chances is None:
            return self.tr("No pixel to come")
        row, column = divmod(chances.place, self._form.width)
        text = self.tr("Next: row {row}, column {column}") if is_next else self.tr("Row {row}, column {column}")
        return text.format(row=row + 1, column=column + 1)

    def _advice(self, chances: Chances | None, is_next: bool) -> str:
        if chances is None:
            return self.tr("Point at one that was drawn")
        return self.tr("Click a colour to decide it") if is_next else self.tr("What the model thought of it")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(0)
        for swatch in self.swatches:
            grid.addWidget(swatch, swatch.number // COLUMNS, swatch.number % COLUMNS)
            swatch.setToolTip(self.tr("Give the next pixel this colour ({})").format(swatch.number + 1))
        self.others.setAccessibleName(self.tr("Another colour"))
        self.others.setToolTip(self.tr("Give the next pixel any colour of the palette"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self._hint)
        layout.addLayout(grid)
        layout.addWidget(self.others)

    def _connect(self) -> None:
        for swatch in self.swatches:
            swatch.clicked.connect(self._on_swatch)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(self.all_colours)
        self._menu.addAction(action)
        self.others.setMenu(self._menu)
        self.all_colours.chosen.connect(self._on_any)

    @Slot()
    def _on_swatch(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, Swatch):
            self.choose(swatch.number)

    @Slot(int)
    def _on_any(self, index: int) -> None:
        self._menu.close()
        self.decided.emit(index)


def percent(chance: float) -> str:
    """A chance in figures that stay as wide."""
    return f"{100 * chance:.1f}" if chance < 0.9995 else "100"
