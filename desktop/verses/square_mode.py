"""Four lines to type, the lines between them in two directions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.verses import square_draft, square_image, trouble
from desktop.verses.line_menu import CORNERS, Place
from desktop.verses.mode import Mode
from desktop.verses.number_slider import NumberSlider
from desktop.verses.results import Results
from desktop.verses.square_draft import Draft
from desktop.verses.square_how import HowSquaresAreMixed
from desktop.verses.square_session import SquareSession, SquareSteps
from desktop.verses.square_view import SquareView
from desktop.verses.trouble import Trouble
from desktop.verses.wishes_control import DialControl
from desktop.widgets.filmstrip import Frame
from models.sentence_vae import examples, stored_square
from models.sentence_vae.examples import Preset
from models.sentence_vae.language import language_of
from models.sentence_vae.path import MAX_SIDE, MIN_SIDE, Square, SquareRequest, square_to_json
from models.sentence_vae.script import script_of


class SquareMode(Mode[SquareRequest, Square]):
    """The square with its corners."""

    key = "square"
    file_name = "square"
    session: SquareSession
    steps: SquareSteps

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presets = _pairs(examples.presets())
        self.session = SquareSession(self.of_preset(0), Results(), self)
        self.view = self.square = SquareView()
        self.side = NumberSlider(
            self.tr("Lines in each direction"),
            self.tr("How many lines stand beside and under each other, the corners among them"),
            MIN_SIDE,
            MAX_SIDE,
        )
        self.dial = DialControl()
        self.explanation = self._figures = HowSquaresAreMixed()
        self.steps = SquareSteps(self.session, self.square, self.side, self.dial)
        self._connect()
        self.square.menu.sent.connect(self.sent)
        self.show_request(self.session.request)

    def lines_of(self, request: SquareRequest) -> tuple[str, ...]:
        return request.corners

    def places(self) -> Sequence[Place]:
        return CORNERS

    def put(self, line: str, place: Place) -> None:
        self.steps.put(line, CORNERS.index(place))

    def first_field(self) -> QWidget:
        return self.square.corners[0].editor

    def groups(self) -> Sequence[tuple[str, QWidget]]:
        return ((self.side.slider.accessibleName(), self.side), (self.tr("How free they are"), self.dial))

    def presets(self) -> Sequence[str]:
        translate = QCoreApplication.translate
        return [" · ".join(translate("presets", preset.name) for preset in pair) for pair in self._presets]

    def of_preset(self, place: int) -> SquareRequest:
        above, below = self._presets[place]
        return SquareRequest((above.first, above.last, below.first, below.last))

    def beginning(self, lines: Sequence[str]) -> SquareRequest | None:
        """These lines above, and below them what a preset in their language has there."""
        typed = [line for line in lines if line.strip()]
        preset = self.preset_in(language_of(*typed))
        if preset is None:
            return None
        others = [corner for corner in reversed(preset.corners) if corner not in typed]
        first, second, third, fourth = (typed + others[: len(CORNERS) - len(typed)][::-1])[: len(CORNERS)]
        return SquareRequest((first, second, third, fourth))

    def hint(self) -> str:
        return self.tr("Type at the corners; click a line to send it elsewhere")

    def tooltips(self) -> tuple[str, str]:
        return self.tr("Other lines between the same corners"), self.tr("Copy all lines of the square")

    def show_request(self, request: SquareRequest) -> None:
        self.square.show_request(request)
        self.side.show_number(request.side)
        self.dial.show_request(request)

    def show_result(self, result: Square) -> None:
        self.square.show_square(result)
        self._figures.show_square(result)

    def show_trouble(self, found: Trouble) -> None:
        for corner in self.square.corners:
            corner.show_obstacle(trouble.beside(found, corner.line))

    def show_drawing(self, drawing: bool) -> None:
        self.square.show_drawing(drawing)

    def inputs(self) -> dict[str, Any]:
        return stored_square.request_to_dict(self.steps.unfinished)

    def request_from(self, inputs: Mapping[str, Any]) -> SquareRequest:
        return stored_square.request_from_dict(inputs)

    def kept(self) -> dict[str, Any]:
        return square_draft.to_state(Draft(self.steps.unfinished, self.session.result, self.is_as_begun))

    def restore(self, values: Mapping[str, Any]) -> None:
        draft = square_draft.from_state(values, self.session.request)
        self._begun = draft.request if draft.begun else None
        self.session.restore(draft.request, draft.square)

    def owns(self, result: object) -> bool:
        return isinstance(result, Square)

    def frame(self, result: Square) -> Frame:
        middle = len(result.cells) // 2
        return Frame(f"▦ {result.cells[0][0].text}", result.cells[middle][middle].text, result, serif=True)

    def as_text(self, result: Square) -> str:
        return square_draft.as_text(result)

    def as_json(self, result: Square) -> Any:
        return square_to_json(result)

    def as_picture(self, result: Square) -> QImage:
        return square_image.draw(result)


def _pairs(presets: Sequence[Preset]) -> list[tuple[Preset, Preset]]:
    """Each preset above the next one of its script, the last of a script above the first."""
    scripts: dict[str, list[Preset]] = {}
    for preset in presets:
        scripts.setdefault(script_of((preset.first, preset.last)), []).append(preset)
    return [pair for same in scripts.values() for pair in zip(same, [*same[1:], same[0]], strict=True)]
