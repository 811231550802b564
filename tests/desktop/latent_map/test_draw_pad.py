"""The sheet to draw on: soft ink, hard colours, lines without gaps."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.latent_map.draw_pad import DrawPad
from models.sprites.form import Format
from models.sprites.idx import INK
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.driving import LEFT, colours

DIGIT = Format(28, 28, INK)


@pytest.fixture
def pad(qtbot: QtBot) -> DrawPad:
    pad = DrawPad()
    qtbot.addWidget(pad)
    pad.resize(226, 226)
    pad.show_format(DIGIT)
    pad.show()
    return pad


def stroke(pad: DrawPad, qtbot: QtBot, *places: tuple[int, int]) -> None:
    """Over the middles of pixels (row, column)."""
    points = [middle(pad, *place) for place in places]
    qtbot.mousePress(pad, LEFT, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(pad, point)
    qtbot.mouseRelease(pad, LEFT, pos=points[-1])


def middle(pad: DrawPad, row: int, column: int) -> QPoint:
    return pad.grid.square(row * pad.pixels.shape[1] + column).center().toPoint()


def test_a_pen_leaves_a_line_as_thick_as_a_digits_with_soft_edges(pad: DrawPad, qtbot: QtBot) -> None:
    stroke(pad, qtbot, (5, 14), (22, 14))
    across = pad.pixels[14].astype(int)
    assert across[14] == 255
    assert 2 <= across.sum() / 255 <= 4, "pixels of full ink"
    assert ((across > 20) & (across < 235)).any()
    assert (pad.pixels[5:23, 14] == 255).all(), "however fast the hand moves"
    assert pad.pixels[:, :10].max() == 0


def test_crossing_a_line_does_not_lighten_it(pad: DrawPad, qtbot: QtBot) -> None:
    stroke(pad, qtbot, (5, 14), (22, 14))
    before = pad.pixels.copy()
    stroke(pad, qtbot, (14, 5), (14, 22))
    assert (pad.pixels >= before).all()


def test_the_eraser_takes_ink_away(pad: DrawPad, qtbot: QtBot) -> None:
    stroke(pad, qtbot, (5, 14), (22, 14))
    pad.is_erasing = True
    stroke(pad, qtbot, (12, 14), (16, 14))
    assert pad.pixels[12:17, 14].max() == 0
    assert pad.pixels[6, 14] == 255


def test_a_colour_stays_what_it_is(pad: DrawPad, qtbot: QtBot) -> None:
    pad.show_format(fake.FORM)
    pad.colour = 3
    stroke(pad, qtbot, (0, 0), (4, 4))
    assert set(np.unique(pad.pixels)) == {0, 3}
    assert [int(pad.pixels[place, place]) for place in range(5)] == [3] * 5
    pad.is_erasing = True
    stroke(pad, qtbot, (2, 2))
    assert pad.pixels[2, 2] == fake.FORM.paper


def test_a_stroke_is_told_from_its_beginning_to_its_end(pad: DrawPad, qtbot: QtBot) -> None:
    told: list[str] = []
    pad.stroke_began.connect(lambda: told.append("began"))
    pad.stroke_went.connect(lambda: told.append("went"))
    pad.stroke_ended.connect(lambda: told.append("ended"))
    stroke(pad, qtbot, (5, 5), (6, 6), (7, 7))
    assert told == ["began", "went", "went", "went", "ended"]
    qtbot.mouseMove(pad, middle(pad, 1, 1))
    qtbot.mousePress(pad, Qt.MouseButton.RightButton, pos=middle(pad, 1, 1))
    assert told[-1] == "ended"


def test_a_picture_is_shown_and_one_of_another_size_is_not(pad: DrawPad) -> None:
    picture = np.zeros((28, 28), np.uint8)
    picture[:14] = 255
    pad.show_picture(picture.tobytes())
    shown = colours(pad.grab().toImage())
    top, bottom = middle(pad, 3, 14), middle(pad, 24, 14)
    assert shown[top.y(), top.x()].max() == 0, "ink is black"
    assert shown[bottom.y(), bottom.x()].min() == 255
    pad.show_picture(b"\x01\x02")
    assert pad.pixels.max() == 0
