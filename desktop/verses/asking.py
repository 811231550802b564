"""What is asked of the model and what it answered: a request with its history, and the result on screen.

The last good result stays until a better one is there. A request that was answered before is answered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Arrival, Engine, Failure, State
from desktop.history import History
from desktop.verses.results import Answer, Request, Results
from models.sentence_vae.path import METHOD

if TYPE_CHECKING:
    from models.sentence_vae.model import SentenceModel

R = TypeVar("R", bound=Request)
V = TypeVar("V", bound=Answer)


@dataclass(frozen=True)
class _Work(Generic[R, V]):
    """What the engine is at: its ticket and request; whether a person still types that, and what came of it so far."""

    ticket: int
    request: R
    is_ahead: bool
    draft: V | None = None


class Asking(QObject, Generic[R, V]):
    """`result_changed` comes with each result that shall be shown, drafts too."""

    request_changed = Signal(object)  # R
    result_changed = Signal(object)  # V
    failed = Signal(object)  # Failure
    state_changed = Signal()

    def __init__(self, request: R, results: Results[R, V], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(request)
        self.result: V | None = results.find(request)
        self.engine: Engine[SentenceModel] | None = None
        self._results = results
        self._model_hash = ""
        self._at_work: _Work[R, V] | None = None
        self._is_held = False

    @property
    def request(self) -> R:
        return self.history.present

    @property
    def is_busy(self) -> bool:
        """Whether the engine works for this, be it shown yet or not."""
        return self._at_work is not None

    @property
    def is_drawing(self) -> bool:
        """Whether what it works for will be shown as it comes."""
        return self._at_work is not None and not self._at_work.is_ahead

    @property
    def is_awake(self) -> bool:
        return self.engine is not None and self.engine.state in (State.READY, State.WORKING)

    @property
    def is_broken(self) -> bool:
        return self.engine is not None and self.engine.state is State.BROKEN

    def work(self, request: R) -> Callable[[SentenceModel], Iterator[Any]]:
        """What the engine shall do for a request."""
        raise NotImplementedError

    def use(self, engine: Engine[SentenceModel], model_hash: str) -> None:
        """Work with this model from now on; it may still have to load."""
        self._forget_work()
        self._let_go()
        self.engine, self._model_hash = engine, model_hash
        engine.state_changed.connect(self.state_changed)
        engine.arrived.connect(self._on_arrived)
        engine.failed.connect(self._on_failed)
        self._answer()
        engine.start()  # after the first question, lest a model that does not load is told twice

    def rest(self) -> None:
        """Ask nothing until `use`: the model works for somebody else."""
        self._forget_work()
        self._let_go()
        self.state_changed.emit()

    def hold(self, held: bool) -> None:
        """Whether nothing shall be asked for the requests that come, since no model could follow them."""
        self._is_held = held
        if held:
            self._forget_work()

    def prepare(self, request: R) -> None:
        """Work ahead for a request that a person is still typing; what comes of it is shown once it is taken."""
        if request == self.request:
            self._leave_ahead()
        elif self._results.find(request) is None:
            self._ask(request, is_ahead=True)

    def take(self, request: R) -> None:
        """One step to another request."""
        if request != self.request:
            self.history.push(request)
            self._show_request()
        else:
            self._leave_ahead()

    def restore(self, request: R, result: V | None) -> None:
        """Begin anew from a request, with the result that stood there."""
        self.history = History(request)
        if result is not None:
            self._results.keep(result)
            self._show(result)
        self._show_request()

    def bring_back(self, result: V) -> None:
        """One step to an earlier result, as it was."""
        self._results.keep(result)
        self.take(result.request)

    @Slot()
    def undo(self) -> None:
        if self.history.can_undo:
            self.history.undo()
            self._show_request()

    @Slot()
    def redo(self) -> None:
        if self.history.can_redo:
            self.history.redo()
            self._show_request()

    def is_own(self, result: V) -> bool:
        """Whether the model in use would give this very result today."""
        return result.model_hash == self._model_hash and result.method == METHOD

    def _let_go(self) -> None:
        if self.engine is not None:
            self.engine.state_changed.disconnect(self.state_changed)
            self.engine.arrived.disconnect(self._on_arrived)
            self.engine.failed.disconnect(self._on_failed)
        self.engine, self._at_work = None, None

    def _show_request(self) -> None:
        self.request_changed.emit(self.request)
        self._answer()

    def _answer(self) -> None:
        """Show what is known for the request, and ask the model where that is not its own answer."""
        known = self._results.find(self.request)
        is_own = known is not None and self.is_own(known)
        if is_own:
            self._forget_work()
        if known is not None and not self._is_held:
            self._show(known)
        if not is_own:
            self._ask(self.request, is_ahead=False)
        self.state_changed.emit()

    def _ask(self, request: R, *, is_ahead: bool) -> None:
        """Have a request answered; where that is under way, go on with it."""
        if self.engine is None or self.is_broken or self._is_held:
            return
        work = self._at_work
        if work is None or work.request != request:
            self._at_work = _Work(self.engine.submit(self.work(request)), request, is_ahead)
            return
        self._at_work = replace(work, is_ahead=is_ahead)
        if work.is_ahead and not is_ahead and work.draft is not None:
            self._show(work.draft)

    def _leave_ahead(self) -> None:
        """Nothing is typed any more but what stood there: go back to working for that."""
        if self._at_work is not None and self._at_work.is_ahead:
            self._forget_work()
            self._answer()

    def _forget_work(self) -> None:
        if self._at_work is not None and self.engine is not None:
            self.engine.cancel()
        self._at_work = None

    def _show(self, result: V) -> None:
        if result is not self.result:
            self.result = result
            self.result_changed.emit(result)

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        work = self._at_work
        if work is None or arrival.ticket != work.ticket:
            return
        self._at_work = None if arrival.last else work
        if arrival.value is not None:
            self._results.keep(arrival.value)
            if not work.is_ahead:
                self._show(arrival.value)
            elif self._at_work is not None:
                self._at_work = replace(work, draft=arrival.value)
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        is_ahead = self._at_work is not None and self._at_work.is_ahead
        self._at_work = None
        if not is_ahead or self.is_broken:  # else it is asked again once it is taken
            self.failed.emit(failure)
        self.state_changed.emit()
