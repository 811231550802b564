"""The square and the neighbours as a person meets them: the real `main()` and the shipped model."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.verses.line_menu import LineMenu, Place
from desktop.verses.page import VersesPage
from models.sentence_vae import language
from models.sentence_vae.language import language_of
from tests.end_to_end.person import PATIENCE_BEATS, Person, Steps, type_into

CORNERS = (
    "A lamp is burning in the empty street",
    "and nobody remembers my old name",
    "The river carries all the leaves away",
    "I hear you singing in another room",
)
CHINESE, TRADITIONAL = ("灯下读旧信", "门前雪未消"), "國破山河在"
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Seen:
    """What stood on the screen."""

    square: list[list[str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    around: list[tuple[str, list[str]]] = field(default_factory=list)
    distances: list[float] = field(default_factory=list)
    ends: tuple[str, str] = ("", "")
    mode: str = ""


def answered(page: VersesPage) -> Callable[[], bool]:
    def check() -> bool:
        session = page.mode.session
        result = session.result
        return result is not None and result.final and result.request == session.request

    return check


def send(menu: LineMenu, place: Place) -> None:
    """Choose from an open menu by keys: down to the first entry, and on to the one that is meant."""
    assert menu.isVisible()
    for _ in range([action.data() for action in menu.actions()].index(place) + 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def mix_and_look_around(page: VersesPage, seen: Seen) -> Steps:
    QTest.mouseClick(page.switch.button(1), LEFT)
    QTest.keyClick(page.square.side.slider, Qt.Key.Key_Home)
    for corner, line in zip(page.square.square.corners, CORNERS, strict=True):
        type_into(corner.editor, line)
        QTest.keyClick(corner.editor, Qt.Key.Key_Return)
    yield answered(page)
    square = page.square.square
    seen.square, seen.marks = square.grid.lines, [corner.mark for corner in square.corners]
    QTest.mouseClick(square.grid.cells[1][1], LEFT)
    send(square.menu, Place.AROUND)
    yield answered(page)
    view = page.neighbours.neighbours
    seen.around.append((view.line, view.lines))
    seen.distances = [float(row.distance.text()) for row in view.rows if row.text.line]
    QTest.mouseClick(view.rows[1].text, LEFT, pos=QPoint(5, 5))
    yield answered(page)
    seen.around.append((view.line, view.lines))
    QTest.mouseClick(view.rows[0].more_button, LEFT)
    send(view.menu, Place.LAST)
    yield answered(page)
    seen.ends, seen.mode = page.path.poem.lines, page.mode.key
    QTest.mouseClick(page.switch.button(2), LEFT)


def look_again(page: VersesPage, seen: Seen) -> Steps:
    yield answered(page)
    seen.mode = page.mode.key
    seen.around.append((page.neighbours.neighbours.line, page.neighbours.neighbours.lines))
    seen.square = page.square.square.grid.lines


def run(seen: Seen, script: Callable[[VersesPage, Seen], Steps]) -> None:
    def steps(page: VersesPage) -> Steps:
        return script(page, seen)

    person = Person(VersesPage, steps)
    assert app.main(["--tab", "verses"]) == 0
    assert person.beats <= PATIENCE_BEATS, "a step was never answered"


@pytest.mark.usefixtures("home")
def test_four_lines_are_mixed_and_a_line_is_followed_from_view_to_view(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    seen, later = Seen(), Seen()
    with caplog.at_level(logging.WARNING, "qt"):  # a platform without screen cannot raise a menu
        run(seen, mix_and_look_around)
    lines = [line for row in seen.square for line in row]
    assert (seen.square[0][0], seen.square[0][2], seen.square[2][0], seen.square[2][2]) == CORNERS
    assert len(lines) == len(set(lines)) == 9
    assert all(lines)
    assert seen.marks == ["●"] * 4
    (start, around), (second, further) = seen.around
    assert start == seen.square[1][1]
    assert second == around[1]
    assert start not in around
    assert len(set(around)) == len(around) > 1
    assert seen.distances == sorted(seen.distances)
    assert (seen.mode, seen.ends[1]) == ("path", further[0])
    run(later, look_again)
    assert later.mode == "neighbours"
    assert later.around == [(second, further)]
    assert later.square == seen.square


def go_through_all_views_in_chinese(page: VersesPage, seen: Seen) -> Steps:
    """Lines typed for the path are there in the other views; traditional characters stay as they were typed."""
    for end, line in zip((page.path.poem.first, page.path.poem.last), CHINESE, strict=True):
        type_into(end.editor, line)
    yield answered(page)
    QTest.mouseClick(page.switch.button(1), LEFT)
    QTest.keyClick(page.square.side.slider, Qt.Key.Key_Home)
    yield answered(page)
    square = page.square.square
    seen.square, seen.marks = square.grid.lines, [corner.mark for corner in square.corners]
    QTest.mouseClick(page.switch.button(2), LEFT)
    type_into(page.neighbours.neighbours.editor, TRADITIONAL)
    QTest.keyClick(page.neighbours.neighbours.editor, Qt.Key.Key_Return)
    yield answered(page)
    seen.around.append((page.neighbours.neighbours.line, page.neighbours.neighbours.lines))
    result = page.neighbours.session.result
    assert result is not None
    assert result.end is not None
    assert result.end.notes == ("traditional",)


@pytest.mark.usefixtures("home")
def test_square_and_neighbours_follow_in_chinese(qtbot: QtBot) -> None:
    seen = Seen()
    run(seen, go_through_all_views_in_chinese)
    lines = [line for row in seen.square for line in row]
    assert (seen.square[0][0], seen.square[0][2]) == CHINESE, "the lines of the path stand above"
    assert len(lines) == len(set(lines)) == 9
    assert language_of(*lines) == language.CHINESE
    assert seen.marks == ["●"] * 4
    ((start, around),) = seen.around
    assert start == TRADITIONAL
    assert language_of(*around) == language.CHINESE
    assert len(set(around)) == len(around) > 1
