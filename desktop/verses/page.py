"""The Verses tab: lines to type, and what the model finds between and around them, in one mode or another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.page import Page
from desktop.recipe import Recipe
from desktop.verses import trouble
from desktop.verses.frames import Frames
from desktop.verses.line_menu import Place
from desktop.verses.mode import Mode
from desktop.verses.mode_switch import ModeSwitch
from desktop.verses.neighbours_mode import NeighboursMode
from desktop.verses.outputs import Outputs
from desktop.verses.path_mode import PathMode
from desktop.verses.speakers import Speakers
from desktop.verses.square_mode import SquareMode
from desktop.verses.trouble import Trouble
from desktop.widgets.model_picker import ModelPicker
from models import shelf
from models.errors import InputError, ModelFolderError
from models.sentence_vae import FAMILY
from models.sentence_vae.language import MIXED, NO_LANGUAGE, language_of, written_in
from models.shelf import ModelFolder


class VersesPage(Page):
    """The modes share a skeleton, a filmstrip and models; this page gives them to the one that is on screen.

    The model follows the language that is typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = PathMode(self.skeleton, self)
        self.square = SquareMode(self)
        self.neighbours = NeighboursMode(self)
        self.modes: tuple[Mode[Any, Any], ...] = (self.path, self.square, self.neighbours)
        self.mode: Mode[Any, Any] = self.path
        self.switch = ModeSwitch(self.skeleton)
        self.skeleton.set_main(self.switch)
        self.picker = ModelPicker((FAMILY,))
        self.speakers = Speakers(self.picker, self)
        self.outputs = Outputs(self.skeleton, self.exporter, self.mode)
        self.frames = Frames(self.modes, self.skeleton.filmstrip)
        self._parts = {mode.key: self._parts_of(mode) for mode in self.modes}
        self._trouble = Trouble.NONE
        self._wanted = ("", "")  # the model's name and hash, where a recipe or the last session named one
        self._from_recipe: tuple[object, str] | None = None  # the request of a recipe, and its model's hash
        self._is_missing = False
        self._connect()
        self._show_mode()

    def start(self) -> None:
        """Read the shelf and wake the model that speaks the language on screen: the one that was asked for, if any."""
        if self.mode.session.result is not None:
            self.frames.wait_for(self.mode.session.result)
        self.picker.refresh()
        self._want_model(*self._wanted)
        if self.picker.current is not None:
            self._follow()
            self._show_state()
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

    def keyboard_home(self) -> QWidget:
        return self.mode.first_field()

    def recipe(self) -> Recipe:
        inputs = self.mode.inputs()
        name, model_hash = self._model_names()
        mode = {"mode": self.mode.key} if self.mode is not self.path else {}  # a recipe that names none is a path's
        return Recipe("verses", inputs.pop("seed"), name, model_hash, {**mode, **inputs})

    def apply(self, recipe: Recipe) -> None:
        inputs = {**_without_lone_surrogates(recipe.inputs), "seed": recipe.seed}
        mode = self._named(inputs.pop("mode", self.path.key))
        request = mode.request_from(inputs)
        self.enter(mode)
        mode.steps.finish()
        self._from_recipe = (request, recipe.model_hash)
        self._want_model(recipe.model, recipe.model_hash)
        mode.steps.change(request)
        self._follow()
        self._show_state()

    def save_state(self) -> Mapping[str, Any]:
        name, model_hash = self._model_names()
        others = {mode.key: mode.kept() for mode in self.modes if mode is not self.path}
        return {**self.path.kept(), **others, "mode": self.mode.key, "model": name, "hash": model_hash}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self._wanted = (_text(state.get("model")), _text(state.get("hash")))
        self.path.restore(state)
        for mode in self.modes:
            kept = state.get(mode.key)
            if isinstance(kept, dict) and mode is not self.path:
                mode.restore(kept)
            if mode.key == state.get("mode"):
                self.enter(mode)

    def enter(self, mode: Mode[Any, Any]) -> None:
        """Put another mode on screen; the model works for it from now on."""
        if mode is self.mode:
            return
        old, self.mode = self.mode, mode
        old.steps.finish()
        self.frames.leave()
        old.session.rest()
        self._follow()
        self._show_mode()
        self.changed.emit()

    def _go_on_in(self, mode: Mode[Any, Any]) -> None:
        """Enter a mode from the lines that are on screen, where nothing has been done in it yet."""
        if mode is not self.mode:
            mode.begin_from(self.mode.lines_of(self.mode.steps.request))
            self.enter(mode)

    def _parts_of(self, mode: Mode[Any, Any]) -> tuple[QWidget | QAction, ...]:
        """All that belongs to a mode alone, each widget in its place in the skeleton."""
        self.skeleton.set_main(mode.view, is_centred=True)
        groups = [self.skeleton.add_group(heading, content) for heading, content in mode.groups()]
        return (mode.view, *mode.actions(), *groups, self.skeleton.set_explanation(mode.explanation))

    def _connect(self) -> None:
        for mode in self.modes:
            mode.changed.connect(self.changed)
            mode.problem.connect(self.problem)
            mode.sent.connect(self._on_sent)
            mode.session.request_changed.connect(self._on_request)
            mode.session.result_changed.connect(self.outputs.enable)
            mode.session.failed.connect(self.problem)
            mode.session.state_changed.connect(self._show_state)
            mode.steps.typed.connect(self._on_typed)
        self.switch.chosen.connect(self._on_switched)
        self.skeleton.preset_chosen.connect(self._on_preset)
        self.skeleton.seed_changed.connect(self._on_seed)
        self.skeleton.undo_action.triggered.connect(self._on_undo)
        self.skeleton.redo_action.triggered.connect(self._on_redo)
        self.skeleton.filmstrip.restored.connect(self._on_restored)
        self.picker.chosen.connect(self._on_picked)
        self.picker.problem.connect(self.problem)
        self.speakers.engine_made.connect(self.adopt)
        self.path.among.engine_made.connect(self.adopt)

    def _named(self, key: object) -> Mode[Any, Any]:
        for mode in self.modes:
            if mode.key == key:
                return mode
        raise InputError("This recipe is for a view of verses that this version does not have: {name}.", name=key)

    def _model_names(self) -> tuple[str, str]:
        speaker = self.speakers.current
        return self._wanted if speaker is None else (speaker.folder.name, speaker.folder.hash)

    def _want_model(self, name: str, model_hash: str) -> None:
        """Prefer a model if the shelf has it; before `start` it is only remembered."""
        self._wanted = (name, model_hash)
        folder = self.picker.select(name, model_hash)
        if folder is not None:
            self.speakers.prefer(folder)

    def _follow(self) -> None:
        """Give the mode on screen the model that speaks the language of its lines."""
        mode = self.mode
        request = mode.session.request
        self._trouble = self.speakers.follow(mode.lines_of(request), mode.locked_of(request))
        mode.show_trouble(self._trouble)
        mode.session.hold(self._trouble.is_mixed)
        speaker = self.speakers.current
        if speaker is not None and mode.session.engine is not speaker.engine:
            self.lead_with(speaker.language)
            mode.show_model(speaker.folder)
            mode.session.use(speaker.engine, speaker.folder.hash)

    @Slot()
    def _on_request(self) -> None:
        self._show_seed()
        self._follow()

    @Slot(object)
    def _on_picked(self, folder: ModelFolder) -> None:
        """Use a model; one of another language brings lines in that language with it."""
        mode, language = self.mode, written_in(folder)
        self.speakers.prefer(folder)
        if language_of(*mode.lines_of(mode.session.request)) not in (language, MIXED, NO_LANGUAGE):
            request = mode.preset_in(language)
            if request is not None:
                mode.steps.replace(request)
                return
        self.speakers.use(folder)
        self._follow()

    def _show_mode(self) -> None:
        """Give the skeleton what belongs to the mode on screen, and hide what belongs to others."""
        for key, parts in self._parts.items():
            for part in parts:
                part.setVisible(key == self.mode.key)
        self.switch.show_place(self.modes.index(self.mode))
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
        self.skeleton.undo_action.setEnabled(self.mode.session.history.can_undo or self.mode.steps.is_typing)
        self.skeleton.redo_action.setEnabled(self.mode.session.history.can_redo)
        self.skeleton.say(self._state())

    def _state(self) -> str:
        session = self.mode.session
        if self._is_missing or session.is_broken:
            return self.tr("There is no model to follow what you type")
        if self._trouble.is_mixed:
            return trouble.sentence(self._trouble)
        if self._is_of_another_model():
            return self.tr("This recipe was made with another model, so the verses may differ")
        if session.is_awake:
            return trouble.sentence(self._trouble) or self.mode.hint()
        if session.result is not None and session.result.request == session.request:
            return self.tr("These verses are ready-made; the model is waking up")
        return self.tr("The model is waking up; the verses will follow")

    def _is_of_another_model(self) -> bool:
        """Whether what is on screen came as a recipe of a model that is not the one in use."""
        speaker = self.speakers.current
        if self._from_recipe is None or speaker is None:
            return False
        request, model_hash = self._from_recipe
        return request == self.mode.session.request and model_hash not in ("", speaker.folder.hash)

    @Slot()
    def _on_typed(self) -> None:
        self.skeleton.undo_action.setEnabled(True)

    @Slot(int)
    def _on_preset(self, place: int) -> None:
        self.mode.steps.replace(self.mode.of_preset(place))

    @Slot(int)
    def _on_seed(self, seed: int) -> None:
        self.mode.steps.take_seed(seed)

    @Slot(int)
    def _on_switched(self, place: int) -> None:
        self._go_on_in(self.modes[place])

    @Slot(str, object)
    def _on_sent(self, line: str, place: Place) -> None:
        """Copy a line, or put it where another mode begins from and go there."""
        if place is Place.CLIPBOARD:
            self.exporter.copy_text(line)
            return
        mode = next(mode for mode in self.modes if place in mode.places())
        self._go_on_in(mode)
        mode.put(line, place)

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


def _without_lone_surrogates(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """JSON values as an editor can hold them: else what stands there would never be what was asked for."""
    text = json.dumps(dict(inputs), ensure_ascii=False)
    held: dict[str, Any] = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return held


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
