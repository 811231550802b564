"""The legend: what each mark means, and which classes are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.latent_map.legend import Legend

LEFT = Qt.MouseButton.LeftButton
NAMES = ("owl", "fox", "rock & roll")
ALL, NONE = frozenset[str](), frozenset(NAMES)


@pytest.fixture
def legend(qtbot: QtBot) -> Legend:
    legend = Legend(NAMES)
    qtbot.addWidget(legend)
    legend.resize(300, 160)
    legend.show()
    qtbot.waitExposed(legend)
    return legend


@pytest.fixture
def told(legend: Legend) -> list[frozenset[str]]:
    told: list[frozenset[str]] = []
    legend.hidden_changed.connect(told.append)
    return told


def click(qtbot: QtBot, legend: Legend, place: int) -> None:
    qtbot.mouseClick(legend.boxes[place], LEFT, pos=QPoint(8, legend.boxes[place].height() // 2))


def double_click(qtbot: QtBot, legend: Legend, place: int) -> None:
    """As a hand does it: the first click counts too."""
    click(qtbot, legend, place)
    qtbot.mouseDClick(legend.boxes[place], LEFT, pos=QPoint(8, legend.boxes[place].height() // 2))


def ticked(legend: Legend) -> list[bool]:
    return [box.isChecked() for box in legend.boxes]


def test_all_classes_are_shown_at_first(legend: Legend) -> None:
    assert [box.text().replace("&&", "&") for box in legend.boxes] == list(NAMES)
    assert legend.hidden_names == ALL


def test_a_tick_shows_and_hides(legend: Legend, told: list[frozenset[str]], qtbot: QtBot) -> None:
    click(qtbot, legend, 1)
    click(qtbot, legend, 2)
    click(qtbot, legend, 1)
    assert told == [{"fox"}, {"fox", "rock & roll"}, {"rock & roll"}]


def test_the_space_bar_does_the_same(legend: Legend, told: list[frozenset[str]], qtbot: QtBot) -> None:
    qtbot.keyClick(legend.boxes[0], Qt.Key.Key_Space)
    assert told == [{"owl"}]


def test_a_double_click_shows_one_alone_and_another_shows_all(
    legend: Legend, told: list[frozenset[str]], qtbot: QtBot
) -> None:
    double_click(qtbot, legend, 1)
    assert told[-1] == {"owl", "rock & roll"}
    assert ticked(legend) == [False, True, False]
    double_click(qtbot, legend, 1)
    assert told[-1] == ALL
    double_click(qtbot, legend, 0)
    double_click(qtbot, legend, 2)
    assert ticked(legend) == [False, False, True], "from one to another"


def test_all_and_none_tell_once(legend: Legend, told: list[frozenset[str]], qtbot: QtBot) -> None:
    qtbot.mouseClick(legend.none_button, LEFT)
    qtbot.mouseClick(legend.all_button, LEFT)
    assert told == [NONE, ALL]
    assert ticked(legend) == [True, True, True]


def test_what_is_shown_from_outside_is_not_told(legend: Legend, told: list[frozenset[str]]) -> None:
    legend.show_hidden(frozenset({"fox", "unknown"}))
    assert ticked(legend) == [True, False, True]
    assert told == []
    assert legend.hidden_names == {"fox"}


def test_other_classes_take_their_place(legend: Legend, told: list[frozenset[str]], qtbot: QtBot) -> None:
    click(qtbot, legend, 0)
    legend.show_names(tuple("0123456789"))
    assert len(legend.boxes) == 10
    assert legend.hidden_names == ALL
    click(qtbot, legend, 7)
    assert told[-1] == {"7"}


def test_without_classes_there_is_no_legend(legend: Legend) -> None:
    legend.show_names(())
    assert not legend.isVisible()


def test_every_class_has_an_icon_of_its_own_and_says_what_it_is(legend: Legend, qtbot: QtBot) -> None:
    legend.show_names(tuple("0123456789"))
    icons: list[QImage] = [box.icon().pixmap(16, 16).toImage() for box in legend.boxes]
    assert all(first != second for place, first in enumerate(icons) for second in icons[:place])
    for box in legend.boxes:
        assert box.name in box.accessibleName()
        assert box.name in box.toolTip()
    assert legend.all_button.toolTip()
    assert legend.none_button.toolTip()


COLOURS = (
    "dark",
    "brown and orange",
    "light blue",
    "green",
    "yellow",
    "blue",
    "red",
    "purple and pink",
    "grey",
    "white",
)


@pytest.mark.parametrize(
    "names", [tuple("0123456789"), COLOURS, NAMES, ("a very long name of a class, longer than any",)]
)
def test_names_fit_a_column_of_controls(legend: Legend, names: tuple[str, ...]) -> None:
    legend.show_names(names)
    legend.adjustSize()
    rows = len({box.y() for box in legend.boxes})
    assert legend.minimumSizeHint().width() <= 264 or rows == len(names)


def test_short_names_share_their_rows(legend: Legend) -> None:
    legend.show_names(tuple("0123456789"))
    legend.adjustSize()
    assert len({box.y() for box in legend.boxes}) <= 3
