"""A code of many numbers: which two of them the map shows, and a slider for each of the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from desktop import icons
from desktop.latent_map import words
from desktop.widgets.quiet_label import quiet_label
from models.image_vae.codes import Code
from models.image_vae.scene import Scene

REACH, FINE = 4.0, 100  # units to each side of 0; slider steps a unit
HEIGHT = 64


class Mixer(QWidget):
    """`code_changed` carries the whole code, `free_changed` the two numbers that the map shows."""

    code_changed = Signal(object)
    free_changed = Signal(int, int)
    drag_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.across, self.up = QComboBox(self), QComboBox(self)
        self.dice = QToolButton(self)
        self.sliders: list[QSlider] = []
        self._headings: list[QLabel] = []
        self._texts: list[QLabel] = []
        self._code: Code = ()
        self._strip = QGridLayout()
        self._set_up()
        self._lay_out()
        self.hide()

    def show_scene(self, scene: Scene) -> None:
        """Hidden where a code has no number but those of the map, and where two maps need the room."""
        self.setVisible(scene.dimensions > 2 and not scene.beside)
        if scene.dimensions <= 2:
            return
        if len(self.sliders) != scene.dimensions:
            self._show_dimensions(scene.dimensions)
        self._code = scene.code
        for box, place in ((self.across, scene.across), (self.up, scene.up)):
            box.blockSignals(True)
            box.setCurrentIndex(place)
            box.blockSignals(False)
        for place, slider in enumerate(self.sliders):
            is_free = place in (scene.across, scene.up)
            slider.blockSignals(True)
            slider.setValue(round(scene.code[place] * FINE))
            slider.blockSignals(False)
            slider.setEnabled(not is_free)
            self._show_number(place, is_free=is_free)

    def _show_number(self, place: int, *, is_free: bool) -> None:
        label = self._texts[place]
        label.setText(words.number(self._code[place], 1))
        arrow = "" if not is_free else (" ↔" if place == self.across.currentIndex() else " ↕")
        self._headings[place].setText(f"{place + 1}{arrow}")

    def _show_dimensions(self, dimensions: int) -> None:
        for box in (self.across, self.up):
            box.blockSignals(True)
            box.clear()
            box.addItems([str(place + 1) for place in range(dimensions)])
            box.blockSignals(False)
        while (item := self._strip.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.sliders, self._headings, self._texts = [], [], []
        for place in range(dimensions):
            self._add_slider(place)

    def _add_slider(self, place: int) -> None:
        slider = QSlider(Qt.Orientation.Vertical, self)
        slider.setRange(round(-REACH * FINE), round(REACH * FINE))
        slider.setPageStep(FINE // 2)
        slider.setSingleStep(FINE // 10)
        slider.setFixedHeight(HEIGHT)
        slider.setAccessibleName(self.tr("Number {}").format(place + 1))
        slider.setToolTip(self.tr("Number {} of the code; the map's own two follow the cursor").format(place + 1))
        slider.valueChanged.connect(self._on_slider)
        slider.sliderReleased.connect(self.drag_ended)
        heading, text = quiet_label(str(place + 1)), quiet_label()
        for label in (heading, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setMinimumWidth(text.fontMetrics().horizontalAdvance("−0.0"))
        for row, widget in enumerate((heading, slider, text)):
            self._strip.addWidget(widget, row, place, Qt.AlignmentFlag.AlignHCenter)
        self.sliders.append(slider)
        self._headings.append(heading)
        self._texts.append(text)

    def _set_up(self) -> None:
        names = {self.across: self.tr("Number to the right"), self.up: self.tr("Number upwards")}
        for box, name in names.items():
            box.setAccessibleName(name)
            box.setToolTip(self.tr("Which number of the code grows in this direction on the map"))
            box.currentIndexChanged.connect(self._on_free)
        self.dice.setAccessibleName(self.tr("Spin the other numbers"))
        self.dice.setToolTip(self.tr("Draw the numbers that the map does not show anew (Ctrl+Shift+D)"))
        self.dice.setAutoRaise(True)
        icons.set_icon(self.dice, "dice", self.palette())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(self.tr("On the map"), self))
        row.addWidget(self.across)
        row.addWidget(QLabel("↔", self))
        row.addWidget(self.up)
        row.addWidget(QLabel("↕", self))
        row.addStretch(1)
        row.addWidget(QLabel(self.tr("Spin the others"), self))
        row.addWidget(self.dice)
        self._strip.setContentsMargins(0, 0, 0, 0)
        self._strip.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addLayout(self._strip)

    @Slot()
    def _on_slider(self) -> None:
        numbers = list(self._code)
        for place, slider in enumerate(self.sliders):
            if slider is self.sender():
                numbers[place] = slider.value() / FINE
        self.code_changed.emit(tuple(numbers))

    @Slot()
    def _on_free(self) -> None:
        """The two are never the same: the other one takes the place that was left."""
        across, up = self.across.currentIndex(), self.up.currentIndex()
        if across == up:
            other = self.up if self.sender() is self.across else self.across
            left = next(place for place in range(len(self.sliders)) if place != across)
            other.blockSignals(True)
            other.setCurrentIndex(left)
            other.blockSignals(False)
        self.free_changed.emit(self.across.currentIndex(), self.up.currentIndex())
