"""The decoded tiles that are kept, the least recently seen given up first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtGui import QPixmap

from models.image_vae.codes import MIN_LEVEL, TileKey

MOST_BYTES = 64 * 2**20
FINER = 2  # levels that stand in while a coarser tile is missing


class TileCache:
    """Pictures by their key, up to so many bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[TileKey, QPixmap] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: TileKey) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: TileKey) -> QPixmap | None:
        """The picture of a tile, which counts as seen now."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: TileKey, picture: QPixmap) -> None:
        """Keep a tile; others go where room is needed."""
        self._bytes += _size(picture) - _size(self._kept.pop(key, QPixmap()))
        self._kept[key] = picture
        while self._bytes > self._most and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)

    def clear(self) -> None:
        self._kept.clear()
        self._bytes = 0

    def stand_ins(self, key: TileKey) -> Iterator[tuple[TileKey, QPixmap]]:
        """What is kept of a missing tile's square: the nearest coarser tile around it, then finer ones within it."""
        around = key
        while around.level > MIN_LEVEL:
            around = replace(around, level=around.level - 1, column=around.column // 2, row=around.row // 2)
            picture = self.get(around)
            if picture is not None:
                yield around, picture
                break
        for finer in range(1, FINER + 1):
            for within in _within(key, finer):
                picture = self.get(within)
                if picture is not None:
                    yield within, picture


def _within(key: TileKey, finer: int) -> Iterator[TileKey]:
    """The tiles so many levels finer that fill a tile's square."""
    parts = 2**finer
    for column in range(key.column * parts, (key.column + 1) * parts):
        for row in range(key.row * parts, (key.row + 1) * parts):
            yield replace(key, level=key.level + finer, column=column, row=row)


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
