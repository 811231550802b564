"""A picture's posterior, found by search: the encoder's guess, moved until the decoder returns the picture cheaply.

The encoder answers at once but not exactly: on a map of two numbers it misses by about one deviation, and one
picture in ten lands on the wrong hill. So each picture's own mean and log-variance go on from the cheaper of two
beginnings, the encoder's guess and the best of a grid of codes, by gradient steps on the picture's −ELBO (Kim et al.,
"Semi-Amortized Variational Autoencoders", ICML 2018). Network and bound stay the same, so the price is a −ELBO as
before; where search found nothing cheaper, the encoder's answer stays.
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.image_vae.network import ImageVAE, divergence, drawn

STEPS, RATE = 50, 0.02
MAX_GRID_DIMENSIONS = 2  # beyond, a grid is too large
_AT_ONCE = 256  # codes of the grid: a bound on memory
_SAMPLES = 16
_SEED = 0


def posterior(network: ImageVAE, pictures: Tensor) -> tuple[Tensor, Tensor | None]:
    """Mean (B, D) and log-variance (B, D) of pictures (B, N); of a plain autoencoder what its encoder says."""
    with torch.inference_mode():
        mean, log_variance = network.encode(pictures)
        if log_variance is None:
            return mean, None
        begun = _cheaper(network, pictures, mean)
    found = sharpened(network, pictures, begun, log_variance)
    with torch.inference_mode():
        dearer = _price(network, pictures, *found) > _price(network, pictures, mean, log_variance)
        kept = (torch.where(dearer[:, None], own, new) for own, new in zip((mean, log_variance), found, strict=True))
        return next(kept), next(kept)


def sharpened(network: ImageVAE, pictures: Tensor, mean: Tensor, log_variance: Tensor) -> tuple[Tensor, Tensor]:
    """The posteriors (B, D) after gradient steps on each picture's −ELBO; the network stays as it is."""
    with torch.inference_mode(False), torch.enable_grad():
        # Tensors made in inference mode cannot take part in a gradient; copies can.
        pictures = pictures.clone()
        m, s = mean.clone().requires_grad_(True), log_variance.clone().requires_grad_(True)
        optimizer = torch.optim.Adam([m, s])
        random = torch.Generator(pictures.device).manual_seed(_SEED)
        for step in range(STEPS):
            optimizer.param_groups[0]["lr"] = RATE * (1 - step / STEPS)
            nats = network.likelihood.nats(network.decode(drawn(m, s, random)), pictures)
            m.grad, s.grad = torch.autograd.grad((nats + divergence(m, s)).sum(), (m, s))
            optimizer.step()
        return m.detach(), s.detach()


def _price(network: ImageVAE, pictures: Tensor, mean: Tensor, log_variance: Tensor) -> Tensor:
    """−ELBO (B,) in nats, with a few codes of each posterior, always by the same noise."""
    random = torch.Generator(pictures.device).manual_seed(_SEED + 1)
    codes = (drawn(mean, log_variance, random) for _ in range(_SAMPLES))
    nats = torch.stack([network.likelihood.nats(network.decode(some), pictures) for some in codes])
    return nats.mean(0) + divergence(mean, log_variance)


def _cheaper(network: ImageVAE, pictures: Tensor, mean: Tensor) -> Tensor:
    """For each picture the better beginning: the encoder's mean, or the best code of a grid over the prior."""
    if mean.shape[1] > MAX_GRID_DIMENSIONS:
        return mean
    side = network.likelihood.grid
    quantiles = torch.special.ndtri((torch.arange(side) + 0.5) / side)
    grid = torch.cartesian_prod(quantiles, quantiles).to(mean.device)
    best, place = torch.full((len(pictures),), torch.inf, device=mean.device), mean.clone()
    for codes in grid.split(min(_AT_ONCE, network.at_once)):
        outputs = network.decode(codes)
        cost = network.likelihood.cross(outputs, pictures) + codes.square().sum(1) / 2  # (B, codes)
        least, which = cost.min(1)
        place = torch.where((least < best)[:, None], codes[which], place)
        best = torch.minimum(best, least)
    own = network.likelihood.nats(network.decode(mean), pictures) + mean.square().sum(1) / 2
    return torch.where((best < own)[:, None], place, mean)
