"""From sprites to a model folder: `atelier train pixel_rnn`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import torch

from models import fitting, shelf, trainer
from models.fitting import UNTOLD, Origin
from models.pixel_rnn import FAMILY, fingerprints
from models.pixel_rnn.building import Network, build, configuration_of
from models.pixel_rnn.network import Configuration
from models.pixel_rnn.plain import PlainConfiguration
from models.pixel_rnn.training import DIGITS, EVERY_ONE, PLAIN, DrawingTask, Recipe, held_out, measure
from models.shelf import ModelFolder
from models.sprites import SIDE
from models.sprites.dataset import SpriteData, read_data

log = logging.getLogger(__name__)

FOR_DIGITS = Configuration(  # two colours need less
    embedding=8, around=24, blocks=2, above=64, along=112, layers=1, features=64, copies=False, dropout=0.1
)
FOR_TINY = Configuration(embedding=8, around=16, blocks=1, above=24, along=32, features=32, dropout=0.0)
TINY = 64  # pixels: of such images there are few, and all alike


def train_model(
    data: Path,
    out: Path,
    options: trainer.Options,
    device: torch.device,
    name: str,
    resume: bool,
    sizes: Configuration | PlainConfiguration | None = None,
    recipe: Recipe | None = None,
    origin: Origin = UNTOLD,
    side: int = SIDE,
    tell: Callable[[str], None] = log.warning,
) -> ModelFolder:
    """Train on a folder of sprites, the lecture's text files or idx files, and write a model folder.

    Pictures are fitted to `side` pixels; other data has its own size.
    `sizes` and `recipe` are chosen by the data where they are not given; height, width and colours always are, and the
    learning rate is the recipe's.
    `resume` goes on with the training in `out` where one was begun, and begins it where none was. `tell` hears, before
    the training begins, why a file cannot be used.

    Raises `DataError` before anything is written where the data or `out` cannot be used, `SaveError` where `out`
    cannot be written or another training is at work there, `InputError` where it would run in several processes.
    """
    done = fitting.finished(out, resume, FAMILY)
    if done is not None:
        return done
    begun = fitting.begun_with(out) is not None
    sprites = read_data(data, side, options.seed)
    for _, reason in sprites.broken:
        tell(reason)
    recipe = recipe or _recipe_for(sprites, sizes)
    options = replace(options, rate=recipe.rate)
    with fitting.workplace(out, begun) as work:
        torch.manual_seed(options.seed)
        network = build(_fitted(sizes or _sizes_for(sprites), sprites), sprites.form.table)
        task = DrawingTask(network.to(device), sprites, recipe, options.seed, device)
        trainer.train(task, options, work, device, begun)
        told = {"recipe": asdict(recipe), "options": asdict(options), "sprites": len(sprites.train)}
        folder = write_model(out, network, sprites, name, {**told, "device": device.type}, origin)
    fitting.tidy(out)
    return folder


def write_model(
    out: Path,
    network: Network,
    data: SpriteData,
    name: str,
    recipe: dict[str, object],
    origin: Origin = UNTOLD,
) -> ModelFolder:
    """Round to float16, measure what is shipped on held-out sprites where it will be used, and write the folder.

    `network` is rounded too.
    """
    weights = fitting.rounded(network)
    images, holes = held_out(data, 0)
    measured = measure(network, images, holes, torch.device("cpu"))
    configuration = configuration_of(network, data.form)
    card = fitting.card(FAMILY, name, origin, configuration, recipe, measured, f"{len(data.train)} sprites")
    return shelf.write(out, card, weights, fingerprints.file_of(data))


def _sizes_for(data: SpriteData) -> Configuration:
    if data.form.pixels <= TINY:
        return FOR_TINY
    return FOR_DIGITS if data.grey else Configuration()


def _recipe_for(data: SpriteData, sizes: Configuration | PlainConfiguration | None) -> Recipe:
    if isinstance(sizes, PlainConfiguration):
        return PLAIN
    return DIGITS if data.grey else EVERY_ONE if data.form.pixels <= TINY else Recipe()


def _fitted(sizes: Configuration | PlainConfiguration, data: SpriteData) -> Configuration | PlainConfiguration:
    form = data.form
    return replace(sizes, height=form.height, width=form.width, colours=len(form.palette))
