"""A line to type, and the lines around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.verses import neighbours_draft, poem_image, trouble
from desktop.verses.line_menu import Place
from desktop.verses.mode import Mode
from desktop.verses.neighbours_draft import Draft
from desktop.verses.neighbours_how import HowNeighboursAreFound
from desktop.verses.neighbours_session import NeighboursSession, NeighboursSteps
from desktop.verses.neighbours_view import NeighboursView
from desktop.verses.number_slider import NumberSlider
from desktop.verses.results import Results
from desktop.verses.trouble import Trouble
from desktop.widgets.filmstrip import Frame
from models.sentence_vae import examples, stored_neighbours
from models.sentence_vae.path import NeighbourRequest, Neighbours, neighbours_to_json
from models.sentence_vae.stored_neighbours import LEAST, LEAST_RADIUS, MOST, MOST_RADIUS


class NeighboursMode(Mode[NeighbourRequest, Neighbours]):
    """Lines around a line, with their distances."""

    key = "neighbours"
    file_name = "neighbours"
    session: NeighboursSession
    steps: NeighboursSteps

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presets = examples.presets()
        self.session = NeighboursSession(self.of_preset(0), Results(), self)
        self.view = self.neighbours = NeighboursView()
        self.radius = NumberSlider(
            self.tr("How far around"),
            self.tr("Further around there are more lines, and they are less like yours"),
            LEAST_RADIUS,
            MOST_RADIUS,
            LEAST_RADIUS,
            "{:.1f}",
        )
        self.count = NumberSlider(self.tr("How many lines"), self.tr("How many lines are looked for"), LEAST, MOST)
        self.explanation = self._figures = HowNeighboursAreFound()
        self.steps = NeighboursSteps(self.session, self.neighbours, self.radius, self.count)
        self._connect()
        self.neighbours.menu.sent.connect(self.sent)
        self.show_request(self.session.request)

    def lines_of(self, request: NeighbourRequest) -> tuple[str, ...]:
        return (request.line,)

    def places(self) -> Sequence[Place]:
        return (Place.AROUND,)

    def put(self, line: str, place: Place) -> None:
        self.steps.go_on_from(line)

    def first_field(self) -> QWidget:
        return self.neighbours.editor

    def groups(self) -> Sequence[tuple[str, QWidget]]:
        return ((self.radius.slider.accessibleName(), self.radius), (self.count.slider.accessibleName(), self.count))

    def presets(self) -> Sequence[str]:
        return [QCoreApplication.translate("presets", preset.name) for preset in self._presets]

    def of_preset(self, place: int) -> NeighbourRequest:
        return NeighbourRequest(self._presets[place].first)

    def beginning(self, lines: Sequence[str]) -> NeighbourRequest | None:
        typed = next((line for line in lines if line.strip()), None)
        return None if typed is None else NeighbourRequest(typed)

    def hint(self) -> str:
        return self.tr("Type a line; click one that you find to go on from it")

    def tooltips(self) -> tuple[str, str]:
        return self.tr("Look in other directions around the same line"), self.tr("Copy all these lines")

    def show_request(self, request: NeighbourRequest) -> None:
        self.neighbours.show_request(request)
        self.radius.show_number(request.radius)
        self.count.show_number(request.count)

    def show_result(self, result: Neighbours) -> None:
        self.neighbours.show_found(result)
        self._figures.show_found(result)

    def show_trouble(self, found: Trouble) -> None:
        self.neighbours.typed.show_obstacle(trouble.beside(found, self.neighbours.line))

    def show_drawing(self, drawing: bool) -> None:
        self.neighbours.show_drawing(drawing)

    def inputs(self) -> dict[str, Any]:
        return stored_neighbours.request_to_dict(self.steps.unfinished)

    def request_from(self, inputs: Mapping[str, Any]) -> NeighbourRequest:
        return stored_neighbours.request_from_dict(inputs)

    def kept(self) -> dict[str, Any]:
        return neighbours_draft.to_state(Draft(self.steps.unfinished, self.session.result, self.is_as_begun))

    def restore(self, values: Mapping[str, Any]) -> None:
        draft = neighbours_draft.from_state(values, self.session.request)
        self._begun = draft.request if draft.begun else None
        self.session.restore(draft.request, draft.found)

    def owns(self, result: object) -> bool:
        return isinstance(result, Neighbours)

    def frame(self, result: Neighbours) -> Frame:
        nearest = result.neighbours[0].text if result.neighbours else ""
        return Frame(f"◎ {result.request.line}", nearest, result, serif=True)

    def as_text(self, result: Neighbours) -> str:
        return neighbours_draft.as_text(result)

    def as_json(self, result: Neighbours) -> Any:
        return neighbours_to_json(result)

    def as_picture(self, result: Neighbours) -> QImage:
        lines = [result.request.line, *(neighbour.text for neighbour in result.neighbours)]
        return poem_image.draw_lines(lines, (0,))
