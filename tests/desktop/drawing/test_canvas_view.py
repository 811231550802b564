"""The canvas: what it paints where, and what it says of a hand on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.drawing import edits, marks
from desktop.drawing.canvas_view import CanvasView
from desktop.drawing.marks import Marks
from desktop.drawing.sheet import Sheet
from models.pixel_rnn.sprite import Canvas, DrawRequest
from tests.desktop.drawing.fake import FORM, PALETTE, drawn_for

LEFT = Qt.MouseButton.LeftButton
BLANK = Sheet.fresh("first", FORM, DrawRequest(Canvas.empty(FORM), 1))


def drawn(count: int) -> Sheet:
    made = drawn_for(BLANK.asked)
    return edits.seen_to(replace(BLANK, drawn=made.colours.tobytes()), count)


@pytest.fixture
def view(qtbot: QtBot) -> CanvasView:
    view = CanvasView(BLANK)
    qtbot.addWidget(view)
    view.resize(260, 320)
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    return view


def picture(view: CanvasView) -> QImage:
    return view.grab().toImage()


def middle(view: CanvasView, place: int) -> QPoint:
    return view.grid.square(place).center().toPoint()


def colour_at(view: CanvasView, place: int) -> tuple[int, int, int]:
    colour = picture(view).pixelColor(middle(view, place))
    return colour.red(), colour.green(), colour.blue()


def spread(view: CanvasView, place: int) -> int:
    """How many colours there are within a pixel's square, away from its borders."""
    square, image = view.grid.square(place).adjusted(6, 6, -6, -6).toRect(), picture(view)
    places = ((x, y) for x in range(square.left(), square.right()) for y in range(square.top(), square.bottom()))
    return len({image.pixel(x, y) for x, y in places})


def test_drawn_pixels_have_their_colours_and_others_are_hatched(view: CanvasView) -> None:
    sheet = drawn(13)
    view.show_sheet(sheet)
    assert [colour_at(view, place) for place in range(13)] == [PALETTE[c] for c in sheet.shown.ravel()[:13]]
    assert all(spread(view, place) == 1 for place in range(13))
    assert all(spread(view, place) > 1 for place in range(14, 30))


def test_a_pixel_is_a_square_with_sharp_corners(view: CanvasView) -> None:
    view.show_sheet(drawn(30))
    image, square = picture(view), view.grid.square(7).toRect()
    expected = QColor(*PALETTE[drawn(30).shown.ravel()[7]])
    for corner in (square.topLeft(), square.topRight(), square.bottomLeft(), square.bottomRight()):
        assert image.pixelColor(corner) == expected


def test_the_next_pixel_is_outlined_with_the_accent(view: CanvasView) -> None:
    view.show_sheet(drawn(7))
    accent = theme.colours(view.palette()).accent
    square = view.grid.square(7).toRect()
    assert picture(view).pixelColor(square.left() + 1, square.center().y()) == accent
    view.show_sheet(drawn(30))
    image = picture(view)
    frames = [image.pixelColor(view.grid.square(p).toRect().left() + 1, middle(view, p).y()) for p in range(30)]
    assert accent not in frames


def test_more_bits_make_a_larger_dot(view: CanvasView) -> None:
    view.show_sheet(drawn(30))
    plain = picture(view)
    bits = np.zeros((6, 5), np.float32)
    bits.ravel()[[12, 18]] = 2.0, 8.0
    view.show_marks(Marks(bits, bits > 0, 8.0))
    sizes = [inked(view, place, marks.colour_of(share)) for place, share in ((12, 0.25), (18, 1.0))]
    assert 0 < sizes[0] < sizes[1]
    assert spread(view, 20) == 1, "where there is no number, there is no dot"
    assert picture(view).pixelColor(middle(view, 20)) != plain.pixelColor(middle(view, 20)), "the picture steps back"


def test_dots_on_what_is_to_come_leave_the_picture_as_bright(view: CanvasView) -> None:
    view.show_sheet(drawn(20))
    before = colour_at(view, 5)
    where = drawn(20).to_come
    view.show_marks(Marks(where.astype(np.float32), where, 8.0))
    assert colour_at(view, 5) == before
    assert inked(view, 25, marks.colour_of(1 / 8)) > 0


def inked(view: CanvasView, place: int, colour: QColor) -> int:
    """How many of a pixel's points have a colour."""
    square, image = view.grid.square(place).toRect(), picture(view)
    places = ((x, y) for x in range(square.left(), square.right()) for y in range(square.top(), square.bottom()))
    return sum(image.pixelColor(x, y).name() == colour.name() for x, y in places)


def test_words_stand_on_an_empty_canvas(view: CanvasView) -> None:
    before = picture(view)
    view.show_words("Press Draw, and watch")
    assert picture(view) != before
    view.show_words("")
    assert picture(view) == before


def test_a_fast_stroke_leaves_no_gap(view: CanvasView, qtbot: QtBot) -> None:
    began: list[int] = []
    went: list[list[int]] = []
    ended: list[bool] = []
    view.stroke_began.connect(began.append)
    view.stroke_went.connect(went.append)
    view.stroke_ended.connect(lambda: ended.append(True))
    qtbot.mousePress(view, LEFT, pos=middle(view, 0))
    qtbot.mouseMove(view, middle(view, 24))
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, middle(view, 5))
    qtbot.mouseRelease(view, LEFT, pos=middle(view, 5))
    assert began == [0]
    assert went == [[6, 12, 18, 24], [5]]
    assert ended == [True]


def test_a_press_beside_the_picture_or_with_another_button_is_none(view: CanvasView, qtbot: QtBot) -> None:
    began: list[int] = []
    view.stroke_began.connect(began.append)
    qtbot.mouseClick(view, LEFT, pos=QPoint(1, 1))
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=middle(view, 3))
    assert began == []


def test_the_pixel_under_the_pointer_is_told(view: CanvasView, qtbot: QtBot) -> None:
    pointed: list[int] = []
    view.pointed.connect(pointed.append)
    for place in (8, 8, 9):
        qtbot.mouseMove(view, middle(view, place))
    qtbot.mouseMove(view, QPoint(1, 1))
    assert pointed == [8, 9, -1]


def test_arrows_move_a_cursor_and_enter_presses_there(view: CanvasView, qtbot: QtBot) -> None:
    began: list[int] = []
    pointed: list[int] = []
    view.stroke_began.connect(began.append)
    view.pointed.connect(pointed.append)
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert pointed == [0, 5, 6, 5, 5, 0], "the first arrow only shows where the cursor is"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert began == [0]


def test_the_cursor_is_to_be_seen(view: CanvasView, qtbot: QtBot) -> None:
    view.show_sheet(drawn(30))
    view.setFocus()
    before = picture(view)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert picture(view) != before


def test_space_and_digits_are_wishes(view: CanvasView, qtbot: QtBot) -> None:
    asked: list[object] = []
    view.play_asked.connect(lambda: asked.append("play"))
    view.ranked.connect(asked.append)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_8, Qt.Key.Key_9):
        qtbot.keyClick(view, key)
    assert asked == ["play", 0, 7]


@pytest.mark.parametrize("size", [(200, 200), (1400, 900), (333, 700)])
def test_the_picture_is_as_large_as_fits(view: CanvasView, size: tuple[int, int]) -> None:
    view.resize(*size)
    rect = view.grid.rect
    assert view.rect().toRectF().contains(rect)
    assert rect.width() + FORM.width > size[0] - 2 or rect.height() + FORM.height > size[1] - 2
