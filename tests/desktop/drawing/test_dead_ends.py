"""Where nothing more can come, the tab says so and waits for a person; what is there is never lost on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.drawing import edits
from desktop.drawing.page import DrawingPage
from desktop.drawing.sheet import Sheet
from desktop.drawing.tools import Tool
from desktop.drawing.work import Opened
from desktop.engine import Failure
from models import shelf
from models.errors import AtelierError, InputError
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.shelf import Card
from models.sprites.form import Format
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import wait_for_rest, write_model
from tests.desktop.drawing.driving import LEFT, pick, press_draw, problems_of, sentence, shown, spot, take
from tests.desktop.drawing.fake import FORM


def test_completions_of_another_model_cannot_be_kept(awake: DrawingPage, qtbot: QtBot) -> None:
    write_model("large", Format(8, 8, fake.PALETTE[:3]))
    awake._read_shelf()
    awake.steps.several(4)
    qtbot.waitUntil(awake.desk.completions.buttons[0].isEnabled)
    fake.FakeModel.gate.clear()
    pick(awake, "large")
    awake.steps.several(4)
    first = awake.desk.completions.buttons[0]
    assert not first.isEnabled()
    assert first.completion is None


def test_when_the_last_pixel_is_decided_nothing_plays_on(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.steps.seek(FORM.pixels - 1)
    wait_for_rest(awake, qtbot)
    awake.steps.decide(3)
    assert not awake.player.is_playing
    assert shown(awake)[-1][-1] == 3


def test_another_model_has_nothing_to_draw_where_nothing_is_covered(awake: DrawingPage, qtbot: QtBot) -> None:
    write_model("other")
    awake._read_shelf()
    awake.steps.change(edits.open_picture(awake.session.sheet, np.ones((6, 5), np.uint8)))
    pick(awake, "other")
    assert not awake.player.is_playing
    qtbot.waitUntil(has_said(awake, "Cover a part for the model to draw"))


def test_a_drawing_that_failed_midway_is_asked_for_again(awake: DrawingPage, qtbot: QtBot) -> None:
    told = problems_of(awake)
    awake.steps.seek(5)
    awake.steps.change(with_seed(awake.session.sheet, fake.IMPOSSIBLE))
    qtbot.waitUntil(has_heard(told, 1))
    press_draw(awake, qtbot)
    qtbot.waitUntil(has_heard(told, 2))
    assert not awake.player.is_playing
    assert awake.session.sheet.count == 5


def test_a_picture_opened_mid_stroke_is_a_step_of_its_own(awake: DrawingPage, qtbot: QtBot) -> None:
    take(awake, qtbot, Tool.BRUSH)
    canvas, picture = awake.desk.canvas, np.full((6, 5), 4, np.uint8)
    qtbot.mousePress(canvas, LEFT, pos=spot(awake, 0))
    painted = shown(awake)
    awake._on_opened(Opened("picture", np.zeros((4, 4, 3), np.uint8), FORM, picture))
    qtbot.mouseMove(canvas, spot(awake, 2))
    qtbot.mouseRelease(canvas, LEFT, pos=spot(awake, 2))
    assert shown(awake) == picture.tolist()
    awake.session.undo()
    assert shown(awake) == painted


def test_a_picture_opened_while_a_slider_is_dragged_is_a_step_of_its_own(awake: DrawingPage) -> None:
    style, picture = awake.controls.style, np.full((6, 5), 4, np.uint8)
    style.drag_began.emit()
    style.changed.emit(1.2, 1.0, False)
    awake._on_opened(Opened("picture", np.zeros((4, 4, 3), np.uint8), FORM, picture))
    style.changed.emit(1.4, 1.0, False)
    style.drag_ended.emit()
    awake.session.undo()
    assert shown(awake) == picture.tolist()
    assert awake.session.sheet.request.temperature == 1.2


def test_undo_mid_stroke_stays_paused(awake: DrawingPage, qtbot: QtBot) -> None:
    awake._on_speed(0)
    awake.steps.seek(5)
    press_draw(awake, qtbot)
    take(awake, qtbot, Tool.BRUSH)
    qtbot.mousePress(awake.desk.canvas, LEFT, pos=spot(awake, 0))
    awake.skeleton.undo_action.trigger()
    assert not awake.player.is_playing


def test_completions_that_fail_give_way_to_the_canvas(
    awake: DrawingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = problems_of(awake)
    monkeypatch.setattr(sys.modules["models.pixel_rnn.drawing"], "completions", failing)
    awake.steps.several(4)
    qtbot.waitUntil(has_heard(told, 1))
    assert not awake.desk.shows_completions


def test_a_sheet_whose_model_is_gone_says_so_and_waits_for_nothing(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.steps.change(replace(awake.session.sheet, model="gone"))
    press_draw(awake, qtbot)
    assert not awake.steps.is_waiting
    assert sentence(awake) == "Its model is gone: choose another"


def test_several_covers_nothing_where_no_model_can_draw(awake: DrawingPage) -> None:
    uncovered = edits.open_picture(awake.session.sheet, np.ones((6, 5), np.uint8))
    awake.steps.change(replace(uncovered, model="gone"))
    awake.steps.several(4)
    assert not awake.session.sheet.canvas.covered


def test_a_pasted_picture_that_is_too_large_is_told(awake: DrawingPage, qtbot: QtBot) -> None:
    told, before = problems_of(awake), awake.session.sheet
    data = QMimeData()
    data.setImageData(QImage(7100, 7100, QImage.Format.Format_Mono))
    assert awake.opening.take(data)
    qtbot.waitUntil(has_heard(told, 1))
    failure = told[0]
    assert isinstance(failure, Failure)
    assert "50 million" in str(failure.error)
    assert awake.session.sheet == before


def failing(*_asked: object) -> Iterator[object]:
    raise InputError("This cannot be finished.")
    yield


def with_seed(sheet: Sheet, seed: int) -> Sheet:
    return replace(sheet, request=replace(sheet.request, seed=seed))


def has_said(page: DrawingPage, words: str) -> Callable[[], bool]:
    def has() -> bool:
        return sentence(page) == words

    return has


def has_heard(told: list[AtelierError | Failure], count: int) -> Callable[[], bool]:
    def has() -> bool:
        return len(told) >= count

    return has


def test_a_model_whose_card_does_not_say_what_it_draws_is_not_offered(awake: DrawingPage) -> None:
    told = problems_of(awake)
    card = Card("pixel_rnn", "unclear", "Unclear", {"height": 3}, "made up", "none")
    shelf.write(shelf.user_models() / "unclear", card, {"w": np.ones(2, np.float32)}, {})
    awake._read_shelf()
    assert [model.name for model in awake.picker.models] == ["first"]
    assert "unclear" in str(told[0])


def test_an_old_picture_of_a_model_with_another_format_now_is_only_shown(awake: DrawingPage) -> None:
    told, large = problems_of(awake), Format(8, 8, FORM.palette)
    awake.session.restore(Sheet.fresh("first", large, DrawRequest(Canvas.empty(large))))
    assert "format" in str(told[0])
    assert sentence(awake) == "Its model is gone: choose another"


def test_when_the_film_is_made_nothing_says_that_it_is_being_made(awake: DrawingPage, qtbot: QtBot) -> None:
    before = sentence(awake)
    awake.outputs.film.trigger()
    assert sentence(awake) == "The film is being made"
    qtbot.waitUntil(has_said(awake, before))
    assert awake.exporter._dialog is not None
    awake.exporter._dialog.reject()
