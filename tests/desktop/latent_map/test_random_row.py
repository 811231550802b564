"""Random images stand as large as their room allows, their pixels squares, and a click on any tells which it was."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.latent_map.random_row import FRAME, ROWS, RandomRow, fitting
from desktop.latent_map.work import RANDOM_CODES
from models.image_vae.codes import Imagined


def imagined(side: int) -> Imagined:
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (RANDOM_CODES, side, side, 3), np.uint8)
    return Imagined(0, random.standard_normal((RANDOM_CODES, 2)).astype(np.float32), images)


@pytest.fixture
def row(qtbot: QtBot) -> RandomRow:
    built = RandomRow()
    qtbot.addWidget(built)
    built.show()
    return built


@pytest.mark.parametrize(
    ("pixels", "width", "ratio", "side"),
    [
        (28, 316, 1.0, 56),  # digits: five of them
        (28, 230, 1.0, 56),  # fewer, rather than tiny ones
        (28, 460, 1.0, 84),
        (20, 316, 1.0, 40),
        (28, 316, 2.0, 56),  # of 112 pixels of the screen
        (64, 60, 1.0, 64),  # never smaller than it is
    ],
)
def test_images_are_enlarged_by_a_whole_number(pixels: int, width: int, ratio: float, side: int) -> None:
    assert fitting(pixels, width, ratio) == side


@pytest.mark.parametrize(("side", "width", "columns"), [(28, 316, 5), (28, 230, 3), (20, 316, 7), (20, 900, 5)])
def test_both_rows_hold_as_many_as_find_room(row: RandomRow, side: int, width: int, columns: int) -> None:
    row.resize(width, row.height())
    row.show_imagined(imagined(side))
    shown = [button for button in row.buttons if button.isVisible()]
    assert len(shown) == ROWS * columns
    assert all(row.rect().contains(button.geometry()) for button in shown)
    assert shown[0].width() == shown[0].iconSize().width() + FRAME
    assert row.height() == ROWS * shown[0].height()


def test_a_wider_row_shows_more_or_larger_ones(row: RandomRow) -> None:
    row.show_imagined(imagined(28))
    row.resize(230, row.height())
    before = [button.isVisible() for button in row.buttons].count(True)
    row.resize(316, row.height())
    assert [button.isVisible() for button in row.buttons].count(True) > before


def test_what_is_clicked_is_told(row: RandomRow, qtbot: QtBot) -> None:
    row.resize(316, row.height())
    row.show_imagined(imagined(28))
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.mouseClick(row.buttons[7], Qt.MouseButton.LeftButton)
    assert told.args == [7]


def test_before_anything_is_known_there_is_nothing_to_choose(row: RandomRow) -> None:
    assert not any(button.isEnabled() for button in row.buttons)
