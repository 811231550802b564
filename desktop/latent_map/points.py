"""The encoded data as points: one raster that is drawn anew when the zoom changes and only moved while panning."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop import theme
from desktop.latent_map import class_marks, plates
from desktop.latent_map.kept_picture import KeptPicture
from desktop.latent_map.map_frame import Frame
from models.image_vae.codes import EncodedData, Plane

RADIUS = 3.25
APART = 18  # logical pixels; of the points in each square of a lattice at least so wide, one is shown
NEAR = 10  # pixels at which a point is under the pointer
HALO = QColor(255, 255, 255, 200)

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


class Points:
    """Paints the encoded data; `hidden` are the names of classes that are filtered out."""

    def __init__(self) -> None:
        self.is_shown = True
        self.highlighted: int | None = None
        self._data: EncodedData | None = None
        self._places: Floats = np.zeros((0, 2))
        self._labels: Rows = np.zeros(0, np.intp)
        self._hidden: frozenset[str] = frozenset()
        self._left: dict[int, Rows] = {}  # what thinning leaves, by the lattice's octave
        self._kept = KeptPicture()
        self._drawn: Rows = np.zeros(0, np.intp)  # the rows that are on the kept picture
        self._stamps: dict[tuple[int, float], QPixmap] = {}

    def show_data(self, data: EncodedData | None) -> None:
        self._data, self.highlighted = data, None
        self._places, self._drawn = np.zeros((0, 2)), np.zeros(0, np.intp)
        labels = None if data is None else data.labels
        self._labels = np.zeros(len(data or ()), np.intp) if labels is None else labels.astype(np.intp)
        self._forget()

    def show_plane(self, plane: Plane) -> None:
        if self._data is not None:
            self._places = self._data.means[:, [plane.across, plane.up]].astype(np.float64)
        self._forget()

    def hide(self, names: frozenset[str]) -> bool:
        """Filter out the classes of these names; returns whether they are others than before."""
        is_other = names != self._hidden
        if is_other:
            self._hidden, self.highlighted = names, None
            self._forget()
        return is_other

    def nearest(self, point: QPointF, frame: Frame) -> int | None:
        """The row of the point that is drawn under the pointer."""
        rows = self._drawn
        if not self.is_shown or not len(rows):
            return None
        right = frame.across(self._places[rows, 0]) - point.x()
        down = frame.down(self._places[rows, 1]) - point.y()
        distances = np.hypot(right, down)
        best = int(distances.argmin())
        return int(rows[best]) if distances[best] <= NEAR else None

    def name(self, row: int) -> str:
        """What a row is called; "" where the data has no labels."""
        data = self._data
        return "" if data is None or data.labels is None or not data.names else data.names[int(data.labels[row])]

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if not self.is_shown or not len(self._places):
            return
        self._kept.paint(painter, frame, self._draw)

    def paint_highlighted(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        """The row under the pointer, larger, with its name beside it."""
        row = self.highlighted
        if row is None or not self.is_shown:
            return
        x, y = (float(number) for number in self._places[row])
        middle = frame.point(x, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = class_marks.mark_of(int(self._labels[row]))
        class_marks.paint(painter, middle, 2 * RADIUS, mark, QColor(255, 255, 255))
        if self.name(row):
            plates.beside(painter, middle + QPointF(3 * RADIUS + 4, 0), self.name(row), colours)

    def _forget(self) -> None:
        self._left.clear()
        self._kept.forget()

    def _draw(self, painter: QPainter, room: Frame) -> None:
        rows = self._drawn = self._in(room)
        painter.scale(1 / room.ratio, 1 / room.ratio)  # stamps lie on whole device pixels
        across = np.rint(room.across(self._places[rows, 0]) * room.ratio)
        down = np.rint(room.down(self._places[rows, 1]) * room.ratio)
        for x, y, label in zip(across.tolist(), down.tolist(), self._labels[rows].tolist(), strict=True):
            stamp = self._stamp(label, room.ratio)
            painter.drawPixmap(int(x) - stamp.width() // 2, int(y) - stamp.height() // 2, stamp)

    def _in(self, room: Frame) -> Rows:
        """The rows to draw: of those that zooming out has left over, the ones in the room."""
        octave = math.floor(math.log2(room.scale / APART))
        if octave not in self._left:
            self._left[octave] = self._thinned(2.0**-octave)
        rows, shown = self._left[octave], room.window
        x, y = self._places[rows, 0], self._places[rows, 1]
        return np.asarray(rows[(x > shown.left) & (x < shown.right) & (y > shown.bottom) & (y < shown.top)])

    def _thinned(self, side: float) -> Rows:
        """Of the rows that are not filtered out the first in each square of a lattice, wherever one looks."""
        rows = np.flatnonzero(~self._is_hidden())
        squares = np.floor(self._places[rows] / side).astype(np.int64)
        _, first = np.unique(squares[:, 0] * 2**32 + squares[:, 1], return_index=True)
        return np.asarray(rows[np.sort(first)])

    def _is_hidden(self) -> NDArray[np.bool_]:
        data = self._data
        if data is None or data.labels is None or not self._hidden:
            return np.zeros(len(self._places), bool)
        table = np.array([name in self._hidden for name in data.names], bool)
        return table[self._labels]

    def _stamp(self, label: int, ratio: float) -> QPixmap:
        if (label, ratio) not in self._stamps:
            self._stamps[label, ratio] = class_marks.stamp(class_marks.mark_of(label), RADIUS, HALO, ratio)
        return self._stamps[label, ratio]


class Highlight:
    """The point under the pointer, above all that lies on the others."""

    def __init__(self, points: Points) -> None:
        self._points = points

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        self._points.paint_highlighted(painter, frame, colours)
