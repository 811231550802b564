"""How the tab opens: alive, honest, and with what was there last time."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.drawing.page import DrawingPage
from desktop.drawing.player import AT_ONCE
from desktop.engine import Failure
from models import shelf
from models.pixel_rnn import presets
from models.shelf import ModelFolder
from models.sprites.form import Format
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import NewPage, wait_for_rest, write_model
from tests.desktop.drawing.driving import (
    button,
    choose,
    click,
    paint_with,
    pick,
    press_draw,
    problems_of,
    sentence,
    shown,
)

SMALL = Format(3, 3, fake.PALETTE[:4])


def test_it_opens_on_a_ready_made_drawing_that_goes_on_by_itself(
    ready_made: None, new_page: NewPage, qtbot: QtBot
) -> None:
    fake.FakeModel.gate.clear()
    page = new_page()
    half = page.session.sheet.count
    assert 0 < half < fake.FORM.pixels, "something is there from the first moment"
    assert not page.player.is_playing, "nothing runs before `start`"
    assert page.desk.side.next_pixel.chances is not None
    page.start()
    qtbot.waitUntil(lambda: page.session.sheet.is_finished)
    made = fake.drawn_for(page.session.sheet.request)
    assert (page.session.sheet.shown == made.pixels).all()


def test_where_the_system_asks_for_less_motion_it_opens_on_the_whole_picture(
    ready_made: None, new_page: NewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_motion(_widget: object) -> int:
        return 0

    monkeypatch.setattr(theme, "motion_ms", no_motion)
    page = new_page()
    assert page.session.sheet.is_finished
    page.start()
    assert not page.player.is_playing


def test_without_ready_made_drawings_an_empty_canvas_invites(folder: ModelFolder, page: DrawingPage) -> None:
    assert page.session.sheet.count == 0
    assert page.desk.canvas._words == "Press Draw, and watch"


@pytest.mark.parametrize("text", ["", "[]", "{", '[{"request": 3}]', "[3]"])
def test_it_opens_honestly_where_they_are_damaged(
    folder: ModelFolder, new_page: NewPage, text: str, qtbot: QtBot
) -> None:
    presets.examples_file("drawing.json").write_text(text, encoding="utf-8")
    page = new_page()
    assert page.session.sheet.count == 0
    page._on_speed(AT_ONCE)
    page.start()
    wait_for_rest(page, qtbot)
    assert page.session.sheet.form == fake.FORM
    assert page.session.sheet.is_finished, "it draws by itself once the model is awake"


def test_what_stood_there_comes_back_at_the_next_start(awake: DrawingPage, new_page: NewPage, qtbot: QtBot) -> None:
    paint_with(awake, qtbot, 2)
    click(awake, qtbot, 8)
    awake.steps.seek(20)
    awake._on_speed(3)
    state = json.loads(json.dumps(awake.save_state()))
    other = new_page()
    other.restore_state(state)
    assert shown(other)[:4] == shown(awake)[:4]
    assert other.session.sheet.next_place == awake.session.sheet.next_place
    assert other.controls.draw.speed.value() == 3
    assert not other.skeleton.undo_action.isEnabled()
    other.start()
    wait_for_rest(other, qtbot)
    assert other.session.sheet.next_place == awake.session.sheet.next_place, "nothing goes on by itself"
    assert other.session.sheet.asked == awake.session.sheet.asked


def test_a_picture_whose_model_is_gone_can_still_be_had_back(
    awake: DrawingPage, new_page: NewPage, qtbot: QtBot
) -> None:
    state = {**json.loads(json.dumps(awake.save_state())), "model": "gone", "hash": "f" * 12}
    before = shown(awake)
    write_model("first", SMALL)
    other = new_page()
    other.restore_state(state)
    assert shown(other) == before
    other.start()
    qtbot.waitUntil(lambda: other.session.is_awake)
    assert np.shape(shown(other)) == (3, 3)
    told = problems_of(other)
    other.skeleton.undo_action.trigger()
    assert shown(other) == before
    assert [str(error) for error in told] == ["The model gone is no longer on the shelf."]


def test_an_empty_state_leaves_the_first_drawing(ready_made: None, page: DrawingPage) -> None:
    before = page.session.sheet
    page.restore_state({})
    assert page.session.sheet == before


def test_draw_is_heard_while_the_model_still_wakes(
    ready_made: None, new_page: NewPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    loaded, load = threading.Event(), fake.FakeModel.load

    def load_slowly(folder: ModelFolder) -> fake.FakeModel:
        assert loaded.wait(20)
        return load(folder)

    monkeypatch.setattr(fake.FakeModel, "load", load_slowly)
    page = new_page()
    page._on_speed(AT_ONCE)
    page.start()
    qtbot.waitUntil(lambda: page.session.sheet.is_finished)
    before = shown(page)
    press_draw(page, qtbot)
    assert "Waking up" in sentence(page)
    assert shown(page) == before, "the last good picture stays"
    loaded.set()
    wait_for_rest(page, qtbot)
    assert shown(page) != before
    assert page.skeleton.seed == 2


def test_without_a_model_one_sentence_says_so_and_the_ready_made_drawing_can_be_watched(
    ready_made: None, new_page: NewPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def user_models() -> object:
        return shelf.user_data() / "nothing"

    monkeypatch.setattr(shelf, "user_models", user_models)
    page = new_page()
    told = problems_of(page)
    page.start()
    assert len(told) == 1
    assert sentence(page) == "There is no model to draw with"
    page.steps.seek(30)
    before = shown(page)
    press_draw(page, qtbot)
    assert shown(page) == before
    click(page, qtbot, 3)
    assert page.session.sheet.next_place == 3
    page._on_speed(AT_ONCE)
    press_draw(page, qtbot)
    assert shown(page) == before
    button(page, "Half").click()
    press_draw(page, qtbot)
    assert not page.player.is_playing, "nobody is there to draw what is covered"
    assert sentence(page) == "There is no model to draw with"


def test_a_model_that_does_not_load_is_told_once_and_nothing_is_lost(
    ready_made: None, new_page: NewPage, folder: ModelFolder, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def load(_folder: ModelFolder) -> fake.FakeModel:
        shelf.read_file(folder, "missing")
        raise AssertionError("not reached")

    monkeypatch.setattr(fake.FakeModel, "load", load)
    page = new_page()
    told = problems_of(page)
    page.start()
    qtbot.waitUntil(lambda: page.session.is_broken and len(told) == 1)
    page.steps.seek(30)
    before = shown(page)
    paint_with(page, qtbot, 2)
    click(page, qtbot, 0)
    press_draw(page, qtbot)
    page.controls.draw.several_asked.emit(4)
    assert shown(page)[0][0] == 2
    page.skeleton.undo_action.trigger()
    assert shown(page) == before
    assert len(told) == 1
    assert isinstance(told[0], Failure)
    assert sentence(page) == "There is no model to draw with"


def test_another_model_of_the_same_format_draws_the_same_canvas(awake: DrawingPage, qtbot: QtBot) -> None:
    write_model("second")
    awake._read_shelf()
    button(awake, "Half").click()
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    before, given = shown(awake), awake.session.sheet.canvas
    pick(awake, "second")
    wait_for_rest(awake, qtbot)
    assert awake.session.sheet.canvas == given
    assert shown(awake) != before, "another model thinks otherwise"
    awake.skeleton.undo_action.trigger()
    wait_for_rest(awake, qtbot)
    assert shown(awake) == before
    assert awake.picker.current is not None
    assert awake.picker.current.name == "first"


def test_a_model_of_another_format_begins_its_own(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    write_model("other", SMALL)
    awake._read_shelf()
    pick(awake, "other")
    wait_for_rest(awake, qtbot)
    assert np.shape(shown(awake)) == (3, 3)
    assert awake.session.sheet.is_finished
    assert len(awake.desk.side.next_pixel.all_colours._order) == 4
    awake.skeleton.undo_action.trigger()
    wait_for_rest(awake, qtbot)
    assert shown(awake) == before
    assert len(awake.controls.palette._order) == 11


def test_a_preset_for_another_model_wakes_it_and_brings_its_own_speed(awake: DrawingPage, qtbot: QtBot) -> None:
    write_model("other", SMALL)
    awake._read_shelf()
    choose(awake, "Slow")
    assert awake.session.sheet.model == "other"
    assert awake.player.speed == 0
    assert awake.controls.draw.speed.value() == 0
    awake._set_speed(AT_ONCE)
    wait_for_rest(awake, qtbot)
    assert awake.session.sheet.form == SMALL
    choose(awake, "Bold")
    assert awake.player.speed == AT_ONCE, "the person's own"
    wait_for_rest(awake, qtbot)
    assert awake.session.sheet.request.temperature == 1.2


def test_a_stopped_page_shows_no_more_pixels(ready_made: None, page: DrawingPage, qtbot: QtBot) -> None:
    page.start()
    page.stop()
    count = page.session.sheet.count
    qtbot.wait(100)
    assert page.session.sheet.count == count
