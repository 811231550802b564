"""The VAE's loss and its schedule: reconstruction + β·KL, where β rises to 1 while training is young; and the plain
autoencoder's, which is the reconstruction alone.

Without the warm-up the codes of many pictures fall together before the decoder has learned to tell them apart
(Sønderby et al., "Ladder Variational Autoencoders", NIPS 2016). Ink is drawn to black and white anew whenever a picture
is used ("dynamic binarisation": Salakhutdinov and Murray, ICML 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from models.image_vae.likelihood import Ink
from models.image_vae.network import ImageVAE
from models.sprites.dataset import SpriteData

SELECTION_IMAGES = 2000
MEASURED_AT_ONCE = 1000
_SEED = 1  # of what is drawn to measure


@dataclass(frozen=True)
class Recipe:
    """Every number of the training that is not the network's size; stands in the card."""

    batch: int = 256
    rate: float = 1e-3  # of learning, at its highest
    warm_up: float = 0.03  # of progress, in which β rises from 0 to 1
    flips: float = 0.0  # the share of pictures that are mirrored
    shifts: int = 0  # pixels, in both directions
    weight_decay: float = 0.01


DIGITS = Recipe()
# A thousand sprites are learned by heart in minutes; mirrored and moved ones keep the map smooth.
SPRITES = Recipe(batch=64, rate=2e-3, flips=0.5, shifts=1, weight_decay=0.05)


class MapTask:
    """The image VAE's side of `models.trainer`, and the plain autoencoder's."""

    def __init__(self, network: ImageVAE, data: SpriteData, recipe: Recipe, seed: int, device: torch.device) -> None:
        self.network, self.recipe, self.seed, self.device = network, recipe, seed, device
        self.data = data.hash
        self.is_ink, self.paper = data.grey, data.form.paper
        self.train = torch.from_numpy(data.train.copy()).to(device)  # (N, H, W)
        self.valid = data.valid[:SELECTION_IMAGES]

    def order(self, epoch: int) -> Sequence[Tensor]:
        """Row numbers, shuffled."""
        random = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        shuffled = torch.randperm(len(self.train), generator=random)
        whole = len(shuffled) // self.recipe.batch * self.recipe.batch  # a last batch of a few would be noise
        return list(shuffled[: whole or None].split(self.recipe.batch))

    def loss(self, batch: Tensor, progress: float) -> tuple[Tensor, dict[str, float]]:
        """Nats a pixel, so that the gradient is about as large for any size of picture."""
        pictures = self._augmented(self.train[batch.to(self.device)])
        reconstruction, kl = (part.mean() for part in self.network(pictures))
        loss = reconstruction + min(1.0, progress / self.recipe.warm_up) * kl
        told = {"reconstruction": reconstruction.item(), "kl": kl.item()}
        return loss / pictures.shape[1], told

    def measure(self, progress: float) -> dict[str, float]:
        """As `measure` does, on held-out pictures."""
        figures = measure(self.network, black_and_white(self.valid) if self.is_ink else self.valid, self.device)
        return {"selection": -figures["neg_elbo"], **figures}

    def _augmented(self, images: Tensor) -> Tensor:
        """Pictures (B, N) as the network takes them, of images (B, H, W)."""
        if self.recipe.flips:
            mirrored = torch.rand(len(images), device=images.device) < self.recipe.flips
            images = torch.where(mirrored[:, None, None], images.flip(2), images)
        if self.recipe.shifts:
            images = _shifted(images, self.recipe.shifts, 0 if self.is_ink else self.paper)
        if self.is_ink:
            return (torch.rand(images.shape, device=images.device) * 255 < images).float().flatten(1)
        return images.long().flatten(1)


def as_pictures(images: NDArray[np.uint8], ink: bool) -> Tensor:
    """Pictures (B, N) as the network takes them: shares of ink, or colour indices."""
    pictures = torch.from_numpy(images.reshape(len(images), -1).copy())
    return pictures.float() / 255 if ink else pictures.long()


def black_and_white(ink: NDArray[np.uint8], seed: int = _SEED) -> NDArray[np.uint8]:
    """Ink (N, H, W) drawn to 0 or 255, each pixel with its chance, the same for the same seed."""
    chances = np.random.default_rng(seed).random(ink.shape, np.float32)
    return np.where(chances * 255 < ink, np.uint8(255), np.uint8(0))


@torch.inference_mode()
def measure(network: ImageVAE, images: NDArray[np.uint8], device: torch.device) -> dict[str, float]:
    """Mean −ELBO, its reconstruction and KL in nats of images (N, H, W), with one code drawn for each, always the same.

    Of a plain autoencoder the reconstruction from its one code.
    """
    ink = isinstance(network.likelihood, Ink)
    totals = torch.zeros(2, dtype=torch.float64)
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(_SEED)
        for start in range(0, len(images), MEASURED_AT_ONCE):
            told = network(as_pictures(images[start : start + MEASURED_AT_ONCE], ink).to(device))
            totals += torch.stack([part.double().sum().cpu() for part in told])
    reconstruction, kl = (totals / len(images)).tolist()
    return {"neg_elbo": reconstruction + kl, "reconstruction": reconstruction, "kl": kl}


def _shifted(images: Tensor, most: int, paper: int) -> Tensor:
    """Each of the images (B, H, W) moved by its own number of pixels; paper comes in at the border."""
    count, height, width = images.shape
    padded = F.pad(images, (most,) * 4, value=paper)
    down, right = torch.randint(0, 2 * most + 1, (2, count, 1, 1), device=images.device)
    rows = down + torch.arange(height, device=images.device)[:, None]
    columns = right + torch.arange(width, device=images.device)
    return padded[torch.arange(count, device=images.device)[:, None, None], rows, columns]
