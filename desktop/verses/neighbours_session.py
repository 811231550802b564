"""The lines around a line: asked for, shown, and stepped through."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot

from desktop.verses.asking import Asking
from desktop.verses.neighbours_view import NeighboursView
from desktop.verses.number_slider import NumberSlider
from desktop.verses.stepping import Stepping
from desktop.verses.work import FindNeighbours
from models.sentence_vae.path import NeighbourRequest, Neighbours


class NeighboursSession(Asking[NeighbourRequest, Neighbours]):
    """Each line, radius and number is a request of its own."""

    def work(self, request: NeighbourRequest) -> FindNeighbours:
        return FindNeighbours(request)


class NeighboursSteps(Stepping[NeighbourRequest, Neighbours]):
    """Takes what the view and its controls say."""

    def __init__(
        self, session: NeighboursSession, view: NeighboursView, radius: NumberSlider, count: NumberSlider
    ) -> None:
        super().__init__(session)
        self._view = view
        view.edited.connect(self._on_edited)
        view.settled.connect(self.settle)
        view.chosen.connect(self.go_on_from)
        radius.changed.connect(self._on_radius)
        count.changed.connect(self._on_count)

    @property
    def request(self) -> NeighbourRequest:
        return replace(self._session.request, line=self._view.line)

    def take_seed(self, seed: int) -> None:
        self.change(replace(self.request, seed=seed))

    @Slot(str)
    def go_on_from(self, line: str) -> None:
        """Look around another line."""
        self.replace(replace(self.request, line=line))

    @Slot(float)
    def _on_radius(self, radius: float) -> None:
        self.change(replace(self.request, radius=radius))

    @Slot(float)
    def _on_count(self, count: float) -> None:
        self.change(replace(self.request, count=round(count)))
