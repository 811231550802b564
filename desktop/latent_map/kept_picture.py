"""A layer that costs more to draw than to move: drawn once for a zoom, with what lies beyond the edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop.latent_map.map_frame import Frame

MARGIN = 0.25  # of the room, beyond each edge


class KeptPicture:
    """Draws anew only where the map moved farther than the margin, or it was told to forget.

    What a new zoom shows first is not kept: while somebody zooms, the next picture is another one.
    """

    def __init__(self) -> None:
        self._room: Frame | None = None  # the frame with its margins that the picture is of
        self._picture = QPixmap()
        self._scale = 0.0

    def forget(self) -> None:
        self._room = None

    def paint(self, painter: QPainter, frame: Frame, draw: Callable[[QPainter, Frame], None]) -> None:
        """Show what `draw` draws of a frame, or of a larger one that is kept."""
        if frame.scale != self._scale:
            self._scale = frame.scale
            painter.save()
            draw(painter, frame)
            painter.restore()
            return
        if self._room is None or not _covers(self._room, frame):
            self._room = replace(frame, width=frame.width * (1 + 2 * MARGIN), height=frame.height * (1 + 2 * MARGIN))
            self._picture = _drawn(self._room, draw)
        corner = frame.point(self._room.window.left, self._room.window.top)
        ratio = frame.ratio
        whole = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        painter.drawPixmap(whole, self._picture)


def _covers(room: Frame, frame: Frame) -> bool:
    if (room.scale, room.ratio) != (frame.scale, frame.ratio):
        return False
    corner = room.point(frame.x, frame.y) - QPointF(frame.width / 2, frame.height / 2)
    right, down = room.width - frame.width, room.height - frame.height
    return -0.5 <= corner.x() <= right + 0.5 and -0.5 <= corner.y() <= down + 0.5


def _drawn(room: Frame, draw: Callable[[QPainter, Frame], None]) -> QPixmap:
    picture = QPixmap(math.ceil(room.width * room.ratio), math.ceil(room.height * room.ratio))
    picture.setDevicePixelRatio(room.ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, room)
    painter.end()
    return picture
