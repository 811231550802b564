"""What is asked of the model and what it answered: the request with its history, and the path on screen.

The last good path stays until a better one is there. A request that was answered before is answered at once. The slider
waits while a path is being drawn, for the engine works for the newest request only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Arrival, Engine, Failure, State
from desktop.history import History
from desktop.verses.results import Results
from desktop.verses.work import DrawPath, ReadPoint
from models.sentence_vae.path import METHOD, PathRequest, PointVerse, VersePath

if TYPE_CHECKING:
    from models.sentence_vae.model import SentenceModel


class Session(QObject):
    """`path_changed` comes with each path that shall be shown, drafts too."""

    request_changed = Signal(object)  # PathRequest
    path_changed = Signal(object)  # VersePath
    point_read = Signal(object)  # PointVerse
    failed = Signal(object)  # Failure
    state_changed = Signal()

    def __init__(self, request: PathRequest, results: Results, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(request)
        self.path: VersePath | None = results.find(request)
        self._results = results
        self._engine: Engine[SentenceModel] | None = None
        self._model_hash = ""
        self._drawing = 0  # the ticket of the path that is being drawn
        self._reading = 0  # the ticket of the slider's verse that is being read
        self._place = 0.5  # of the slider

    @property
    def request(self) -> PathRequest:
        return self.history.present

    @property
    def is_drawing(self) -> bool:
        return self._drawing != 0

    @property
    def is_awake(self) -> bool:
        return self._engine is not None and self._engine.state in (State.READY, State.WORKING)

    @property
    def is_broken(self) -> bool:
        return self._engine is not None and self._engine.state is State.BROKEN

    def use(self, engine: Engine[SentenceModel], model_hash: str) -> None:
        """Work with this model from now on; it may still have to load."""
        if self._engine is not None:
            self._engine.state_changed.disconnect(self.state_changed)
            self._engine.arrived.disconnect(self._on_arrived)
            self._engine.failed.disconnect(self._on_failed)
        self._engine, self._model_hash, self._drawing = engine, model_hash, 0
        engine.state_changed.connect(self.state_changed)
        engine.arrived.connect(self._on_arrived)
        engine.failed.connect(self._on_failed)
        self._answer()
        engine.start()  # after the first question, lest a model that does not load is told twice

    def take(self, request: PathRequest) -> None:
        """One step to another request."""
        if request != self.request:
            self.history.push(request)
            self._show_request()

    def restore(self, request: PathRequest, path: VersePath | None) -> None:
        """Begin anew from a request, with the path that stood there."""
        self.history = History(request)
        if path is not None:
            self._results.keep(path)
            self._show(path)
        self._show_request()

    def bring_back(self, path: VersePath) -> None:
        """One step to an earlier path, as it was."""
        self._results.keep(path)
        self.take(path.request)

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

    @Slot(float)
    def slide(self, t: float) -> None:
        """Ask for the verse at a place of the path; without the path's own model the nearest verse has to do."""
        self._place = t
        self._reading = 0
        path = self.path
        if path is None:
            return
        nearest = nearest_verse(path, t)
        if nearest.t == t or not self._can_read(path):
            self.point_read.emit(nearest)
        elif not self.is_drawing and self._engine is not None:
            self._reading = self._engine.submit(ReadPoint(path, t))

    def _can_read(self, path: VersePath) -> bool:
        return self.is_awake and self._is_own(path)

    def _is_own(self, path: VersePath) -> bool:
        """Whether the model in use would draw this very path today."""
        return path.model_hash == self._model_hash and path.method == METHOD

    def _show_request(self) -> None:
        self.request_changed.emit(self.request)
        self._answer()

    def _answer(self) -> None:
        """Show what is known for the request, and ask the model where that is not its own answer."""
        known = self._results.find(self.request)
        if known is not None:
            self._show(known)
        if known is not None and self._is_own(known):
            self._forget_drawing()
        elif self._engine is not None and not self.is_broken:
            self._drawing = self._engine.submit(DrawPath(self.request))
        self.state_changed.emit()

    def _forget_drawing(self) -> None:
        if self._drawing and self._engine is not None:
            self._engine.cancel()
        self._drawing = 0

    def _show(self, path: VersePath) -> None:
        if path is not self.path:
            self.path = path
            self.path_changed.emit(path)
        if not self.is_drawing:
            self.slide(self._place)

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if isinstance(arrival.value, PointVerse) and arrival.ticket == self._reading:
            self.point_read.emit(arrival.value)
        if arrival.ticket != self._drawing:
            return
        if arrival.last:
            self._drawing = 0
        if isinstance(arrival.value, VersePath):
            self._results.keep(arrival.value)
            self._show(arrival.value)
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._drawing = 0
        self.failed.emit(failure)
        self.state_changed.emit()


def nearest_verse(path: VersePath, t: float) -> PointVerse:
    """The line of the path whose place is nearest to `t`; the ends count as the model returns them."""
    first, last = path.ends
    points = [PointVerse(0.0, first.refined, 1.0), PointVerse(1.0, last.refined, 1.0)]
    points += [PointVerse(verse.t, verse.text, verse.fluency) for verse in path.verses]
    distances = [abs(point.t - t) for point in points]
    return points[distances.index(min(distances))]
