"""Random codes, decoded: what a model imagines where nobody told it what to imagine."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop import images
from desktop.latent_map import words
from desktop.latent_map.work import RANDOM_CODES
from models.image_vae.codes import Imagined

ROWS = 2
FEWEST = 5  # images in a row, where there is room for them at `SMALLEST`
SMALLEST = 40  # logical pixels of an image's side
FRAME = 4  # around both sides of an image together


class RandomRow(QWidget):
    """As many as find room, enlarged by a whole number. `chosen` carries the place of the code to go to."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [QToolButton(self) for _ in range(RANDOM_CODES)]
        self._imagined: Imagined | None = None
        for place, button in enumerate(self.buttons):
            button.setAutoRaise(True)
            button.setEnabled(False)
            button.setToolTip(self.tr("Go to this random code"))
            button.setAccessibleName(self.tr("Random code {}").format(place + 1))
            button.clicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange()

    def show_imagined(self, imagined: Imagined | None) -> None:
        """None while nothing is known."""
        if imagined is not self._imagined:
            self._imagined = imagined
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(FEWEST * (SMALLEST + FRAME), ROWS * (SMALLEST + FRAME))

    def _arrange(self) -> None:
        """Every button in its place; those for which there is none are hidden."""
        shown, ratio = self._imagined, self.devicePixelRatioF()
        side = SMALLEST if shown is None else fitting(max(shown.images.shape[1:3]), self.width(), ratio)
        cell = side + FRAME
        columns = max(1, min(self.width() // cell, len(self.buttons) // ROWS))
        for place, button in enumerate(self.buttons):
            row, column = divmod(place, columns)
            button.setGeometry(QRect(column * cell, row * cell, cell, cell))
            button.setVisible(row < ROWS)
            button.setEnabled(shown is not None)
        self.setFixedHeight(ROWS * cell)
        if shown is not None:
            self._draw(shown, QSize(side, side))

    def _draw(self, shown: Imagined, room: QSize) -> None:
        for place, button in enumerate(self.buttons):
            picture = images.thumbnail(images.of_colours(shown.images[place]), room, self.devicePixelRatioF())
            button.setIconSize(room)
            button.setIcon(images.icon(picture))
            button.setAccessibleDescription(words.code(shown.codes[place].tolist(), 1))

    @Slot()
    def _on_clicked(self) -> None:
        for place, button in enumerate(self.buttons):
            if button is self.sender():
                self.chosen.emit(place)


def fitting(pixels: int, width: int, ratio: float) -> int:
    """The side, in logical pixels, of images of so many pixels that are to stand in a row of a width.

    Their pixels become squares of a whole number of the screen's own, `ratio` to a logical one: as large as leaves
    room for `FEWEST` images, and no smaller than `SMALLEST`.
    """
    least = math.ceil(SMALLEST * ratio / pixels)
    most = math.floor((width / FEWEST - FRAME) * ratio / pixels)
    return math.ceil(max(least, most) * pixels / ratio)
