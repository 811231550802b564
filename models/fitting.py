"""From data to a model folder: what the training of every family has in common.

An unfinished training lives in the subfolder `WORK` of the folder that will hold the model; the card is written last.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import nn

from models import atomic, shelf, trainer
from models.errors import DataError
from models.shelf import Card, ModelFolder

WORK = "training"


@dataclass(frozen=True)
class Origin:
    """What only the person who trains can say of a model, for its card; what is left empty is filled in plainly."""

    title: str = ""
    data: str = ""
    licence: str = ""
    notes: str = ""


UNTOLD = Origin()


def begun_with(out: Path) -> trainer.Options | None:
    """How the unfinished training in `out` was begun; None where there is none. Raises `DataError`."""
    return trainer.begun_with(out / WORK)


def finished(out: Path, resume: bool, family: str) -> ModelFolder | None:
    """The model in `out`, where `resume` finds it finished: the end came between the card and the tidying up.

    Raises `DataError` where `out` holds a model, or a training, that must not be written over, or a model of another
    family; `InputError` where training would run in several processes.
    """
    trainer.check_alone()
    if (out / shelf.CARD).exists():
        if not resume:
            raise DataError("{out} already holds a model: choose another folder.", out=out)
        folder = shelf.open_folder(out)
        if folder.family != family:
            raise DataError(
                "{out} holds a model of the family {found}: choose another folder.", out=out, found=folder.family
            )
        tidy(out)
        return folder
    if begun_with(out) is not None and not resume:
        raise DataError("{out} holds an unfinished training: resume it or choose another folder.", out=out)
    return None


@contextmanager
def workplace(out: Path, begun: bool) -> Iterator[Path]:
    """The subfolder for a training that nobody else may work in meanwhile; `begun`: whether one was found there.

    Raises `SaveError` where it cannot be written or another training is at work, `DataError` where one came and went
    while the data was read.
    """
    work = out / WORK
    atomic.check_folder(work)
    with atomic.alone_in(work):
        if (out / shelf.CARD).exists() or (begun_with(out) is not None) != begun:
            raise DataError("Another training has worked in {out} meanwhile: start again.", out=out)
        yield work


def tidy(out: Path) -> None:
    """Forget a training whose model is whole: what cannot be deleted only takes room."""
    shutil.rmtree(out / WORK, ignore_errors=True)


def rounded(network: nn.Module) -> dict[str, NDArray[np.float16]]:
    """The weights in half precision, as they are shipped; the network is rounded too, for use on the processor."""
    weights = {name: value.cpu().half() for name, value in network.state_dict().items()}
    network.load_state_dict({name: value.float() for name, value in weights.items()})
    network.cpu().eval()
    return {name: value.numpy() for name, value in weights.items()}


def card(
    family: str,
    name: str,
    origin: Origin,
    configuration: Mapping[str, Any],
    recipe: Mapping[str, Any],
    figures: Mapping[str, float],
    data: str,
) -> Card:
    """A card as of today; `data` is what to say of the data where the person said nothing."""
    return Card(
        family=family,
        name=name,
        title=origin.title or name,
        configuration=dict(configuration),
        data=origin.data or data,
        licence=origin.licence or "not stated",
        notes=origin.notes,
        recipe=dict(recipe),
        figures={key: round(value, 4) for key, value in figures.items() if key != "selection"},
        written=datetime.date.today().isoformat(),
    )
