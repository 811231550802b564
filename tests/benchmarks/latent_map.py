"""What the shipped maps must reach: likelihood, random codes, speed of decoding and of the tab, size."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models import shelf
from models.errors import DataError, ModelFolderError
from models.image_vae import FAMILY, PLAIN_FAMILY
from models.image_vae.evaluation import evaluate
from models.image_vae.latent_map import decode
from models.image_vae.model import MapModel
from tests.benchmarks.app import probed
from tests.benchmarks.table import Limit, Row, all_missing, at_least, at_most

DIGITS, PLAIN_DIGITS = "digits-map", "digits-map-ae"  # names on the shelf
POINTS, TIMES = 2_500, 30
LEAST_SHOWN = 10_000  # points on the map that is panned
MEGABYTE = 1e6

DECODED = at_most(f"{POINTS:,} points of the map decoded on one core, median ms", 40.0, "{:.0f}")
SIZE = at_most("shipped maps, MB", 8.0)
ALONE = (DECODED, SIZE)

NATS = at_most("unseen digits, two numbers, binarised dynamically, −ELBO by the encoder alone, nats", 129.0, "{:.2f}")
SEARCHED = at_most("the same after search, as a picture is encoded in the window, nats", 126.0, "{:.2f}")
DREAMS = at_most("random codes decoded: Fréchet distance of the VAE against the autoencoder's", 1 / 3)
ON_DIGITS = (NATS, SEARCHED, DREAMS)

DRAG = at_most("drag on the map: from mouse move to the new image on screen, 99th percentile ms", 33.0, "{:.0f}")
FIRST_TILES = at_most("zoom on the map: the first new tiles on screen, median ms", 33.0, "{:.0f}")
ALL_TILES = at_most("zoom on the map: all visible tiles decoded anew and on screen, median ms", 150.0, "{:.0f}")
PAN = at_least("pan of the map with 10,000 points, frames a second", 30.0, "{:.0f}")
OPENING = at_most("the map's tab opened, without loading its model, ms", 500.0, "{:.0f}")
ON_SCREEN = (DRAG, FIRST_TILES, ALL_TILES, PAN, OPENING)


def rows(digits: Path | None) -> Iterator[Row]:
    """Every measure; those on unseen digits need a folder of them."""
    yield from _or_missing(ALONE, _rows_alone())
    if digits is None:
        yield from all_missing(ON_DIGITS, "--data FOLDER is missing")
    else:
        yield from _or_missing(ON_DIGITS, _rows_on_digits(digits))
    yield from _or_missing(ON_SCREEN, _rows_on_screen())


def _or_missing(limits: tuple[Limit, ...], measured: Iterator[Row]) -> Iterator[Row]:
    """The rows, or why they cannot be measured."""
    try:
        yield from list(measured)
    except (DataError, ModelFolderError) as error:
        yield from all_missing(limits, str(error))


def _rows_alone() -> Iterator[Row]:
    model = _load(DIGITS, FAMILY)
    codes = np.random.default_rng(0).standard_normal((POINTS, model.dimensions)).astype(np.float32)
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        decode(model, codes)
        seconds.append(time.perf_counter() - start)
    yield DECODED.row(1000 * statistics.median(seconds))
    families = (FAMILY, PLAIN_FAMILY)
    shipped = [folder.bytes for folder in shelf.folders().models if folder.shipped and folder.family in families]
    yield SIZE.row(sum(shipped) / MEGABYTE)


def _rows_on_digits(data: Path) -> Iterator[Row]:
    varied, plain = (evaluate(_load(*which), data) for which in ((DIGITS, FAMILY), (PLAIN_DIGITS, PLAIN_FAMILY)))
    yield NATS.row(varied["neg_elbo"])
    yield SEARCHED.row(varied["searched_neg_elbo"])
    yield DREAMS.row(varied["random_frechet"] / plain["random_frechet"])


def _rows_on_screen() -> Iterator[Row]:
    """The tab, used with a mouse in a process of its own."""
    shelf.find(DIGITS, FAMILY)  # without it the tab has nothing to show
    try:
        figures = probed("map_probe")
    except subprocess.SubprocessError as error:
        yield from all_missing(ON_SCREEN, f"the tab did not answer as it should ({error})")
        return
    yield DRAG.row(figures["drag"])
    yield FIRST_TILES.row(figures["first"])
    yield ALL_TILES.row(figures["whole"])
    yield PAN.row(figures["pan"]) if figures["points"] >= LEAST_SHOWN else PAN.missing("the map has fewer points")
    yield OPENING.row(figures["opening"])


def _load(name: str, family: str) -> MapModel:
    return MapModel.load(shelf.find(name, family))
