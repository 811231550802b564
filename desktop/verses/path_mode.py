"""Two lines to type, the verses between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from desktop.verses import draft, poem_image, poem_text, trouble
from desktop.verses.controls import RouteControl
from desktop.verses.draft import Draft
from desktop.verses.how_it_works import HowItWorks
from desktop.verses.line_menu import Place
from desktop.verses.mode import Mode
from desktop.verses.number_slider import NumberSlider
from desktop.verses.path_plane import PathPlane
from desktop.verses.poem_view import PoemView
from desktop.verses.results import Results
from desktop.verses.session import Session
from desktop.verses.steps import Steps
from desktop.verses.trouble import Trouble
from desktop.verses.wishes_control import DialControl, WishesControl
from desktop.widgets.filmstrip import Frame
from desktop.widgets.skeleton import Skeleton
from models.sentence_vae import examples
from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest, VersePath, to_json
from models.sentence_vae.row import sound_alike
from models.sentence_vae.stored import request_from_dict, request_to_dict
from models.shelf import ModelFolder


class PathMode(Mode[PathRequest, VersePath]):
    """The poem with its slider."""

    key = "path"
    file_name = "verses"
    session: Session
    steps: Steps

    def __init__(self, skeleton: Skeleton, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presets = examples.presets()
        self.session = Session(self._presets[0].request, Results(examples.read_paths()), self)
        self.view = self.poem = PoemView()
        self.points = NumberSlider(
            self.tr("Verses between the lines"),
            self.tr("How many verses stand between the two lines"),
            MIN_POINTS,
            MAX_POINTS,
        )
        self.route = RouteControl()
        self.dial = DialControl()
        self.wishes = WishesControl(skeleton)
        self.among = PathPlane(self)
        self.explanation = self._figures = HowItWorks()
        self.steps = Steps(self.session, self.poem, self.points, self.route)
        self.steps.listen_to(self.dial, self.wishes)
        self._connect()
        self.session.point_read.connect(self.poem.slider.show_point)
        self.poem.verse_edited.connect(self.changed)
        self.poem.slider.moved.connect(self.session.slide)
        self.poem.slider.moved.connect(self.among.view.show_place)
        self.poem.menu.sent.connect(self.sent)
        self.poem.pointed.connect(self.among.view.point_out)
        self.among.view.chosen.connect(self.poem.go_to)
        self.among.problem.connect(self.problem)
        self.show_request(self.session.request)
        if self.session.result is not None:
            self.show_result(self.session.result)
            self.session.slide(self.poem.slider.t)

    def lines_of(self, request: PathRequest) -> tuple[str, ...]:
        return request.first, request.last

    def locked_of(self, request: PathRequest) -> tuple[str, ...]:
        return tuple(text for _, text in request.locked)

    def places(self) -> Sequence[Place]:
        return Place.FIRST, Place.LAST

    def put(self, line: str, place: Place) -> None:
        first, last = self.steps.request.first, self.steps.request.last
        self.steps.put(*((line, last) if place is Place.FIRST else (first, line)))

    def first_field(self) -> QWidget:
        return self.poem.first.editor

    def actions(self) -> Sequence[QAction]:
        return self.wishes.actions_of_its_own()

    def groups(self) -> Sequence[tuple[str, QWidget]]:
        return (
            (self.points.slider.accessibleName(), self.points),
            (self.tr("The way between them"), self.route),
            (self.tr("How free they are"), self.dial),
            (self.tr("Wishes for each verse"), self.wishes),
            (self.tr("The path among real lines"), self.among.view),
        )

    def presets(self) -> Sequence[str]:
        return [QCoreApplication.translate("presets", preset.name) for preset in self._presets]

    def of_preset(self, place: int) -> PathRequest:
        return self._presets[place].request

    def hint(self) -> str:
        ends = self.session.request.first, self.session.request.last
        if all(map(str.strip, ends)) and sound_alike(ends):
            return self.tr("Both lines are the same: these verses are near it")
        return self.tr("Type, and the verses follow; click one for other lines")

    def tooltips(self) -> tuple[str, str]:
        return self.tr("Other verses for the same lines"), self.tr("Copy the poem")

    def show_request(self, request: PathRequest) -> None:
        self.poem.show_request(request)
        self.points.show_number(request.points)
        self.route.show_request(request)
        self.dial.show_request(request)
        self.wishes.show_request(request)

    def show_result(self, result: VersePath) -> None:
        self.poem.show_path(result)
        self.among.show_path(result)
        self._figures.show_figures(result.figures)

    def show_model(self, folder: ModelFolder) -> None:
        self.among.show_model(folder)

    def show_trouble(self, found: Trouble) -> None:
        for end in (self.poem.first, self.poem.last):
            end.show_obstacle(trouble.beside(found, end.line))

    def show_drawing(self, drawing: bool) -> None:
        self.poem.show_drawing(drawing)

    def inputs(self) -> dict[str, Any]:
        return request_to_dict(self.steps.unfinished)

    def request_from(self, inputs: Mapping[str, Any]) -> PathRequest:
        return request_from_dict(inputs)

    def kept(self) -> dict[str, Any]:
        return draft.to_state(Draft(self.steps.unfinished, self.session.result))

    def restore(self, values: Mapping[str, Any]) -> None:
        found = draft.from_state(values, self.session.request)
        if found is not None:
            self.session.restore(found.request, found.path)

    def owns(self, result: object) -> bool:
        return isinstance(result, VersePath)

    def frame(self, result: VersePath) -> Frame:
        middle = result.verses[len(result.verses) // 2]  # what tells two rolls of the dice apart
        return Frame(poem_text.lines(result)[0], middle.text, result, serif=True)

    def as_text(self, result: VersePath) -> str:
        return poem_text.as_poem(result)

    def as_json(self, result: VersePath) -> Any:
        return [to_json(result)]

    def as_picture(self, result: VersePath) -> QImage:
        return poem_image.draw(result)
