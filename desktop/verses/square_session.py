"""The square between four lines: asked for, shown, and stepped through."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot

from desktop.verses.asking import Asking
from desktop.verses.number_slider import NumberSlider
from desktop.verses.square_view import SquareView
from desktop.verses.stepping import Stepping
from desktop.verses.wishes_control import DialControl
from desktop.verses.work import DrawSquare
from models.sentence_vae.path import Square, SquareRequest


class SquareSession(Asking[SquareRequest, Square]):
    """Corners, size and dial make a request."""

    def work(self, request: SquareRequest) -> DrawSquare:
        return DrawSquare(request)


class SquareSteps(Stepping[SquareRequest, Square]):
    """Takes what the view and its controls say."""

    def __init__(self, session: SquareSession, view: SquareView, side: NumberSlider, dial: DialControl) -> None:
        super().__init__(session)
        self._view = view
        view.edited.connect(self._on_edited)
        view.settled.connect(self.settle)
        side.changed.connect(self._on_side)
        dial.changed.connect(self._on_dial)

    @property
    def request(self) -> SquareRequest:
        return replace(self._session.request, corners=self._view.lines)

    def take_seed(self, seed: int) -> None:
        self.change(replace(self.request, seed=seed))

    def put(self, line: str, place: int) -> None:
        """Set a line in a corner, counted in reading order."""
        self.finish()
        first, second, third, fourth = (
            line if number == place else corner for number, corner in enumerate(self.request.corners)
        )
        self.change(replace(self.request, corners=(first, second, third, fourth)))

    @Slot(float)
    def _on_side(self, side: float) -> None:
        self.change(replace(self.request, side=round(side)))

    @Slot(float)
    def _on_dial(self, dial: float) -> None:
        self.change(replace(self.request, dial=dial))
