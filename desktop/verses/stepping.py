"""Turns what a person does into steps that can be undone: typing is one step as soon as it pauses, what comes in one
piece at once. A shorter pause tells that the model may begin."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.verses.asking import Asking
from desktop.verses.results import Answer, Request

PAUSE_MS = 250  # without a key: the person wants to see what became of the line
LINGER_MS = 160  # without a key: longer than between two keys within a word, so that the model can begin
R = TypeVar("R", bound=Request)
V = TypeVar("V", bound=Answer)


class Stepping(QObject, Generic[R, V]):
    """`typed` comes with every key, `lingered` where typing lingers, `stepping` before a change that was not typed."""

    typed = Signal()
    lingered = Signal()
    stepping = Signal()

    def __init__(self, session: Asking[R, V]) -> None:
        super().__init__(session)
        self._session: Asking[R, V] = session
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(LINGER_MS)
        self._linger.timeout.connect(self.lingered)

    @property
    def request(self) -> R:
        """The request with what stands in the editors, even if typing has not paused yet."""
        raise NotImplementedError

    @property
    def is_typing(self) -> bool:
        """Whether something was typed that is no step yet."""
        return self._pause.isActive()

    @property
    def unfinished(self) -> R:
        """The request with all that a person has begun."""
        return self.request

    def take_seed(self, seed: int) -> None:
        """The same lines, other candidates."""
        raise NotImplementedError

    def finish(self) -> None:
        """Take all that was typed: what follows may put something else in its place."""
        self.settle()

    def stop(self) -> None:
        """Wait no longer for typing to pause."""
        self._pause.stop()
        self._linger.stop()

    def change(self, request: R) -> None:
        """A step that was not typed; a line that was being typed goes with it, or before it if it is replaced."""
        self.stop()
        self.stepping.emit()
        self._session.take(request)

    def replace(self, request: R) -> None:
        """A step that puts other lines in place of what was typed."""
        self.finish()
        self.change(request)

    def undo(self) -> None:
        self.finish()
        self._session.undo()

    def redo(self) -> None:
        self.finish()
        self._session.redo()

    def bring_back(self, result: V) -> None:
        """One step to an earlier result."""
        self.finish()
        self.stepping.emit()
        self._session.bring_back(result)

    @Slot()
    def settle(self) -> None:
        """Take what was typed as one step."""
        self.stop()
        self._session.take(self.request)

    @Slot()
    def _on_edited(self) -> None:
        self._pause.start()
        self._linger.start()
        self.typed.emit()
