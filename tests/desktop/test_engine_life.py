"""The life of an engine: loading its model, its states, a clean close."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterator
from typing import Any

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop import engine as module
from desktop.engine import Engine, State
from models.errors import AtelierError
from tests.desktop.engines import PATIENCE_MS, Model, count, running, settle


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
