"""Layers of numbers: steps, ends, and numbers that are none."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.latent_map import overlays
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.overlays import BANDS, COLOURS, OverlayMark, Scale, words
from models.image_vae.codes import Values, Window
from models.image_vae.scene import Overlay

FRAME = Frame(0, 0, 100.0, 400.0, 300.0)
WINDOW = Window(-2, -1.5, 2, 1.5)
WHITE = 0xFFFFFFFF


def painted(values: Values, frame: Frame = FRAME) -> QImage:
    layer = OverlayMark()
    layer.show_values(Overlay.DENSITY, values, WINDOW)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    layer.paint(painter, frame, theme.colours(QApplication.palette()))
    painter.end()
    return image


def darkness(image: QImage, x: int, y: int) -> int:
    return 255 - image.pixelColor(x, y).lightness()


def test_higher_numbers_cover_more_in_equal_steps(qapp: QApplication) -> None:
    slope = np.tile(np.linspace(3, 9, 80, dtype=np.float32), (60, 1))
    image = painted(slope)
    middles = [round(400 * (band + 0.5) / BANDS) for band in range(BANDS)]
    levels = [darkness(image, x, 100) for x in middles]
    assert levels == sorted(set(levels)), "each step darker than the one before"
    assert levels[0] == 0
    for x in middles:
        assert image.pixel(x - 15, 60) == image.pixel(x + 15, 200), "level within a step"


def test_the_top_row_is_on_top(qapp: QApplication) -> None:
    values = np.zeros((30, 40), np.float32)
    values[:10] = 1
    image = painted(values)
    assert darkness(image, 200, 20) > 0
    assert darkness(image, 200, 280) == 0


def test_it_lies_on_its_window_wherever_the_map_is(qapp: QApplication) -> None:
    image = painted(np.eye(2, dtype=np.float32).repeat(20, 0).repeat(20, 1), FRAME.moved(100, 0))
    assert darkness(image, 150, 40) > 0
    assert darkness(image, 50, 40) == 0
    assert image.pixel(50, 40) == WHITE


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_stays_clear_and_does_not_move_the_ends(qapp: QApplication, bad: float) -> None:
    values = np.full((30, 40), 0.0, np.float32)
    values[:, 20:] = 2.0
    values[:5, :5] = bad
    image = painted(values)
    assert darkness(image, 10, 10) == 0
    assert darkness(image, 390, 290) > 60


def test_holes_have_one_scale_on_every_map(qapp: QApplication) -> None:
    near_and_far = np.array([[0.5, 1.0, 2.0]], np.float32)
    layer = OverlayMark()
    layer.show_values(Overlay.HOLES, near_and_far, WINDOW)
    assert layer.shown is not None
    assert overlays._ends_told(layer.shown) == ("0", "1 or more")
    assert overlays._shares(near_and_far, 0, 1).tolist() == [[128, 255, 255]]


@pytest.mark.parametrize("values", [np.full((5, 7), 3.0), np.full((5, 7), np.nan), np.zeros((1, 1))])
def test_a_level_layer_covers_nothing(qapp: QApplication, values: Values) -> None:
    image = painted(values.astype(np.float32))
    assert darkness(image, 200, 150) == 0


def test_the_colours_differ_in_lightness_from_white_to_full_for_each_layer() -> None:
    assert set(COLOURS) == set(Overlay)
    assert len({words(kind) for kind in Overlay}) == len(Overlay)


@pytest.mark.parametrize("width", [240.0, 400.0])
def test_the_scale_stays_within_the_room(qapp: QApplication, width: float) -> None:
    layer = OverlayMark()
    layer.show_values(Overlay.HOLES, np.linspace(0, 1.5, 12, dtype=np.float32).reshape(3, 4), WINDOW)
    image = QImage(int(width) + 40, 300, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    Scale(layer).paint(painter, Frame(0, 0, 100.0, width, 300.0), theme.colours(QApplication.palette()))
    painter.end()
    touched = [x for x in range(image.width()) for y in range(150) if image.pixel(x, y) != WHITE]
    assert touched
    assert 0 < min(touched) < max(touched) < width


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (0.0006, 2.13, ("0", "2.1")),
        (0.0, 0.0931, ("0", "0.093")),
        (-1.5, 1.5, ("−1.5", "1.5")),
        (120.0, 4800.0, ("120", "4800")),
    ],
)
def test_the_ends_are_told_as_finely_as_the_scale_is_wide(
    qapp: QApplication, least: float, most: float, told: tuple[str, str]
) -> None:
    assert overlays._ends_told(overlays.Shown(Overlay.DENSITY, WINDOW, QPixmap(), least, most)) == told
