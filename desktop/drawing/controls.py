"""How bold the model is, and what part it shall draw."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.drawing import edits
from desktop.drawing.sheet import Sheet
from desktop.widgets.slider import slider
from models.pixel_rnn.masks import SIDES
from models.pixel_rnn.sprite import MAX_TEMPERATURE, MIN_TEMPERATURE, MIN_TOP_P, DrawRequest

FINE = 100  # slider steps of 1


class StyleControl(QWidget):
    """How bold the model is and what it sees; `changed` carries the new temperature, top-p and blindness.

    The switch `blind` stands apart, where the cover is chosen.
    """

    changed = Signal(float, float, bool)
    drag_began = Signal()
    drag_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.temperature = slider(
            self.tr("Temperature"), self.tr("Low: the model draws what is likeliest; high: it dares more")
        )
        self.top_p = slider(
            self.tr("Top-p"), self.tr("Leave out the least likely colours, those beyond this share of chance")
        )
        self.blind = QCheckBox(self.tr("Blind: see nothing below or to the right"))
        self._texts = {self.temperature: QLabel(self), self.top_p: QLabel(self)}
        self._set_up()

    def show_request(self, request: DrawRequest) -> None:
        controls = (self.temperature, self.top_p, self.blind)
        for control in controls:
            control.blockSignals(True)
        self.temperature.setValue(round(request.temperature * FINE))
        self.top_p.setValue(round(request.top_p * FINE))
        self.blind.setChecked(request.blind)
        for control in controls:
            control.blockSignals(False)
        self._show_numbers()

    def _set_up(self) -> None:
        self.temperature.setRange(round(MIN_TEMPERATURE * FINE), round(MAX_TEMPERATURE * FINE))
        self.top_p.setRange(round(MIN_TOP_P * FINE), FINE)
        self.blind.setToolTip(self.tr("Draw as a plain raster model would: from above and from the left alone"))
        for part, text in self._texts.items():
            part.setSingleStep(5)
            part.setPageStep(10)
            part.sliderPressed.connect(self.drag_began)
            part.sliderReleased.connect(self.drag_ended)
            part.valueChanged.connect(self._on_changed)
            text.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00"))
        self.blind.toggled.connect(self._on_changed)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        names = {self.temperature: self.tr("Temperature"), self.top_p: self.tr("Top-p")}
        for row, (part, text) in enumerate(self._texts.items()):
            grid.addWidget(QLabel(names[part], self), row, 0)
            grid.addWidget(part, row, 1)
            grid.addWidget(text, row, 2)

    def _show_numbers(self) -> None:
        for part, text in self._texts.items():
            text.setText(f"{part.value() / FINE:.2f}")

    @Slot()
    def _on_changed(self) -> None:
        self._show_numbers()
        self.changed.emit(self.temperature.value() / FINE, self.top_p.value() / FINE, self.blind.isChecked())


class CoverControl(QWidget):
    """Which part the model shall draw: a side and a share of it."""

    changed = Signal(str, float)
    drag_began = Signal()
    drag_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = QComboBox(self)
        self.share = slider(self.tr("Share"), self.tr("How much of the picture is covered, for the model to draw"))
        self.buttons: dict[int, QToolButton] = {}
        self._text = QLabel(self)
        self._rows = QVBoxLayout(self)
        self._set_up()
        self._lay_out()
        self.show_share("bottom", 0.5)

    @property
    def chosen(self) -> tuple[str, float]:
        """The side and the share as they stand."""
        return self.side.currentData(), self.share.value() / 100

    def show_sheet(self, sheet: Sheet) -> None:
        """What is covered, unless that is what stands here or cannot be said by a side and a share."""
        side, share = self.chosen
        found = edits.covered_side(sheet, side)
        lines = sheet.form.height if side in ("top", "bottom") else sheet.form.width
        if found is not None and (found[0], round(found[1] * lines)) != (side, round(share * lines)):
            self.show_share(*found)

    def show_share(self, side: str, share: float) -> None:
        """Show without telling."""
        for control in (self.side, self.share):
            control.blockSignals(True)
        self.side.setCurrentIndex(SIDES.index(side))
        self.share.setValue(round(100 * share))
        for control in (self.side, self.share):
            control.blockSignals(False)
        self._show_number()

    def _set_up(self) -> None:
        words = {
            "top": self.tr("From the top"),
            "bottom": self.tr("From the bottom"),
            "left": self.tr("From the left"),
            "right": self.tr("From the right"),
        }
        for side in SIDES:
            self.side.addItem(words[side], side)
        self.side.setAccessibleName(self.tr("Side"))
        self.side.setToolTip(self.tr("From which side the picture is covered"))
        self.side.currentIndexChanged.connect(self._on_changed)
        self.share.setRange(0, 100)
        self.share.setPageStep(25)
        self.share.sliderPressed.connect(self.drag_began)
        self.share.sliderReleased.connect(self.drag_ended)
        self.share.valueChanged.connect(self._on_changed)
        self._text.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.side)
        first.addWidget(self.share, 1)
        first.addWidget(self._text)
        second.setSpacing(4)
        told = {0: self.tr("Nothing"), 50: self.tr("Half"), 75: self.tr("Three quarters"), 100: self.tr("All")}
        for percent, name in told.items():
            button = QToolButton(self)
            button.setText(name)
            button.setAccessibleName(name)
            button.setToolTip(self.tr("Cover {} % of the picture").format(percent))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._on_button)
            self.buttons[percent] = button
            second.addWidget(button)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._rows.addLayout(first)
        self._rows.addLayout(second)

    def add_row(self, row: QWidget) -> None:
        """Something more about what the model sees."""
        self._rows.addWidget(row)

    def _show_number(self) -> None:
        self._text.setText(self.tr("{} %").format(self.share.value()))

    @Slot()
    def _on_changed(self) -> None:
        self._show_number()
        self.changed.emit(*self.chosen)

    @Slot()
    def _on_button(self) -> None:
        for percent, button in self.buttons.items():
            if button is self.sender():
                self.show_share(self.side.currentData(), percent / 100)
        self.changed.emit(*self.chosen)
