"""The way to a loaded model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.sentence_vae import FAMILY

if TYPE_CHECKING:
    from models.sentence_vae.model import SentenceModel


def load(name_or_folder: str | None) -> SentenceModel:
    """The model that is called so or lies there; without a name the first of its family. Raises `ModelFolderError`."""
    from models import shelf

    folder = shelf.find(name_or_folder, FAMILY) if name_or_folder is not None else shelf.default(FAMILY)

    from models.sentence_vae.model import SentenceModel

    return SentenceModel.load(folder)
