"""The Latent map tab: click anywhere, see what the decoder imagines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QWidget

from desktop.engine import Engine, State
from desktop.latent_map import draft, words
from desktop.latent_map.catalogue import Entry, counterpart, entry_of
from desktop.latent_map.chart import LAND, Chart
from desktop.latent_map.cinema import Cinema
from desktop.latent_map.control_column import ControlColumn
from desktop.latent_map.desk import Desk
from desktop.latent_map.draft import Draft
from desktop.latent_map.frames import Frames
from desktop.latent_map.layers import KINDS, Layers
from desktop.latent_map.map_view import Mode
from desktop.latent_map.outputs import GIF, Outputs
from desktop.latent_map.session import Session
from desktop.latent_map.steps import Steps
from desktop.latent_map.telling import Telling
from desktop.latent_map.work import Atlas, LoadModel, Opened, OpenFile, OpenImage, ReadAtlas, Reader
from desktop.page import MAIN, Page
from desktop.questions import Answer, Questions
from desktop.recipe import Recipe
from desktop.widgets.model_picker import ModelPicker
from desktop.widgets.picture_source import PictureSource
from models import shelf
from models.errors import InputError, ModelFolderError
from models.image_vae import FAMILY, PLAIN_FAMILY, examples
from models.image_vae.presets import Preset
from models.image_vae.scene import Scene
from models.shelf import ModelFolder

OPEN, ATLAS, OTHER_ATLAS = "open", "atlas", "other atlas"
BESIDE = "beside"  # the role of the engine of the other kind


class LatentMapPage(Page):
    """Widgets tell the steps what a person wants; the session knows what is shown; the telling brings it to the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = examples.read_ground()
        first = Scene.fresh(self.ground.model if self.ground is not None else examples.MODEL, 2)
        self.session = Session(first, self)
        self.charts = (Chart(self), Chart(self))
        self.desk = Desk(*self.charts, self.skeleton)
        self.controls = ControlColumn(self.skeleton)
        self.picker = ModelPicker((FAMILY, PLAIN_FAMILY), entry_of)
        self.reader: Engine[Reader] = Engine(self.tr("Pictures"), Reader, self)
        self._questions = Questions((OPEN, ATLAS, OTHER_ATLAS, *KINDS, GIF), self)
        self.source = PictureSource(self)
        self.cinema = Cinema(self.session, self.charts)
        self.layers = Layers(self.session, self.charts, self._questions)
        self.outputs = Outputs(self.skeleton, self.exporter, self.session, self.charts[0], self._questions)
        self.frames = Frames(self.session, self.charts[0], self.skeleton.filmstrip)
        self.steps = Steps(self.session, self.charts)
        self.telling = Telling(self.session, self.charts, self.cinema, self.desk, self.controls, self.skeleton)
        self.presets: tuple[Preset, ...] = ()
        self._entry: Entry | None = None
        self._draft: Draft | None = None
        self._entries: tuple[Entry, ...] = ()
        self._is_landing = False  # the cursor shall follow the picture that was just given
        self._is_shelf_read = False
        self._fill()
        self._connect()
        self._show_ready_made()

    def start(self) -> None:
        """Read the shelf and wake the model that was in use, else the first; meanwhile the ready-made ground shows."""
        if not self._is_shelf_read:
            self._read_shelf()
        if self._entry is not None:
            return  # a recipe came first
        wanted = (self._draft.model, self._draft.model_hash) if self._draft is not None else (examples.MODEL, "")
        folder = self.picker.select(*wanted) or self.picker.select(examples.MODEL) or self.picker.current
        if folder is None:
            self._miss_model()
            return
        entry = self._entry_of(folder)
        self.session.restore(self._first_scene(entry))
        self._load(entry)

    def stop(self) -> None:
        self.cinema.stop()
        self.frames.stop()
        self.layers.stop()

    def corner(self) -> QWidget | None:
        return self.picker

    def engines(self) -> tuple[Engine[Any], ...]:
        used = (self.reader,) if self.reader.state is not State.ASLEEP else ()
        return (*used, *super().engines())

    def recipe(self) -> Recipe:
        return draft.to_recipe(self.session.scene, self._hash)

    def apply(self, recipe: Recipe) -> None:
        if not self._is_shelf_read:
            self._read_shelf()
        folder = self.picker.named(recipe.model, recipe.model_hash)
        if folder is None:
            sentence = "This recipe was made with the model {name}, which is not on the shelf."
            raise InputError(sentence, name=recipe.model or recipe.model_hash)
        entry = self._entry_of(folder)
        scene = draft.from_recipe(recipe, folder, entry.dimensions, entry.form)
        self.telling.foreign = scene if recipe.model_hash not in ("", folder.hash) else None
        self.picker.select(folder.name, folder.hash)
        self._load(entry)
        self.steps.change(self._allowed(scene))

    def save_state(self) -> Mapping[str, Any]:
        if self._entry is None and self._draft is not None:
            return {**vars(self._draft)}
        return draft.to_state(self.session.scene, self._hash)

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self._draft = draft.from_state(state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.source.take(event.mimeData()):
            event.acceptProposedAction()

    @property
    def _hash(self) -> str:
        return self._entry.folder.hash if self._entry is not None else ""

    def _fill(self) -> None:
        skeleton = self.skeleton
        skeleton.set_main(self.desk)
        skeleton.dice_action.setToolTip(self.tr("Surprise me: go to a random code (Ctrl+D)"))
        self.open_action = skeleton.add_import(self.tr("Open"), "Ctrl+O", "open")
        self.open_action.setToolTip(self.tr("Open a picture, drop one here, or paste one, and see where it lands"))
        self.paste_action = skeleton.add_action(self.tr("Paste a picture"), "Ctrl+V")
        self.own_action = skeleton.add_action(self.tr("Draw a picture"), "Ctrl+Shift+P")
        self.spin_action = skeleton.add_action(self.tr("Spin the other numbers"), "Ctrl+Shift+D")
        self.setAcceptDrops(True)
        self.desk.columns[0].chart.view.setFocus()

    def _connect(self) -> None:
        self.steps.listen_to(self.desk, self.controls.layers, self.controls.compare, self.skeleton)
        self.steps.problem.connect(self.problem)
        self.steps.stepping.connect(self.frames.leave)
        self.steps.stepping.connect(self.cinema.stop)
        self.steps.path_changed.connect(self._on_path_changed)
        self.steps.picture_given.connect(self._on_picture_given)
        self.session.acted.connect(self.changed)
        self.session.model_wanted.connect(self._on_model_wanted)
        self.session.scene_changed.connect(self._wake_other)
        self.controls.path.draw_action.toggled.connect(self._on_draw_path)
        self.controls.path.play_action.triggered.connect(self.cinema.toggle)
        self.controls.path.clear_action.triggered.connect(self.steps.take_path_away)
        self.controls.explanation.noise_asked.connect(self._on_noise)
        self.cinema.reached.connect(self._on_reached)
        self.skeleton.preset_chosen.connect(self._on_preset)
        self.open_action.triggered.connect(self.source.ask)
        self.paste_action.triggered.connect(self._on_paste)
        self.own_action.triggered.connect(self.desk.side.show_picture)
        self.spin_action.triggered.connect(self.steps.spin)
        self.source.file_given.connect(self._on_file)
        self.source.image_given.connect(self._on_image)
        self.outputs.making_film.connect(self._on_making_film)
        self.picker.chosen.connect(self._on_picked)
        self.picker.problem.connect(self.problem)
        self._questions.use(self.reader)
        self._questions.answered.connect(self._on_answered)
        self._questions.failed.connect(self.problem)
        for chart in self.charts:
            chart.failed.connect(self.problem)
            chart.view.files_dropped.connect(self._on_file)
            chart.view.image_dropped.connect(self._on_image)
        self.charts[0].answered.connect(self._on_told)

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

    def _read_shelf(self) -> None:
        self._is_shelf_read = True
        self.picker.refresh()
        self._entries = tuple(entry_of(folder) for folder in self.picker.models)

    def _entry_of(self, folder: ModelFolder) -> Entry:
        return next(entry for entry in self._entries if entry.folder == folder)

    def _miss_model(self) -> None:
        self.telling.is_missing = True
        self.telling.show_scene(self.session.scene)
        try:
            shelf.default(FAMILY)
        except ModelFolderError as error:
            self.problem.emit(error)

    def _first_scene(self, entry: Entry) -> Scene:
        folder = entry.folder
        kept = self._draft
        if kept is not None and folder.name == kept.model:
            return self._allowed(kept.scene(folder.name, entry.dimensions, entry.form), entry)
        return Scene.fresh(folder.name, entry.dimensions)

    def _allowed(self, scene: Scene, entry: Entry | None = None) -> Scene:
        """Not beside another map where there is none."""
        return (
            scene if not scene.beside or self._other(entry or self._entry) is not None else replace(scene, beside=False)
        )

    def _other(self, entry: Entry | None) -> Entry | None:
        return counterpart(entry, self._entries) if entry is not None else None

    def _load(self, entry: Entry) -> None:
        if entry == self._entry:
            return
        self._entry = entry
        folder = entry.folder
        if self.ground is None or self.ground.model_hash != folder.hash:
            self.telling.ground = None
            self.charts[0].view.clear_tiles()
        engine = Engine(folder.card.title, LoadModel(folder))
        self.adopt(engine, MAIN)
        self.charts[0].use(engine, folder, entry.form)
        self.telling.show_format(entry.form)
        self.presets = ()
        self.skeleton.set_presets(())
        other = self._other(entry)
        self.controls.compare.allow(is_possible=other is not None)
        self._questions.ask(ATLAS, ReadAtlas(folder, entry.variational, other is not None))
        self._wake_other()

    @Slot()
    def _wake_other(self) -> None:
        """The model of the other kind, once both shall be seen."""
        other = self._other(self._entry)
        chart = self.charts[1]
        if other is None or not self.session.scene.beside or chart.folder == other.folder:
            return
        engine = Engine(other.folder.card.title, LoadModel(other.folder))
        self.adopt(engine, BESIDE)
        chart.view.clear_tiles()
        chart.use(engine, other.folder, other.form)
        chart.show(self.session.scene)
        self.telling.show_dreams()
        self._questions.ask(OTHER_ATLAS, ReadAtlas(other.folder, other.variational, True))

    @Slot(object)
    def _on_picked(self, folder: ModelFolder) -> None:
        entry = self._entry_of(folder)
        scene = self.session.scene
        before = self._entry
        fits = before is not None and (before.form, before.dimensions) == (entry.form, entry.dimensions)
        self.steps.change(replace(scene, model=folder.name) if fits else Scene.fresh(folder.name, entry.dimensions))
        self._load(entry)

    @Slot(str)
    def _on_model_wanted(self, model: str) -> None:
        folder = self.picker.select(model)
        if folder is not None:
            self._load(self._entry_of(folder))
        elif self._is_shelf_read:
            self.problem.emit(InputError("The model {name} is no longer on the shelf.", name=model))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        value = answer.value
        if isinstance(value, Opened):
            self._on_opened(value)
        elif isinstance(value, Atlas) and answer.kind == ATLAS:
            self._on_atlas(value, is_whole=answer.last)
        elif isinstance(value, Atlas) and not answer.last:
            self.charts[1].show_data(value.data)
            self.layers.look_again()

    def _on_atlas(self, atlas: Atlas, *, is_whole: bool) -> None:
        if self._entry is None or atlas.folder != self._entry.folder:
            return
        if atlas.presets:
            self.presets = atlas.presets
            self.skeleton.set_presets([words.preset(preset) for preset in atlas.presets])
            return
        self.charts[0].show_data(atlas.data)
        self.telling.show_names(atlas.data.names if atlas.data is not None and atlas.data.labels is not None else ())
        self.layers.look_again()
        if atlas.data is None:
            sentence = "The model {name} came without the codes of its data: its map has no points."
            self.problem.emit(InputError(sentence, name=atlas.folder.name))

    def _on_opened(self, opened: Opened) -> None:
        if self._entry is None or opened.form != self._entry.form:
            return
        self.desk.side.show_picture()
        self.desk.side.picture.show_told(words.conversion(opened.brought.facts, opened.form))
        self.steps.take_picture(np.ascontiguousarray(opened.brought.pixels).tobytes())

    @Slot(str)
    def _on_told(self, kind: str) -> None:
        landed = self.charts[0].landing_of(self.session.scene)
        if kind == LAND and landed is not None and self._is_landing:
            self._is_landing = False
            self.steps.land_on(landed.landing.mean)

    @Slot(object)
    def _on_file(self, path: Path) -> None:
        if self._entry is not None:
            self._questions.ask(OPEN, OpenFile(path, self._entry.form))

    @Slot(object)
    def _on_image(self, image: QImage) -> None:
        if self._entry is not None:
            self._questions.ask(OPEN, OpenImage(self.tr("Pasted picture"), image, self._entry.form))

    @Slot()
    def _on_paste(self) -> None:
        if not self.source.paste():
            self.skeleton.say(self.tr("There is no picture to paste: copy one first"))

    @Slot()
    def _on_picture_given(self) -> None:
        self._is_landing = True

    @Slot(bool)
    def _on_draw_path(self, is_drawing: bool) -> None:
        self.telling.is_drawing_path = is_drawing
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
        self.steps.change(self.presets[place].scene)
        if self.session.scene.path:
            self.cinema.play()
            self.telling.show_state()

    @Slot()
    def _on_making_film(self) -> None:
        self.skeleton.say(self.tr("The film is being made"))
