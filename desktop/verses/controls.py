"""How to walk from the first line to the last: which way, and how faithful the ends."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from models.sentence_vae.path import PathRequest


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
