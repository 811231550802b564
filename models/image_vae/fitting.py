"""From pictures to a model folder: `atelier train image_vae` and `atelier train image_ae`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from models import fitting, shelf, trainer
from models.errors import InputError
from models.fitting import UNTOLD, Origin
from models.image_vae import FAMILY, PLAIN_FAMILY, encoded
from models.image_vae.building import build, configuration_of
from models.image_vae.codes import MAX_DIMENSIONS, EncodedData
from models.image_vae.network import Configuration, ImageVAE
from models.image_vae.training import DIGITS, SPRITES, MapTask, as_pictures, black_and_white, measure
from models.shelf import ModelFolder
from models.sprites import SIDE
from models.sprites.dataset import SpriteData, read_data

log = logging.getLogger(__name__)

FOR_DIGITS = Configuration()
FOR_SPRITES = Configuration(
    encoder=(80, 96), decoder=(192, 136), waves=32, channels=6, embedding=4, dropout=0.2, strays=0.25, pitch=1.0
)


def train_model(
    data: Path,
    out: Path,
    options: trainer.Options,
    device: torch.device,
    name: str,
    resume: bool,
    variational: bool,
    dimensions: int = 2,
    origin: Origin = UNTOLD,
    side: int = SIDE,
    tell: Callable[[str], None] = log.warning,
) -> ModelFolder:
    """Train a VAE, or a plain autoencoder, on a folder of pictures, the lecture's text files or idx files.

    Pictures are fitted to `side` pixels; other data has its own size. The network's sizes, the recipe and
    its learning rate are chosen by the data.
    `resume` goes on with the training in `out` where one was begun, and begins it where none was. `tell` hears, before
    the training begins, why a file cannot be used.

    Raises `InputError` for a code of too few or too many numbers or where it would run in several processes,
    `DataError` before anything is written where the data or `out` cannot be used, `SaveError` where `out` cannot be
    written or another training is at work there.
    """
    if not 2 <= dimensions <= MAX_DIMENSIONS:
        raise InputError("A code must have between 2 and {most} numbers.", most=MAX_DIMENSIONS)
    done = fitting.finished(out, resume, FAMILY if variational else PLAIN_FAMILY)
    if done is not None:
        return done
    begun = fitting.begun_with(out) is not None
    sprites = read_data(data, side, options.seed)
    for _, reason in sprites.broken:
        tell(reason)
    recipe = DIGITS if sprites.grey else SPRITES
    options = replace(options, rate=recipe.rate, weight_decay=recipe.weight_decay)
    with fitting.workplace(out, begun) as work:
        torch.manual_seed(options.seed)
        network = build(sizes_for(sprites, dimensions), sprites.form, variational)
        task = MapTask(network.to(device), sprites, recipe, options.seed, device)
        trainer.train(task, options, work, device, begun)
        told = {"recipe": asdict(recipe), "options": asdict(options), "images": len(sprites.train)}
        folder = write_model(out, network, sprites, name, {**told, "device": device.type}, origin)
    fitting.tidy(out)
    return folder


def write_model(
    out: Path,
    network: ImageVAE,
    data: SpriteData,
    name: str,
    recipe: dict[str, object],
    origin: Origin = UNTOLD,
) -> ModelFolder:
    """Round to float16, measure what is shipped on held-out pictures, and write the folder with the codes of test data.

    Where the data carries no test split, the held-out pictures are encoded. `network` is rounded too.
    """
    weights = fitting.rounded(network)
    valid = black_and_white(data.valid) if data.grey else data.valid
    measured = measure(network, valid, torch.device("cpu"))
    if not network.is_variational:  # it has no bound
        measured = {"reconstruction": measured["reconstruction"]}
    shown = _shown(network, data)
    configuration = {**configuration_of(network, data.form), "labels": list(shown.names)}
    family = FAMILY if network.is_variational else PLAIN_FAMILY
    card = fitting.card(family, name, origin, configuration, recipe, measured, f"{len(data.train)} images")
    return shelf.write(out, card, weights, encoded.file_of(shown))


@torch.inference_mode()
def means_of(network: ImageVAE, images: NDArray[np.uint8], ink: bool) -> NDArray[np.float32]:
    """The mean (N, D) of each of the images (N, H, W)."""
    return _posteriors(network, images, ink)[0]


@torch.inference_mode()
def _posteriors(
    network: ImageVAE, images: NDArray[np.uint8], ink: bool
) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    means, log_variances = [], []
    for start in range(0, len(images), network.at_once):
        mean, log_variance = network.encode(as_pictures(images[start : start + network.at_once], ink))
        means.append(mean.numpy())
        log_variances.append(None if log_variance is None else log_variance.numpy())
    told = [values for values in log_variances if values is not None]
    return np.concatenate(means), np.concatenate(told) if told else None


def _shown(network: ImageVAE, data: SpriteData) -> EncodedData:
    """The codes of what was not learned from."""
    has_test = len(data.test) > 0
    means, log_variances = _posteriors(network, data.test if has_test else data.valid, data.grey)
    if data.labels is None:
        return EncodedData(means, log_variances)
    labels = data.labels.test if has_test else data.labels.valid
    return EncodedData(means, log_variances, labels, data.labels.names)


def sizes_for(data: SpriteData, dimensions: int) -> Configuration:
    """The usual sizes. A code of more than two numbers has room enough to do without waves, which would fold it up."""
    sizes = FOR_DIGITS if data.grey else FOR_SPRITES
    waves = sizes.waves if dimensions == 2 else 0
    return replace(sizes, height=data.form.height, width=data.form.width, dimensions=dimensions, waves=waves)
