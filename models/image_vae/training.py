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

from models.device import put_random_state, random_state
from models.image_vae import search
from models.image_vae.likelihood import Ink, PaletteSoftmax
from models.image_vae.network import ImageVAE, divergence, drawn
from models.sprites import idx
from models.sprites.dataset import SpriteData

SELECTION_IMAGES, SEARCHED_IMAGES = 2000, 64
_SEED = 1  # of what is drawn to measure


@dataclass(frozen=True)
class Recipe:
    """Every number of the training that is not the network's size; stands in the card."""

    batch: int = 256
    rate: float = 1e-3  # of learning, at its highest
    kl_warm_up: float = 0.03  # of progress, in which β rises from 0 to 1
    blanks: float = 0.0  # the share of pixels that the encoder sees as paper
    weight_decay: float = 0.01


DIGITS = Recipe()
SPRITES = Recipe(batch=64, rate=2e-3, blanks=0.1, weight_decay=0.05)


class MapTask:
    """The image VAE's side of `models.trainer`, and the plain autoencoder's."""

    def __init__(self, network: ImageVAE, data: SpriteData, recipe: Recipe, seed: int, device: torch.device) -> None:
        self.network, self.recipe, self.seed, self.device = network, recipe, seed, device
        self.data = data.hash
        self.is_ink, self.paper = data.grey, data.form.paper
        self.train = torch.from_numpy(data.train.copy()).to(device)  # (N, H, W)
        if isinstance(network.likelihood, PaletteSoftmax):
            network.likelihood.learn_places(self._pictures(self.train))
        self.valid = data.valid[:SELECTION_IMAGES]

    def order(self, epoch: int) -> Sequence[Tensor]:
        """Row numbers, shuffled."""
        random = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        shuffled = torch.randperm(len(self.train), generator=random)
        whole = len(shuffled) // self.recipe.batch * self.recipe.batch  # a last batch of a few would be noise
        return list(shuffled[: whole or None].split(self.recipe.batch))

    def loss(self, batch: Tensor, progress: float) -> tuple[Tensor, dict[str, float]]:
        """Nats a pixel, so that the gradient is about as large for any size of picture."""
        pictures = self._pictures(self.train[batch.to(self.device)])
        mean, log_variance = self.network.encode(self._blanked(pictures))
        outputs = self.network.decode(drawn(mean, log_variance))
        reconstruction = self.network.likelihood.nats(outputs, pictures).mean()
        kl = divergence(mean, log_variance).mean()
        loss = reconstruction + min(1.0, progress / self.recipe.kl_warm_up) * kl
        told = {"reconstruction": reconstruction.item(), "kl": kl.item()}
        return loss / pictures.shape[1], told

    def measure(self, progress: float) -> dict[str, float]:
        """As `measure` does, on held-out pictures."""
        images = black_and_white(self.valid) if self.is_ink else self.valid
        figures = measure(self.network, images, self.device)
        searched = searched_bound(self.network, images[:SEARCHED_IMAGES], self.device)
        return {"selection": -searched, **figures, "searched_neg_elbo": searched}

    def _pictures(self, images: Tensor) -> Tensor:
        """Pictures (B, N) as the network takes them, of images (B, H, W)."""
        if self.is_ink:
            images = torch.rand(images.shape, device=images.device) * 255 < images
            return images.float().flatten(1)
        return images.long().flatten(1)

    def _blanked(self, pictures: Tensor) -> Tensor:
        """What the encoder is shown of them, so that it does not know a picture by a few of its pixels."""
        if not self.recipe.blanks:
            return pictures
        blank = torch.rand(pictures.shape, device=pictures.device) < self.recipe.blanks
        return pictures.masked_fill(blank, 0 if self.is_ink else self.paper)


def as_pictures(images: NDArray[np.uint8], ink: bool) -> Tensor:
    """Pictures (B, N) as the network takes them: shares of ink, or colour indices."""
    pictures = torch.from_numpy(images.reshape(len(images), -1).copy())
    return pictures.float() / 255 if ink else pictures.long()


def black_and_white(ink: NDArray[np.uint8], seed: int = _SEED) -> NDArray[np.uint8]:
    """Ink (N, H, W) drawn to 0 or 255, each pixel with its chance, the same for the same seed."""
    return idx.black(ink, seed).astype(np.uint8) * 255


@torch.inference_mode()
def measure(network: ImageVAE, images: NDArray[np.uint8], device: torch.device) -> dict[str, float]:
    """Mean −ELBO, its reconstruction and KL in nats of images (N, H, W), with one code drawn for each, always the same.

    Of a plain autoencoder the reconstruction from its one code.
    """
    ink = isinstance(network.likelihood, Ink)
    totals = torch.zeros(2, dtype=torch.float64)
    before = random_state(device)
    torch.manual_seed(_SEED)
    for start in range(0, len(images), network.at_once):
        told = network(as_pictures(images[start : start + network.at_once], ink).to(device))
        totals += torch.stack([part.cpu().double().sum() for part in told])
    put_random_state(device, before)
    reconstruction, kl = (totals / len(images)).tolist()
    return {"neg_elbo": reconstruction + kl, "reconstruction": reconstruction, "kl": kl}


def searched_bound(network: ImageVAE, images: NDArray[np.uint8], device: torch.device) -> float:
    """Mean −ELBO in nats of images (N, H, W) by the posteriors that `search` finds: what a person meets."""
    pictures = as_pictures(images, isinstance(network.likelihood, Ink)).to(device)
    random = torch.Generator(device).manual_seed(_SEED)
    totals = []
    for part in pictures.split(network.at_once):
        mean, log_variance = search.posterior(network, part)
        with torch.inference_mode():
            nats = network.likelihood.nats(network.decode(drawn(mean, log_variance, random)), part)
            totals.append(nats + divergence(mean, log_variance))
    return float(torch.cat(totals).mean())
