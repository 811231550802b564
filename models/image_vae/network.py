"""The variational autoencoder of pictures, and the plain autoencoder of the same shape.

D. P. Kingma and M. Welling, "Auto-Encoding Variational Bayes" (ICLR 2014). The encoder tells a picture's mean m and
log-variance s = log σ² (σ is the deviation and nothing else here); a code is z = m + exp(s/2)·e with e from N(0, I).
The plain autoencoder has the mean only.

Both are rows of linear layers with layer norm, so that thousands of codes are decoded while a person zooms. A map of
two numbers must tell thousands of pictures apart; the decoder therefore sees, beside the code, sines and cosines of it
at fixed random frequencies (Tancik et al., "Fourier Features Let Networks Learn High Frequency Functions in Low
Dimensional Domains", NeurIPS 2020).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from models.image_vae.likelihood import Ink, Likelihood, PaletteSoftmax

MOST_AT_ONCE, LOGITS_AT_ONCE = 1000, 16_000_000  # 64 MB of logits, a few times over
LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE = -14.0, 3.0  # deviations of 0.001 and 4.5: beyond, exp would run away


@dataclass(frozen=True)
class Configuration:
    """Sizes of the network.

    `encoder` and `decoder` are the widths of their layers, `waves` how many frequencies the decoder sees (`pitch` is
    their deviation). `channels` are the decoder's outputs a pixel and `embedding` the encoder's numbers a pixel; both
    are 1 for ink. `dropout` is the encoder's. `strays` is the chance that the code does not tell a sprite's pixel.
    """

    height: int = 28
    width: int = 28
    dimensions: int = 2
    encoder: tuple[int, ...] = (448, 384, 192)
    decoder: tuple[int, ...] = (256, 480)
    waves: int = 48
    pitch: float = 1.0
    channels: int = 1
    embedding: int = 1
    dropout: float = 0.0
    strays: float = 0.0


class ImageVAE(nn.Module):
    """B pictures of N pixels, codes of D numbers, K outputs a pixel."""

    def __init__(self, c: Configuration, palette: NDArray[np.uint8], variational: bool, ink: bool) -> None:
        super().__init__()
        self.configuration, self.is_variational = c, variational
        pixels = c.height * c.width
        self.likelihood: Likelihood = (
            Ink() if ink else PaletteSoftmax(palette, pixels, c.channels, c.embedding, c.strays)
        )
        self.encoder = _layers(pixels * self.likelihood.features, c.encoder, c.dropout)
        self.posterior = nn.Linear(c.encoder[-1], c.dimensions * (2 if variational else 1))
        self.waves: Tensor
        self.register_buffer("waves", c.pitch * torch.randn(c.dimensions, c.waves))
        self.decoder = _layers(c.dimensions + 2 * c.waves, c.decoder, 0.0)
        self.output = nn.Linear(c.decoder[-1], pixels * self.likelihood.channels)

    @property
    def at_once(self) -> int:
        """How many pictures may be priced at once, whatever their size: a bound on memory."""
        pixels = self.configuration.height * self.configuration.width
        return max(1, min(MOST_AT_ONCE, LOGITS_AT_ONCE // (pixels * self.likelihood.choices)))

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Reconstruction and KL of each picture in nats: (B,) and (B,). The KL of a plain autoencoder is 0.

        The reconstruction is that of one code, drawn from the posterior.
        """
        mean, log_variance = self.encode(pictures)
        outputs = self.decode(drawn(mean, log_variance))
        return self.likelihood.nats(outputs, pictures), divergence(mean, log_variance)

    def encode(self, pictures: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean (B, D) and log-variance (B, D), None of a plain autoencoder, of pictures (B, N)."""
        told = self.posterior(self.encoder(self.likelihood.read(pictures))).float()
        if self.is_variational:
            mean, log_variance = told.chunk(2, 1)
            return mean, log_variance.clamp(LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE)
        return told, None

    def decode(self, codes: Tensor) -> Tensor:
        """Outputs (B, N, K) at codes (B, D)."""
        # Neighbouring codes must not be rounded to the same one: where training and use compute in bf16, not here.
        with torch.autocast(codes.device.type, enabled=False):
            angles = codes @ self.waves
            hidden = self.decoder[0](torch.cat([codes, angles.sin(), angles.cos()], 1))
        hidden = self.decoder[1:](hidden)
        outputs: Tensor = self.output(hidden).float()
        return outputs.view(len(codes), -1, self.likelihood.channels)


def drawn(mean: Tensor, log_variance: Tensor | None, random: torch.Generator | None = None) -> Tensor:
    """A code of each posterior: m + exp(s/2)·e, with e drawn by `random`; the mean where it tells no spread."""
    if log_variance is None:
        return mean
    return mean + torch.exp(log_variance / 2) * torch.randn(mean.shape, generator=random, device=mean.device)


def divergence(mean: Tensor, log_variance: Tensor | None) -> Tensor:
    """KL (B,) in nats of the posterior from the prior N(0, I): ½ Σ (exp(s) + m² − 1 − s)."""
    if log_variance is None:
        return torch.zeros(len(mean), device=mean.device)
    return 0.5 * (log_variance.exp() + mean.square() - 1 - log_variance).sum(1)


class _Layer(nn.Module):
    def __init__(self, inputs: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.linear, self.norm, self.dropout = nn.Linear(inputs, outputs), nn.LayerNorm(outputs), nn.Dropout(dropout)

    def forward(self, values: Tensor) -> Tensor:
        hidden: Tensor = self.dropout(F.gelu(self.norm(self.linear(values)), approximate="tanh"))
        return hidden


def _layers(inputs: int, widths: tuple[int, ...], dropout: float) -> nn.Sequential:
    return nn.Sequential(
        *(_Layer(before, after, dropout) for before, after in zip((inputs, *widths), widths, strict=False))
    )
