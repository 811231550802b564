"""An image VAE or a plain autoencoder taken from the shelf, ready for use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from models import device, shelf
from models.errors import DataError
from models.image_vae import FAMILY, encoded
from models.image_vae.building import build, sizes_of
from models.image_vae.codes import EncodedData
from models.image_vae.network import ImageVAE
from models.shelf import ModelFolder
from models.sprites.form import Format


@dataclass(frozen=True)
class MapModel:
    """Everything that the verbs need."""

    folder: ModelFolder
    form: Format
    network: ImageVAE
    data: EncodedData | None
    device: torch.device

    @property
    def dimensions(self) -> int:
        """How many numbers a code has."""
        return self.network.configuration.dimensions

    @property
    def is_variational(self) -> bool:
        """Whether it is a VAE; a plain autoencoder tells no spread."""
        return self.network.is_variational

    @classmethod
    def load(cls, folder: ModelFolder) -> MapModel:
        """Read, check and build, for use on one thread of the processor.

        Raises `ModelFolderError` for a damaged folder.
        """
        device.compute_on_one_thread()
        weights = shelf.read_weights(folder)
        try:
            form = Format.from_configuration(folder.card.configuration)
            network = _network(folder, form, weights)
        except (DataError, RuntimeError) as error:
            raise shelf.damaged(folder.path, folder.shipped, _reason(error)) from error
        return cls(folder, form, network, encoded.read_encoded(folder), torch.device("cpu"))


def _network(folder: ModelFolder, form: Format, weights: dict[str, NDArray[np.float32]]) -> ImageVAE:
    """The network with its weights. Raises `DataError`, `RuntimeError` where the card and the weights do not agree."""
    sizes, variational = sizes_of(folder.card.configuration), folder.family == FAMILY
    with torch.device("meta"):  # shapes without memory: a card may promise more than a computer holds
        promised = {name: tuple(tensor.shape) for name, tensor in build(sizes, form, variational).state_dict().items()}
    if promised != {name: array.shape for name, array in weights.items()}:
        raise RuntimeError("its weights do not have the shapes that its card tells")
    network = build(sizes, form, variational)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
    return network.eval().requires_grad_(False)


def _reason(error: Exception) -> str:
    told = str(error).rstrip(".")
    return told[:1].lower() + told[1:]
