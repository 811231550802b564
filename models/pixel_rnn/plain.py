"""The lecture's own PixelRNN: one LSTM over the flattened sprite, colours one-hot, the next pixel's colour as output.

H.-y. Lee, "Unsupervised Learning: Generation" (2016), draws creatures so. It sees only what comes earlier in raster
order, and everything else must be kept in its state.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class PlainConfiguration:
    """Sizes of the network."""

    height: int = 20
    width: int = 20
    colours: int = 167
    along: int = 512
    dropout: float = 0.1


class PlainRNN(nn.Module):
    """Logits of every pixel. B sprites of H rows and W columns, P colours, R states."""

    def __init__(self, c: PlainConfiguration) -> None:
        super().__init__()
        self.configuration = c
        self.along = nn.LSTM(c.colours + 1, c.along, batch_first=True)  # the last input: the sprite begins
        self.dropout = nn.Dropout(c.dropout)
        self.output = nn.Linear(c.along, c.colours)

    def forward(self, pixels: Tensor, known: Tensor, told: Tensor | None = None) -> tuple[Tensor, None]:
        """Logits (B, H, W, P) of each pixel given the earlier ones; it has no eye for `known`, nor for `told`."""
        colours = self.configuration.colours
        before = F.pad(pixels.flatten(1)[:, :-1], (1, 0), value=colours)  # (B, H·W)
        states, _ = self.along(F.one_hot(before, colours + 1).to(torch.get_default_dtype()))
        logits = self.output(self.dropout(states)).float()
        return logits.view(*pixels.shape, colours), None
