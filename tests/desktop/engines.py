"""What the tests of the engine share: a model that can be held inside a step, and a record of what an engine said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from desktop.engine import Arrival, Engine, Failure

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
