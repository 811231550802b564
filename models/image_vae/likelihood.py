"""What a picture costs given the decoder's outputs: p(x|z) for black ink, and for sprites in a palette.

Ink: each pixel is black with a chance of its own (Bernoulli). Sprites: each pixel draws a colour of the palette from a
softmax whose logits are linear in a row of numbers that the palette gives each colour. These rows begin as the colour's
place in Oklab, so that the logits begin as those of a Gaussian in Oklab and a colour's likeness to another is known
before anything is learned; the rows are learned on from there. Against a softmax of its own for each colour this has a
twentieth of the weights, and a discretised logistic would give chances to colours that no palette holds.

A map of two numbers cannot explain every pixel of a sprite. So a pixel strays with a fixed chance: it then has the
colours that stand in that place in any sprite. Without this the decoder, once it knows its few training sprites by
heart, is sure of colours that an unseen one does not have, and blurs everything where that is forbidden it.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from models.sprites.palette import oklab

LOOKS = 4  # numbers that say what a colour looks like: Oklab around the palette's mean, and its square
NEARNESS = 6.0  # 1 / deviation in Oklab of the Gaussian that a pixel's colour begins as
_IN_CACHE = 1600  # pixels whose logits a processor's cache holds


class Ink(nn.Module):
    """Bernoulli of each pixel: one logit. Pictures are (B, N) shares of ink from 0 to 1."""

    channels = 1
    choices = 1  # numbers that a pixel's price is computed from
    grid = 64  # codes along each side that a search begins from: what takes about a tenth of a second

    @property
    def features(self) -> int:
        """Numbers that the encoder reads of each pixel."""
        return 1

    def read(self, pictures: Tensor) -> Tensor:
        """What the encoder reads of pictures: (B, N)."""
        return pictures * 4 - 0.5  # about mean 0, deviation 1

    def nats(self, outputs: Tensor, pictures: Tensor) -> Tensor:
        """−log p(x|z) (B,) in nats; a grey pixel counts as that share of a black one.

        `outputs` (B, N, 1).
        """
        return F.binary_cross_entropy_with_logits(outputs[..., 0], pictures, reduction="none").sum(1)

    def cross(self, outputs: Tensor, pictures: Tensor) -> Tensor:
        """−log p(x|z) (B, M) of each of B pictures given each of M outputs (M, N, 1)."""
        logits = outputs[..., 0]
        return F.softplus(logits).sum(1) - pictures @ logits.T

    def colours(self, outputs: Tensor) -> Tensor:
        """RGB (B, N, 3) as shown, uint8: black ink on white paper, grey by its chance."""
        paper = torch.sigmoid(outputs).mul_(-255).add_(255.5)
        return paper.to(torch.uint8).expand(-1, -1, 3)

    def doubt(self, outputs: Tensor) -> Tensor:
        """Entropy (B, N) of each pixel in bits."""
        logits = outputs[..., 0]
        chance = torch.sigmoid(logits)
        return (F.softplus(logits) - chance * logits) / math.log(2)

    def drawn(self, outputs: Tensor) -> Tensor:
        """The likeliest picture (B, N), as the encoder takes pictures: the chance of ink."""
        return torch.sigmoid(outputs[..., 0])


class PaletteSoftmax(nn.Module):
    """A softmax over P colours at each pixel, from K outputs. Pictures are (B, N) colour indices.

    With the chance `strays` a pixel has the colours of its place in any sprite instead: paper as often as in `papers`
    (N,), else a colour as often as in `commons` (P,). `learn_places` learns these.
    """

    grid = 20  # each code is dearer here

    def __init__(self, palette: NDArray[np.uint8], pixels: int, channels: int, embedding: int, strays: float) -> None:
        super().__init__()
        self.channels, self.strays = channels, strays
        self.choices = len(palette)
        self.paper = int(palette.astype(int).sum(1).argmax())
        looks = _looks(palette)  # (P, LOOKS)
        rows = 0.3 * torch.randn(len(palette), channels)
        rows[:, :LOOKS] = looks * NEARNESS
        self.rows = nn.Parameter(rows)
        self.bias = nn.Parameter(torch.zeros(len(palette)))
        seen = 0.3 * torch.randn(len(palette), embedding)
        seen[:, :LOOKS] = looks[:, :embedding] * 4
        self.seen = nn.Parameter(seen)
        self.table: Tensor
        self.register_buffer("table", torch.from_numpy(palette.copy()), persistent=False)  # (P, 3)
        self.papers: Tensor
        self.commons: Tensor
        self.register_buffer("papers", torch.full((pixels,), 0.5))
        self.register_buffer("commons", torch.full((len(palette),), 1 / (len(palette) - 1)))
        self.commons[self.paper] = 0

    @property
    def features(self) -> int:
        """Numbers that the encoder reads of each pixel."""
        return int(self.seen.shape[1])

    def read(self, pictures: Tensor) -> Tensor:
        """What the encoder reads of pictures: (B, N·E)."""
        return self.seen[pictures].flatten(1)

    def nats(self, outputs: Tensor, pictures: Tensor) -> Tensor:
        """−log p(x|z) (B,) in nats; `outputs` (B, N, K)."""
        logits = self._logits(outputs).float()
        price = F.cross_entropy(logits.flatten(0, 1), pictures.flatten(), reduction="none").view(pictures.shape)
        return self._with_strays(-price, self._stray(pictures)).sum(1).neg()

    def cross(self, outputs: Tensor, pictures: Tensor) -> Tensor:
        """−log p(x|z) (B, M) of each of B pictures given each of M outputs (M, N, K)."""
        logs = self._logits(outputs).float().log_softmax(-1)  # (M, N, P)
        places = torch.arange(pictures.shape[1], device=pictures.device)
        return torch.stack(
            [-self._with_strays(logs[:, places, picture], self._stray(picture)).sum(1) for picture in pictures]
        )

    def colours(self, outputs: Tensor) -> Tensor:
        """RGB (B, N, 3) as shown, uint8: each pixel's likeliest colour."""
        return self.table[self.drawn(outputs)]

    def doubt(self, outputs: Tensor) -> Tensor:
        """Entropy (B, N) of each pixel in bits."""
        logs = self._logits(outputs).float().log_softmax(-1)  # (B, N, P)
        every = torch.arange(len(self.commons), device=logs.device)[:, None].expand(-1, logs.shape[1])
        logs = self._with_strays(logs, self._stray(every).T)  # of all colours in all places (N, P)
        return -(logs.exp() * logs).sum(-1) / math.log(2)

    def drawn(self, outputs: Tensor) -> Tensor:
        """The likeliest colour indices (B, N), for outputs on the processor."""
        # numpy finds a largest number eight times as fast as torch, but shares its products out to threads.
        with torch.autocast("cpu", enabled=False):
            parts = outputs.flatten(0, 1).split(_IN_CACHE)
            chosen = [torch.addmm(self.bias, part, self.rows.T).numpy(force=True).argmax(1) for part in parts]
        return torch.from_numpy(np.concatenate(chosen)).view(outputs.shape[:2])

    def learn_places(self, pictures: Tensor) -> None:
        """How often paper, and which colours else, stand at each pixel of pictures (M, N)."""
        is_paper = pictures == self.paper
        self.papers.copy_((is_paper.sum(0) + 1) / (len(pictures) + 2))
        counts = torch.bincount(pictures[~is_paper], minlength=len(self.commons)) + 1.0
        counts[self.paper] = 0
        self.commons.copy_(counts / counts.sum())

    def _with_strays(self, logs: Tensor, stray: Tensor) -> Tensor:
        """log-chances, of which a share is given to those of a pixel that strays."""
        if not self.strays:
            return logs
        return torch.logaddexp(logs + math.log(1 - self.strays), (stray * self.strays).log())

    def _stray(self, pictures: Tensor) -> Tensor:
        """The chance (…, N) of each colour of pictures (…, N) in its place in any sprite."""
        return torch.where(pictures == self.paper, self.papers, (1 - self.papers) * self.commons[pictures])

    def _logits(self, outputs: Tensor) -> Tensor:
        return outputs @ self.rows.to(outputs.dtype).T + self.bias.to(outputs.dtype)


Likelihood = Ink | PaletteSoftmax


def _looks(palette: NDArray[np.uint8]) -> Tensor:
    """What each colour looks like (P, LOOKS). A Gaussian around m in Oklab is linear in it: m·c/d² − |c|²/2d²."""
    place = torch.from_numpy(oklab(palette)).float()
    place = place - place.mean(0)
    return torch.cat([place, -NEARNESS / 2 * place.square().sum(1, keepdim=True)], 1)
