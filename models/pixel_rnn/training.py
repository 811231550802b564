"""How a PixelRNN learns: nats of the covered pixels, averaged image by image, half of the images covered as a whole.

Augmentation is conditioned: the network is told what was done to a sprite and so does not take a mirrored one for a
drawn one ("distribution augmentation", Jun et al., ICML 2020). A second loss asks `around` to guess each covered pixel
from the known ones alone: it teaches that part early, and its guesses are what the window shows as doubt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from models.pixel_rnn import masks
from models.pixel_rnn.building import Network
from models.pixel_rnn.network import HUES, MOST_SHIFT, TOLD
from models.sprites import idx
from models.sprites.dataset import SpriteData
from models.sprites.palette import hue_turned

MASKS = 4096  # drawn beforehand; a batch takes any of them
SELECTION_IMAGES = 500
MEASURED_AT_ONCE, LEARNED_AT_ONCE = 4_000_000, 11_000_000  # logits: a bound on memory, 2 GB for learning


@dataclass(frozen=True)
class Recipe:
    """Every number of the training that is not the network's size; stands in the card."""

    batch: int = 16
    rate: float = 5e-3  # of learning, at its highest
    covered_whole: float = 0.5  # the share of images of which nothing is known
    guessing: float = 0.3  # the weight of the second loss
    plain: float = 0.2  # the share of images that are not augmented
    flips: float = 0.5
    shifts: int = 2  # pixels, in both directions
    hues: float = 0.3


DIGITS = Recipe(batch=32, rate=3e-3, covered_whole=0.7, plain=1.0)  # there are enough of them
EVERY_ONE = Recipe(plain=1.0)  # where each picture follows a rule that a changed one would break
PLAIN = Recipe(batch=32, rate=2e-3, covered_whole=1.0, guessing=0.0, plain=1.0)  # as the lecture trains its network


