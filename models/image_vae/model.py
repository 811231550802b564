"""An image VAE or a plain autoencoder taken from the shelf, ready for use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import torch

from models import device, loading, shelf
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
            sizes, variational = sizes_of(folder.card.configuration), folder.family == FAMILY
            network = loading.filled(partial(build, sizes, form, variational), weights)
        except DataError as error:
            raise shelf.damaged(folder.path, folder.shipped, loading.reason(error)) from error
        return cls(folder, form, network, encoded.read_encoded(folder), torch.device("cpu"))
