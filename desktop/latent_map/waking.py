"""Which of the shelf's maps are in use: found, woken, and what is known of them without their networks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Engine
from desktop.latent_map.catalogue import Entry, counterpart, entry_of
from desktop.latent_map.chart import Chart
from desktop.latent_map.session import Session
from desktop.latent_map.work import Atlas, LoadModel, ReadAtlas
from desktop.questions import Answer, Questions
from desktop.widgets.model_picker import ModelPicker
from models.errors import InputError
from models.image_vae.presets import Preset
from models.shelf import ModelFolder

ATLAS, OTHER_ATLAS = "atlas", "other atlas"


class Waking(QObject):
    """`engine_made` carries an engine and whether it is that of the first map."""

    engine_made = Signal(object, bool)
    entry_changed = Signal(object)  # Entry of the first map
    data_read = Signal(object)  # Atlas of the first map
    presets_found = Signal(object)  # tuple of Preset
    problem = Signal(object)  # AtelierError

    def __init__(
        self, session: Session, charts: tuple[Chart, Chart], picker: ModelPicker, questions: Questions
    ) -> None:
        super().__init__(session)
        self._session = session
        self._charts = charts
        self._picker = picker
        self._questions = questions
        self._entries: tuple[Entry, ...] | None = None
        self.entry: Entry | None = None
        self.presets: tuple[Preset, ...] = ()
        session.model_wanted.connect(self._on_model_wanted)
        session.scene_changed.connect(self.wake_other)
        questions.answered.connect(self._on_answered)

    def read_shelf(self) -> None:
        """Once; what a card says is known from then on."""
        if self._entries is None:
            self._picker.refresh()
            self._entries = tuple(entry_of(folder) for folder in self._picker.models)

    def entry_of(self, folder: ModelFolder) -> Entry:
        """What the card of one of the picker's models says."""
        return next(entry for entry in self._entries or () if entry.folder == folder)

    def other(self, entry: Entry) -> Entry | None:
        """The same map of the other kind; None where there is none."""
        return counterpart(entry, self._entries or ())

    def wake(self, entry: Entry) -> None:
        """Use this model for the first map."""
        if entry == self.entry:
            return
        self.entry, self.presets = entry, ()
        self.entry_changed.emit(entry)
        engine = Engine(entry.folder.card.title, LoadModel(entry.folder))
        self.engine_made.emit(engine, True)
        self._charts[0].use(engine, entry, self._session.scene)
        self._questions.ask(ATLAS, ReadAtlas(entry.folder, entry.variational, self.other(entry) is not None))
        self.wake_other()

    @Slot()
    def wake_other(self) -> None:
        """The model of the other kind, once both shall be seen."""
        other = self.other(self.entry) if self.entry is not None else None
        chart = self._charts[1]
        if other is None or not self._session.scene.beside or chart.entry == other:
            return
        engine = Engine(other.folder.card.title, LoadModel(other.folder))
        self.engine_made.emit(engine, False)
        chart.view.clear_tiles()
        chart.use(engine, other, self._session.scene)
        self._questions.ask(OTHER_ATLAS, ReadAtlas(other.folder, other.variational, True))

    @Slot(str)
    def _on_model_wanted(self, model: str) -> None:
        """A step leads to another model than the last one."""
        current = self._picker.current
        folder = current if current is not None and current.name == model else self._picker.select(model)
        if folder is not None:
            self.wake(self.entry_of(folder))
        elif self._entries is not None:
            self.problem.emit(InputError("The model {name} is no longer on the shelf.", name=model))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        atlas = answer.value
        if not isinstance(atlas, Atlas) or answer.last:
            return
        if answer.kind == OTHER_ATLAS:
            self._charts[1].show_data(atlas.data)
        elif atlas.presets:
            self.presets = atlas.presets
            self.presets_found.emit(atlas.presets)
        else:
            self._charts[0].show_data(atlas.data)
            self.data_read.emit(atlas)
