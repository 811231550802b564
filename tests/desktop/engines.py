"""What tests of engines share: a model that can be held inside a step, a record of what was said, a still engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from desktop.engine import Arrival, Engine, Failure, State
from models.errors import InputError

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


class StillEngine(QObject):
    """An engine without a thread: the test answers."""

    arrived = Signal(object)
    failed = Signal(object)
    state_changed = Signal()

    def __init__(self, state: State = State.READY) -> None:
        super().__init__()
        self.state = state
        self.asked: list[Callable[[Any], Any]] = []
        self.cancelled = 0

    def start(self) -> None: ...

    def cancel(self) -> None:
        self.cancelled += 1

    def submit(self, work: Callable[[Any], Any]) -> int:
        self.asked.append(work)
        return len(self.asked)

    def answer(self, *values: object) -> None:
        """Answer the newest request: each value, and the last once more as such."""
        ticket = len(self.asked)
        for value in values:
            self.arrived.emit(Arrival(ticket, value, last=False))
        self.arrived.emit(Arrival(ticket, values[-1], last=True))

    def fail(self) -> None:
        """Fail at the newest request."""
        self.failed.emit(Failure(len(self.asked), InputError("It failed."), "details"))
