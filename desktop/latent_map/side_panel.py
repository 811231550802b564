"""Beside the map: this place, or one's own picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.latent_map.picture_panel import PicturePanel
from desktop.latent_map.place_panel import PlacePanel

NARROW, WIDE = 216, 360


class SidePanel(QWidget):
    """One of the two is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = PlacePanel()
        self.picture = PicturePanel()
        self.place_button = QPushButton(self.tr("This place"), self)
        self.picture_button = QPushButton(self.tr("Your picture"), self)
        self._stack = QStackedWidget(self)
        self._set_up()

    @property
    def shows_picture(self) -> bool:
        return self._stack.currentWidget() is self.picture

    @Slot()
    def show_place(self) -> None:
        self._turn(self.place)

    @Slot()
    def show_picture(self) -> None:
        self._turn(self.picture)

    def _set_up(self) -> None:
        self.place_button.setToolTip(self.tr("What the decoder imagines where the cursor is"))
        self.picture_button.setToolTip(self.tr("Draw a picture, and see where it lands on the map"))
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in (self.place_button, self.picture_button):
            button.setCheckable(True)
            button.setAccessibleName(button.text())
            group.addButton(button)
            row.addWidget(button)
        self.place_button.setChecked(True)
        group.buttonClicked.connect(self._on_clicked)
        self._stack.addWidget(self.place)
        self._stack.addWidget(self.picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._stack, 1)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _turn(self, panel: QWidget) -> None:
        self._stack.setCurrentWidget(panel)
        (self.picture_button if self.shows_picture else self.place_button).setChecked(True)

    @Slot()
    def _on_clicked(self) -> None:
        self._turn(self.picture if self.picture_button.isChecked() else self.place)
