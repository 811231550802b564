"""The square on screen: corners to type, lines that fit, one of them large."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.verses.line_type import rows_in, wrapped
from desktop.verses.square_cell import PADDING
from desktop.verses.square_view import SquareView
from models.sentence_vae.path import MAX_SIDE, SquareRequest
from tests.desktop.verses.driving import lay_out
from tests.desktop.verses.fake import square_for

CORNERS = (
    "The lamp has burned low in the empty house",
    "A door stands open to the evening rain",
    "The fields are white as far as eyes can see",
    "And nobody has ever learned my name",
)
REQUEST = SquareRequest(CORNERS)
ROOM = QSize(648, 372)  # in the smallest window
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> SquareView:
    made = SquareView()
    qtbot.addWidget(made)
    made.resize(ROOM)
    made.show_request(REQUEST)
    made.show_square(square_for(REQUEST))
    made.show()
    qtbot.waitExposed(made)
    return made


def point_at(view: SquareView, row: int, column: int) -> None:
    QTest.mouseMove(view.grid.cells[row][column], view.grid.cells[row][column].rect().center())


def test_every_line_stands_at_its_place(view: SquareView) -> None:
    square = square_for(REQUEST)
    assert view.grid.lines == [[cell.text for cell in row] for row in square.cells]
    assert view.lines == CORNERS
    assert [corner.mark for corner in view.corners] == ["●"] * 4


@pytest.mark.parametrize("side", range(3, MAX_SIDE + 1))
def test_all_lines_are_whole_in_the_smallest_window(view: SquareView, side: int) -> None:
    view.show_square(square_for(SquareRequest(CORNERS, side)))
    lay_out(view.grid)
    for row in view.grid.cells[:side]:
        for cell in row[:side]:
            width, height = cell.width() - 2 * PADDING, cell.height() - PADDING
            rows = wrapped(cell.line, cell.font(), width, rows_in(cell.font(), height))
            assert " ".join(rows) == cell.line


def test_cells_of_one_square_have_one_type(view: SquareView) -> None:
    sizes = {cell.font().pixelSize() for row in view.grid.cells[:5] for cell in row[:5]}
    assert len(sizes) == 1


def test_the_line_under_the_pointer_is_read_large(view: SquareView, qtbot: QtBot) -> None:
    point_at(view, 2, 3)
    qtbot.waitUntil(lambda: view.large.text() == view.grid.lines[2][3])
    cell = view.grid.cells[2][3]
    assert QFontMetrics(view.large.font()).height() > QFontMetrics(cell.font()).height()
    assert view.bar.fluency == square_for(REQUEST).cells[2][3].fluency


def test_the_arrow_keys_walk_through_the_square_and_what_has_the_keyboard_is_read_large(
    view: SquareView, qtbot: QtBot
) -> None:
    view.activateWindow()
    cells = view.grid.cells
    cells[0][0].setFocus()
    for key, (row, column) in (
        (Qt.Key.Key_Down, (1, 0)),
        (Qt.Key.Key_Right, (1, 1)),
        (Qt.Key.Key_Up, (0, 1)),
        (Qt.Key.Key_Up, (0, 1)),
        (Qt.Key.Key_Left, (0, 0)),
    ):
        qtbot.keyClick(view.focusWidget(), key)
        assert cells[row][column].hasFocus()
        assert view.large.text() == view.grid.lines[row][column]


def test_enter_goes_from_corner_to_corner_and_then_into_the_square(view: SquareView, qtbot: QtBot) -> None:
    view.activateWindow()
    view.corners[0].editor.setFocus()
    for corner in view.corners[1:]:
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
        assert corner.editor.hasFocus()
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    assert view.grid.cells[0][0].hasFocus()


def test_a_click_asks_where_the_line_shall_go(view: SquareView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.grid.cells[1][1], LEFT, pos=QPoint(5, 5))
    assert view.menu.isVisible()
    with qtbot.waitSignal(view.menu.sent) as sent:
        view.menu.actions()[0].trigger()
    assert sent.args is not None
    assert sent.args[0] == view.grid.lines[1][1]
    view.menu.close()


def test_a_mark_belongs_to_the_line_that_stands_there(view: SquareView, qtbot: QtBot) -> None:
    qtbot.keyClicks(view.corners[1].editor, "x")
    assert view.corners[1].mark == ""
    assert view.corners[0].mark == "●"


def test_an_odd_corner_says_so(view: SquareView) -> None:
    odd = SquareRequest(("The\x07 lamp", *CORNERS[1:]))
    view.show_request(odd)
    view.show_square(square_for(odd))
    assert view.corners[0].mark == "▲"
    assert "invisible characters" in view.corners[0].editor.accessibleDescription()


def test_before_there_are_lines_the_square_is_there_empty(qtbot: QtBot) -> None:
    view = SquareView()
    qtbot.addWidget(view)
    view.resize(ROOM)
    view.show_request(SquareRequest(CORNERS, side=4))
    view.show_drawing(True)
    assert [len(row) for row in view.grid.lines] == [4] * 4
    assert view.large.text()
    qtbot.mouseClick(view.grid.cells[0][0], LEFT)
    assert not view.menu.isVisible()


def test_more_lines_move_no_editor(view: SquareView) -> None:
    before = [corner.geometry() for corner in view.corners]
    view.show_square(square_for(SquareRequest(CORNERS, MAX_SIDE)))
    lay_out(view)
    assert [corner.geometry() for corner in view.corners] == before