class DrawingTask:
    """The PixelRNN's side of `models.trainer`; also for a network that sees nothing beforehand."""

    def __init__(self, network: Network, data: SpriteData, recipe: Recipe, seed: int, device: torch.device) -> None:
        self.network, self.recipe, self.seed, self.device = network, recipe, seed, device
        self.data = data.hash
        self.paper, self.is_grey = data.form.paper, data.grey
        self.logits_each = data.form.pixels * len(data.form.palette)
        self.train = torch.from_numpy(data.train.copy())  # torch wants arrays that may be written
        self.valid, self.holes = held_out(data, seed)
        height, width = data.form.height, data.form.width
        random = np.random.default_rng(seed)
        self.masks = torch.from_numpy(np.stack([masks.any_kind(height, width, random) for _ in range(MASKS)]))
        self.hues = torch.from_numpy(hue_turned(data.form.table, HUES))  # (HUES, P)

    def order(self, epoch: int) -> Sequence[Tensor]:
        """Row numbers, shuffled; the last batch may be smaller, and all are where images are large."""
        random = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        shuffled = torch.randperm(len(self.train), generator=random)
        size = max(1, min(self.recipe.batch, LEARNED_AT_ONCE // self.logits_each))
        return [shuffled[start : start + size] for start in range(0, len(shuffled), size)]

    def loss(self, batch: Tensor, progress: float) -> tuple[Tensor, dict[str, float]]:
        """Nats a covered pixel."""
        sprites, told = self._augmented(self.train[batch])
        known = ~self.masks[torch.randint(len(self.masks), (len(sprites),))]
        known &= (torch.rand(len(sprites)) >= self.recipe.covered_whole)[:, None, None]
        sprites, known, told = sprites.to(self.device), known.to(self.device), told.to(self.device)
        logits, guesses = self.network(sprites, known, told)
        nats = _by_image(logits, sprites, known)
        loss = nats
        if guesses is not None:
            loss = nats + self.recipe.guessing * _by_image(guesses, sprites, known)
        return loss, {"bits": nats.item() / math.log(2)}

    def measure(self, progress: float) -> dict[str, float]:
        """As `measure` does, on held-out images."""
        figures = measure(self.network, self.valid, self.holes, self.device)
        return {"selection": -figures["bits_per_pixel"], **figures}

    def _augmented(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Sprites (B, H, W) and what was done to each (B, TOLD)."""
        told = torch.zeros(len(images), TOLD)
        if self.is_grey:
            return (torch.rand(images.shape) * 255 < images).long(), told
        made = [self._changed(image, row) for image, row in zip(images.long(), told, strict=True)]
        return torch.stack(made), told

    def _changed(self, image: Tensor, told: Tensor) -> Tensor:
        """One sprite (H, W) mirrored, moved or coloured otherwise; `told` (TOLD,) is filled in."""
        recipe = self.recipe
        chance, flip, hue = torch.rand(3).tolist()
        if chance < recipe.plain:
            return image
        if flip < recipe.flips:
            image, told[0] = image.flip(1), 1
        down, right = torch.randint(-recipe.shifts, recipe.shifts + 1, (2,)).tolist()
        image = _shifted(image, down, right, self.paper)
        told[1 + MOST_SHIFT + down] = told[2 + 3 * MOST_SHIFT + right] = 1
        if hue < recipe.hues:
            turn = int(torch.randint(1, HUES, ()))
            image, told[TOLD - HUES + turn] = self.hues[turn][image], 1
        return image


def held_out(data: SpriteData, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Images (N, H, W) to select on, and brushed holes in them (N, H, W)."""
    valid = data.valid[:SELECTION_IMAGES]
    random = np.random.default_rng(seed)
    holes = np.stack([masks.brush(data.form.height, data.form.width, random) for _ in valid])
    return binarised(valid, seed) if data.grey else valid, holes


def measure(
    network: Network, images: NDArray[np.uint8], holes: NDArray[np.bool_], device: torch.device
) -> dict[str, float]:
    """Bits a pixel with nothing known, and in holes (N, H, W)."""
    return {
        "bits_per_pixel": bits_per_pixel(network, images, np.ones(images.shape, np.bool_), device),
        "bits_per_covered_pixel": bits_per_pixel(network, images, holes, device),
    }


def _shifted(image: Tensor, down: int, right: int, paper: int) -> Tensor:
    """(H, W) moved; paper comes in at the border."""
    height, width = image.shape
    padded = F.pad(image, (MOST_SHIFT,) * 4, value=paper)
    return padded[MOST_SHIFT - down :, MOST_SHIFT - right :][:height, :width]


def _by_image(logits: Tensor, sprites: Tensor, known: Tensor) -> Tensor:
    """Nats a covered pixel, first averaged within each image, so that small holes count as much as large ones."""
    nats = F.cross_entropy(logits.permute(0, 3, 1, 2), sprites, reduction="none")  # (B, H, W)
    covered = (~known).float()
    return ((nats * covered).sum((1, 2)) / covered.sum((1, 2))).mean()


def binarised(images: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    """Ink from 0 to 255 drawn to colours 0 and 1, each with its chance, the same for the same seed."""
    return idx.black(images, seed).astype(np.uint8)


def batches(network: Network, count: int) -> list[slice]:
    """Slices of `count` images, each as large as memory allows."""
    sizes = network.configuration
    size = max(1, MEASURED_AT_ONCE // (sizes.height * sizes.width * sizes.colours))
    return [slice(start, start + size) for start in range(0, count, size)]


@torch.inference_mode()
def bits_per_pixel(
    network: Network, images: NDArray[np.uint8], covers: NDArray[np.bool_], device: torch.device, blind: bool = False
) -> float:
    """Bits a covered pixel over all images (N, H, W); `blind` hides known pixels below and to the right."""
    total = 0.0
    for part in batches(network, len(images)):
        cover = torch.from_numpy(covers[part]).to(device)
        total += float((pixel_bits(network, images[part], covers[part], device, blind) * cover).sum())
    return total / int(covers.sum())


@torch.inference_mode()
def pixel_bits(
    network: Network, images: NDArray[np.uint8], covers: NDArray[np.bool_], device: torch.device, blind: bool = False
) -> Tensor:
    """Bits (N, H, W) of each pixel of some images."""
    sprites = torch.from_numpy(images).long().to(device)
    known = torch.zeros_like(sprites, dtype=torch.bool) if blind else ~torch.from_numpy(covers).to(device)
    logits, _ = network(sprites, known)
    return F.cross_entropy(logits.permute(0, 3, 1, 2), sprites, reduction="none") / math.log(2)
