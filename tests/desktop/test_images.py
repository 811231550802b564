"""Sprites as pictures: every pixel in its place, whatever the width."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop import images
from models.sprites.form import Format
from tests.desktop.drawing.fake import FORM, PALETTE

PIXELS = (np.arange(30) % len(PALETTE)).astype(np.uint8).reshape(6, 5)


def colours_of(image: QImage) -> list[tuple[int, int, int]]:
    places = ((x, y) for y in range(image.height()) for x in range(image.width()))
    return [(c.red(), c.green(), c.blue()) for c in (image.pixelColor(x, y) for x, y in places)]


@pytest.mark.parametrize("width", [1, 3, 5, 9, 20])
def test_no_width_shears_a_sprite(width: int) -> None:
    pixels = np.random.default_rng(0).integers(0, len(PALETTE), (7, width)).astype(np.uint8)
    image = images.of_sprite(Format(7, width, PALETTE), pixels)
    assert (image.width(), image.height()) == (width, 7)
    assert colours_of(image) == [PALETTE[index] for index in pixels.ravel()]


def test_enlarged_pixels_are_squares() -> None:
    image = images.of_sprite(FORM, PIXELS, 4)
    assert (image.width(), image.height()) == (20, 24)
    assert colours_of(image)[:8] == [PALETTE[0]] * 4 + [PALETTE[1]] * 4
    assert image.pixelColor(19, 23) == QColor(*PALETTE[PIXELS[5, 4]])


def test_what_is_missing_is_transparent() -> None:
    missing = np.zeros((6, 5), np.bool_)
    missing[2, 3] = True
    image = images.of_sheet(FORM, PIXELS, missing, 2)
    assert image.pixelColor(6, 4).alpha() == 0
    assert image.pixelColor(4, 4).alpha() == 255
    assert image.pixelColor(4, 4) == QColor(*PALETTE[PIXELS[2, 2]])


@pytest.mark.parametrize(("side", "scale"), [(3, 170), (20, 25), (28, 18), (256, 2)])
def test_saved_pictures_are_large_by_a_whole_number(side: int, scale: int) -> None:
    assert images.export_scale(Format(side, side, PALETTE)) == scale


@pytest.mark.parametrize(
    ("size", "shown"), [((20, 20), (60, 60)), ((640, 480), (64, 48)), ((1, 1), (64, 64)), ((10, 500), (1, 64))]
)
def test_a_thumbnail_finds_room(qapp: QApplication, size: tuple[int, int], shown: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    pixmap = images.thumbnail(image, QSize(64, 64), 1.0)
    assert (pixmap.width(), pixmap.height()) == shown


def test_a_pasted_picture_keeps_its_colours_and_its_opacity() -> None:
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 40))
    image.setPixelColor(2, 1, QColor(200, 100, 50, 255))
    rgba = images.rgba(image, 3)
    assert rgba.shape == (2, 3, 4)
    assert rgba[0, 0].tolist() == [10, 20, 30, 40]
    assert rgba[1, 2].tolist() == [200, 100, 50, 255]


@pytest.mark.parametrize(("size", "shape"), [((40, 20), (8, 16, 4)), ((4000, 2), (1, 16, 4))])
def test_a_large_pasted_picture_is_averaged_down(size: tuple[int, int], shape: tuple[int, int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30))
    rgba = images.rgba(image, 16)
    assert rgba.shape == shape
    assert (rgba == [10, 20, 30, 255]).all()
