"""The Latent map tab: click anywhere, see what the decoder imagines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.engine import Engine, State
from desktop.latent_map import draft, words
from desktop.latent_map.catalogue import Entry, entry_of
from desktop.latent_map.chart import LAND, Chart
from desktop.latent_map.cinema import Cinema
from desktop.latent_map.control_column import ControlColumn
from desktop.latent_map.desk import Desk
from desktop.latent_map.draft import Draft
from desktop.latent_map.frames import Frames
from desktop.latent_map.intake import OPEN, Intake
from desktop.latent_map.layers import KINDS, Layers
from desktop.latent_map.map_view import Mode
from desktop.latent_map.outputs import GIF, PNG, Outputs
from desktop.latent_map.session import Session
from desktop.latent_map.steps import Steps
from desktop.latent_map.telling import Telling
from desktop.latent_map.waking import ATLAS, OTHER_ATLAS, Waking
from desktop.latent_map.work import Atlas, Opened, Reader
from desktop.page import MAIN, Page
from desktop.questions import Questions
from desktop.recipe import Recipe
from desktop.widgets.model_picker import ModelPicker
from desktop.widgets.picture_source import may_hold_picture
from models import shelf
from models.errors import InputError, ModelFolderError
from models.image_vae import DEFAULT, FAMILY, PLAIN_FAMILY, examples
from models.image_vae.presets import Preset
from models.image_vae.scene import Scene
from models.shelf import ModelFolder

BESIDE = "beside"  # the role of the engine of the other kind


class LatentMapPage(Page):
    """Widgets tell the steps what a person wants; the session knows what is shown; the telling brings it to the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = examples.read_ground()
        self.session = Session(Scene.fresh(self.ground.model if self.ground is not None else DEFAULT, 2), self)
        self.charts = (Chart(self), Chart(self))
        self.desk = Desk(*self.charts, self.skeleton)
        self.controls = ControlColumn(self.skeleton)
        self.picker = ModelPicker((FAMILY, PLAIN_FAMILY), entry_of)
        self.reader: Engine[Reader] = Engine(self.tr("Pictures"), Reader, self)
        questions = Questions((OPEN, ATLAS, OTHER_ATLAS, *KINDS, PNG, GIF), self)
        self.intake = Intake(self, questions)
        self.cinema = Cinema(self.session, self.charts)
        self.layers = Layers(self.session, self.charts, questions)
        self.outputs = Outputs(self.skeleton, self.exporter, self.session, self.charts[0], questions)
        self.frames = Frames(self.session, self.charts[0], self.skeleton.filmstrip)
        self.steps = Steps(self.session, self.charts)
        self.telling = Telling(self.session, self.charts, self.cinema, self.desk, self.controls, self.skeleton)
        self.waking = Waking(self.session, self.charts, self.picker, questions)
        self._draft: Draft | None = None
        self._is_landing = False  # the cursor shall follow the picture that was just given
        questions.use(self.reader)
        questions.failed.connect(self.problem)
        self._fill()
        self._connect()
        self._show_ready_made()

    def start(self) -> None:
        """Read the shelf and wake the model that was in use, else the first; meanwhile the ready-made ground shows."""
        self.waking.read_shelf()
        if self.waking.entry is not None:
            return  # a recipe came first
        kept = self._draft
        folder = self.picker.select(kept.model, kept.model_hash) if kept is not None else None
        folder = folder or self.picker.select(DEFAULT) or self.picker.current
        if folder is None:
            self._miss_model()
            return
        entry = self.waking.entry_of(folder)
        self.session.restore(self._first_scene(entry))
        self.waking.wake(entry)

    def stop(self) -> None:
        self.cinema.stop()
        self.frames.stop()
        self.layers.stop()

    def keyboard_home(self) -> QWidget:
        return self.charts[0].view

    def corner(self) -> QWidget | None:
        return self.picker

    def engines(self) -> tuple[Engine[Any], ...]:
        used = (self.reader,) if self.reader.state is not State.ASLEEP else ()
        return (*used, *super().engines())

    def recipe(self) -> Recipe:
        return draft.to_recipe(self.session.scene, self._hash)

    def apply(self, recipe: Recipe) -> None:
        self.waking.read_shelf()
        folder = self.picker.named(recipe.model, recipe.model_hash)
        if folder is None:
            sentence = "This recipe was made with the model {name}, which is not on the shelf."
            raise InputError(sentence, name=recipe.model or recipe.model_hash)
        entry = self.waking.entry_of(folder)
        scene = self._allowed(draft.from_recipe(recipe, folder, entry.dimensions, entry.form), entry)
        self.telling.foreign = scene if recipe.model_hash not in ("", folder.hash) else None
        self.picker.select(folder.name, folder.hash)
        self.steps.change(scene)
        self.waking.wake(entry)
        self.telling.show_state()

    def save_state(self) -> Mapping[str, Any]:
        if self.waking.entry is None and self._draft is not None:
            return self._draft.to_state()
        return draft.to_state(self.session.scene, self._hash)

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self._draft = draft.from_state(state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.intake.take(event.mimeData()):
            event.acceptProposedAction()

    @property
    def _is_first_start(self) -> bool:
        """Whether nobody has been here or done anything yet."""
        scene, history = self.session.scene, self.session.history
        untouched = scene == Scene.fresh(scene.model, scene.dimensions) and not history.can_undo
        return untouched and self._draft is None

    @property
    def _hash(self) -> str:
        return self.waking.entry.folder.hash if self.waking.entry is not None else ""

    def _fill(self) -> None:
        skeleton = self.skeleton
        skeleton.set_main(self.desk)
        skeleton.dice_action.setToolTip(self.tr("Surprise me: go to a random code (Ctrl+D)"))
        self.open_action = skeleton.add_import(self.tr("Open"), "Ctrl+O", "open")
        self.open_action.setToolTip(self.tr("Open a picture, drop one here, or paste one, and see where it lands"))
        self.paste_action = skeleton.add_action(self.tr("Paste a picture"), "Ctrl+V")
        self.own_action = skeleton.add_action(self.tr("Draw a picture"), "Ctrl+Shift+P")
        self.spin_action = skeleton.add_action(self.tr("Spin the other numbers"), "Ctrl+Shift+D")
        skeleton.keys = words.keys_of_map()
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        steps, path = self.steps, self.controls.path
        steps.listen_to(self.desk, self.controls.layers, self.controls.compare, self.skeleton)
        steps.problem.connect(self.problem)
        steps.stepping.connect(self.frames.leave)
        steps.stepping.connect(self.cinema.stop)
        steps.path_changed.connect(self._on_path_changed)
        steps.picture_given.connect(self._on_picture_given)
        self.session.acted.connect(self.changed)
        path.draw_action.toggled.connect(self._on_draw_path)
        path.play_action.triggered.connect(self.cinema.toggle)
        path.clear_action.triggered.connect(steps.take_path_away)
        self.controls.explanation.noise_asked.connect(self._on_noise)
        self.cinema.reached.connect(self._on_reached)
        self.skeleton.preset_chosen.connect(self._on_preset)
        self.skeleton.filmstrip.restored.connect(self.desk.side.show_place)
        self.open_action.triggered.connect(self.intake.ask)
        self.paste_action.triggered.connect(self._on_paste)
        self.own_action.triggered.connect(self.desk.side.show_picture)
        self.spin_action.triggered.connect(steps.spin)
        self.intake.opened.connect(self._on_opened)
        self.intake.over.connect(self.problem_over)
        picture = self.desk.side.picture
        for begun in (picture.pad.stroke_began, picture.cleared):
            begun.connect(picture.forget_told)
        self.outputs.making_film.connect(self._on_making_film)
        self._connect_models()

    def _connect_models(self) -> None:
        self.picker.chosen.connect(self._on_picked)
        self.waking.engine_made.connect(self._on_engine_made)
        self.waking.entry_changed.connect(self._on_entry_changed)
        self.waking.data_read.connect(self._on_data_read)
        self.waking.presets_found.connect(self._on_presets_found)
        for teller in (self.picker, self.waking, self.intake):
            teller.problem.connect(self.problem)
        for chart in self.charts:
            chart.failed.connect(self.problem)
            chart.view.files_dropped.connect(self.intake.open_file)
            chart.view.image_dropped.connect(self.intake.open_image)
            chart.view.pointed.connect(self.desk.side.show_place)
        self.charts[0].answered.connect(self._on_answered)
        self.controls.layers.whole.clicked.connect(self.charts[0].view.show_whole)

    def _show_ready_made(self) -> None:
        """Something is there from the first moment."""
        if self.ground is not None:
            self.telling.ground = self.ground
            self.telling.show_format(self.ground.form)
            self.charts[0].view.set_model(self.ground.form, None)
        self.telling.show_scene(self.session.scene)
        if self.ground is not None:
            for key, tile in self.ground.tiles.items():
                self.charts[0].view.take_tile(key, tile)

    def _miss_model(self) -> None:
        self.telling.is_missing = True
        self.telling.show_scene(self.session.scene)
        try:
            shelf.default(FAMILY)
        except ModelFolderError as error:
            self.problem.emit(error)

    def _first_scene(self, entry: Entry) -> Scene:
        folder, kept = entry.folder, self._draft
        if kept is not None and folder.name == kept.model:
            return self._allowed(kept.scene(folder.name, entry.dimensions, entry.form), entry)
        return Scene.fresh(folder.name, entry.dimensions)

    def _allowed(self, scene: Scene, entry: Entry) -> Scene:
        """Not beside another map where there is none."""
        return scene if self.waking.other(entry) is not None else replace(scene, beside=False)

    @Slot(object)
    def _on_picked(self, folder: ModelFolder) -> None:
        """Another model; a person stays where they are if it has the same kind of map, and goes on comparing."""
        scene, entry, before = self.session.scene, self.waking.entry_of(folder), self.waking.entry
        fits = before is not None and (before.form, before.dimensions) == (entry.form, entry.dimensions)
        fresh = replace(Scene.fresh(folder.name, entry.dimensions), beside=scene.beside)
        self.steps.change(self._allowed(replace(scene, model=folder.name) if fits else fresh, entry))
        self.waking.wake(entry)

    @Slot(object, bool)
    def _on_engine_made(self, engine: Engine[Any], is_first: bool) -> None:
        self.adopt(engine, MAIN if is_first else BESIDE)

    @Slot(object)
    def _on_entry_changed(self, entry: Entry) -> None:
        self._forget_ground(entry)
        self.telling.show_format(entry.form)
        self.skeleton.set_presets(())
        self.intake.form = entry.form
        self.spin_action.setEnabled(entry.dimensions > 2)
        self.controls.compare.allow(is_possible=self.waking.other(entry) is not None)

    def _forget_ground(self, entry: Entry) -> None:
        """What another model decoded; the ready-made ground stays where it is this model's."""
        ready_made, self.ground = self.ground, None
        if ready_made is None or ready_made.model_hash != entry.folder.hash:
            self.telling.ground = None
            self.charts[0].view.clear_tiles()

    @Slot(object)
    def _on_data_read(self, atlas: Atlas) -> None:
        data = atlas.data
        self.telling.show_names(data.names if data is not None and data.labels is not None else ())
        self.layers.look_again()
        if data is None:
            sentence = "The model {name} came without the codes of its data: its map has no points."
            self.problem.emit(InputError(sentence, name=atlas.folder.name))

    @Slot(object)
    def _on_presets_found(self, presets: tuple[Preset, ...]) -> None:
        self.skeleton.set_presets([words.preset(preset) for preset in presets])
        walk = next((preset.scene for preset in presets if len(preset.scene.path) > 2), None)
        if walk is not None and self._is_first_start and theme.motion_ms(self):
            self.session.restore(walk)
            self.cinema.play()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self.desk.side.show_picture()
        self.desk.side.picture.show_told(words.conversion(opened.brought.facts, opened.form))
        self.steps.take_picture(np.ascontiguousarray(opened.brought.pixels).tobytes())

    @Slot(str)
    def _on_answered(self, kind: str) -> None:
        landed = self.charts[0].landing_of(self.session.scene)
        if kind == LAND and landed is not None and self._is_landing:
            self._is_landing = False
            self.steps.land_on(landed.landing.mean)

    @Slot()
    def _on_paste(self) -> None:
        if not self.intake.paste():
            self.skeleton.say(self.tr("There is no picture to paste: copy one first"))

    @Slot()
    def _on_picture_given(self) -> None:
        self._is_landing = True

    @Slot(bool)
    def _on_draw_path(self, is_drawing: bool) -> None:
        self.telling.is_drawing_path = is_drawing
        if is_drawing:
            self.cinema.stop()
            self.telling.show_images()
        self.controls.path.show_scene(self.session.scene)
        for chart in self.charts:
            chart.view.set_mode(Mode.PATH if is_drawing else Mode.POINT)
        self.telling.show_state()

    @Slot()
    def _on_path_changed(self) -> None:
        self.controls.path.draw_action.setChecked(False)
        self.cinema.stop()
        self.cinema.play()
        self.telling.show_state()

    @Slot(float, float)
    def _on_reached(self, x: float, y: float) -> None:
        self.session.amend(self.session.scene.at(x, y))
        self.session.settle()

    @Slot()
    def _on_noise(self) -> None:
        code = self.telling.draw_noise()
        if code is not None:
            self.steps.go_to(code)

    @Slot(int)
    def _on_preset(self, place: int) -> None:
        self.desk.side.show_place()
        self.controls.path.draw_action.setChecked(False)
        self.steps.change(self.waking.presets[place].scene)
        self.cinema.play()
        self.telling.show_state()

    @Slot()
    def _on_making_film(self) -> None:
        self.skeleton.say(self.tr("The film is being made"))
