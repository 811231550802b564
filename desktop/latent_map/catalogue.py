"""The shelf's maps: what each draws, how many numbers its codes have, and which is the other kind of which."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import DataError
from models.image_vae import FAMILY
from models.image_vae.codes import MAX_DIMENSIONS
from models.shelf import ModelFolder
from models.sprites.form import Format


@dataclass(frozen=True)
class Entry:
    """A model of the shelf, as its card tells it."""

    folder: ModelFolder
    form: Format
    dimensions: int

    @property
    def variational(self) -> bool:
        """Whether it is a VAE; else a plain autoencoder."""
        return self.folder.family == FAMILY


def entry_of(folder: ModelFolder) -> Entry:
    """What a card says. Raises `DataError` where it does not say what the map needs."""
    dimensions = folder.card.configuration.get("dimensions")
    if not isinstance(dimensions, int) or isinstance(dimensions, bool) or not 2 <= dimensions <= MAX_DIMENSIONS:
        raise DataError("The card of {name} does not say how many numbers its codes have.", name=folder.name)
    return Entry(folder, Format.from_configuration(folder.card.configuration), dimensions)


def counterpart(entry: Entry, others: tuple[Entry, ...]) -> Entry | None:
    """The first model of the other kind that draws the same from as many numbers; None where there is none."""
    for other in others:
        alike = (other.form, other.dimensions) == (entry.form, entry.dimensions)
        if alike and other.variational != entry.variational:
            return other
    return None
