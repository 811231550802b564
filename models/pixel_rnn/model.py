"""A PixelRNN taken from the shelf, ready for use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import torch

from models import device, loading, shelf
from models.errors import AtelierError
from models.pixel_rnn import fingerprints
from models.pixel_rnn.building import Network, build, sizes_of
from models.pixel_rnn.fingerprints import Fingerprints
from models.pixel_rnn.stepping import Prepared, Stepper, prepare
from models.shelf import ModelFolder
from models.sprites.form import Format


@dataclass
class Begun:
    """A drawing with its states. `known` are the colours by place that it began with; None stands for a covered pixel.

    `logits` holds those of every decided pixel (P,), None for a known one, and `colours` their colours.
    """

    known: tuple[int | None, ...]
    blind: bool
    stepper: Stepper
    logits: list[torch.Tensor | None] = field(default_factory=list)
    colours: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class DrawingModel:
    """Everything that the verbs need."""

    folder: ModelFolder
    form: Format
    network: Network
    prepared: Prepared
    device: torch.device
    fingerprints: Fingerprints | None
    last: list[Begun] = field(default_factory=list, repr=False)  # the last drawing, unless one is being drawn

    @classmethod
    def load(cls, folder: ModelFolder) -> DrawingModel:
        """Read, check and build, for use on one thread of the processor.

        Raises `ModelFolderError` for a damaged folder.
        """
        device.compute_on_one_thread()
        weights = shelf.read_weights(folder)
        try:
            form = Format.from_configuration(folder.card.configuration)
            network = loading.filled(partial(build, sizes_of(folder.card.configuration), form.table), weights)
            prints = _fingerprints(folder)
        except AtelierError as error:
            raise shelf.damaged(folder.path, folder.shipped, loading.reason(error)) from error
        with torch.inference_mode():
            prepared = prepare(network)
        return cls(folder, form, network, prepared, torch.device("cpu"), prints)


def _fingerprints(folder: ModelFolder) -> Fingerprints | None:
    if fingerprints.FILE not in folder.card.files:
        return None
    return Fingerprints.read(shelf.read_file(folder, fingerprints.FILE))
