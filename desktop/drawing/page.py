"""The Drawing tab: a canvas on which the model draws, pixel after pixel, what is covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.drawing import draft, edits
from desktop.drawing.beginnings import Beginnings, format_of
from desktop.drawing.control_column import ControlColumn
from desktop.drawing.desk import Desk
from desktop.drawing.draft import Draft
from desktop.drawing.frames import Frames
from desktop.drawing.opening import OPEN, Opening
from desktop.drawing.outputs import FILM, Outputs
from desktop.drawing.player import SPEEDS, Player
from desktop.drawing.results import Results
from desktop.drawing.session import Session
from desktop.drawing.sheet import Sheet
from desktop.drawing.steps import Steps
from desktop.drawing.strokes import Strokes
from desktop.drawing.telling import Telling
from desktop.drawing.work import Darkroom, LoadModel, Opened
from desktop.engine import Engine, State
from desktop.page import Page
from desktop.questions import Questions
from desktop.recipe import Recipe
from desktop.widgets.model_picker import ModelPicker
from desktop.widgets.picture_source import may_hold_picture
from models import shelf
from models.errors import InputError, ModelFolderError
from models.pixel_rnn import FAMILY
from models.shelf import ModelFolder

ALIKE = 0.9  # of the given pixels, for a canvas to be a picture that was opened


class DrawingPage(Page):
    """Widgets tell the steps what a person wants; the session knows what there is; the telling shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.beginnings = Beginnings()
        first = self.beginnings.first()
        self.session = Session(first, Results(self.beginnings.ready_made), self)
        self.player = Player(self)
        self.desk = Desk(first, self.skeleton)
        self.controls = ControlColumn(first.form, self.skeleton)
        self.picker = ModelPicker((FAMILY,), format_of)
        self.darkroom: Engine[Darkroom] = Engine(self.tr("Pictures"), Darkroom, self)
        self._questions = Questions((OPEN, FILM), self)
        self.opening = Opening(self, self._questions, first.form)
        self.outputs = Outputs(self.skeleton, self.exporter, self.session, self._questions)
        strokes = Strokes(self.session, self.player, self.desk.canvas, self.desk.tools, self.controls.palette)
        self.steps = Steps(self.session, self.player, strokes, self.controls, self.skeleton)
        self.telling = Telling(self.session, self.steps, self.desk, self.controls, self.skeleton)
        self._folder: ModelFolder | None = None
        self._wanted = ("", "")  # the model's name and hash, where the last session named one
        self._own_speed = self.player.speed
        self._opened: Opened | None = None
        self._is_shelf_read = self._is_restored = False
        self.frames = Frames(self.session, self.skeleton.filmstrip)
        self._fill()
        self._connect()
        self._open_on(first)

    def start(self) -> None:
        """Read the shelf and wake the model that the canvas is for, else the first; meanwhile the picture goes on."""
        self._read_shelf()
        sheet = self.session.sheet
        folder = self.picker.select(*self._wanted if self._wanted[0] else (sheet.model, "")) or self.picker.current
        if folder is None:
            self._miss_model()
            return
        if folder.name != sheet.model or self.beginnings.form(folder.name) != sheet.form:
            show = self.session.take if self._is_restored else self.session.restore  # a way back to what was kept
            show(self._for_model(folder.name))
        self._load(folder)
        if not self._is_restored and theme.motion_ms(self):
            self.steps.go_on()

    def stop(self) -> None:
        self.player.pause()
        self.frames.stop()

    def corner(self) -> QWidget | None:
        return self.picker

    def keyboard_home(self) -> QWidget:
        return self.desk.canvas

    def engines(self) -> tuple[Engine[Any], ...]:
        used = (self.darkroom,) if self.darkroom.state is not State.ASLEEP else ()
        return (*used, *super().engines())

    def recipe(self) -> Recipe:
        return draft.to_recipe(self.session.sheet, self._hash)

    def apply(self, recipe: Recipe) -> None:
        if not self._is_shelf_read:
            self._read_shelf()
        folder = self.picker.named(recipe.model, recipe.model_hash)
        form = self.beginnings.form(folder.name) if folder is not None else None
        if folder is None or form is None:
            sentence = "This recipe was made with the model {name}, which is not on the shelf."
            raise InputError(sentence, name=recipe.model or recipe.model_hash)
        sheet = draft.from_recipe(recipe, folder.name, form)
        self.telling.foreign = sheet.asked if recipe.model_hash not in ("", folder.hash) else None
        self._is_restored, self._wanted = True, (folder.name, folder.hash)
        self.steps.change(sheet)
        self.telling.show_state()

    def save_state(self) -> Mapping[str, Any]:
        kept = Draft(self.session.sheet, self.session.drawn, self._hash, self._own_speed)
        return draft.to_state(kept)

    def restore_state(self, state: Mapping[str, Any]) -> None:
        kept = draft.from_state(state)
        if kept is not None:
            self._is_restored, self._wanted = True, (kept.sheet.model, kept.model_hash)
            self.session.restore(kept.sheet, kept.drawn)
            self._on_speed(kept.speed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.opening.take(event.mimeData()):
            event.acceptProposedAction()

    @property
    def _hash(self) -> str:
        return self._folder.hash if self._folder is not None else self._wanted[1]

    def _fill(self) -> None:
        skeleton = self.skeleton
        skeleton.set_main(self.desk)
        skeleton.dice_action.setToolTip(self.tr("Surprise me: draw from another seed (Ctrl+D)"))
        self.open_action = skeleton.add_import(self.tr("Open"), "Ctrl+O", "open")
        self.open_action.setToolTip(self.tr("Open a picture, drop one here, or paste one"))
        self.paste_action = skeleton.add_action(self.tr("Paste a picture"), "Ctrl+V")
        self.controls.draw.show_speed(self.player.speed)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        session, desk = self.session, self.desk
        session.acted.connect(self._on_acted)
        session.failed.connect(self.problem)
        session.model_wanted.connect(self._on_model_wanted)
        self.steps.stepping.connect(self.frames.leave)
        desk.side.next_pixel.decided.connect(self.steps.decide)
        desk.canvas.ranked.connect(desk.side.next_pixel.choose)
        desk.canvas.play_asked.connect(self.steps.draw)
        desk.completions.kept.connect(self.steps.keep)
        desk.completions.left.connect(session.leave_completions)
        desk.completions.more_asked.connect(self.steps.several)
        self.controls.draw.speed_chosen.connect(self._on_speed)
        self.skeleton.preset_chosen.connect(self._on_preset)
        self.open_action.triggered.connect(self.opening.ask)
        self.paste_action.triggered.connect(self._on_paste)
        self.opening.opened.connect(self._on_opened)
        self.opening.over.connect(self.problem_over)
        self.outputs.making_film.connect(self._on_making_film)
        self.picker.chosen.connect(self._on_picked)
        self.picker.problem.connect(self.problem)
        self._questions.use(self.darkroom)
        self._questions.failed.connect(self.problem)
        for told in (self._questions.answered, self._questions.failed):
            told.connect(self.telling.show_state)  # in place of what was said to be under way

    def _open_on(self, first: Sheet) -> None:
        """Something is there from the first moment, half drawn; `start` goes on with it."""
        self.session.restore(first)
        self.session.seek(len(first.covered) // 2 if theme.motion_ms(self) else len(first.covered))
        self.frames.stop()  # nothing runs before `start`

    def _read_shelf(self) -> None:
        self._is_shelf_read = True
        self.picker.refresh()
        self.beginnings.show_shelf(self.picker.models)
        names = [QCoreApplication.translate("presets", preset.name) for preset in self.beginnings.presets]
        self.skeleton.set_presets(names)

    def _miss_model(self) -> None:
        self.telling.is_missing = True
        self.telling.show_state()
        try:
            shelf.default(FAMILY)
        except ModelFolderError as error:
            self.problem.emit(error)

    def _for_model(self, model: str) -> Sheet:
        """What another model shows: the same canvas where its format is the same, else its own beginning."""
        sheet = self.session.sheet
        same = self.beginnings.form(model) == sheet.form
        return replace(sheet, model=model) if same else self.beginnings.of_model(model)

    def _load(self, folder: ModelFolder) -> None:
        if folder != self._folder:
            self._folder = folder
            engine = Engine(folder.card.title, LoadModel(folder))
            self.adopt(engine)
            self.session.use(engine, folder.name, folder.hash, format_of(folder))

    def _set_speed(self, place: int) -> None:
        self.player.set_speed(place)
        self.controls.draw.show_speed(place)

    @Slot(object)
    def _on_picked(self, folder: ModelFolder) -> None:
        sheet = self._for_model(folder.name)
        was_drawn = sheet.count > 0
        self.steps.change(sheet)
        self._load(folder)
        if not was_drawn:
            self.steps.go_on()

    @Slot(str)
    def _on_model_wanted(self, model: str) -> None:
        folder = self.picker.select(model)
        if folder is None:
            self.problem.emit(InputError("The model {name} is no longer on the shelf.", name=model))
        elif self.beginnings.form(model) != self.session.sheet.form:
            self.problem.emit(InputError("The model {name} no longer draws pictures of this format.", name=model))
        else:
            self._load(folder)

    @Slot(int)
    def _on_preset(self, place: int) -> None:
        preset = self.beginnings.presets[place]
        sheet = self.beginnings.of_preset(preset, self.session.sheet)
        self._set_speed(SPEEDS.index(preset.speed) if preset.speed in SPEEDS else self._own_speed)
        self.steps.start(sheet)

    @Slot(int)
    def _on_speed(self, place: int) -> None:
        self._own_speed = place
        self._set_speed(place)
        self.changed.emit()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        sheet = self.session.sheet
        if opened.form == sheet.form:
            self._opened = opened
            self.steps.change(edits.open_picture(sheet, opened.pixels))

    @Slot()
    def _on_paste(self) -> None:
        if not self.opening.paste():
            self.skeleton.say(self.tr("There is no picture to paste: copy one first"))

    @Slot()
    def _on_making_film(self) -> None:
        self.skeleton.say(self.tr("The film is being made"))

    @Slot()
    def _on_acted(self) -> None:
        sheet = self.session.sheet
        self.opening.form = sheet.form
        self.desk.side.preview.show_opened(self._opened if _is_of(sheet, self._opened) else None)
        self.changed.emit()


def _is_of(sheet: Sheet, opened: Opened | None) -> bool:
    """Whether what is given on a sheet comes from an opened picture, but for a pixel here and there."""
    given = ~sheet.canvas.mask
    if opened is None or opened.form != sheet.form or not given.any():
        return False
    return bool((sheet.canvas.pixels == opened.pixels)[given].mean() >= ALIKE)
