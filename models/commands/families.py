"""What `train` and `evaluate` must know of each family. A family's code is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models import image_vae, pixel_rnn, sentence_vae, sprites
from models.commands import output
from models.errors import ModelFolderError

if TYPE_CHECKING:
    import torch

    from models.fitting import Origin
    from models.shelf import ModelFolder
    from models.trainer import Options

TWO_WAY, PLAIN = "two-way", "plain"  # as a card names the kinds of a PixelRNN
DIMENSIONS = 2  # of a map


@dataclass(frozen=True)
class Training:
    """What was asked of `train`. `kind` is one of the family's; None for its usual one, as for what follows."""

    data: Path
    out: Path
    name: str
    options: Options
    device: torch.device
    resume: bool
    origin: Origin
    kind: str | None = None
    side: int | None = None
    dimensions: int | None = None


@dataclass(frozen=True)
class Family:
    """`data` says what it learns from, `kinds` which networks it knows, the usual one first.

    `side` is how many pixels it fits pictures to unless another number is asked for, and `dimensions` how many numbers
    a code has; 0 where it fits none, or the number cannot be chosen.
    """

    name: str
    data: str
    train: Callable[[Training], ModelFolder]
    evaluate: Callable[[ModelFolder, Path], Mapping[str, float]]
    kinds: tuple[str, ...] = ()
    side: int = 0
    dimensions: int = 0


def family_of(folder: ModelFolder) -> Family:
    """The family of a model. Raises `ModelFolderError` where this version knows none of that name."""
    try:
        return FAMILIES[folder.family]
    except KeyError as error:
        told = "{path} holds a model of the family {family}, which this version does not know: update the program."
        raise ModelFolderError(told, path=folder.path, family=folder.family) from error


def told_of_each(item: str) -> str:
    """What a field of `Family` is, for a help text; families of which the same is told share it."""
    told: dict[object, list[str]] = {}
    for family in FAMILIES.values():
        if value := getattr(family, item):
            told.setdefault(value, []).append(family.name)
    return "; ".join(f"{', '.join(names)}: {value}" for value, names in told.items())


def _train_sentences(asked: Training) -> ModelFolder:
    from models.sentence_vae.fitting import train_model

    return train_model(
        asked.data, asked.out, asked.options, asked.device, asked.name, asked.resume, origin=asked.origin
    )


def _evaluate_sentences(folder: ModelFolder, data: Path) -> Mapping[str, float]:
    from models.sentence_vae.evaluation import evaluate
    from models.sentence_vae.model import SentenceModel

    return evaluate(SentenceModel.load(folder), data)


def _train_drawing(asked: Training) -> ModelFolder:
    from models.pixel_rnn.fitting import train_model
    from models.pixel_rnn.plain import PlainConfiguration

    return train_model(
        asked.data,
        asked.out,
        asked.options,
        asked.device,
        asked.name,
        asked.resume,
        sizes=PlainConfiguration() if asked.kind == PLAIN else None,
        origin=asked.origin,
        side=asked.side or sprites.SIDE,
        tell=output.note,
    )


def _evaluate_drawing(folder: ModelFolder, data: Path) -> Mapping[str, float]:
    from models.pixel_rnn.evaluation import evaluate
    from models.pixel_rnn.model import DrawingModel

    return evaluate(DrawingModel.load(folder), data, output.note)


def _train_map(asked: Training, variational: bool) -> ModelFolder:
    from models.image_vae.fitting import train_model

    return train_model(
        asked.data,
        asked.out,
        asked.options,
        asked.device,
        asked.name,
        asked.resume,
        variational,
        asked.dimensions or DIMENSIONS,
        origin=asked.origin,
        side=asked.side or sprites.SIDE,
        tell=output.note,
    )


def _evaluate_map(folder: ModelFolder, data: Path) -> Mapping[str, float]:
    from models.image_vae.evaluation import evaluate
    from models.image_vae.model import MapModel

    return evaluate(MapModel.load(folder), data, output.note)


FAMILIES = {
    family.name: family
    for family in (
        Family(
            sentence_vae.FAMILY,
            "a text file (or .gz) with a line a row, or a folder with train, valid and test of these",
            _train_sentences,
            _evaluate_sentences,
        ),
        Family(
            pixel_rnn.FAMILY,
            sprites.DATA,
            _train_drawing,
            _evaluate_drawing,
            (TWO_WAY, PLAIN),
            sprites.SIDE,
        ),
        *(
            Family(
                name,
                sprites.DATA,
                partial(_train_map, variational=variational),
                _evaluate_map,
                side=sprites.SIDE,
                dimensions=DIMENSIONS,
            )
            for name, variational in ((image_vae.FAMILY, True), (image_vae.PLAIN_FAMILY, False))
        ),
    )
}
