"""One image, large, its pixels squares; with the decoder's doubt over it where that is wanted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import images, theme
from desktop.widgets.grid import Grid

SMALLEST = 64
MOST_OPAQUE = 200  # of 255: the image stays to be seen under the greatest doubt
DOUBT = "#e69f00"


class ImageView(QWidget):
    """Blank until `show_image`, or words in its place."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self._veil: QImage | None = None
        self._words = ""
        self.setAccessibleName(name)
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, colours: NDArray[np.uint8] | None) -> None:
        """RGB (H, W, 3); None takes it away."""
        self.image = images.of_colours(colours) if colours is not None else None
        self.update()

    def show_doubt(self, doubt: NDArray[np.float32] | None, most: float = 1.0) -> None:
        """Bits (H, W) over the image, `most` of them nearly opaque; None shows the image alone."""
        self._veil = _veil(doubt, most) if doubt is not None else None
        self.update()

    def show_words(self, words: str) -> None:
        """What stands there while there is no image."""
        if words != self._words:
            self._words = words
            self.update()

    @property
    def shows_doubt(self) -> bool:
        return self._veil is not None

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    @property
    def place(self) -> QRectF:
        """Where the image is painted."""
        if self.image is None:
            side = min(self.width(), self.height()) - 2
            return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        room = QSizeF(self.width() - 2, self.height() - 2)
        fitted = Grid.fitted(self.image.height(), self.image.width(), room, self.devicePixelRatioF())
        return fitted.rect.translated(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours, place = theme.colours(self.palette()), self.place
        painter.setPen(QPen(colours.line, 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.image is None:
            painter.setPen(colours.quiet)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(8, 8, -8, -8), flags, self._words)
            return
        painter.drawImage(place, self.image)
        if self._veil is not None:
            painter.drawImage(place, self._veil)


def _veil(doubt: NDArray[np.float32], most: float) -> QImage:
    """One colour, the more opaque the more bits."""
    ink = QColor(DOUBT)
    rgba = np.empty((*doubt.shape, 4), np.uint8)
    rgba[..., :3] = ink.red(), ink.green(), ink.blue()
    rgba[..., 3] = (np.clip(doubt / most, 0, 1) * MOST_OPAQUE).astype(np.uint8)
    height, width = doubt.shape
    return QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
