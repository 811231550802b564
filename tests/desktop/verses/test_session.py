"""What is asked of the engine, when, and what is shown of its answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from desktop.engine import Arrival, Engine, Failure, State
from desktop.verses.results import Results
from desktop.verses.session import Session, nearest_verse
from desktop.verses.work import DrawPath, ReadPoint
from models.sentence_vae.path import METHOD, PathRequest, PointVerse, VersePath
from tests.desktop.engines import StillEngine
from tests.desktop.verses.fake import path_for

REQUEST = PathRequest("The moon", "The sea")
OTHER = replace(REQUEST, seed=5)
HASH = "0" * 12


@dataclass
class Heard:
    requests: list[PathRequest] = field(default_factory=list)
    paths: list[VersePath] = field(default_factory=list)
    points: list[PointVerse] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def heard_from(session: Session) -> Heard:
    heard = Heard()
    session.request_changed.connect(heard.requests.append)
    session.result_changed.connect(heard.paths.append)
    session.point_read.connect(heard.points.append)
    session.failed.connect(heard.failures.append)
    return heard


def started(
    results: Results[PathRequest, VersePath] | None = None, state: State = State.READY
) -> tuple[Session, StillEngine, Heard]:
    session, engine = Session(REQUEST, results or Results()), StillEngine(state)
    engine.setParent(session)
    heard = heard_from(session)
    session.use(cast("Engine[Any]", engine), HASH)
    return session, engine, heard


def test_a_model_is_asked_for_what_is_on_screen() -> None:
    session, engine, heard = started()
    assert engine.asked == [DrawPath(REQUEST)]
    assert session.is_drawing

    path = path_for(REQUEST)
    engine.answer(path)

    assert heard.paths == [path]
    assert not session.is_drawing


def test_a_ready_made_path_of_the_same_model_is_not_drawn_again() -> None:
    ready = path_for(REQUEST)
    session, engine, _ = started(Results([ready]))
    assert engine.asked == []
    assert session.result is ready


def test_a_ready_made_path_of_another_model_is_shown_and_drawn_again() -> None:
    stale = path_for(REQUEST, model_hash="f" * 12)
    session, engine, _ = started(Results([stale]))
    assert session.result is stale
    assert engine.asked == [DrawPath(REQUEST)]


def test_a_ready_made_path_that_was_drawn_by_another_method_is_shown_and_drawn_again() -> None:
    stale = replace(path_for(REQUEST), method=METHOD - 1)
    session, engine, heard = started(Results([stale]))
    assert session.result is stale
    assert engine.asked == [DrawPath(REQUEST)]
    session.slide(0.3)
    engine.fail()
    session.slide(0.3)
    assert engine.asked == [DrawPath(REQUEST)]
    assert heard.points[-1] == nearest_verse(stale, 0.3)


def test_a_draft_is_shown_but_not_remembered() -> None:
    session, engine, heard = started()
    draft = replace(path_for(REQUEST), final=False)
    engine.arrived.emit(Arrival(1, draft, last=False))
    assert heard.paths == [draft]
    assert session.is_drawing

    session.take(OTHER)
    session.undo()
    assert engine.asked == [DrawPath(REQUEST), DrawPath(OTHER), DrawPath(REQUEST)]


def test_the_last_good_path_stays_while_another_is_drawn() -> None:
    session, engine, _ = started()
    path = path_for(REQUEST)
    engine.answer(path)
    session.take(OTHER)
    assert session.result is path
    engine.fail()
    assert session.result is path


def test_the_same_request_again_is_no_step() -> None:
    session, engine, heard = started()
    session.take(REQUEST)
    assert heard.requests == []
    assert not session.history.can_undo
    assert len(engine.asked) == 1


def test_undo_and_redo_are_answered_at_once_with_what_was_there() -> None:
    session, engine, heard = started()
    first, second = path_for(REQUEST), path_for(OTHER)
    engine.answer(first)
    session.take(OTHER)
    engine.answer(second)

    session.undo()
    assert (session.request, session.result) == (REQUEST, first)
    session.redo()
    assert (session.request, session.result) == (OTHER, second)
    assert len(engine.asked) == 2
    assert heard.requests == [OTHER, REQUEST, OTHER]


def test_until_the_path_is_there_the_slider_shows_the_nearest_verse_of_the_draft() -> None:
    session, engine, heard = started()
    session.slide(0.3)
    draft = replace(path_for(REQUEST), final=False)
    engine.arrived.emit(Arrival(1, draft, last=False))
    assert heard.points == [nearest_verse(draft, 0.3)]
    assert engine.asked == [DrawPath(REQUEST)]


def test_what_is_being_typed_is_worked_for_but_not_shown_before_it_is_taken() -> None:
    session, engine, heard = started()
    known = path_for(REQUEST)
    engine.answer(known)
    draft = replace(path_for(OTHER), final=False)

    session.prepare(OTHER)
    engine.arrived.emit(Arrival(2, draft, last=False))
    assert session.result is known

    session.take(OTHER)
    assert session.result is draft
    final = path_for(OTHER)
    engine.answer(final)
    assert session.result is final
    assert engine.asked == [DrawPath(REQUEST), DrawPath(OTHER)]
    assert len(heard.paths) == 3


def test_what_was_ready_before_it_was_taken_is_shown_at_once() -> None:
    session, engine, _ = started()
    engine.answer(path_for(REQUEST))
    session.prepare(OTHER)
    final = path_for(OTHER)
    engine.answer(final)
    assert session.result is not final

    session.take(OTHER)
    assert session.result is final
    assert not session.is_drawing
    assert engine.asked == [DrawPath(REQUEST), DrawPath(OTHER)]


def test_a_line_that_is_typed_back_to_what_it_was_is_worked_for_again() -> None:
    session, engine, heard = started()
    session.prepare(OTHER)
    engine.arrived.emit(Arrival(2, path_for(OTHER), last=False))

    session.take(REQUEST)

    assert heard.paths == []
    assert engine.asked == [DrawPath(REQUEST), DrawPath(OTHER), DrawPath(REQUEST)]
    final = path_for(REQUEST)
    engine.answer(final)
    assert session.result is final


def test_a_line_that_is_typed_back_leaves_the_path_that_is_there() -> None:
    session, engine, _ = started()
    known = path_for(REQUEST)
    engine.answer(known)
    session.prepare(OTHER)
    session.prepare(REQUEST)
    assert engine.cancelled == 1
    assert not session.is_drawing
    assert session.result is known


def test_what_fails_while_it_is_typed_is_told_only_once_it_is_taken() -> None:
    session, engine, heard = started()
    engine.answer(path_for(REQUEST))
    session.prepare(OTHER)
    engine.fail()
    assert heard.failures == []

    session.take(OTHER)
    engine.fail()
    assert len(heard.failures) == 1


def test_a_draft_that_was_shown_once_does_not_come_back_over_a_newer_one() -> None:
    session, engine, heard = started()
    session.prepare(OTHER)
    old, new = (replace(path_for(OTHER), final=False) for _ in range(2))
    engine.arrived.emit(Arrival(2, old, last=False))
    session.take(OTHER)
    engine.arrived.emit(Arrival(2, new, last=False))
    session.restore(OTHER, None)
    assert session.result is new
    assert heard.paths == [old, new]


def test_a_model_that_does_not_load_is_told_though_a_line_is_being_typed() -> None:
    session, engine, heard = started(state=State.LOADING)
    session.prepare(OTHER)
    engine.state = State.BROKEN
    engine.fail()
    assert len(heard.failures) == 1


def test_the_sliders_verse_is_read_anew_when_a_known_path_comes_back_while_a_line_is_typed() -> None:
    other = path_for(OTHER)
    session, engine, _ = started(Results([other]))
    engine.answer(path_for(REQUEST))
    session.slide(0.3)
    session.prepare(replace(REQUEST, first="The"))
    session.take(OTHER)
    assert session.result is other
    assert engine.asked[-1] == ReadPoint(other, 0.3)


def test_while_nothing_may_be_asked_what_stood_there_stays() -> None:
    session, engine, heard = started()
    known = path_for(REQUEST)
    engine.answer(known)
    session.prepare(OTHER)
    engine.answer(path_for(OTHER))
    session.hold(True)
    session.take(OTHER)
    assert session.result is known
    assert heard.paths == [known]


def test_going_back_to_a_known_path_leaves_the_one_that_is_being_drawn() -> None:
    session, engine, _ = started()
    engine.answer(path_for(REQUEST))
    session.take(OTHER)
    session.undo()
    assert engine.cancelled == 1
    assert not session.is_drawing


def test_undo_without_a_past_does_nothing() -> None:
    session, engine, heard = started()
    session.undo()
    session.redo()
    assert heard.requests == []
    assert len(engine.asked) == 1


def test_a_path_from_the_filmstrip_comes_back_as_one_step() -> None:
    session, _, _ = started()
    kept = path_for(OTHER)
    session.bring_back(kept)
    assert (session.request, session.result) == (OTHER, kept)
    session.undo()
    assert session.request == REQUEST


def test_the_slider_reads_the_verse_at_its_place() -> None:
    session, engine, heard = started(Results([path_for(REQUEST)]))
    session.slide(0.3)
    assert engine.asked == [ReadPoint(cast("VersePath", session.result), 0.3)]
    point = PointVerse(0.3, "Between two verses")
    engine.answer(point)
    assert point in heard.points


def test_a_place_of_a_verse_is_known_without_asking() -> None:
    session, engine, heard = started(Results([path_for(REQUEST)]))
    session.slide(0.25)
    assert engine.asked == []
    assert session.result is not None
    assert heard.points[-1].text == session.result.verses[1].text


def test_a_late_answer_does_not_replace_the_verse_of_the_place_where_the_slider_came_to_rest() -> None:
    session, engine, heard = started(Results([path_for(REQUEST)]))
    session.slide(0.3)
    session.slide(0.25)
    engine.answer(PointVerse(0.3, "Too late"))
    assert session.result is not None
    assert heard.points[-1].text == session.result.verses[1].text


@pytest.mark.parametrize("state", [State.LOADING, State.BROKEN])
def test_without_the_model_the_nearest_verse_has_to_do(state: State) -> None:
    session, engine, heard = started(Results([path_for(REQUEST)]), state)
    session.slide(0.26)
    assert engine.asked == []
    assert session.result is not None
    assert heard.points[-1].text == session.result.verses[1].text


def test_the_slider_waits_for_the_path_and_then_asks_once_for_its_newest_place() -> None:
    session, engine, heard = started()
    engine.answer(path_for(REQUEST))
    session.take(OTHER)
    for t in (0.31, 0.32, 0.33):
        session.slide(t)
    assert engine.asked == [DrawPath(REQUEST), DrawPath(OTHER)]

    other = path_for(OTHER)
    engine.answer(other)

    assert engine.asked[2:] == [ReadPoint(other, 0.33)]
    assert heard.failures == []


def test_a_failure_is_told_and_the_next_request_tried() -> None:
    session, engine, heard = started()
    engine.fail()
    assert [failure.ticket for failure in heard.failures] == [1]
    assert not session.is_drawing
    session.take(OTHER)
    assert engine.asked[-1] == DrawPath(OTHER)


def test_a_broken_model_is_not_asked_again() -> None:
    session, engine, heard = started()
    engine.state = State.BROKEN
    engine.fail()
    session.take(OTHER)
    assert len(engine.asked) == 1
    assert session.request == OTHER
    assert len(heard.failures) == 1


def test_another_model_draws_anew_and_the_old_one_is_no_longer_heard() -> None:
    session, old, heard = started()
    old.answer(path_for(REQUEST))
    new = StillEngine()
    new.setParent(session)
    session.use(cast("Engine[Any]", new), "1" * 12)
    assert new.asked == [DrawPath(REQUEST)]

    old.answer(path_for(REQUEST, model="old"))
    assert [path.model for path in heard.paths] == ["fake"]


def test_a_restored_request_has_no_past() -> None:
    session = Session(REQUEST, Results())
    heard = heard_from(session)
    path = path_for(REQUEST)
    session.restore(OTHER, path)
    assert (session.request, session.result) == (OTHER, path)
    assert heard.requests == [OTHER]
    assert not session.history.can_undo


@pytest.mark.parametrize(("t", "text"), [(0.0, "The moon"), (1.0, "The sea"), (0.02, "The moon"), (0.99, "The sea")])
def test_the_ends_are_places_of_the_path_too(t: float, text: str) -> None:
    assert nearest_verse(path_for(REQUEST), t).text == text
