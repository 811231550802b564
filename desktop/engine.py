"""The one way to run a model in the background.

An `Engine` owns one worker thread and the model that this thread loads. A page submits work: a function from the model
to an iterator of results. The mailbox holds one request: a newer one replaces what waits, and the running one is left
at its next step, so a drag is answered after one step and not after a queue. Everything that the person's thread learns
comes by queued signals.

Work runs on the worker's thread: it must touch no widget and change nothing that is shared.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from models.errors import AtelierError

_log = logging.getLogger(__name__)

STACK_BYTES = 8 << 20  # macOS gives threads 512 KB, and torch needs more


class OnDevice(Protocol):
    """All that an engine wants to know of a model: where it computes, for the status bar."""

    @property
    def device(self) -> object: ...


M = TypeVar("M", bound=OnDevice)


@dataclass(frozen=True)
class Arrival:
    """A result of the current request, as soon as it was made.

    When the work has ended, its newest value arrives once more with `last` true (None for work without results): only
    then is it known that nothing better follows.
    """

    ticket: int
    value: Any
    last: bool


@dataclass(frozen=True)
class Failure:
    """The current request ended with an error; `details` is the traceback.

    `ticket` is 0 where loading failed before anything was asked.
    """

    ticket: int
    error: AtelierError
    details: str


class UnexpectedError(AtelierError):
    """Something failed that nobody foresaw: a mistake in the program, told without its jargon."""


@dataclass(frozen=True)
class _Request:
    ticket: int
    work: Callable[[Any], Iterator[Any]]


class State(Enum):
    """What an engine does, for the status line."""

    ASLEEP = "asleep"
    LOADING = "loading"
    READY = "ready"
    WORKING = "working"
    BROKEN = "broken"


class _Worker(QThread):
    """The thread. `_condition` guards the mailbox, the only thing that both threads touch."""

    loaded = Signal(str)
    broken = Signal()
    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, load: Callable[[], OnDevice]) -> None:
        super().__init__()
        self.setStackSize(STACK_BYTES)
        self._load = load
        self._condition = threading.Condition()
        self._waiting: _Request | None = None
        self._wanted = 0  # the ticket that is still worth working for
        self._stopping = False

    def post(self, request: _Request | None, ticket: int) -> None:
        """Replace whatever waits or runs; None only cancels."""
        with self._condition:
            self._waiting, self._wanted = request, ticket
            self._condition.notify()

    def stop(self) -> None:
        with self._condition:
            self._waiting, self._wanted, self._stopping = None, 0, True
            self._condition.notify()

    def run(self) -> None:
        model, failure = self._loaded_model()
        while (request := self._next_request()) is not None:
            if failure is not None:
                self.failed.emit(Failure(request.ticket, failure.error, failure.details))
            else:
                self._work(model, request)

    def _loaded_model(self) -> tuple[OnDevice | None, Failure | None]:
        """A model that cannot be loaded stays so: each request gets the same error, until another model is picked."""
        try:
            model = self._load()
            self.loaded.emit(str(model.device))
        except Exception as error:  # noqa: BLE001 - whatever a loader raises must reach the person, never end the thread
            failure = _failure(0, error)
            self.broken.emit()
            if self._waiting is None:  # else the waiting request is about to be answered with it
                self.failed.emit(failure)
            return None, failure
        return model, None

    def _next_request(self) -> _Request | None:
        with self._condition:
            while self._waiting is None and not self._stopping:
                self._condition.wait()
            request, self._waiting = self._waiting, None
            return request

    def _work(self, model: Any, request: _Request) -> None:
        value: Any = None
        try:
            steps = request.work(model)
            for value in steps:
                if self._wanted != request.ticket:
                    _close(steps)
                    return
                self.arrived.emit(Arrival(request.ticket, value, last=False))
            self.arrived.emit(Arrival(request.ticket, value, last=True))
        except Exception as error:  # noqa: BLE001 - errors are results here, and the busy state must end with them
            self.failed.emit(_failure(request.ticket, error))


def _close(steps: Iterator[Any]) -> None:
    """Let a generator leave now, tidying up; another iterator has nothing to tidy."""
    close = getattr(steps, "close", None)
    if close is not None:
        close()


def _failure(ticket: int, error: Exception) -> Failure:
    details = "".join(traceback.format_exception(error))
    if not isinstance(error, AtelierError):
        error = UnexpectedError("Something unexpected happened: {reason}.", reason=str(error) or type(error).__name__)
    return Failure(ticket, error.with_traceback(None), details)  # frames would keep the worker's arrays alive


# A thread that is still inside a long step when its engine goes must not be destroyed: Qt would abort the process.
_started: set[_Worker] = set()


def threads_left() -> bool:
    """Whether a worker still runs: then the process can only be left without the interpreter's tidying."""
    return any(worker.isRunning() for worker in _started)


