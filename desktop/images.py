"""Sprites as pictures for the screen, the clipboard and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap

from models.errors import InputError
from models.sprites.form import Format, Mask, Pixels

if TYPE_CHECKING:
    from models.sprites.pictures import Picture

EXPORT_SIDE = 512  # of a saved picture, at most
PASTED_SIDE = 2048  # of a pasted picture, in pixels; larger ones are averaged down


def of_colours(colours: NDArray[np.uint8]) -> QImage:
    """Colours (H, W, 3) as a picture of as many pixels."""
    whole = np.ascontiguousarray(colours)
    height, width = whole.shape[:2]
    return QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def of_sprite(form: Format, pixels: Pixels, scale: int = 1) -> QImage:
    """A sprite (H, W), each pixel `scale` wide and high."""
    image = of_colours(form.table[pixels])
    return image.scaled(image.size() * scale) if scale > 1 else image


def of_sheet(form: Format, pixels: Pixels, missing: Mask, scale: int) -> QImage:
    """A sprite (H, W) of which some pixels (H, W) are missing: they are transparent."""
    opaque = np.where(missing, 0, 255).astype(np.uint8)
    colours = np.ascontiguousarray(np.dstack([form.table[pixels], opaque]))
    image = QImage(colours.data, form.width, form.height, 4 * form.width, QImage.Format.Format_RGBA8888)
    return image.scaled(image.size() * scale) if scale > 1 else image.copy()


def export_scale(form: Format) -> int:
    """The whole number by which a saved picture is larger than its sprite."""
    return max(1, EXPORT_SIDE // max(form.height, form.width))


def thumbnail(image: QImage, room: QSize, ratio: float) -> QPixmap:
    """The picture as large as fits, small ones by a whole number; `room` in logical pixels, `ratio` of the screen."""
    most = room * ratio
    scale = min(most.width() // image.width(), most.height() // image.height())
    if scale >= 1:
        scaled = image.scaled(image.size() * scale)
    else:
        mode = Qt.TransformationMode.SmoothTransformation
        scaled = image.scaled(most, Qt.AspectRatioMode.KeepAspectRatio, mode)
    pixmap = QPixmap.fromImage(scaled)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def colour(form: Format, index: int) -> QColor:
    """A colour of the palette."""
    return QColor(*form.palette[index])


def rgba(image: QImage, most: int) -> NDArray[np.uint8]:
    """A picture's colours and opacity (H, W, 4); averaged down where a side is longer than `most` pixels."""
    if max(image.width(), image.height()) > most:
        size = image.size().scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        mode = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4).copy()


def as_picture(image: QImage) -> Picture:
    """A picture that was pasted or dropped as such, large ones averaged down. Raises `InputError`.

    For a worker's thread: Pillow comes with it, and it takes long.
    """
    from models.sprites.pictures import MAX_FILE_PIXELS, Picture

    if image.width() * image.height() > MAX_FILE_PIXELS:
        sentence = "The pasted picture is too large: at most {most} million pixels can be taken."
        raise InputError(sentence, most=MAX_FILE_PIXELS // 1_000_000)
    return Picture(rgba(image, PASTED_SIDE))


def icon(picture: QImage | QPixmap) -> QIcon:
    """A picture on a button."""
    return QIcon(picture if isinstance(picture, QPixmap) else QPixmap.fromImage(picture))
