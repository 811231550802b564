"""One of the ways in which the tab asks the verses' model; all share one skeleton, one filmstrip and one model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from desktop.verses.asking import Asking
from desktop.verses.line_menu import Place
from desktop.verses.results import Answer, Request
from desktop.verses.stepping import Stepping
from desktop.verses.trouble import Trouble
from desktop.widgets.explanation import Explanation
from desktop.widgets.filmstrip import Frame
from models.sentence_vae.language import language_of
from models.shelf import ModelFolder

R = TypeVar("R", bound=Request)
V = TypeVar("V", bound=Answer)


class Mode(QObject, Generic[R, V]):
    """Widgets tell the steps what a person wants; the session tells the widgets what there is.

    A mode makes `view`, `session`, `steps` and `explanation`, calls `_connect` and then answers the methods below. Its
    `key` names it in recipes and settings, `file_name` the files that it saves.
    """

    changed = Signal()  # `kept` would now give something else
    problem = Signal(object)  # an AtelierError that the window shall show
    sent = Signal(str, object)  # a line that shall go elsewhere, and the Place where

    key = ""
    file_name = ""
    view: QWidget
    session: Asking[R, V]
    steps: Stepping[R, V]
    explanation: Explanation
    _begun: R | None = None  # what `begin_from` asked for, and nobody has changed since

    def lines_of(self, request: R) -> tuple[str, ...]:
        """The lines that a request begins from: their script decides which model follows."""
        raise NotImplementedError

    def locked_of(self, request: R) -> tuple[str, ...]:
        """Other lines that a person fixed in a request."""
        return ()

    def places(self) -> Sequence[Place]:
        """Where in this mode a line can be put."""
        raise NotImplementedError

    def put(self, line: str, place: Place) -> None:
        """Take a line from elsewhere, as one step."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Where a person begins to type."""
        raise NotImplementedError

    def actions(self) -> Sequence[QAction]:
        """What works by key while this mode is on screen."""
        return ()

    def groups(self) -> Sequence[tuple[str, QWidget]]:
        """Controls, each under its heading."""
        raise NotImplementedError

    def presets(self) -> Sequence[str]:
        """Named beginnings."""
        raise NotImplementedError

    def of_preset(self, place: int) -> R:
        """What a beginning asks for."""
        raise NotImplementedError

    def hint(self) -> str:
        """What a person can do here, in one sentence."""
        raise NotImplementedError

    def tooltips(self) -> tuple[str, str]:
        """What the dice gives here, and what is copied."""
        raise NotImplementedError

    def preset_in(self, language: str) -> R | None:
        """The first beginning whose lines are in a language."""
        begun = map(self.of_preset, range(len(self.presets())))
        return next((request for request in begun if language_of(*self.lines_of(request)) == language), None)

    def begin_from(self, lines: Sequence[str]) -> None:
        """Begin with the lines of another mode, unless a person has been at work here: then all stays."""
        untouched = (self._begun, *map(self.of_preset, range(len(self.presets()))))
        history = self.session.history
        begun = None if history.can_undo or history.can_redo else self.beginning(lines)
        if begun is not None and self.session.request in untouched:
            self._begun = begun
            self.session.restore(begun, None)

    @property
    def is_as_begun(self) -> bool:
        """Whether what stands here came with the lines of another mode, and nobody has changed it since."""
        return bool(self.steps.unfinished == self._begun)

    def beginning(self, lines: Sequence[str]) -> R | None:
        """What is asked first where these lines are at hand; None for what is asked anyway."""
        return None

    def show_request(self, request: R) -> None:
        """Put what a request says where it can be edited."""
        raise NotImplementedError

    def show_result(self, result: V) -> None:
        """Show what the model found."""
        raise NotImplementedError

    def show_model(self, folder: ModelFolder) -> None:
        """Another model is in use."""

    def show_trouble(self, found: Trouble) -> None:
        """Whether the lines are in each other's way."""

    def show_drawing(self, drawing: bool) -> None:
        """Whether the model is at work for this mode."""
        raise NotImplementedError

    def inputs(self) -> dict[str, Any]:
        """The request as JSON values, with all that a person has begun."""
        raise NotImplementedError

    def request_from(self, inputs: Mapping[str, Any]) -> R:
        """The request that `inputs` gave. Raises `InputError`."""
        raise NotImplementedError

    def kept(self) -> dict[str, Any]:
        """JSON values that keep the request and its result until the next start."""
        raise NotImplementedError

    def restore(self, values: Mapping[str, Any]) -> None:
        """Take back what `kept` gave; values of the wrong kind are passed over one by one."""
        raise NotImplementedError

    def owns(self, result: object) -> bool:
        """Whether a result is one of this mode's."""
        raise NotImplementedError

    def frame(self, result: V) -> Frame:
        """A result as it stands in the filmstrip."""
        raise NotImplementedError

    def as_text(self, result: V) -> str:
        """A result as plain text."""
        raise NotImplementedError

    def as_json(self, result: V) -> Any:
        """A result as a JSON value."""
        raise NotImplementedError

    def as_picture(self, result: V) -> QImage:
        """A result as a picture."""
        raise NotImplementedError

    def _connect(self) -> None:
        self.session.request_changed.connect(self._on_request)
        self.session.result_changed.connect(self._on_result)
        self.session.state_changed.connect(self._on_state)
        self.steps.typed.connect(self.changed)
        self.steps.lingered.connect(self._on_lingered)

    @Slot(object)
    def _on_request(self, request: R) -> None:
        self.show_request(request)
        self.changed.emit()

    @Slot(object)
    def _on_result(self, result: V) -> None:
        self.show_result(result)
        if result.final:
            self.changed.emit()

    @Slot()
    def _on_lingered(self) -> None:
        """Let the model begin, unless another will have to speak for what is being typed."""
        typed, taken = self.steps.request, self.session.request
        if language_of(*self.lines_of(typed)) == language_of(*self.lines_of(taken)):
            self.session.prepare(typed)

    @Slot()
    def _on_state(self) -> None:
        self.show_drawing(self.session.is_drawing and self.session.is_awake)
