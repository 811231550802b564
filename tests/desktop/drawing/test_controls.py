"""Palette, swatches, legend and the controls beside the canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.drawing import marks
from desktop.drawing.controls import CoverControl, StyleControl
from desktop.drawing.marks import Legend
from desktop.drawing.next_pixel import Chances, NextPixel, percent
from desktop.widgets.palette_view import TALLEST, WIDTH, PaletteView, by_likeness
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Format
from tests.desktop.drawing.fake import FORM, PALETTE

LEFT = Qt.MouseButton.LeftButton


def wide_form(colours: int) -> Format:
    table = np.random.default_rng(0).integers(0, 256, (colours, 3)).tolist()
    return Format(20, 20, tuple((r, g, b) for r, g, b in table))


@pytest.mark.parametrize("colours", [2, 5, 16, 167, 256])
def test_all_colours_find_room_and_each_can_be_clicked(qtbot: QtBot, colours: int) -> None:
    view = PaletteView(wide_form(colours))
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    assert view.sizeHint().width() <= WIDTH + 1
    assert view.sizeHint().height() <= TALLEST + 1
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    for index in range(colours):
        qtbot.mouseClick(view, LEFT, pos=view.square(index).center())
    assert chosen == list(range(colours))
    assert view.current == colours - 1


def test_a_click_beside_the_colours_chooses_none(qtbot: QtBot) -> None:
    view = PaletteView(wide_form(167))
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view, LEFT, pos=view.rect().bottomRight())


def test_one_paints_with_the_darkest_colour_at_first(qtbot: QtBot) -> None:
    view = PaletteView(FORM)
    qtbot.addWidget(view)
    assert PALETTE[view.current] == (0, 0, 0)


def test_the_palette_by_keyboard(qtbot: QtBot) -> None:
    view = PaletteView(FORM)
    qtbot.addWidget(view)
    order = by_likeness(FORM)
    view.choose(order[0])
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.current == order[0]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert (view.current, chosen) == (order[2], [])
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen == [order[2]]


def test_like_colours_lie_side_by_side() -> None:
    form = Format(1, 1, ((255, 0, 0), (255, 255, 255), (0, 0, 255), (0, 0, 0), (200, 0, 0), (128, 128, 128)))
    assert by_likeness(form) == (1, 5, 3, 0, 4, 2)


def test_a_colours_tooltip_names_it(qtbot: QtBot) -> None:
    view = PaletteView(FORM)
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    view.show()
    place = view.square(2).center()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert "#c82828" in QToolTip.text()
    QToolTip.hideText()


@pytest.fixture
def panel(qtbot: QtBot) -> NextPixel:
    panel = NextPixel(FORM)
    qtbot.addWidget(panel)
    panel.resize(180, 220)
    panel.show()
    return panel


CHANCES = Chances(7, ((3, 0.5), (0, 0.25), (9, 0.125)))


def test_swatches_show_the_likeliest_colours_and_the_rest_as_one(panel: NextPixel) -> None:
    panel.show_chances(CHANCES, can_decide=True)
    names = [swatch.accessibleName() for swatch in panel.swatches]
    assert names[:3] == ["#28a03c, 50.0 %", "#ffffff, 25.0 %", "#3cc8c8, 12.5 %"]
    assert names[3:] == [""] * 5
    assert panel.others.text() == "Another colour: 12.5 %"
    assert panel.title.text() == "Next: row 2, column 3"


def test_a_click_decides_the_next_pixel_and_no_other(panel: NextPixel, qtbot: QtBot) -> None:
    decided: list[int] = []
    panel.decided.connect(decided.append)
    panel.show_chances(CHANCES, can_decide=True)
    qtbot.mouseClick(panel.swatches[2], LEFT)
    qtbot.mouseClick(panel.swatches[5], LEFT)
    panel.choose(0)
    panel.show_chances(CHANCES, can_decide=False)
    qtbot.mouseClick(panel.swatches[1], LEFT)
    panel.choose(1)
    panel.show_chances(None, can_decide=False)
    panel.choose(1)
    assert decided == [9, 3]
    assert not panel.others.isEnabled()


def test_chances_look_different_when_they_are_different(panel: NextPixel) -> None:
    panel.show_chances(CHANCES, can_decide=True)
    before = panel.swatches[0].grab().toImage()
    panel.show_chances(Chances(7, ((3, 0.9),)), can_decide=True)
    assert panel.swatches[0].grab().toImage() != before


@pytest.mark.parametrize(("chance", "text"), [(1.0, "100"), (0.9996, "100"), (0.5, "50.0"), (0.00001, "0.0")])
def test_percent(chance: float, text: str) -> None:
    assert percent(chance) == text


@pytest.mark.parametrize(("colours", "most"), [(2, 1.0), (4, 2.0), (11, 4.0), (167, 8.0), (256, 8.0)])
def test_the_largest_dot_means_what_a_palette_can_cost(colours: int, most: float) -> None:
    assert marks.most_bits(colours) == most


def test_the_scale_of_dots_goes_from_dark_to_bright() -> None:
    lightness = [marks.colour_of(share / 10).lightnessF() for share in range(11)]
    assert lightness == sorted(lightness)
    assert marks.colour_of(-1) == marks.colour_of(0)
    assert marks.colour_of(7) == marks.colour_of(1)


def test_the_legend_stands_only_where_there_are_dots(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(160, 40)
    empty, height = legend.grab().toImage(), legend.sizeHint().height()
    legend.show_scale(8.0)
    assert legend.grab().toImage() != empty
    assert legend.accessibleName() == "Dots from 0 to 8 bits"
    assert legend.sizeHint().height() == height
    legend.show_scale(0.0)
    assert legend.grab().toImage() == empty


def test_showing_a_request_tells_nothing(qtbot: QtBot) -> None:
    style = StyleControl()
    qtbot.addWidget(style)
    qtbot.addWidget(style.blind)
    request = DrawRequest(Canvas.empty(FORM), temperature=1.35, top_p=0.8, blind=True)
    with qtbot.assertNotEmitted(style.changed):
        style.show_request(request)
    assert (style.temperature.value(), style.top_p.value(), style.blind.isChecked()) == (135, 80, True)


def test_showing_a_share_tells_nothing(qtbot: QtBot) -> None:
    cover = CoverControl()
    qtbot.addWidget(cover)
    with qtbot.assertNotEmitted(cover.changed):
        cover.show_share("left", 0.3)
    assert cover.chosen == ("left", 0.3)
