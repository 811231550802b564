"""The engine: newest wins, cancellation between steps, errors as results, a clean close."""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop import engine as module
from desktop.engine import Arrival, Engine, Failure, State, UnexpectedError
from models.errors import AtelierError, InputError

PATIENCE_MS = 20_000  # on a busy machine; nothing here is timed


@dataclass
class Model:
    """Stands for a loaded model; tests hold its gate to keep the worker inside a step."""

    device: str = "cpu"
    gate: threading.Event = field(default_factory=threading.Event)
    entered: threading.Event = field(default_factory=threading.Event)
    done: list[object] = field(default_factory=list)

    def wait(self) -> None:
        self.entered.set()
        assert self.gate.wait(PATIENCE_MS / 1000)


class Record:
    """Everything that an engine said, in order."""

    def __init__(self, engine: Engine[Model]) -> None:
        self.said: list[object] = []
        engine.arrived.connect(self.said.append)
        engine.failed.connect(self.said.append)
        engine.busy_changed.connect(self.said.append)

    @property
    def arrivals(self) -> list[Arrival]:
        return [said for said in self.said if isinstance(said, Arrival)]

    @property
    def failures(self) -> list[Failure]:
        return [said for said in self.said if isinstance(said, Failure)]

    @property
    def busy(self) -> list[bool]:
        return [said for said in self.said if isinstance(said, bool)]


@contextmanager
def running(load: Callable[[], Model]) -> Iterator[tuple[Engine[Model], Record]]:
    engine: Engine[Model] = Engine("a model", load)
    try:
        yield engine, Record(engine)
    finally:
        assert engine.close(PATIENCE_MS)


def count(upto: int) -> Callable[[Model], Iterator[int]]:
    def work(_model: Model) -> Iterator[int]:
        yield from range(upto)

    return work


def fail_with(error: BaseException, after: int = 0) -> Callable[[Model], Iterator[int]]:
    def work(_model: Model) -> Iterator[int]:
        yield from range(after)
        raise error

    return work


def idle(engine: Engine[Model]) -> Callable[[], bool]:
    def check() -> bool:
        return not engine.busy

    return check


def settle(qtbot: QtBot, engine: Engine[Model]) -> None:
    qtbot.waitUntil(idle(engine), timeout=PATIENCE_MS)


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


def test_loading_happens_on_the_worker_and_names_the_device(qtbot: QtBot) -> None:
    threads: list[int] = []

    def load() -> Model:
        threads.append(threading.get_ident())
        return Model(device="cuda:0")

    with running(load) as (engine, _record):
        states = [engine.state]
        engine.start()
        states.append(engine.state)
        assert states == [State.ASLEEP, State.LOADING]
        qtbot.waitUntil(lambda: engine.state is State.READY, timeout=PATIENCE_MS)
        engine.start()
        assert engine.device == "cuda:0"
        assert len(threads) == 1
        assert threads[0] != threading.get_ident()


def test_the_worker_has_a_stack_that_torch_can_live_on_everywhere(qtbot: QtBot) -> None:
    sizes: list[int] = []

    def load() -> Model:
        sizes.append(QThread.currentThread().stackSize())
        return Model()

    with running(load) as (engine, _record):
        engine.start()
        qtbot.waitUntil(lambda: engine.state is State.READY, timeout=PATIENCE_MS)
        assert sizes == [8 << 20]


def test_states_follow_a_request(qtbot: QtBot) -> None:
    model = Model()
    states: list[State] = []

    def work(model: Model) -> Iterator[int]:
        model.wait()
        yield 0

    with running(lambda: model) as (engine, _record):
        engine.state_changed.connect(lambda: states.append(engine.state))
        engine.start()
        qtbot.waitUntil(lambda: engine.state is State.READY, timeout=PATIENCE_MS)
        engine.submit(work)
        model.gate.set()
        settle(qtbot, engine)
        assert states == [State.LOADING, State.READY, State.WORKING, State.READY]


def test_a_request_made_before_the_model_is_loaded_is_answered(qtbot: QtBot) -> None:
    gate = threading.Event()

    def load() -> Model:
        assert gate.wait(PATIENCE_MS / 1000)
        return Model()

    with running(load) as (engine, record):
        engine.submit(count(9))
        engine.submit(count(1))
        gate.set()
        settle(qtbot, engine)
        assert [arrival.ticket for arrival in record.arrivals] == [2, 2]


