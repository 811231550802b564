"""Which sentence VAE a command of verses takes: the one that was named, else one that speaks what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models import sentence_vae
from models.errors import InputError, ModelFolderError
from models.sentence_vae.language import CHINESE, ENGLISH, MIXED, language_of, written_in

if TYPE_CHECKING:
    from models.sentence_vae.model import SentenceModel
    from models.shelf import ModelFolder

NAMES = {ENGLISH: "English", CHINESE: "Chinese"}


def verse_folder(name_or_folder: str | None, lines: Sequence[str]) -> ModelFolder:
    """The model of that name or in that folder; without a name the shelf's first that speaks the lines' language.

    Lines without a letter are of any language. Raises `ModelFolderError`, `InputError` for two scripts at once.
    """
    from models import shelf

    if name_or_folder is not None:
        return shelf.find(name_or_folder, sentence_vae.FAMILY)
    language = language_of(*lines)
    if language == MIXED:
        raise InputError("Two scripts at once: write all lines in one, or name a --model to read them all.")
    first = shelf.default(sentence_vae.FAMILY)
    if not language:
        return first
    speaking = [model for model in shelf.folders().models if _speaks(model, language)]
    if not speaking:
        raise ModelFolderError(
            "No model on the shelf speaks {language}; with --model {name} the lines are read all the same.",
            language=NAMES[language],
            name=first.name,
        )
    return speaking[0]


def _speaks(model: ModelFolder, language: str) -> bool:
    return model.family == sentence_vae.FAMILY and written_in(model) == language


def load_verses(folder: ModelFolder) -> SentenceModel:
    """Raises `ModelFolderError`."""
    from models.sentence_vae.model import SentenceModel

    return SentenceModel.load(folder)
