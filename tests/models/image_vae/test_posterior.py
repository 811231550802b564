"""The numbers that the formulas name, against the formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.image_vae.codes import EncodedData, Landing
from models.image_vae.posterior import Posterior, noise

POSTERIOR = Posterior((0.5, -1.0), (0.0, math.log(0.25)))


def test_sigma_is_the_deviation() -> None:
    assert POSTERIOR.deviation == pytest.approx((1.0, 0.5))


def test_a_code_is_the_mean_and_so_many_deviations() -> None:
    assert POSTERIOR.code((2.0, -1.0)) == pytest.approx((2.5, -1.5))


def test_the_kl_is_that_of_two_gaussians() -> None:
    """Against a plain integral of p log(p/q) for each number."""
    x = np.linspace(-12, 12, 200_001)
    total = 0.0
    for mean, deviation in zip(POSTERIOR.mean, POSTERIOR.deviation, strict=True):
        own = -0.5 * ((x - mean) / deviation) ** 2 - math.log(deviation)
        total += float(np.sum(np.exp(own) * (own + 0.5 * x**2)) * (x[1] - x[0]) / math.sqrt(2 * math.pi))
    assert POSTERIOR.kl_nats == pytest.approx(total, abs=1e-6)
    assert Posterior((0.0,), (0.0,)).kl_nats == 0


def test_an_autoencoder_has_none() -> None:
    image = np.zeros((1, 1, 3), np.uint8)
    assert Posterior.of_landing(Landing(image, (1.0, 2.0), None, image, 3.0, None)) is None
    assert Posterior.of_row(EncodedData(np.zeros((2, 2), np.float32)), 1) is None


def test_it_is_taken_from_a_landing_or_a_row() -> None:
    image = np.zeros((1, 1, 3), np.uint8)
    landing = Landing(image, POSTERIOR.mean, POSTERIOR.log_variance, image, 3.0, 1.0)
    assert Posterior.of_landing(landing) == POSTERIOR
    data = EncodedData(np.array([[0, 0], [1, 2]], np.float32), np.array([[0, 0], [-1, -2]], np.float32))
    assert Posterior.of_row(data, 1) == Posterior((1.0, 2.0), (-1.0, -2.0))


def test_noise_hangs_on_its_seed_alone() -> None:
    assert noise(3, 7) == noise(3, 7) != noise(3, 8)
    drawn = np.array([noise(2, seed) for seed in range(2000)])
    assert abs(drawn.mean()) < 0.05
    assert drawn.std() == pytest.approx(1, abs=0.05)
