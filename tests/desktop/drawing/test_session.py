"""What is asked of the model, when, and what is shown of its answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from desktop.drawing import edits
from desktop.drawing.results import MOST, Results
from desktop.drawing.session import Session
from desktop.drawing.sheet import Sheet
from desktop.drawing.work import AskDoubt, Complete, Completions, Doubt, DrawSprite, Judge, Judgement
from desktop.engine import Engine, Failure, State
from models.pixel_rnn.drawn import Drawn, record
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Format
from tests.desktop.drawing.fake import FORM, drawn_for, steps_of
from tests.desktop.engines import StillEngine

HASH = "0" * 12
LARGE = Format(8, 8, FORM.palette)
REQUEST = DrawRequest(Canvas.empty(FORM), 1)
SHEET = Sheet.fresh("first", FORM, REQUEST)


@dataclass
class Heard:
    sheets: list[Sheet] = field(default_factory=list)
    completions: list[Completions | None] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    models: list[str] = field(default_factory=list)


def heard_from(session: Session) -> Heard:
    heard = Heard()
    session.sheet_changed.connect(heard.sheets.append)
    session.completions_changed.connect(heard.completions.append)
    session.failed.connect(heard.failures.append)
    session.model_wanted.connect(heard.models.append)
    return heard


def started(
    results: Results | None = None, state: State = State.READY, sheet: Sheet = SHEET
) -> tuple[Session, StillEngine, Heard]:
    session, engine = Session(sheet, results or Results()), StillEngine(state)
    engine.setParent(session)
    heard = heard_from(session)
    session.use(cast("Engine[Any]", engine), "first", HASH, FORM)
    return session, engine, heard


def part_of(request: DrawRequest, count: int) -> Drawn:
    return record(request, FORM, "first", HASH, steps_of(request, FORM)[:count])


def whole(session: Session, engine: StillEngine) -> Drawn:
    """Answer with the whole drawing of what stands there."""
    drawn = drawn_for(session.sheet.asked)
    engine.answer(drawn)
    return drawn


@pytest.fixture(autouse=True)
def _app(qapp: QApplication) -> None:
    """Signals need one."""


def test_the_model_draws_ahead_and_the_canvas_follows_when_it_is_told() -> None:
    session, engine, _ = started()
    assert engine.asked == [DrawSprite(REQUEST)]
    drawn = whole(session, engine)
    assert session.sheet.count == 0
    session.advance(3)
    assert session.sheet.shown.ravel()[:3].tolist() == drawn.colours[:3].tolist()
    assert session.sheet.next_place == 3
    session.advance(100)
    assert session.sheet.is_finished
    assert (session.sheet.shown == drawn.pixels).all()


def test_no_more_pixels_are_shown_than_have_come() -> None:
    session, engine, _ = started()
    session.advance(5)
    assert session.sheet.count == 0
    engine.arrived.emit(arrival(part_of(REQUEST, 4)))
    session.advance(5)
    assert session.sheet.count == 4


def arrival(value: object) -> Any:
    from desktop.engine import Arrival

    return Arrival(1, value, last=False)


def test_playing_and_going_back_ask_for_nothing() -> None:
    session, engine, _ = started()
    whole(session, engine)
    for count in (5, 2, 9, 0):
        session.seek(count)
        assert session.sheet.count == count
    assert len(engine.asked) == 1


def test_undo_and_redo_are_answered_at_once_with_what_was_there() -> None:
    session, engine, _ = started()
    whole(session, engine)
    session.advance(7)
    before = session.sheet
    session.take(edits.redraw(session.sheet, 2))
    whole(session, engine)
    session.advance(30)
    after = session.sheet
    engine.asked.clear()
    session.undo()
    assert session.sheet == before
    assert session.drawn is not None
    session.redo()
    assert session.sheet == after
    assert not any(isinstance(work, DrawSprite) for work in engine.asked)


def test_undo_has_no_end() -> None:
    session, _, _ = started()
    for number in range(1000):
        session.take(edits.paint(session.sheet, np.array([number % 30]), number % 7 + 1))
    for _ in range(1000):
        session.undo()
    assert session.sheet == SHEET


def test_a_stroke_is_asked_about_when_it_is_over() -> None:
    session, engine, heard = started()
    whole(session, engine)
    engine.asked.clear()
    heard.sheets.clear()
    before = session.sheet
    session.begin(edits.paint(session.sheet, np.array([0]), 3))
    session.amend(edits.paint(session.sheet, np.array([1]), 3))
    assert engine.asked == []
    assert len(heard.sheets) == 2
    session.settle()
    assert engine.asked == [DrawSprite(session.sheet.asked)]
    session.undo()
    assert session.sheet == before


def test_another_temperature_shows_when_it_is_drawn_and_until_then_the_old_picture_stays() -> None:
    session, engine, _ = started()
    whole(session, engine)
    session.advance(30)
    before = session.sheet.shown.copy()
    session.take(edits.with_request(session.sheet, replace(session.sheet.request, temperature=1.5)))
    engine.arrived.emit(replace(arrival(part_of(session.sheet.asked, 10)), ticket=len(engine.asked)))
    assert (session.sheet.shown == before).all()
    drawn = whole(session, engine)
    assert (session.sheet.shown == drawn.pixels).all()
    assert (session.sheet.shown != before).any()


def test_an_answer_for_another_sheet_is_passed_over() -> None:
    session, engine, _ = started()
    late = drawn_for(REQUEST)
    session.take(edits.redraw(session.sheet, 2))
    engine.answer(late)
    assert session.drawn is None


def test_a_ready_made_drawing_of_the_same_model_is_not_drawn_again() -> None:
    session, engine, _ = started(Results([drawn_for(REQUEST)]))
    assert engine.asked == []
    session.advance(30)
    assert session.sheet.is_finished


def test_a_ready_made_drawing_of_another_model_is_shown_and_drawn_again() -> None:
    stale = drawn_for(REQUEST, model_hash="f" * 12)
    session, engine, _ = started(Results([stale]))
    assert session.drawn is stale
    assert engine.asked == [DrawSprite(REQUEST)]


def test_a_whole_picture_is_judged_once() -> None:
    session, engine, _ = started()
    whole(session, engine)
    session.advance(30)
    colours = session.sheet.shown.tobytes()
    assert engine.asked[-1] == Judge(6, 5, colours)
    told = Judgement(session.sheet.shown, np.full((6, 5), 2.0, np.float32), None)
    engine.answer(told)
    assert session.judgement is told
    assert told.bits_per_pixel == 2.0
    session.settle()
    assert len(engine.asked) == 2
    session.seek(3)
    assert session.judgement is None


def test_doubt_is_asked_for_where_it_is_shown_and_follows_the_canvas() -> None:
    session, engine, _ = started()
    whole(session, engine)
    session.advance(2)
    assert not any(isinstance(work, AskDoubt) for work in engine.asked)
    session.want_doubt(True)
    asked = engine.asked[-1]
    assert isinstance(asked, AskDoubt)
    assert asked.canvas.covered == 28
    assert asked.canvas.pixels.ravel()[:2].tolist() == session.sheet.shown.ravel()[:2].tolist()
    told = Doubt(asked.canvas, np.ones((6, 5), np.float32))
    engine.answer(told)
    assert session.doubt is told
    session.advance(1)
    newer = engine.asked[-1]
    assert isinstance(newer, AskDoubt)
    assert newer.canvas.covered == 27


def test_doubt_is_asked_for_again_where_the_model_is_made_blind() -> None:
    session, engine, _ = started()
    whole(session, engine)
    session.want_doubt(True)
    seeing = engine.asked[-1]
    assert isinstance(seeing, AskDoubt)
    assert not seeing.blind
    engine.answer(Doubt(seeing.canvas, np.ones((6, 5), np.float32)))
    session.take(edits.with_request(session.sheet, replace(session.sheet.request, blind=True)))
    whole(session, engine)
    assert engine.asked[-1] == replace(seeing, blind=True)


def test_the_numbers_of_another_model_are_not_told() -> None:
    session, engine, _ = started()
    whole(session, engine)
    session.advance(30)
    session.take(replace(session.sheet, model="other"))
    assert session.drawn is None
    session.use(cast("Engine[Any]", engine), "other", "1" * 12, FORM)
    assert session.drawn is None
    assert session.sheet.is_finished


def test_a_model_that_draws_another_format_now_is_asked_nothing() -> None:
    session, engine, heard = started()
    engine.asked.clear()
    session.restore(Sheet.fresh("first", LARGE, DrawRequest(Canvas.empty(LARGE))))
    assert engine.asked == []
    assert heard.models == ["first"]
    assert session.has_lost_model


def test_completions_come_and_can_be_left() -> None:
    session, engine, heard = started()
    whole(session, engine)
    session.complete(4)
    assert engine.asked[-1] == Complete(REQUEST, 4)
    ranked = Completions(REQUEST, 4, (), is_ranked=True)
    engine.answer(ranked)
    assert session.completions is ranked
    session.complete(4)
    assert engine.asked[-1] == Complete(replace(REQUEST, seed=5), 4)
    session.leave_completions()
    assert engine.cancelled == 1
    assert heard.completions[-1] is None


def test_a_step_leaves_the_completions() -> None:
    session, engine, heard = started()
    whole(session, engine)
    session.complete(4)
    session.take(edits.redraw(session.sheet, 9))
    assert session.completions is None
    assert heard.completions[-1] is None


def test_a_failure_is_told_and_the_next_request_tried() -> None:
    session, engine, heard = started()
    engine.fail()
    assert len(heard.failures) == 1
    assert not session.is_drawing
    session.take(edits.redraw(session.sheet, 2))
    assert engine.asked[-1] == DrawSprite(session.sheet.asked)


def test_a_broken_model_is_not_asked_again() -> None:
    session, engine, heard = started()
    engine.state = State.BROKEN
    engine.fail()
    session.take(edits.redraw(session.sheet, 2))
    session.complete(4)
    assert len(engine.asked) == 1
    assert len(heard.failures) == 1


def test_a_sheet_for_another_model_asks_for_it_and_not_of_this_one() -> None:
    session, engine, heard = started()
    whole(session, engine)
    engine.asked.clear()
    session.take(replace(session.sheet, model="second"))
    assert heard.models == ["second"]
    assert engine.asked == []
    assert not session.is_awake
    session.undo()
    assert session.is_awake


def test_another_model_draws_anew_and_the_old_one_is_no_longer_heard() -> None:
    session, old, _ = started()
    whole(session, old)
    new = StillEngine()
    new.setParent(session)
    session.use(cast("Engine[Any]", new), "first", "1" * 12, FORM)
    assert new.asked == [DrawSprite(REQUEST)]
    old.answer(part_of(REQUEST, 3))
    assert session.drawn is not None
    assert session.drawn.is_whole


def test_a_restored_sheet_has_no_past() -> None:
    session, _, heard = started()
    session.take(edits.redraw(session.sheet, 2))
    sheet = edits.redraw(SHEET, 5)
    session.restore(sheet, drawn_for(sheet.asked))
    assert not session.history.can_undo
    assert (session.sheet.asked, session.sheet.until) == (sheet.asked, 0)
    assert heard.sheets[-1] == session.sheet
    assert session.drawn is not None


def test_only_whole_drawings_are_remembered_and_the_oldest_give_way() -> None:
    results = Results()
    results.keep(part_of(REQUEST, 5))
    assert results.find("first", REQUEST) is None
    requests = [replace(REQUEST, seed=seed) for seed in range(MOST + 1)]
    for request in requests:
        results.keep(drawn_for(request))
    assert results.find("first", requests[0]) is None
    assert results.find("first", requests[1]) is not None
    assert results.find("second", requests[1]) is None