def _level(failure: Failure) -> int:
    """A mistake of the program stands out in the log even where nobody needs to be told."""
    return logging.WARNING if isinstance(failure.error, UnexpectedError) else logging.INFO


class Engine(QObject, Generic[M]):
    """One model and its worker thread, seen from the person's thread.

    `arrived` and `failed` carry only the current ticket's `Arrival` and `Failure`: what a newer request overtook is
    dropped here. `busy_changed` follows every request from `submit` to its last arrival, failure or cancel.
    """

    arrived = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)
    state_changed = Signal()
    ended = Signal()

    def __init__(self, title: str, load: Callable[[], M], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.device = ""  # known once the model is loaded
        self.busy = False
        self._tickets = 0
        self._current = 0
        self._is_stopped = False
        self._is_broken = False
        self._worker = _Worker(load)
        self._worker.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._worker.broken.connect(self._on_broken, Qt.ConnectionType.QueuedConnection)
        self._worker.loaded.connect(self._on_loaded, Qt.ConnectionType.QueuedConnection)
        self._worker.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._worker.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @property
    def has_ended(self) -> bool:
        return self._is_stopped and not self._worker.isRunning()

    @property
    def state(self) -> State:
        if self._is_broken:
            return State.BROKEN
        if not self.device:
            return State.LOADING if self._worker.isRunning() else State.ASLEEP
        return State.WORKING if self.busy else State.READY

    def start(self) -> None:
        """Begin to load; safe to call again."""
        if not self._is_stopped and not self._worker.isRunning():
            _started.add(self._worker)
            self._worker.start()
            self.state_changed.emit()

    def submit(self, work: Callable[[M], Iterator[Any]]) -> int:
        """Ask for work in place of all that was asked before; returns its ticket (0 once the engine was stopped)."""
        if self._is_stopped:
            return 0
        self._tickets += 1
        self._current = self._tickets
        self._worker.post(_Request(self._current, work), self._current)
        self.start()
        self._set_busy(True)
        return self._current

    def cancel(self) -> None:
        """Forget the current request; the worker leaves it at its next step."""
        self._current = 0
        self._worker.post(None, 0)
        self._set_busy(False)

    def stop(self) -> None:
        """Ask the worker to end, without waiting; `ended` says when it has. An engine is not started again."""
        self._is_stopped = True
        self._current = 0
        self._worker.stop()
        self._set_busy(False)

    def close(self, timeout_ms: int) -> bool:
        """Stop and wait; false where the worker is still inside a long step."""
        self.stop()
        has_ended = not self._worker.isRunning() or self._worker.wait(timeout_ms)
        if has_ended:
            _started.discard(self._worker)
        return has_ended

    def _set_busy(self, busy: bool) -> None:
        if busy != self.busy:
            self.busy = busy
            self.busy_changed.emit(busy)
            self.state_changed.emit()

    @Slot(str)
    def _on_loaded(self, device: str) -> None:
        self.device = device
        self.state_changed.emit()

    @Slot()
    def _on_broken(self) -> None:
        self._is_broken = True
        self.state_changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        _started.discard(self._worker)
        self.ended.emit()

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if arrival.ticket != self._current:
            return
        if arrival.last:
            self._current = 0
            self._set_busy(False)
        self.arrived.emit(arrival)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if failure.ticket not in (0, self._current):
            _log.log(_level(failure), "a request that nobody waits for failed: %s", failure.details)
            return
        if failure.ticket:
            self._current = 0
            self._set_busy(False)
        self.failed.emit(failure)
