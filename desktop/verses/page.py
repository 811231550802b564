"""The Verses tab: two lines to type, the verses between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine import Engine
from desktop.page import Page
from desktop.recipe import Recipe
from desktop.verses import draft, poem_text
from desktop.verses.controls import PointsControl, RouteControl
from desktop.verses.draft import Draft
from desktop.verses.how_it_works import HowItWorks
from desktop.verses.outputs import Outputs
from desktop.verses.poem_view import PoemView
from desktop.verses.results import Results
from desktop.verses.session import Session
from desktop.verses.steps import Steps
from desktop.verses.work import LoadModel
from desktop.widgets.filmstrip import Frame
from desktop.widgets.model_picker import ModelPicker
from models import shelf
from models.errors import ModelFolderError
from models.sentence_vae import FAMILY, examples
from models.sentence_vae.path import PathRequest, VersePath
from models.sentence_vae.stored import request_from_dict, request_to_dict
from models.shelf import ModelFolder

FRAME_MS = 1000  # that a path must stay to be worth a frame


class VersesPage(Page):
    """Widgets tell the session what a person wants; the session tells the widgets what there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presets = examples.presets()
        self.session = Session(self.presets[0].request, Results(examples.read_paths()), self)
        self.poem = PoemView()
        self.points = PointsControl()
        self.route = RouteControl()
        self.explanation = HowItWorks()
        self.picker = ModelPicker((FAMILY,))
        self.steps = Steps(self.session, self.poem, self.presets)
        self.outputs = Outputs(self.skeleton, self.exporter, self.session)
        self._folder: ModelFolder | None = None
        self._wanted = ("", "")  # the model's name and hash, where a recipe or the last session named one
        self._from_recipe: tuple[PathRequest, str] | None = None  # what a recipe asked for, and its model's hash
        self._is_missing = False
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._fill()
        self._connect()
        self._show_request(self.session.request)
        if self.session.path is not None:
            self._show_path(self.session.path)
            self.session.slide(self.poem.slider.t)
        self._frame.stop()  # nothing runs before `start`
        self._show_state()

    def start(self) -> None:
        """Read the shelf and wake the model: the one that was asked for, else the first."""
        self._frame.start()
        self.picker.refresh()
        self.picker.select(*self._wanted)
        folder = self.picker.current
        if folder is not None:
            self._use(folder)
            return
        self._is_missing = True
        self._show_state()
        try:
            shelf.default(FAMILY)
        except ModelFolderError as error:
            self.problem.emit(error)

    def stop(self) -> None:
        self.steps.stop()
        self._frame.stop()

    def corner(self) -> QWidget | None:
        return self.picker

    def recipe(self) -> Recipe:
        inputs = request_to_dict(self.steps.unfinished)
        name, model_hash = self._model_names()
        return Recipe("verses", inputs.pop("seed"), name, model_hash, inputs)

    def apply(self, recipe: Recipe) -> None:
        request = request_from_dict({**recipe.inputs, "seed": recipe.seed})
        self.steps.finish()
        self._from_recipe = (request, recipe.model_hash)
        self._want_model(recipe.model, recipe.model_hash)
        self.steps.change(request)
        self._show_state()

    def save_state(self) -> Mapping[str, Any]:
        return draft.to_state(Draft(self.steps.unfinished, self.session.path, *self._model_names()))

    def restore_state(self, state: Mapping[str, Any]) -> None:
        kept = draft.from_state(state, self.session.request)
        if kept is not None:
            self._wanted = (kept.model, kept.model_hash)
            self.session.restore(kept.request, kept.path)

    def _fill(self) -> None:
        skeleton = self.skeleton
        skeleton.set_main(self.poem)
        skeleton.add_group(self.tr("Verses between the lines"), self.points)
        skeleton.add_group(self.tr("The way between them"), self.route)
        skeleton.set_explanation(self.explanation)
        skeleton.set_presets([QCoreApplication.translate("presets", preset.name) for preset in self.presets])
        skeleton.dice_action.setToolTip(self.tr("Other verses for the same lines"))

    def _connect(self) -> None:
        self.session.request_changed.connect(self._show_request)
        self.session.path_changed.connect(self._show_path)
        self.session.point_read.connect(self.poem.slider.show_point)
        self.session.failed.connect(self.problem)
        self.session.state_changed.connect(self._show_state)
        self.poem.verse_edited.connect(self.changed)
        self.poem.slider.moved.connect(self.session.slide)
        self.steps.listen_to(self.skeleton, self.points, self.route)
        self.steps.typed.connect(self._on_typed)
        self.steps.stepping.connect(self._on_stepping)
        self.picker.chosen.connect(self._use)
        self.picker.problem.connect(self.problem)
        self._frame.timeout.connect(self._keep_frame)

    def _model_names(self) -> tuple[str, str]:
        return self._wanted if self._folder is None else (self._folder.name, self._folder.hash)

    def _want_model(self, name: str, model_hash: str) -> None:
        """Take another model if the shelf has it; before `start` it is only remembered."""
        if self._folder is None:
            self._wanted = (name, model_hash)
        elif (folder := self.picker.select(name, model_hash)) is not None:
            self._use(folder)

    @Slot(object)
    def _use(self, folder: ModelFolder) -> None:
        if folder != self._folder:
            self._folder = folder
            engine = Engine(folder.card.title, LoadModel(folder))
            self.adopt(engine)
            self.session.use(engine, folder.hash)

    @Slot(object)
    def _show_request(self, request: PathRequest) -> None:
        self.poem.show_request(request)
        self.points.show_request(request)
        self.route.show_request(request)
        self.skeleton.set_seed(request.seed)
        self.changed.emit()

    @Slot(object)
    def _show_path(self, path: VersePath) -> None:
        self.poem.show_path(path)
        self.explanation.show_figures(path.figures)
        if path.final:
            self._frame.start()
            self.changed.emit()

    @Slot()
    def _show_state(self) -> None:
        self.skeleton.undo_action.setEnabled(self.session.history.can_undo)
        self.skeleton.redo_action.setEnabled(self.session.history.can_redo)
        self.poem.show_drawing(self.session.is_drawing and self.session.is_awake)
        self.skeleton.say(self._state())

    def _state(self) -> str:
        if self._is_missing or self.session.is_broken:
            return self.tr("There is no model to follow what you type")
        if self._is_of_another_model():
            return self.tr("This recipe was made with another model, so the verses may differ")
        if self.session.is_awake:
            return self.tr("Type, and the verses follow; click one for other lines")
        if self.session.path is not None:
            return self.tr("These verses are ready-made; the model is waking up")
        return self.tr("The model is waking up; the verses will follow")

    def _is_of_another_model(self) -> bool:
        """Whether what is on screen came as a recipe of a model that is not the one in use."""
        if self._from_recipe is None or self._folder is None:
            return False
        request, model_hash = self._from_recipe
        return request == self.session.request and model_hash not in ("", self._folder.hash)

    @Slot()
    def _on_typed(self) -> None:
        self.skeleton.undo_action.setEnabled(True)
        self.changed.emit()

    @Slot()
    def _on_stepping(self) -> None:
        """What stands there is left for something else: keep it, however short it stood."""
        if self._frame.isActive():
            self._frame.stop()
            self._keep_frame()

    @Slot()
    def _keep_frame(self) -> None:
        path = self.session.path
        known = {frame.value.request for frame in self.skeleton.filmstrip.frames()}
        if path is not None and path.final and path.request not in known:
            middle = path.verses[len(path.verses) // 2]  # what tells two rolls of the dice apart
            self.skeleton.filmstrip.add(Frame(poem_text.lines(path)[0], middle.text, path, serif=True))
