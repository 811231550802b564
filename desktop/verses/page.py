"""The Verses tab: lines to type, and what the model finds between and around them, in one mode or another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.engine import Engine
from desktop.page import Page
from desktop.recipe import Recipe
from desktop.verses.frames import Frames
from desktop.verses.mode import Mode
from desktop.verses.outputs import Outputs
from desktop.verses.path_mode import PathMode
from desktop.verses.work import LoadModel
from desktop.widgets.model_picker import ModelPicker
from models import shelf
from models.errors import InputError, ModelFolderError
from models.sentence_vae import FAMILY
from models.shelf import ModelFolder


class VersesPage(Page):
    """The modes share a skeleton, a filmstrip and a model; this page gives them to the one that is on screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = PathMode(self)
        self.modes: tuple[Mode[Any, Any], ...] = (self.path,)
        self.mode: Mode[Any, Any] = self.path
        self.picker = ModelPicker((FAMILY,))
        self.outputs = Outputs(self.skeleton, self.exporter, self.mode)
        self.frames = Frames(self.modes, self.skeleton.filmstrip)
        self._parts = {mode.key: self._parts_of(mode) for mode in self.modes}
        self._folder: ModelFolder | None = None
        self._wanted = ("", "")  # the model's name and hash, where a recipe or the last session named one
        self._from_recipe: tuple[object, str] | None = None  # the request of a recipe, and its model's hash
        self._is_missing = False
        self._connect()
        self._show_mode()

    def start(self) -> None:
        """Read the shelf and wake the model: the one that was asked for, else the first."""
        if self.mode.session.result is not None:
            self.frames.wait_for(self.mode.session.result)
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
        for mode in self.modes:
            mode.steps.stop()
        self.frames.stop()

    def corner(self) -> QWidget | None:
        return self.picker

    def recipe(self) -> Recipe:
        inputs = self.mode.inputs()
        name, model_hash = self._model_names()
        mode = {"mode": self.mode.key} if self.mode is not self.path else {}  # a recipe that names none is a path's
        return Recipe("verses", inputs.pop("seed"), name, model_hash, {**mode, **inputs})

    def apply(self, recipe: Recipe) -> None:
        inputs = {**recipe.inputs, "seed": recipe.seed}
        mode = self._named(inputs.pop("mode", self.path.key))
        request = mode.request_from(inputs)
        self.enter(mode)
        mode.steps.finish()
        self._from_recipe = (request, recipe.model_hash)
        self._want_model(recipe.model, recipe.model_hash)
        mode.steps.change(request)
        self._show_state()

    def save_state(self) -> Mapping[str, Any]:
        name, model_hash = self._model_names()
        return {**self.path.kept(), "model": name, "hash": model_hash}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self._wanted = (_text(state.get("model")), _text(state.get("hash")))
        self.path.restore(state)

    def enter(self, mode: Mode[Any, Any]) -> None:
        """Put another mode on screen; the model works for it from now on."""
        if mode is self.mode:
            return
        old, self.mode = self.mode, mode
        old.steps.finish()
        self.frames.leave()
        engine = old.session.engine
        old.session.rest()
        self._show_mode()
        if engine is not None and self._folder is not None:
            mode.session.use(engine, self._folder.hash)
        self.changed.emit()

    def _parts_of(self, mode: Mode[Any, Any]) -> tuple[QWidget, ...]:
        """A mode's widgets, each in its place in the skeleton."""
        self.skeleton.set_main(mode.view)
        groups = [self.skeleton.add_group(heading, content) for heading, content in mode.groups()]
        return (mode.view, *groups, self.skeleton.set_explanation(mode.explanation))

    def _connect(self) -> None:
        for mode in self.modes:
            mode.changed.connect(self.changed)
            mode.session.request_changed.connect(self._show_seed)
            mode.session.result_changed.connect(self.outputs.enable)
            mode.session.failed.connect(self.problem)
            mode.session.state_changed.connect(self._show_state)
            mode.steps.typed.connect(self._on_typed)
        self.skeleton.preset_chosen.connect(self._on_preset)
        self.skeleton.seed_changed.connect(self._on_seed)
        self.skeleton.undo_action.triggered.connect(self._on_undo)
        self.skeleton.redo_action.triggered.connect(self._on_redo)
        self.skeleton.filmstrip.restored.connect(self._on_restored)
        self.picker.chosen.connect(self._use)
        self.picker.problem.connect(self.problem)

    def _named(self, key: object) -> Mode[Any, Any]:
        for mode in self.modes:
            if mode.key == key:
                return mode
        raise InputError("This recipe is for a view of verses that this version does not have: {name}.", name=key)

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
            self.mode.session.use(engine, folder.hash)

    def _show_mode(self) -> None:
        """Give the skeleton what belongs to the mode on screen, and hide what belongs to others."""
        for key, parts in self._parts.items():
            for part in parts:
                part.setVisible(key == self.mode.key)
        self.skeleton.set_presets(self.mode.presets())
        self.skeleton.dice_action.setToolTip(self.mode.tooltips()[0])
        self.outputs.use(self.mode)
        self._show_seed()
        self._show_state()

    @Slot()
    def _show_seed(self) -> None:
        self.skeleton.set_seed(self.mode.session.request.seed)

    @Slot()
    def _show_state(self) -> None:
        self.skeleton.undo_action.setEnabled(self.mode.session.history.can_undo)
        self.skeleton.redo_action.setEnabled(self.mode.session.history.can_redo)
        self.skeleton.say(self._state())

    def _state(self) -> str:
        session = self.mode.session
        if self._is_missing or session.is_broken:
            return self.tr("There is no model to follow what you type")
        if self._is_of_another_model():
            return self.tr("This recipe was made with another model, so the verses may differ")
        if session.is_awake:
            return self.mode.hint()
        if session.result is not None:
            return self.tr("These verses are ready-made; the model is waking up")
        return self.tr("The model is waking up; the verses will follow")

    def _is_of_another_model(self) -> bool:
        """Whether what is on screen came as a recipe of a model that is not the one in use."""
        if self._from_recipe is None or self._folder is None:
            return False
        request, model_hash = self._from_recipe
        return request == self.mode.session.request and model_hash not in ("", self._folder.hash)

    @Slot()
    def _on_typed(self) -> None:
        self.skeleton.undo_action.setEnabled(True)

    @Slot(int)
    def _on_preset(self, place: int) -> None:
        self.mode.steps.replace(self.mode.of_preset(place))

    @Slot(int)
    def _on_seed(self, seed: int) -> None:
        self.mode.steps.take_seed(seed)

    @Slot()
    def _on_undo(self) -> None:
        self.mode.steps.undo()

    @Slot()
    def _on_redo(self) -> None:
        self.mode.steps.redo()

    @Slot(object)
    def _on_restored(self, result: object) -> None:
        mode = self.frames.mode_of(result)
        self.enter(mode)
        mode.steps.bring_back(result)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
