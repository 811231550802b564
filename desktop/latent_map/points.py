"""The encoded data as points: one raster that is drawn anew when the zoom changes and only moved while panning."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop import theme
from desktop.latent_map import class_marks, plates
from desktop.latent_map.map_frame import Frame
from models.image_vae.codes import EncodedData, Plane

RADIUS = 3.25
APART = 12  # logical pixels; of the points in each square of a lattice at least so wide, one is shown
MARGIN = 0.25  # of the room that the raster reaches beyond each edge
NEAR = 10  # pixels at which a point is under the pointer

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Raster:
    """The points of a frame and its surroundings, as drawn: which rows, and a picture that reaches over the edges."""

    frame: Frame
    rows: Rows
    picture: QPixmap

    def covers(self, frame: Frame) -> bool:
        """Whether all that another frame shows is on the picture."""
        if (frame.scale, frame.ratio) != (self.frame.scale, self.frame.ratio):
            return False
        reach = self.frame.width * MARGIN, self.frame.height * MARGIN
        right, down = abs(self.frame.x - frame.x) * frame.scale, abs(self.frame.y - frame.y) * frame.scale
        return right <= reach[0] and down <= reach[1] and frame.room.size() == self.frame.room.size()


class Points:
    """Paints the encoded data; `hidden` are the names of classes that are filtered out."""

    def __init__(self) -> None:
        self.is_shown = True
        self.highlighted: int | None = None
        self._data: EncodedData | None = None
        self._places: Floats = np.zeros((0, 2))
        self._labels: Rows = np.zeros(0, np.intp)
        self._hidden: frozenset[str] = frozenset()
        self._raster: Raster | None = None
        self._stamps: dict[int, QPixmap] = {}

    def show_data(self, data: EncodedData | None) -> None:
        self._data, self._raster, self.highlighted = data, None, None
        self._places = np.zeros((0, 2))
        labels = np.zeros(0 if data is None else len(data)) if data is None or data.labels is None else data.labels
        self._labels = labels.astype(np.intp)

    def show_plane(self, plane: Plane) -> None:
        if self._data is not None:
            self._places = self._data.means[:, [plane.across, plane.up]].astype(np.float64)
        self._raster = None

    def hide(self, names: frozenset[str]) -> None:
        self._hidden, self._raster = names, None

    def forget_look(self) -> None:
        """Draw all anew: the colours have changed."""
        self._raster = None
        self._stamps.clear()

    def nearest(self, point: QPointF, frame: Frame) -> int | None:
        """The row of the point that is drawn under the pointer."""
        if not self.is_shown or self._raster is None or not len(self._raster.rows):
            return None
        rows = self._raster.rows
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
        if self._raster is None or not self._raster.covers(frame):
            self._raster = self._drawn(frame)
        drawn = self._raster.frame
        left = frame.across(drawn.x) - drawn.width * (0.5 + MARGIN)
        top = frame.down(drawn.y) - drawn.height * (0.5 + MARGIN)
        ratio = frame.ratio
        painter.drawPixmap(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), self._raster.picture)
        if self.highlighted is not None:
            self._paint_highlight(painter, frame, colours, self.highlighted)

    def _paint_highlight(self, painter: QPainter, frame: Frame, colours: theme.Colours, row: int) -> None:
        x, y = (float(number) for number in self._places[row])
        middle = frame.point(x, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = class_marks.mark_of(int(self._labels[row]))
        class_marks.paint(painter, middle, 2 * RADIUS, mark, QColor(255, 255, 255))
        name = self.name(row)
        if name:
            plates.beside(painter, middle + QPointF(3 * RADIUS + 4, 0), name, colours)

    def _drawn(self, frame: Frame) -> Raster:
        rows = self._thinned(frame)
        ratio = frame.ratio
        wide, high = frame.width * (1 + 2 * MARGIN), frame.height * (1 + 2 * MARGIN)
        picture = QPixmap(math.ceil(wide * ratio), math.ceil(high * ratio))
        picture.fill(Qt.GlobalColor.transparent)
        across = np.rint((frame.across(self._places[rows, 0]) + frame.width * MARGIN) * ratio)
        down = np.rint((frame.down(self._places[rows, 1]) + frame.height * MARGIN) * ratio)
        painter = QPainter(picture)
        for x, y, label in zip(across.tolist(), down.tolist(), self._labels[rows].tolist(), strict=True):
            stamp = self._stamp(label, ratio)
            painter.drawPixmap(int(x) - stamp.width() // 2, int(y) - stamp.height() // 2, stamp)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return Raster(frame, rows, picture)

    def _thinned(self, frame: Frame) -> Rows:
        """The rows to draw: near the frame, not filtered out, one in each square of a lattice that zooming halves."""
        x, y = self._places[:, 0], self._places[:, 1]
        shown = frame.window
        right, up = (shown.right - shown.left) * MARGIN, (shown.top - shown.bottom) * MARGIN
        is_near = (x > shown.left - right) & (x < shown.right + right) & (y > shown.bottom - up) & (y < shown.top + up)
        rows = np.flatnonzero(is_near & ~self._is_hidden())
        side = 2.0 ** -math.floor(math.log2(frame.scale / APART))
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
        if label not in self._stamps:
            halo = QColor(255, 255, 255, 200)
            self._stamps[label] = class_marks.stamp(class_marks.mark_of(label), RADIUS, halo, ratio)
        return self._stamps[label]
