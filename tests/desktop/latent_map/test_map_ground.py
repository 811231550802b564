"""The ground: which image lies where, what stands in for a missing one, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.latent_map.ground import Ground, squared
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.tile_cache import TileCache
from models.image_vae.codes import CELLS, FARTHEST, Plane, TileKey
from models.sprites.form import Format
from tests.desktop.latent_map.charting import FLAT, FORM, colour_of_place, tile_of

FRAME = Frame(0.3, -0.2, 110.0, 400.0, 300.0)
LEVEL = FRAME.level(12)


@pytest.fixture
def ground(qapp: QApplication) -> Ground:
    ground = Ground()
    ground.show_model(FORM)
    ground.show_plane(FLAT, FRAME)
    return ground


def give(ground: Ground, frame: Frame) -> None:
    for key in ground.missing(frame):
        ground.take(key, tile_of(key))


def painted(ground: Ground, frame: Frame) -> QImage:
    image = QImage(round(frame.width * frame.ratio), round(frame.height * frame.ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(frame.ratio)
    painter = QPainter(image)
    ground.paint(painter, frame, theme.colours(QApplication.palette()))
    painter.end()
    return image


def colour_at(image: QImage, frame: Frame, place: tuple[float, float]) -> QColor:
    point = frame.point(*place) * frame.ratio
    return image.pixelColor(QPoint(int(point.x()), int(point.y())))


def middles(frame: Frame, level: int) -> list[tuple[float, float]]:
    """The middle of every cell that is wholly shown."""
    cell, shown = 2.0**-level, frame.window
    columns = range(int(np.ceil(shown.left / cell)), int(np.floor(shown.right / cell)))
    rows = range(int(np.ceil(shown.bottom / cell)), int(np.floor(shown.top / cell)))
    return [((column + 0.5) * cell, (row + 0.5) * cell) for column in columns for row in rows]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_every_image_lies_at_its_code(ground: Ground, ratio: float) -> None:
    frame = replace(FRAME, ratio=ratio)
    give(ground, frame)
    image = painted(ground, frame)
    places = middles(frame, LEVEL)
    assert len(places) > 50
    wrong = [place for place in places if colour_at(image, frame, place) != colour_of_place(LEVEL, *place)]
    assert wrong == []


def test_there_are_no_seams(ground: Ground) -> None:
    """Tiles of one colour make a picture of one colour, at many offsets and scales."""
    for step in range(12):
        frame = Frame(0.3 + step * 0.137, -0.2, 110.0 + 7.3 * step, 400.0, 300.0)
        for key in ground.missing(frame):
            ground.take(key, np.full((CELLS * 12, CELLS * 12, 3), 77, np.uint8))
        image = painted(ground, frame)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(300, 400, 4)[:, :, :3]
        assert (pixels == 77).all()


def test_zoomed_in_the_detail_is_new(ground: Ground) -> None:
    give(ground, FRAME)
    near = FRAME.zoomed(4, FRAME.room.center())
    assert near.level(12) == LEVEL + 2
    give(ground, near)
    image = painted(ground, near)
    assert all(colour_at(image, near, place) == colour_of_place(LEVEL + 2, *place) for place in middles(near, 4))


def test_until_finer_tiles_come_the_coarser_ones_are_enlarged(ground: Ground) -> None:
    give(ground, FRAME)
    near = FRAME.zoomed(4, FRAME.room.center())
    assert ground.missing(near)
    image = painted(ground, near)
    wrong = [p for p in middles(near, LEVEL + 2) if colour_at(image, near, p) != colour_of_place(LEVEL, *p)]
    assert wrong == []


def test_until_coarser_tiles_come_the_finer_ones_stand_where_they_were(ground: Ground) -> None:
    give(ground, FRAME)
    far = FRAME.zoomed(0.5, FRAME.room.center())
    image = painted(ground, far)
    assert colour_at(image, far, (0.31, -0.19)) == colour_of_place(LEVEL, 0.31, -0.19)
    blank = theme.colours(QApplication.palette()).ground
    assert image.pixelColor(1, 1) == blank, "nothing is known there yet"


def test_another_plane_keeps_the_picture_until_its_tiles_come(ground: Ground) -> None:
    give(ground, FRAME)
    before = painted(ground, FRAME)
    ground.show_plane(Plane((0.0, 0.0, 1.5)), FRAME)
    missing = ground.missing(FRAME)
    assert missing, "they are asked for all the same"
    assert painted(ground, FRAME) == before
    ground.take(missing[0], np.full((CELLS * 12, CELLS * 12, 3), 9, np.uint8))
    assert painted(ground, FRAME) != before
    give(ground, FRAME)
    ground.missing(FRAME)
    ground.clear()
    assert painted(ground, FRAME).pixelColor(200, 150) == theme.colours(QApplication.palette()).ground


def test_what_lies_outside_the_world_is_not_decoded(ground: Ground) -> None:
    edge = Frame(FARTHEST, 0.0, 110.0, 400.0, 300.0)
    assert all(key.window.left < FARTHEST for key in ground.missing(edge))
    give(ground, edge)
    image = painted(ground, edge)
    assert image.pixelColor(210, 150) == theme.colours(QApplication.palette()).ground
    assert colour_at(image, edge, (9.7, 0.1)) == colour_of_place(LEVEL, 9.7, 0.1)


def test_a_model_of_another_form_starts_anew_and_one_of_the_same_does_not(ground: Ground) -> None:
    give(ground, FRAME)
    ground.show_model(FORM)
    assert ground.missing(FRAME) == ()
    ground.show_model(Format(16, 16, FORM.palette))
    assert ground.missing(FRAME)


def test_without_a_model_nothing_is_asked_for(qapp: QApplication) -> None:
    ground = Ground()
    ground.show_plane(FLAT, FRAME)
    assert ground.missing(FRAME) == ()
    assert painted(ground, FRAME).pixelColor(200, 150) == theme.colours(QApplication.palette()).ground


@pytest.mark.parametrize(("height", "width"), [(6, 10), (10, 6), (7, 4)])
def test_an_image_that_is_no_square_lies_on_paper_in_its_square(height: int, width: int) -> None:
    form = Format(height, width, ((10, 10, 10), (250, 250, 250)))
    inked = np.full((CELLS * height, CELLS * width, 3), 10, np.uint8)
    side = max(height, width)
    cells = squared(inked, form).reshape(CELLS, side, CELLS, side, 3)
    dark = (cells == 10).all(axis=-1)
    assert (dark.sum(axis=(1, 3)) == height * width).all()
    assert (cells[~dark] == 250).all()
    assert dark[0, side // 2, 0, side // 2]


KEY = TileKey(FLAT, 3, -2, 5)


def picture(side: int = 16) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill()
    return pixmap


def keys(count: int) -> list[TileKey]:
    return [replace(KEY, column=column) for column in range(count)]


def test_the_tiles_that_were_not_seen_for_longest_go_first(qapp: QApplication) -> None:
    cache = TileCache(most_bytes=4 * 16 * 16 * 4)
    for key in keys(4):
        cache.put(key, picture())
    assert cache.get(keys(4)[0]) is not None
    cache.put(KEY, picture())
    assert [key in cache for key in keys(4)] == [True, False, True, True]
    assert len(cache) == 4


def test_the_same_tile_again_takes_no_more_room(qapp: QApplication) -> None:
    cache = TileCache(most_bytes=2 * 16 * 16 * 4)
    first, second = keys(2)
    cache.put(first, picture())
    for _ in range(5):
        cache.put(second, picture())
    assert first in cache


def test_a_tile_larger_than_all_room_is_kept_alone(qapp: QApplication) -> None:
    cache = TileCache(most_bytes=10)
    for key in keys(3):
        cache.put(key, picture())
    assert len(cache) == 1


@pytest.mark.parametrize(("column", "row"), [(-2, 5), (3, -7), (-1, -1), (0, 0)])
def test_what_stands_in_covers_the_missing_square_or_lies_in_it(qapp: QApplication, column: int, row: int) -> None:
    cache, wanted = TileCache(), replace(KEY, column=column, row=row)
    for level in range(-1, 6):
        parts = 2.0 ** (level - wanted.level)
        cache.put(TileKey(FLAT, level, int(np.floor(column * parts)), int(np.floor(row * parts))), picture())
    cache.put(replace(wanted, column=column + 1), picture())
    others = [key.window for key, _ in cache.stand_ins(wanted)]
    square = wanted.window
    assert len(others) == 3, "the next coarser one, and one of each of the two finer levels"
    assert others[0].left <= square.left < square.right <= others[0].right
    assert others[0].bottom <= square.bottom < square.top <= others[0].top
    for window in others[1:]:
        assert square.left <= window.left < window.right <= square.right
        assert square.bottom <= window.bottom < window.top <= square.top
