"""The image VAE's measures on pictures that it has not seen, and the plain autoencoder's as far as it has any."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from models.errors import DataError
from models.image_vae import classifier, latent_map, overlays, search
from models.image_vae.codes import Window
from models.image_vae.fitting import means_of
from models.image_vae.model import MapModel
from models.image_vae.network import ImageVAE, divergence, drawn
from models.image_vae.training import as_pictures, black_and_white, measure
from models.sprites.dataset import UnseenData, read_data, read_for_evaluation
from models.sprites.form import Format
from models.sprites.idx import INK

log = logging.getLogger(__name__)

SAMPLES = 5000  # of the importance-weighted bound
WEIGHED = 500  # images that are priced by it: each costs as many decodings as there are samples
WINDOW, GRID = Window(-3, -3, 3, 3), 60  # where holes are looked for
_SEED = 3  # search has other noise

Images = NDArray[np.uint8]  # (N, H, W)


def evaluate(model: MapModel, data: Path, tell: Callable[[str], None] = log.warning) -> dict[str, float]:
    """What unseen pictures cost in nats, how good random codes are, and how much of the map is empty.

    `neg_elbo` with its parts takes one code of the encoder's posterior for each picture; `searched_neg_elbo` one of the
    posterior that `search` finds; `iwae_5000` is the importance-weighted bound with 5,000 codes (Burda, Grosse and
    Salakhutdinov, ICLR 2016) of the first 500 pictures, from the searched posterior. Ink is drawn to black and white
    for all of these; with `grey_` in front it stays grey. Of a plain autoencoder there is only the reconstruction.
    `random_frechet` is the Fréchet distance between the pictures and as many decoded codes of N(0, I), in the features
    of a `classifier` that learns the labels of the data's own training split; left out where there is none. For
    `fitted_random_frechet` the codes are of the Gaussian that fits the encoded pictures, which a plain autoencoder's
    codes need not be near N(0, I) for.
    `holes`, for codes of two numbers: the share of [−3, 3]² with no encoded picture within 0.3; `returned`: the share
    of a grid there whose image is encoded within 0.3 of where it came from.

    `tell` hears why a file cannot be used. Raises `DataError`.
    """
    unseen = read_for_evaluation(data, model.form)
    for _, reason in unseen.broken:
        tell(reason)
    if model.form.palette == INK and not unseen.grey:  # pictures in black and white: all of the ink or none
        unseen = replace(unseen, images=unseen.images * 255, grey=True)
    figures = {"images": float(len(unseen.images)), **_prices(model, unseen), **_random_codes(model, unseen, data)}
    if model.dimensions == 2:
        figures |= _emptiness(model, unseen)
    return figures


def _prices(model: MapModel, unseen: UnseenData) -> dict[str, float]:
    network, ink = model.network, unseen.grey
    images = black_and_white(unseen.images) if ink else unseen.images
    figures = measure(network, images, model.device)
    if ink:
        figures |= {f"grey_{name}": value for name, value in measure(network, unseen.images, model.device).items()}
    if not model.is_variational:
        return {name: value for name, value in figures.items() if name.endswith("reconstruction")}
    return figures | _searched(model, images, ink)


def _searched(model: MapModel, images: Images, ink: bool) -> dict[str, float]:
    """Prices by the posterior that search finds; the importance-weighted bound of the first images."""
    totals, weighed = np.zeros(2), []
    random = torch.Generator().manual_seed(_SEED)
    for start in tqdm(range(0, len(images), model.network.at_once), "searching"):
        pictures = as_pictures(images[start : start + model.network.at_once], ink)
        mean, log_variance = search.posterior(model.network, pictures)
        codes = drawn(mean, log_variance, random)
        nats = model.network.likelihood.nats(model.network.decode(codes), pictures)
        totals += [float(nats.double().sum()), float(divergence(mean, log_variance).double().sum())]
        if log_variance is not None:
            rows = list(zip(pictures, mean, log_variance, strict=True))[: max(0, WEIGHED - start)]
            weighed += [
                weighted_bound(model.network, *row, SAMPLES, random) for row in tqdm(rows, "weighing", disable=not rows)
            ]
    reconstruction, kl = totals / len(images)
    return {
        "searched_neg_elbo": float(reconstruction + kl),
        "searched_kl": float(kl),
        f"iwae_{SAMPLES}": float(np.mean(weighed)),
    }


@torch.inference_mode()
def weighted_bound(
    network: ImageVAE, picture: Tensor, mean: Tensor, log_variance: Tensor, samples: int, random: torch.Generator
) -> float:
    """−log of the importance-weighted mean of p(x, z) / q(z|x) in nats, for one picture (N,), mean and s (D,)."""
    noise = torch.randn(samples, len(mean), generator=random)
    codes = mean + torch.exp(log_variance / 2) * noise
    # log p(z) − log q(z|x); the two constants cancel out.
    ratio = 0.5 * (noise.square() - codes.square() + log_variance).sum(1)
    prices = [
        network.likelihood.nats(network.decode(part), picture.expand(len(part), -1))
        for part in codes.split(network.at_once)
    ]
    return float(math.log(samples) - torch.logsumexp(ratio - torch.cat(prices), 0))


def _random_codes(model: MapModel, unseen: UnseenData, data: Path) -> dict[str, float]:
    """How far images of random codes are from pictures, as a classifier sees them; nothing where none can be taught."""
    try:
        learned = read_data(data, max(model.form.height, model.form.width))
    except DataError:  # too little to learn from
        return {}
    if learned.labels is None or len(unseen.images) < 2:
        return {}
    judge = classifier.taught(_rgb(learned.train, learned.form, learned.grey), learned.labels.train)
    real = _rgb(unseen.images, model.form, unseen.grey)
    codes = np.random.default_rng(_SEED).standard_normal((len(real), model.dimensions))
    means = means_of(model.network, unseen.images, unseen.grey)
    fitted = means.mean(0) + codes @ classifier.root(np.cov(means, rowvar=False))
    figures = {
        name: classifier.distance(judge, real, latent_map.images_at(model, some))
        for name, some in (("random_frechet", codes), ("fitted_random_frechet", fitted))
    }
    if unseen.labels is not None and unseen.labels.names == learned.labels.names:
        figures["classifier_accuracy"] = classifier.accuracy(judge, real, unseen.labels.numbers)
    return figures


def _rgb(images: Images, form: Format, grey: bool) -> NDArray[np.uint8]:
    """Images (N, H, W, 3) as shown."""
    return np.repeat(255 - images[..., None], 3, axis=3) if grey else form.table[images]


@torch.inference_mode()
def _emptiness(model: MapModel, unseen: UnseenData) -> dict[str, float]:
    """How much of the middle of the map holds no picture, and how much of it returns to its place."""
    places = overlays.places(WINDOW, GRID, GRID)
    apart = overlays.nearest_distances(means_of(model.network, unseen.images, unseen.grey), places)
    network = model.network
    back, _ = network.encode(network.likelihood.drawn(network.decode(torch.from_numpy(places))))
    moved = np.linalg.norm(back.numpy() - places, axis=1)
    return {"holes": float((apart > overlays.HOLE).mean()), "returned": float((moved <= overlays.HOLE).mean())}
