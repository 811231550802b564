"""What the tab tells of the model's thoughts: dots, chances, figures, the explanation's live numbers."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.drawing.marks import View
from desktop.drawing.page import DrawingPage
from models.pixel_rnn.sprite import Step
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import NewPage, wait_for_rest, write_model
from tests.desktop.drawing.driving import button, click, press_draw, sentence, shown, spot


def steps(page: DrawingPage) -> list[Step]:
    return fake.steps_of(page.session.sheet.asked, fake.FORM)


def test_surprise_is_shown_of_each_drawn_pixel(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.desk.side.view.choose(View.SURPRISE)
    click(awake, qtbot, 20)
    shown_marks = awake.desk.canvas._marks
    assert shown_marks is not None
    assert np.flatnonzero(shown_marks.where).tolist() == list(range(20))
    assert shown_marks.bits.ravel()[:20] == pytest.approx([step.bits for step in steps(awake)[:20]], abs=1e-3)
    awake.desk.side.view.choose(View.COLOURS)
    assert awake.desk.canvas._marks is None


def test_surprise_of_a_picture_that_is_given_is_that_of_the_whole(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "Nothing").click()
    wait_for_rest(awake, qtbot)
    awake.desk.side.view.choose(View.SURPRISE)
    shown_marks = awake.desk.canvas._marks
    assert shown_marks is not None
    assert shown_marks.where.all()
    assert shown_marks.bits == pytest.approx(0.5 + np.array(shown(awake)) / 10)


def test_doubt_is_shown_of_each_pixel_to_come_and_follows_the_drawing(awake: DrawingPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 20)
    awake.desk.side.view.choose(View.DOUBT)
    qtbot.waitUntil(lambda: awake.desk.canvas._marks is not None)
    shown_marks = awake.desk.canvas._marks
    assert shown_marks is not None
    assert np.flatnonzero(shown_marks.where).tolist() == list(range(20, 30))
    assert shown_marks.bits.ravel()[20] == pytest.approx(0.1)
    awake.steps.seek(25)
    qtbot.waitUntil(lambda: awake.session.doubt is not None and awake.session.doubt.canvas.covered == 5)
    assert awake.desk.canvas._marks is not None
    assert np.flatnonzero(awake.desk.canvas._marks.where).tolist() == list(range(25, 30))


def test_a_model_that_cannot_tell_beforehand_shows_no_doubt(new_page: NewPage, qtbot: QtBot) -> None:
    write_model("plain")
    page = new_page()
    page.start()
    qtbot.waitUntil(lambda: page.session.is_awake)
    page.desk.side.view.choose(View.DOUBT)
    qtbot.waitUntil(lambda: page.session.doubt is not None)
    assert page.desk.canvas._marks is None
    page.player.pause()
    assert "cannot tell" in sentence(page)


def test_the_pixel_under_the_pointer_tells_what_the_model_thought(awake: DrawingPage, qtbot: QtBot) -> None:
    qtbot.mouseMove(awake.desk.canvas, spot(awake, 11))
    chances = awake.desk.side.next_pixel.chances
    assert chances is not None
    assert chances.place == 11
    assert not awake.desk.side.next_pixel.others.isEnabled(), "only the next pixel can be decided"
    step = steps(awake)[11]
    assert chances.colours[0][1] == pytest.approx(step.chances.max(), abs=1e-3)
    readout = awake.desk.side.view.readout.text()
    assert readout.startswith("Row 3, column 2 · #")
    assert f"cost {step.bits:.2f} bits" in readout


def test_a_pixel_to_come_tells_how_open_it_is(awake: DrawingPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 20)
    awake.desk.side.view.choose(View.DOUBT)
    qtbot.waitUntil(lambda: awake.session.doubt is not None)
    qtbot.mouseMove(awake.desk.canvas, spot(awake, 23))
    assert awake.desk.side.view.readout.text() == "Row 5, column 4 · open by 3.10 bits"


def test_the_keyboards_cursor_tells_it_too(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.desk.canvas.setFocus()
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Right)
    assert awake.desk.side.view.readout.text().startswith("Row 1, column 2")


def test_figures_of_the_drawn_part_and_of_the_whole_picture(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "Half").click()
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    part = np.mean([step.bits for step in steps(awake)])
    whole = np.mean(0.5 + np.array(shown(awake)) / 10)
    figures = awake.desk.side.figures
    assert figures.drawn.text() == f"{part:.2f} bits a pixel"
    assert figures.whole.text() == f"{whole:.2f} bits a pixel"
    assert figures.nearest.text() == "0.11 away, usually 0.24"
    assert "usually 0.24" in figures.nearest.toolTip()
    click(awake, qtbot, 20)
    assert figures.whole.text() == "–", "what is not whole has no such price"


def test_the_explanation_counts_along(awake: DrawingPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 3)
    texts = {name: label.text() for name, label in awake.controls.explanation.values.items()}
    bits = [step.bits for step in steps(awake)]
    chances = steps(awake)[3].chances
    assert texts["place"] == "3 / 30"
    assert texts["cost"] == f"{bits[2]:.2f}"
    assert texts["bits"] == f"{sum(bits[:3]):.1f}"
    assert texts["chance"] == f"{100 * 2 ** -np.float32(bits[2]):.3g} %"
    assert float(texts["entropy"]) == pytest.approx(-(chances * np.log2(chances)).sum(), abs=0.01)
    click(awake, qtbot, 0)
    assert awake.controls.explanation.values["cost"].text() == "–"


def test_the_chance_of_a_whole_sprite_is_a_power_of_ten(awake: DrawingPage) -> None:
    power = round(sum(step.bits for step in steps(awake)) * np.log10(2))
    text = awake.controls.explanation.values["sprite"].text()
    assert unicodedata.normalize("NFKC", text) == f"1 : 10{power}"
    assert text != f"1 : 10{power}", "the power is raised"


def test_the_cover_shows_how_much_is_covered(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "Three quarters").click()
    assert awake.controls.cover.chosen == ("bottom", 0.75)
    awake.skeleton.undo_action.trigger()
    assert awake.controls.cover.chosen == ("bottom", 1.0)
