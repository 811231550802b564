"""The engine at work: newest wins, cancellation between steps, errors as results."""

from __future__ import annotations

import gc
import logging
import weakref
from collections.abc import Callable, Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import Arrival, UnexpectedError
from models.errors import InputError
from tests.desktop.engines import PATIENCE_MS, Model, count, fail_with, running, settle


def test_each_value_arrives_at_once_and_the_last_again_when_the_work_has_ended(qtbot: QtBot) -> None:
    with running(Model) as (engine, record):
        ticket = engine.submit(count(3))
        settle(qtbot, engine)
        assert [(arrival.value, arrival.last) for arrival in record.arrivals] == [
            (0, False),
            (1, False),
            (2, False),
            (2, True),
        ]
        assert {arrival.ticket for arrival in record.arrivals} == {ticket}


def test_a_draft_arrives_while_the_work_goes_on(qtbot: QtBot) -> None:
    model = Model()

    def work(model: Model) -> Iterator[str]:
        yield "draft"
        model.wait()
        yield "final"

    with running(lambda: model) as (engine, record):
        engine.submit(work)
        qtbot.waitUntil(lambda: bool(record.arrivals), timeout=PATIENCE_MS)
        assert record.arrivals == [Arrival(1, "draft", last=False)]
        assert engine.busy
        model.gate.set()
        settle(qtbot, engine)
        assert record.arrivals[-1] == Arrival(1, "final", last=True)


def test_work_without_results_still_ends(qtbot: QtBot) -> None:
    with running(Model) as (engine, record):
        engine.submit(count(0))
        settle(qtbot, engine)
        assert record.arrivals == [Arrival(1, None, last=True)]


def test_of_200_requests_only_the_running_and_the_newest_are_worked_on(qtbot: QtBot) -> None:
    model = Model()

    def request(number: int) -> Callable[[Model], Iterator[int]]:
        def work(model: Model) -> Iterator[int]:
            model.done.append(number)
            if number == 1:
                model.wait()
            yield number
            model.done.append(f"{number} again")

        return work

    with running(lambda: model) as (engine, record):
        engine.submit(request(1))
        assert model.entered.wait(PATIENCE_MS / 1000)
        for number in range(2, 201):
            engine.submit(request(number))
        model.gate.set()
        settle(qtbot, engine)
        assert model.done == [1, 200, "200 again"]
        assert [arrival.value for arrival in record.arrivals] == [200, 200]
        assert {arrival.ticket for arrival in record.arrivals} == {200}
        assert record.busy == [True, False]


def test_cancel_ends_the_generator_at_its_next_step(qtbot: QtBot) -> None:
    model = Model()

    def work(model: Model) -> Generator[int, None, None]:
        try:
            yield 0
            model.wait()
            yield 1
            model.done.append("a step after the cancel")
            yield 2
        finally:
            model.done.append("tidied")

    with running(lambda: model) as (engine, record):
        engine.submit(work)
        qtbot.waitUntil(model.entered.is_set, timeout=PATIENCE_MS)
        engine.cancel()
        assert not engine.busy
        model.gate.set()
        qtbot.waitUntil(lambda: bool(model.done), timeout=PATIENCE_MS)
        assert model.done == ["tidied"]
        assert all(arrival.value == 0 for arrival in record.arrivals)
        engine.submit(count(1))
        settle(qtbot, engine)
        assert record.arrivals[-1] == Arrival(2, 0, last=True)


def test_what_was_on_its_way_when_a_newer_request_came_is_dropped(qtbot: QtBot) -> None:
    model = Model()

    def old(model: Model) -> Iterator[str]:
        yield "old"
        model.entered.set()

    with running(lambda: model) as (engine, record):
        engine.submit(old)
        assert model.entered.wait(PATIENCE_MS / 1000)  # its results wait in the event loop by now
        engine.submit(count(1))
        settle(qtbot, engine)
        assert [arrival.value for arrival in record.arrivals] == [0, 0]


def test_an_error_made_for_people_passes_as_it_is(qtbot: QtBot) -> None:
    error = InputError("The line {line} is too long.", line="x")
    with running(Model) as (engine, record):
        ticket = engine.submit(fail_with(error, after=1))
        settle(qtbot, engine)
        (failure,) = record.failures
        assert failure.error is error
        assert failure.ticket == ticket
        assert "raise error" in failure.details
        assert record.busy == [True, False]


@pytest.mark.parametrize("error", [ValueError("shape (3,) is wrong"), MemoryError(), ZeroDivisionError("by zero")])
def test_any_other_error_is_told_as_unexpected_with_its_traceback(qtbot: QtBot, error: Exception) -> None:
    with running(Model) as (engine, record):
        engine.submit(fail_with(error))
        settle(qtbot, engine)
        (failure,) = record.failures
        assert isinstance(failure.error, UnexpectedError)
        assert str(error) in str(failure.error)
        assert type(error).__name__ in failure.details


def test_work_that_fails_before_its_first_step_is_a_failure_too(qtbot: QtBot) -> None:
    def work(_model: Model) -> Iterator[int]:
        raise InputError("no")

    with running(Model) as (engine, record):
        engine.submit(work)
        settle(qtbot, engine)
        assert [str(failure.error) for failure in record.failures] == ["no"]


def test_the_engine_works_on_after_a_failure(qtbot: QtBot) -> None:
    with running(Model) as (engine, record):
        engine.submit(fail_with(RuntimeError("once")))
        settle(qtbot, engine)
        engine.submit(count(2))
        settle(qtbot, engine)
        assert record.arrivals[-1] == Arrival(2, 1, last=True)


def test_an_error_while_a_cancelled_generator_is_closed_harms_nobody_and_is_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    model = Model()

    def stubborn(model: Model) -> Generator[int, None, None]:
        try:
            yield 0
            model.wait()
            yield 1
        finally:
            raise RuntimeError("while closing")

    with running(lambda: model) as (engine, record):
        engine.submit(stubborn)
        qtbot.waitUntil(model.entered.is_set, timeout=PATIENCE_MS)
        engine.submit(count(1))
        with caplog.at_level(logging.WARNING):
            model.gate.set()
            settle(qtbot, engine)
        assert record.failures == []
        assert record.arrivals[-1] == Arrival(2, 0, last=True)
        assert "while closing" in caplog.text


def test_a_failed_request_leaves_no_frames_behind(qtbot: QtBot) -> None:
    class Array:
        pass

    arrays: list[weakref.ref[Array]] = []

    def work(_model: Model) -> Iterator[int]:
        array = Array()
        arrays.append(weakref.ref(array))
        yield 0
        raise ValueError("midway")

    with running(Model) as (engine, record):
        engine.submit(work)
        settle(qtbot, engine)
        assert len(record.failures) == 1
        gc.collect()
        assert arrays[0]() is None
