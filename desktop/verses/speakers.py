"""Which model speaks the language that is typed, and one engine for each language that was typed so far.

An engine stays once its model is awake, so that going back to a language costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.engine import Engine
from desktop.verses import trouble
from desktop.verses.trouble import Trouble
from desktop.verses.work import LoadModel
from desktop.widgets.model_picker import ModelPicker
from models.sentence_vae.language import language_of, written_in
from models.shelf import ModelFolder

if TYPE_CHECKING:
    from models.sentence_vae.model import SentenceModel


@dataclass(frozen=True)
class Speaker:
    """A model that is awake or waking, and the language that it speaks."""

    language: str
    folder: ModelFolder
    engine: Engine[SentenceModel]


class Speakers(QObject):
    """`current` is the model in use, None until `follow` or `use` has found one."""

    engine_made = Signal(object, str)  # an Engine that is not started yet, and its language

    def __init__(self, picker: ModelPicker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Speaker | None = None
        self._picker = picker
        self._awake: dict[str, Speaker] = {}
        self._preferred: dict[str, ModelFolder] = {}

    def prefer(self, folder: ModelFolder) -> None:
        """Use this model from now on for all that is written in its language."""
        self._preferred[written_in(folder)] = folder

    def follow(self, lines: Sequence[str], locked: Sequence[str] = ()) -> Trouble:
        """Take the model that speaks the language of these lines; the one in use stays where there is none."""
        mixed = trouble.of_scripts(lines, locked)
        usual = self.current.folder if self.current is not None else self._picker.current
        if mixed.is_mixed or usual is None:  # without a model there is more to say, elsewhere
            return mixed
        language = language_of(*lines, *locked)
        folder = self._speaking(language) if language else usual
        self.use(folder if folder is not None else usual)
        return Trouble.NONE if folder is not None else Trouble.NO_MODEL

    def use(self, folder: ModelFolder) -> None:
        """Take this model, and show so in the picker."""
        self.prefer(folder)
        self._picker.select(folder.name, folder.hash)
        self.current = self._woken(folder)

    def _speaking(self, language: str) -> ModelFolder | None:
        """The preferred model of a language, else the shelf's first."""
        models = [model for model in self._picker.models if written_in(model) == language]
        preferred = self._preferred.get(language)
        return preferred if preferred in models else next(iter(models), None)

    def _woken(self, folder: ModelFolder) -> Speaker:
        language = written_in(folder)
        known = self._awake.get(language)
        if known is not None and known.folder == folder:
            return known
        made = Speaker(language, folder, Engine(folder.card.title, LoadModel(folder)))
        self._awake[language] = made
        self.engine_made.emit(made.engine, language)
        return made
