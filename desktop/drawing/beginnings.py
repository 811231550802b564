"""Where a canvas can begin: the shelf's models with their formats, the presets for them, the ready-made drawings."""

from __future__ import annotations

from desktop.drawing.sheet import Sheet
from models.errors import DataError, ModelFolderError
from models.pixel_rnn import examples, presets
from models.pixel_rnn.drawn import Drawn
from models.pixel_rnn.presets import Preset
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.shelf import ModelFolder
from models.sprites.form import Format, Pixels

# Shown where neither a model nor a ready-made drawing is there: an empty canvas in the usual format.
PLAIN = Format(20, 20, ((255, 255, 255), (0, 0, 0)))


class Beginnings:
    """Reads what is shipped; `show_shelf` says which of it can be used."""

    def __init__(self) -> None:
        self.ready_made = examples.read_drawn()
        self._presets = presets.presets()
        self._forms: dict[str, Format] = {}

    @property
    def presets(self) -> tuple[Preset, ...]:
        """Those whose model is on the shelf."""
        return tuple(preset for preset in self._presets if preset.model in self._forms)

    def show_shelf(self, folders: tuple[ModelFolder, ...]) -> None:
        self._forms = {folder.name: format_of(folder) for folder in folders}

    def form(self, model: str) -> Format | None:
        """What a model of the shelf draws; None where it is not there."""
        return self._forms.get(model)

    def first(self) -> Sheet:
        """What the tab opens on: the first ready-made drawing, to be drawn on screen once more."""
        if self.ready_made:
            drawn = self.ready_made[0]
            return Sheet.fresh(drawn.model, drawn.form, drawn.request)
        first = self._presets[0]
        return Sheet.fresh(first.model, PLAIN, first.request(PLAIN))

    def of_preset(self, preset: Preset, sheet: Sheet) -> Sheet:
        """A preset's sheet; what covers a part of a picture takes the one that stands there, if it is whole."""
        form = self._forms[preset.model]
        stands = sheet.is_finished and sheet.form == form
        return Sheet.fresh(preset.model, form, preset.request(form, sheet.shown if stands else self._picture(form)))

    def of_model(self, model: str) -> Sheet:
        """A model's own first preset; an empty canvas where none is for it."""
        form = self._forms[model]
        for preset in self._presets:
            if preset.model == model:
                return Sheet.fresh(model, form, preset.request(form))
        return Sheet.fresh(model, form, DrawRequest(Canvas.empty(form)))

    def _picture(self, form: Format) -> Pixels | None:
        """A ready-made picture of this format."""
        made: list[Drawn] = [drawn for drawn in self.ready_made if drawn.form == form]
        return made[0].pixels if made else None


def format_of(folder: ModelFolder) -> Format:
    """What a model draws, by its card. Raises `ModelFolderError` where the card does not say."""
    try:
        return Format.from_configuration(folder.card.configuration)
    except DataError as error:
        sentence = "The model {name} cannot be used: its card does not say what it draws."
        raise ModelFolderError(sentence, name=folder.name) from error
