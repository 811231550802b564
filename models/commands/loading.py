"""The way to a loaded model, for the commands of one family of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import image_vae, pixel_rnn

if TYPE_CHECKING:
    from models.image_vae.model import MapModel
    from models.pixel_rnn.model import DrawingModel
    from models.shelf import ModelFolder


def drawing_model(name_or_folder: str | None) -> DrawingModel:
    """The model that is called so or lies there; without a name the first of its family. Raises `ModelFolderError`."""
    return load_drawing(drawing_folder(name_or_folder))


def drawing_folder(name_or_folder: str | None) -> ModelFolder:
    """Only the folder, whose card tells what is drawn: torch need not be loaded for that. Raises `ModelFolderError`."""
    return _folder(name_or_folder, pixel_rnn.FAMILY)


def load_drawing(folder: ModelFolder) -> DrawingModel:
    """Raises `ModelFolderError`."""
    from models.pixel_rnn.model import DrawingModel

    return DrawingModel.load(folder)


def map_folder(name_or_folder: str | None) -> ModelFolder:
    """A VAE or an autoencoder of pictures; without a name the one that the window opens. Raises `ModelFolderError`."""
    return _folder(name_or_folder, image_vae.FAMILY, image_vae.PLAIN_FAMILY, preferred=image_vae.DEFAULT)


def load_map(folder: ModelFolder) -> MapModel:
    """Raises `ModelFolderError`."""
    from models.image_vae.model import MapModel

    return MapModel.load(folder)


def _folder(name_or_folder: str | None, *families: str, preferred: str = "") -> ModelFolder:
    from models import shelf

    if name_or_folder is None:
        return shelf.default(families[0], preferred)
    return shelf.find(name_or_folder, *families)
