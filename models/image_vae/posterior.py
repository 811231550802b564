"""What the encoder says of one picture: a Gaussian over codes, in the numbers that the formulas name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.image_vae.codes import Code, EncodedData, Landing


@dataclass(frozen=True)
class Posterior:
    """The mean m, and s = log σ²: twice the logarithm of the deviation σ."""

    mean: Code
    log_variance: Code

    @classmethod
    def of_landing(cls, landing: Landing) -> Posterior | None:
        """None of an autoencoder, which gives one code and no spread."""
        return cls(landing.mean, landing.log_variance) if landing.log_variance is not None else None

    @classmethod
    def of_row(cls, data: EncodedData, row: int) -> Posterior | None:
        """That of one of the encoded data; None of an autoencoder's."""
        if data.log_variances is None:
            return None
        return cls(tuple(map(float, data.means[row])), tuple(map(float, data.log_variances[row])))

    @property
    def deviation(self) -> Code:
        """σ = exp(s/2)."""
        return tuple(math.exp(s / 2) for s in self.log_variance)

    @property
    def kl_nats(self) -> float:
        """KL(N(m, σ²) ‖ N(0, 1)) = ½ Σ (exp(s) + m² − 1 − s)."""
        pairs = zip(self.mean, self.log_variance, strict=True)
        return 0.5 * sum(math.exp(s) + m * m - 1 - s for m, s in pairs)

    def code(self, noise: Sequence[float]) -> Code:
        """c = m + exp(s/2)·e for noise e."""
        rows = zip(self.mean, self.deviation, noise, strict=True)
        return tuple(m + deviation * e for m, deviation, e in rows)


def noise(dimensions: int, seed: int) -> Code:
    """e: one draw of N(0, 1) for each number of a code."""
    return tuple(map(float, np.random.default_rng(seed).standard_normal(dimensions)))
