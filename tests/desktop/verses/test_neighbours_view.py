"""The neighbours on screen: nearest first, each as far from the axis as it is from the line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from pytestqt.qtbot import QtBot

from desktop.verses.line_menu import Place
from desktop.verses.neighbours_view import NeighboursView
from models.sentence_vae.path import Neighbour, NeighbourRequest, Neighbours
from models.sentence_vae.stored_neighbours import MOST
from tests.desktop.verses.driving import lay_out
from tests.desktop.verses.fake import end_of

LINES = ("A lamp is low", "A lamp is lit", "The lamp is out", "The door is open")
REQUEST = NeighbourRequest("The lamp has burned low", radius=4.0, count=4)
FOUND = Neighbours(
    REQUEST,
    "fake",
    "0" * 12,
    end_of(REQUEST.line),
    tuple(Neighbour(line, place + 0.5) for place, line in enumerate(LINES)),
)
ROOM = QSize(648, 372)  # in the smallest window
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> NeighboursView:
    made = NeighboursView()
    qtbot.addWidget(made)
    made.resize(ROOM)
    made.show_request(REQUEST)
    made.show_found(FOUND)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_lines_stand_in_their_order_with_their_distances(view: NeighboursView) -> None:
    assert view.line == REQUEST.line
    assert view.lines == list(LINES)
    assert [row.distance.text() for row in view.rows[:4]] == ["0.5", "1.5", "2.5", "3.5"]
    assert [row.track.share for row in view.rows[:4]] == [0.125, 0.375, 0.625, 0.875]


def test_a_click_goes_on_from_a_line(view: NeighboursView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view.rows[2].text, LEFT, pos=QPoint(5, 5))
    assert chosen.args == [LINES[2]]


def test_a_button_asks_where_a_line_shall_go(view: NeighboursView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.rows[1].more_button, LEFT)
    assert view.menu.isVisible()
    with qtbot.waitSignal(view.menu.sent) as sent:
        view.menu.actions()[2].trigger()
    assert sent.args == [LINES[1], Place.LAST]
    view.menu.close()


def test_the_arrow_keys_walk_from_line_to_line(view: NeighboursView, qtbot: QtBot) -> None:
    view.activateWindow()
    view.editor.setFocus()
    for row in (*view.rows[:4], view.rows[3]):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
        assert row.text.hasFocus()
    for row in (view.rows[2], view.rows[1], view.rows[0]):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
        assert row.text.hasFocus()
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
    assert view.editor.hasFocus()


def test_the_most_lines_have_room_in_the_smallest_window(view: NeighboursView) -> None:
    many = tuple(Neighbour(f"The lamp is low {place}", place / MOST) for place in range(MOST))
    view.show_found(Neighbours(NeighbourRequest("A lamp", count=MOST), "fake", "0" * 12, end_of("A lamp"), many))
    lay_out(view)
    rows = view.rows[:MOST]
    assert all(above.geometry().bottom() < below.geometry().top() for above, below in pairwise(rows))
    assert rows[-1].geometry().bottom() <= view.height()
    assert all(row.height() >= row.text.fontMetrics().height() for row in rows)


@pytest.mark.parametrize(
    ("line", "found", "told"),
    [("", 0, "will stand here"), ("A lamp", 0, "further"), ("A lamp", 2, "All lines"), ("A lamp", 4, "near to far")],
)
def test_the_heading_says_what_was_found(view: NeighboursView, line: str, found: int, told: str) -> None:
    request = NeighbourRequest(line, count=4)
    view.show_found(Neighbours(request, "fake", "0" * 12, end_of(line) if line else None, FOUND.neighbours[:found]))
    assert told in view.heading.text()
    assert len(view.lines) == found


def test_the_line_has_the_mark_of_an_end(view: NeighboursView) -> None:
    assert view.typed.mark == "●"
    assert "as typed" in view.editor.accessibleDescription()


def test_an_odd_line_is_told_and_which_line_stands_in_for_it(view: NeighboursView) -> None:
    request = NeighbourRequest("Москва слезам не верит", count=4)
    view.show_request(request)
    view.show_found(replace(FOUND, request=request, end=end_of(request.line)))
    assert view.typed.mark == "▲"
    assert view.editor.spans == ((0, 6),)
    for told in (view.editor.accessibleDescription(), view.heading.text(), view.heading.toolTip()):
        assert "knows little of this script" in told
        assert "“The night is full of stars”" in told


def test_a_line_in_the_way_is_told_beside_it(view: NeighboursView) -> None:
    view.show_request(NeighbourRequest("The 灯 lamp 灯 is 灯 out"))
    view.typed.show_obstacle("▲ This line mixes two scripts")
    assert view.typed.mark == "▲"
    assert "mixes" in view.editor.accessibleDescription()


def test_a_row_without_a_line_can_do_nothing(view: NeighboursView, qtbot: QtBot) -> None:
    view.show_found(Neighbours(REQUEST, "fake", "0" * 12, FOUND.end, FOUND.neighbours[:1]))
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view.rows[2].text, LEFT)
        qtbot.mouseClick(view.rows[2].more_button, LEFT)
    assert not view.menu.isVisible()
