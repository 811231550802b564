"""A PixelRNN taken from the shelf, ready for use."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from models import device, shelf
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
            network = _network(folder, form, weights)
            prints = _fingerprints(folder)
        except (AtelierError, RuntimeError) as error:
            raise shelf.damaged(folder.path, folder.shipped, _reason(error)) from error
        with torch.inference_mode():
            prepared = prepare(network)
        return cls(folder, form, network, prepared, torch.device("cpu"), prints)


def _network(folder: ModelFolder, form: Format, weights: dict[str, NDArray[np.float32]]) -> Network:
    """The network with its weights. Raises `DataError`, `RuntimeError` where the card and the weights do not agree."""
    sizes = sizes_of(folder.card.configuration)
    with torch.device("meta"):  # shapes without memory: a card may promise more than a computer holds
        promised = {name: tuple(tensor.shape) for name, tensor in build(sizes, form.table).state_dict().items()}
    if promised != {name: array.shape for name, array in weights.items()}:
        raise RuntimeError("its weights do not have the shapes that its card tells")
    network = build(sizes, form.table)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
    return network.eval().requires_grad_(False)


def _fingerprints(folder: ModelFolder) -> Fingerprints | None:
    if fingerprints.FILE not in folder.card.files:
        return None
    return Fingerprints.read(shelf.read_file(folder, fingerprints.FILE))


def _reason(error: Exception) -> str:
    told = str(error).rstrip(".")
    return told[:1].lower() + told[1:]
