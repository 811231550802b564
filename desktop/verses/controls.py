"""How to walk from the first line to the last: how many verses, which way, and how faithful the ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QRadioButton, QSlider, QVBoxLayout, QWidget

from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest


class PointsControl(QWidget):
    """How many verses stand between the lines."""

    changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(MIN_POINTS, MAX_POINTS)
        self.slider.setPageStep(2)
        self.slider.setAccessibleName(self.tr("Verses between the lines"))
        self.slider.setToolTip(self.tr("How many verses stand between the two lines"))
        self._count = QLabel()
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance("00"))
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider.valueChanged.connect(self._on_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider)
        layout.addWidget(self._count)

    def show_request(self, request: PathRequest) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(request.points)
        self.slider.blockSignals(False)
        self._count.setNum(request.points)

    @Slot(int)
    def _on_changed(self, points: int) -> None:
        self._count.setNum(points)
        self.changed.emit(points)


class RouteControl(QWidget):
    """Straight through the code's space, or around its middle; and whether the ends are brought back first."""

    slerp_changed = Signal(bool)
    refine_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.straight = QRadioButton(self.tr("Straight"))
        self.straight.setToolTip(self.tr("Go straight from one line's code to the other's"))
        self.around = QRadioButton(self.tr("Around"))
        self.around.setToolTip(self.tr("Go round the middle of all codes, on the arc of a circle (slerp)"))
        self.refine = QCheckBox(self.tr("Return the ends as typed"))
        self.refine.setToolTip(self.tr("Look near each line's code for one that gives it back letter for letter"))
        group = QButtonGroup(self)
        group.addButton(self.straight)
        group.addButton(self.around)
        self.around.toggled.connect(self.slerp_changed)
        self.refine.toggled.connect(self.refine_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.straight)
        row.addWidget(self.around)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.refine)

    def show_request(self, request: PathRequest) -> None:
        for control in (self.straight, self.around, self.refine):
            control.blockSignals(True)
        self.straight.setChecked(not request.slerp)
        self.around.setChecked(request.slerp)
        self.refine.setChecked(request.refine)
        for control in (self.straight, self.around, self.refine):
            control.blockSignals(False)
