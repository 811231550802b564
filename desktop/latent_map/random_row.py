"""Random codes, decoded: what a model imagines where nobody told it what to imagine."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from desktop import images
from desktop.latent_map import words
from desktop.latent_map.work import RANDOM_CODES
from models.image_vae.codes import Imagined

COLUMNS = 6
SMALLEST, LARGEST, FRAME = 24, 72, 6  # of an image's side; around it


class RandomRow(QWidget):
    """`chosen` carries the place of the code that a person wants to go to."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [QToolButton(self) for _ in range(RANDOM_CODES)]
        self._imagined: Imagined | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for place, button in enumerate(self.buttons):
            button.setAutoRaise(True)
            button.setEnabled(False)
            button.setToolTip(self.tr("Go to this random code"))
            button.setAccessibleName(self.tr("Random code {}").format(place + 1))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            button.clicked.connect(self._on_clicked)
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self.setMinimumHeight(2 * (SMALLEST + FRAME))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def side(self) -> int:
        """Of an image, in logical pixels."""
        return min(max(self.width() // COLUMNS - FRAME, SMALLEST), LARGEST)

    def show_imagined(self, imagined: Imagined | None) -> None:
        """None while nothing is known."""
        if imagined is not self._imagined:
            self._imagined = imagined
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(2 * (self.side + FRAME))
        self._draw()

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * (SMALLEST + FRAME), 2 * (SMALLEST + FRAME))

    def _draw(self) -> None:
        room = QSize(self.side, self.side)
        for place, button in enumerate(self.buttons):
            button.setEnabled(self._imagined is not None)
            if self._imagined is None:
                continue
            picture = images.thumbnail(images.of_colours(self._imagined.images[place]), room, self.devicePixelRatioF())
            button.setIconSize(room)
            button.setIcon(images.icon(picture))
            button.setAccessibleDescription(words.code(self._imagined.codes[place].tolist(), 1))

    @Slot()
    def _on_clicked(self) -> None:
        for place, button in enumerate(self.buttons):
            if button is self.sender():
                self.chosen.emit(place)
