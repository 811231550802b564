"""Layers of numbers over the ground: in steps, as a hiking map shows heights, and the scale that explains them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from desktop import theme
from desktop.latent_map import plates
from desktop.latent_map.map_frame import Frame
from models.image_vae.codes import Values, Window
from models.image_vae.scene import Overlay

BANDS = 6
FINEST = 640  # pixels of a layer's longer side
MOST_COVER = 0.82  # opacity of the highest step
SWATCH, HIGH = 22, 10  # pixels of a step in the scale
FIXED = {Overlay.HOLES: (0.0, 1.0)}  # ends that are the same on every map, so that two can be compared
NARROW = 420  # pixels of a map that has no room for more than one line


COLOURS = {  # of Okabe and Ito; each step covers more, so that they differ in lightness too
    Overlay.DENSITY: QColor("#0072b2"),
    Overlay.HOLES: QColor("#d55e00"),
    Overlay.SPREAD: QColor("#009e73"),
}


@dataclass(frozen=True, eq=False)
class Shown:
    """A layer as it is painted: a picture for a window, and the numbers at both ends of its scale."""

    kind: Overlay
    window: Window
    picture: QPixmap
    least: float
    most: float


class OverlayMark:
    """Paints one layer, or none."""

    def __init__(self) -> None:
        self.shown: Shown | None = None

    def show_values(self, kind: Overlay, values: Values, window: Window) -> None:
        """Numbers (rows, columns) over a window, the top row first; what is not finite stays clear."""
        least, most = FIXED.get(kind) or _ends(values)
        picture = _picture(_shares(values, least, most), COLOURS[kind])
        self.shown = Shown(kind, window, picture, least, most)

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self.shown is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            picture = self.shown.picture
            painter.drawPixmap(frame.rect(self.shown.window), picture, QRectF(picture.rect()))


class Note:
    """A sentence where a layer has nothing to show, in the scale's corner; painted unless it is empty."""

    def __init__(self) -> None:
        self.words = ""

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self.words:
            plates.in_corner(painter, frame.room, self.words, colours)


class Scale:
    """What the steps of a layer mean, in a corner."""

    def __init__(self, overlay: OverlayMark) -> None:
        self._overlay = overlay

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        shown = self._overlay.shown
        if shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.Size.SMALL))
        paint = _paint_line if frame.width < NARROW else _paint_plate
        paint(painter, frame, colours, shown)


def _paint_plate(painter: QPainter, frame: Frame, colours: theme.Colours, shown: Shown) -> None:
    """What it shows, the steps, and the numbers at their ends under them."""
    metrics, title, (low, high) = painter.fontMetrics(), words(shown.kind), _ends_told(shown)
    wide = max(metrics.horizontalAdvance(title), BANDS * SWATCH) + 16
    plate = QRectF(frame.width - wide - 8, 8, wide, 2 * metrics.height() + HIGH + 16)
    plates.ground(painter, plate, colours)
    inside = plate.adjusted(8, 5, -8, -5)
    steps = QRectF(inside.left(), inside.top() + metrics.height() + 3, BANDS * SWATCH, HIGH)
    under = QRectF(steps.left(), steps.bottom() + 1, steps.width(), metrics.height())
    _paint_steps(painter, steps, COLOURS[shown.kind], colours)
    painter.setPen(colours.text)
    painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
    painter.drawText(under, Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(under, Qt.AlignmentFlag.AlignRight, high)


def _paint_line(painter: QPainter, frame: Frame, colours: theme.Colours, shown: Shown) -> None:
    """Where there is little room: the steps between their numbers."""
    metrics, (low, high) = painter.fontMetrics(), _ends_told(shown)
    before, after = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
    wide = before + after + BANDS * HIGH + 20
    plate = QRectF(frame.width - wide - 6, 6, wide, metrics.height() + 2)
    plates.ground(painter, plate, colours)
    inside = plate.adjusted(5, 0, -5, 0)
    top = plate.center().y() - HIGH / 2
    _paint_steps(painter, QRectF(inside.left() + before + 5, top, BANDS * HIGH, HIGH), COLOURS[shown.kind], colours)
    painter.setPen(colours.text)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, high)


def words(kind: Overlay) -> str:
    """What a layer shows."""
    names = {
        Overlay.DENSITY: QCoreApplication.translate("map", "Density of the data"),
        Overlay.HOLES: QCoreApplication.translate("map", "Distance to the nearest data"),
        Overlay.SPREAD: QCoreApplication.translate("map", "Spread of the encoder, σ"),
    }
    return names[kind]


def _paint_steps(painter: QPainter, rect: QRectF, colour: QColor, colours: theme.Colours) -> None:
    painter.fillRect(rect, QColor(255, 255, 255))
    wide = rect.width() / BANDS
    for band in range(BANDS):
        step = QRectF(rect.left() + band * wide, rect.top(), wide, rect.height())
        painter.fillRect(step, _covering(colour, band))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(colours.quiet)
    painter.drawRect(rect)


def _covering(colour: QColor, band: int) -> QColor:
    covering = QColor(colour)
    covering.setAlphaF(MOST_COVER * band / (BANDS - 1))
    return covering


def _ends_told(shown: Shown) -> tuple[str, str]:
    """The numbers at both ends, as fine as the way between them."""
    if shown.kind is Overlay.HOLES:
        return "0", QCoreApplication.translate("map", "1 or more")
    way = shown.most - shown.least
    places = max(0, 1 - math.floor(math.log10(way))) if way > 0 else 2
    low, high = (f"{number:.{places}f}".replace("-", "−") for number in (shown.least, shown.most))
    return ("0" if float(f"{shown.least:.{places}f}") == 0 else low), high


def _ends(values: Values) -> tuple[float, float]:
    """The least and the most of the finite numbers; 0 and 1 where there are none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def _shares(values: Values, least: float, most: float) -> NDArray[np.uint8]:
    """Between the ends, from 0 to 255, held at the ends; 0 where the layer is level or a number is not finite."""
    room = most - least
    if room <= 0:
        return np.zeros(values.shape, np.uint8)
    shares: NDArray[np.float32] = np.where(np.isfinite(values), np.clip((values - least) / room, 0, 1), 0)
    return np.rint(shares * 255).astype(np.uint8)


def _picture(shares: NDArray[np.uint8], colour: QColor) -> QPixmap:
    """Enlarged smoothly, then cut into steps with a line between them."""
    bands = _enlarged(shares).astype(np.intp) * BANDS // 256
    is_line = np.zeros(bands.shape, bool)
    is_line[:, 1:] |= bands[:, 1:] != bands[:, :-1]
    is_line[1:] |= bands[1:] != bands[:-1]
    table = np.array([_covering(colour, band).rgba() for band in range(BANDS)], np.uint32)
    colours = np.where(is_line, np.uint32(_line(colour).rgba()), table[bands])
    height, width = colours.shape
    return QPixmap.fromImage(QImage(colours.data, width, height, 4 * width, QImage.Format.Format_ARGB32))


def _enlarged(shares: NDArray[np.uint8]) -> NDArray[np.uint8]:
    whole = np.ascontiguousarray(shares)
    rows, columns = whole.shape
    small = QImage(whole.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    size = small.size() * max(1, FINEST // max(rows, columns))
    mode = Qt.TransformationMode.SmoothTransformation
    large = small.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    lines = np.frombuffer(large.constBits(), np.uint8).reshape(large.height(), large.bytesPerLine())
    return lines[:, : large.width()].copy()


def _line(colour: QColor) -> QColor:
    line = colour.darker(150)
    line.setAlphaF(0.7)
    return line
