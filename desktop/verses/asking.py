"""What is asked of the model and what it answered: a request with its history, and the result on screen.

The last good result stays until a better one is there. A request that was answered before is answered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
        self._drawing = 0  # the ticket of the result that is being made
        self._asked: R | None = None  # what it is made for
        self._is_ahead = False  # whether that is a request that is still being typed …
        self._early: V | None = None  # … and what came of it so far
        self._is_held = False

    @property
    def request(self) -> R:
        return self.history.present

    @property
    def is_drawing(self) -> bool:
        return self._drawing != 0

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
        self._forget_drawing()
        self._let_go()
        self.engine, self._model_hash = engine, model_hash
        engine.state_changed.connect(self.state_changed)
        engine.arrived.connect(self._on_arrived)
        engine.failed.connect(self._on_failed)
        self._answer()
        engine.start()  # after the first question, lest a model that does not load is told twice

    def rest(self) -> None:
        """Ask nothing until `use`: the model works for somebody else."""
        self._forget_drawing()
        self._let_go()
        self.state_changed.emit()

    def hold(self, held: bool) -> None:
        """Whether nothing shall be asked for the requests that come, since no model could follow them."""
        self._is_held = held
        if held:
            self._forget_drawing()

    def prepare(self, request: R) -> None:
        """Work ahead for a request that a person is still typing; what comes of it is shown once it is taken."""
        if request == self.request:
            self._leave_ahead()
        elif self._results.find(request) is None:
            self._ask(request, ahead=True)

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
        self.engine, self._drawing = None, 0

    def _show_request(self) -> None:
        self.request_changed.emit(self.request)
        self._answer()

    def _answer(self) -> None:
        """Show what is known for the request, and ask the model where that is not its own answer."""
        known = self._results.find(self.request)
        if known is not None:
            self._show(known)
        if known is not None and self.is_own(known):
            self._forget_drawing()
        else:
            self._ask(self.request)
        self.state_changed.emit()

    def _ask(self, request: R, *, ahead: bool = False) -> None:
        """Have a request answered; where that is under way, go on with it."""
        if self.engine is None or self.is_broken or self._is_held:
            return
        early = None
        if self.is_drawing and self._asked == request:
            early = self._early
        else:
            self._asked = request
            self._drawing = self.engine.submit(self.work(request))
        self._is_ahead, self._early = ahead, early
        if early is not None and not ahead:
            self._show(early)

    def _leave_ahead(self) -> None:
        """Nothing is typed any more but what stood there: go back to working for that."""
        if self._is_ahead:
            self._forget_drawing()
            self._answer()

    def _forget_drawing(self) -> None:
        if self._drawing and self.engine is not None:
            self.engine.cancel()
        self._drawing, self._is_ahead, self._early = 0, False, None

    def _show(self, result: V) -> None:
        if result is not self.result:
            self.result = result
            self.result_changed.emit(result)

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if arrival.ticket != self._drawing:
            return
        if arrival.last:
            self._drawing = 0
        if arrival.value is not None:
            self._results.keep(arrival.value)
            if self._is_ahead:
                self._early = arrival.value
            else:
                self._show(arrival.value)
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._drawing = 0
        if not self._is_ahead:  # else it is asked again once it is taken
            self.failed.emit(failure)
        self.state_changed.emit()