def broken() -> Model:
    raise AtelierError("Cannot use verse-en: it is damaged.")


def test_a_model_that_cannot_be_loaded_is_told_unasked(qtbot: QtBot) -> None:
    with running(broken) as (engine, record):
        engine.start()
        qtbot.waitUntil(lambda: bool(record.failures), timeout=PATIENCE_MS)
        assert [(failure.ticket, str(failure.error)) for failure in record.failures] == [
            (0, "Cannot use verse-en: it is damaged.")
        ]
        assert engine.state is State.BROKEN
        assert not engine.busy


def test_each_request_to_a_broken_model_fails_with_the_same_error(qtbot: QtBot) -> None:
    with running(broken) as (engine, record):
        for ticket in (1, 2):
            assert engine.submit(count(1)) == ticket
            settle(qtbot, engine)
        answered = [failure for failure in record.failures if failure.ticket]
        assert [failure.ticket for failure in answered] == [1, 2]
        assert len({id(failure.error) for failure in answered}) == 1
        assert engine.state is State.BROKEN


def test_a_missing_library_is_a_failure_like_any_other(qtbot: QtBot) -> None:
    def load() -> Model:
        raise ImportError("No module named 'torch'")

    with running(load) as (engine, record):
        engine.submit(count(1))
        settle(qtbot, engine)
        assert "No module named 'torch'" in str(record.failures[-1].error)


def test_close_while_busy_leaves_the_generator_at_its_next_step(qtbot: QtBot) -> None:
    model = Model()

    def endless(model: Model) -> Generator[int, None, None]:
        try:
            while True:
                model.entered.set()
                yield 0
        finally:
            model.done.append("tidied")

    engine: Engine[Model] = Engine("a model", lambda: model)
    engine.submit(endless)
    assert model.entered.wait(PATIENCE_MS / 1000)
    assert engine.close(PATIENCE_MS)
    assert model.done == ["tidied"]
    assert engine.has_ended
    assert not engine.busy


def test_close_gives_up_on_a_step_that_does_not_end_and_nothing_is_destroyed(qtbot: QtBot) -> None:
    model = Model()

    def long(model: Model) -> Iterator[int]:
        model.wait()
        yield 0

    engine: Engine[Model] = Engine("a model", lambda: model)
    ended = []
    engine.ended.connect(lambda: ended.append(True))
    engine.submit(long)
    assert model.entered.wait(PATIENCE_MS / 1000)
    assert not engine.close(1)
    assert module.threads_left()
    model.gate.set()
    qtbot.waitUntil(lambda: bool(ended), timeout=PATIENCE_MS)
    assert not module.threads_left()


def test_an_engine_may_go_before_its_thread(qtbot: QtBot) -> None:
    model = Model()

    def long(model: Model) -> Iterator[int]:
        model.wait()
        yield 0

    engine: Engine[Model] = Engine("a model", lambda: model)
    engine.submit(long)
    assert model.entered.wait(PATIENCE_MS / 1000)
    engine.stop()
    del engine
    gc.collect()
    assert module.threads_left()
    model.gate.set()
    qtbot.waitUntil(lambda: not module.threads_left(), timeout=PATIENCE_MS)


def test_a_stopped_engine_accepts_nothing(qtbot: QtBot) -> None:
    engine: Engine[Model] = Engine("a model", Model)
    assert engine.close(PATIENCE_MS)
    assert engine.submit(count(1)) == 0
    engine.start()
    assert not engine.busy
    assert engine.has_ended
    assert engine.state is State.ASLEEP


def test_many_engines_open_and_close_and_leave_nothing(qtbot: QtBot) -> None:
    for _ in range(50):
        with running(Model) as (engine, record):
            engine.submit(count(1))
            settle(qtbot, engine)
            assert record.arrivals[-1].last
    assert not module.threads_left()


def test_values_come_through_untouched(qtbot: QtBot) -> None:
    value: dict[str, Any] = {"text": "a\ud800b", "big": 2**80}

    def work(_model: Model) -> Iterator[dict[str, Any]]:
        yield value

    with running(Model) as (engine, record):
        engine.submit(work)
        settle(qtbot, engine)
        assert record.arrivals[0].value is value
