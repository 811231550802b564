"""A slider with its number beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.widgets.slider import slider


class NumberSlider(QWidget):
    """`changed` carries the number when a person has let go of the slider: one drag is one step.

    The numbers go from `low` to `high` by `step`, both whole numbers of steps, and are written as `form` says.
    """

    changed = Signal(float)

    def __init__(self, name: str, tip: str, low: float, high: float, step: float = 1, form: str = "{:.0f}") -> None:
        super().__init__()
        self._step = step
        self._form = form
        self.slider = slider(name, tip)
        self.slider.setRange(round(low / step), round(high / step))
        self.slider.setPageStep(2)
        self.slider.setTracking(False)
        self._number = QLabel()
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance(form.format(high)))
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider.sliderMoved.connect(self._tell)
        self.slider.valueChanged.connect(self._on_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider)
        layout.addWidget(self._number)

    @property
    def number(self) -> str:
        """What stands beside the slider."""
        return self._number.text()

    def show_number(self, number: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(number / self._step))
        self.slider.blockSignals(False)
        self._tell(self.slider.value())

    @Slot(int)
    def _tell(self, place: int) -> None:
        self._number.setText(self._form.format(place * self._step))

    @Slot(int)
    def _on_changed(self, place: int) -> None:
        self._tell(place)
        self.changed.emit(place * self._step)
