"""Several questions to one engine, which works for the newest request alone.

The newest question of each kind is kept until it is answered; kinds that come earlier in `order` go first, and stop a
question of a later kind, which is then asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Arrival, Engine, Failure, State

Work = Callable[[Any], Iterator[Any]]


@dataclass(frozen=True)
class Answer:
    """One result of a question's work; `last` is true once more for the newest when nothing better follows."""

    kind: str
    value: Any
    last: bool


class Questions(QObject):
    """One engine's questions."""

    answered = Signal(object)  # Answer
    failed = Signal(object)  # Failure
    refused = Signal(str, object)  # a question's kind and its Failure

    def __init__(self, order: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self._open: dict[str, Work] = {}
        self._asked = ""  # the kind that the engine works on
        self._ticket = 0
        self._engine: Engine[Any] | None = None

    def use(self, engine: Engine[Any]) -> None:
        """Ask this engine from now on; what was asked of another may make no sense to it and is forgotten."""
        if self._engine is not None:
            self._engine.arrived.disconnect(self._on_arrived)
            self._engine.failed.disconnect(self._on_failed)
        self._engine, self._asked = engine, ""
        self._open.clear()
        engine.arrived.connect(self._on_arrived)
        engine.failed.connect(self._on_failed)

    def is_open(self, kind: str) -> bool:
        """Whether a question of this kind waits for its last answer."""
        return kind in self._open

    @property
    def is_any_open(self) -> bool:
        """Whether a question waits for its last answer."""
        return bool(self._open)

    def ask(self, kind: str, work: Work) -> None:
        """Ask this in place of an older question of its kind; the same one again changes nothing."""
        if self._open.get(kind) == work:
            return
        self._open[kind] = work
        if not self._asked or self._order.index(kind) <= self._order.index(self._asked):
            self._ask_next()

    def forget(self, kind: str) -> None:
        """No longer wait for an answer of this kind."""
        self._open.pop(kind, None)
        if kind == self._asked and self._engine is not None:
            self._asked = ""
            self._engine.cancel()
            self._ask_next()

    def _ask_next(self) -> None:
        for kind in self._order:
            if kind in self._open and self._engine is not None:
                self._asked = kind
                self._ticket = self._engine.submit(self._open[kind])
                return
        self._asked = ""

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if arrival.ticket != self._ticket:
            return
        kind = self._asked
        if arrival.last:
            self._open.pop(kind, None)
            self._ask_next()
        self.answered.emit(Answer(kind, arrival.value, arrival.last))

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._engine is not None and self._engine.state is State.BROKEN:
            self._open.clear()  # each would get the same answer
            self._asked = ""
        elif failure.ticket == self._ticket:
            self.refused.emit(self._asked, failure)
            self._open.pop(self._asked, None)
            self._ask_next()
        self.failed.emit(failure)
