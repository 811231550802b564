"""The ground of the map: decoded images, tile beside tile; what is missing yet is filled by what there was."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap

from desktop import theme
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.tile_cache import TileCache
from models.image_vae.codes import CELLS, FARTHEST, Plane, TileKey, Window
from models.sprites.form import Format

WORLD = Window(-FARTHEST, -FARTHEST, FARTHEST, FARTHEST)


class Ground:
    """Paints the tiles of a plane; `form` is None where no model is there to decode any."""

    def __init__(self) -> None:
        self.form: Format | None = None
        self.plane: Plane | None = None
        self._tiles = TileCache()
        self._left: tuple[Window, QPixmap] | None = None  # what another plane showed, until this one has its tiles

    def show_model(self, form: Format | None) -> None:
        if form != self.form:
            self.form = form
            self.clear()

    def show_plane(self, plane: Plane, frame: Frame) -> None:
        """Another plane; the picture of the last one stays beneath until the new tiles have come."""
        if self.plane is not None and len(self._tiles):
            picture = QPixmap(frame.room.size().toSize() * frame.ratio)
            picture.setDevicePixelRatio(frame.ratio)
            picture.fill("transparent")
            painter = QPainter(picture)
            self._paint_tiles(painter, frame)
            painter.end()
            self._left = (frame.window, picture)
        self.plane = plane

    def take(self, key: TileKey, pixels: NDArray[np.uint8]) -> None:
        """A decoded tile (CELLS·H, CELLS·W, 3)."""
        if self.form is not None:
            self._tiles.put(key, _pixmap(squared(pixels, self.form)))

    def clear(self) -> None:
        self._tiles.clear()
        self._left = None

    def missing(self, frame: Frame) -> tuple[TileKey, ...]:
        """The tiles to be seen that are still to be decoded, nearest the middle first."""
        found = tuple(key for key in self._shown(frame) if key not in self._tiles)
        if not found:
            self._left = None
        return found

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        painter.fillRect(frame.room, colours.ground)
        painter.save()
        painter.setClipRect(frame.rect(WORLD).intersected(frame.room))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self._paint_tiles(painter, frame)
        painter.restore()

    def _paint_tiles(self, painter: QPainter, frame: Frame) -> None:
        keys = self._shown(frame)
        pictures = [(key, self._tiles.get(key)) for key in keys]
        if self._left is not None:
            window, left = self._left
            painter.drawPixmap(frame.rect(window), left, QRectF(left.rect()))
        for key, picture in pictures:
            if picture is None:
                self._paint_stand_ins(painter, frame, key)
        for key, picture in pictures:
            if picture is not None:
                painter.drawPixmap(frame.rect(key.window), picture, QRectF(picture.rect()))

    def _paint_stand_ins(self, painter: QPainter, frame: Frame, key: TileKey) -> None:
        target = frame.rect(key.window)
        for other, picture in self._tiles.stand_ins(key):
            if other.level > key.level:
                painter.drawPixmap(frame.rect(other.window), picture, QRectF(picture.rect()))
            else:
                painter.drawPixmap(target, picture, _part(key, other, picture))

    def _shown(self, frame: Frame) -> tuple[TileKey, ...]:
        if self.form is None or self.plane is None:
            return ()
        return frame.tiles(self.plane, frame.level(max(self.form.height, self.form.width)))


def squared(pixels: NDArray[np.uint8], form: Format) -> NDArray[np.uint8]:
    """A tile whose images are square, as its cells are: paper at their sides."""
    side = max(form.height, form.width)
    if form.height == form.width:
        return pixels
    cells = np.full((CELLS, side, CELLS, side, 3), form.table[form.paper], np.uint8)
    top, left = (side - form.height) // 2, (side - form.width) // 2
    images = pixels.reshape(CELLS, form.height, CELLS, form.width, 3)
    cells[:, top : top + form.height, :, left : left + form.width] = images
    return cells.reshape(CELLS * side, CELLS * side, 3)


def _part(key: TileKey, around: TileKey, picture: QPixmap) -> QRectF:
    """The part of a coarser tile's picture that a tile covers."""
    parts = 2 ** (key.level - around.level)
    wide, high = picture.width() / parts, picture.height() / parts
    column, row = key.column - around.column * parts, key.row - around.row * parts
    return QRectF(QPointF(column * wide, (parts - 1 - row) * high), QRectF(0, 0, wide, high).size())


def _pixmap(pixels: NDArray[np.uint8]) -> QPixmap:
    whole = np.ascontiguousarray(pixels)
    height, width = whole.shape[:2]
    return QPixmap.fromImage(QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888))
