"""What the shipped PixelRNNs must reach: likelihood on unseen images, what sight is worth, speed, size."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch

from models import shelf
from models.errors import DataError, ModelFolderError
from models.pixel_rnn import FAMILY, masks
from models.pixel_rnn.drawing import completions, draw, uncertainty
from models.pixel_rnn.evaluation import black_and_white, evaluate, scores
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.sprite import Canvas, DrawRequest, Step
from models.sprites.dataset import read_for_evaluation
from tests.benchmarks.table import Limit, Row, all_missing, at_least, at_most

CREATURES, LECTURE, DIGITS = "creatures", "creatures-lstm", "digits"  # names on the shelf
TIMES = 30
MEGABYTE = 1e6

PIXEL = at_least("one pixel with state kept, against a full pass, times faster", 50.0, "{:.0f}")
SPRITE = at_most("a whole sprite of 20×20 pixels, median s", 0.15, "{:.3f}")
SEVERAL = at_most("16 completions of a half covered sprite, median s", 0.6, "{:.2f}")
DOUBT = at_most("entropy of all pixels to come, median ms", 50.0, "{:.0f}")
SIZE = at_most("shipped models that draw, MB", 8.0)
ALONE = (PIXEL, SPRITE, SEVERAL, DOUBT, SIZE)

SAVED = at_least("unseen creatures, bits a pixel fewer than the lecture's LSTM-512", 0.15, "{:.1%}")
SIGHT = at_least("bits a covered pixel fewer than blind, top halves and brush holes", 0.05, "{:.1%}")
ON_CREATURES = (SAVED, SIGHT)
NATS = at_most("unseen digits, binarised dynamically, nats", 81.3)


def rows(creatures: Path | None, digits: Path | None) -> Iterator[Row]:
    """Every measure; those on unseen images need a folder of them."""
    yield from _rows_alone()
    yield from _on(creatures, ON_CREATURES, _rows_on_creatures)
    yield from _on(digits, (NATS,), _rows_on_digits)


def _on(data: Path | None, limits: tuple[Limit, ...], measure: Callable[[Path], Iterator[Row]]) -> Iterator[Row]:
    """Rows on unseen images, or the reason why they cannot be measured."""
    if data is None:
        yield from all_missing(limits, "--data FOLDER is missing")
        return
    try:
        yield from list(measure(data))
    except (DataError, ModelFolderError) as error:
        yield from all_missing(limits, str(error))


def _rows_alone() -> Iterator[Row]:
    """Measures that need no data."""
    try:
        model = _load(CREATURES)
    except ModelFolderError as error:
        yield from all_missing(ALONE, str(error))
        return
    half = _half_covered(model)
    yield PIXEL.row(_full_pass_seconds(model) / _pixel_seconds(model))
    yield SPRITE.row(_median_seconds(lambda seed: _draw_afresh(model, seed)))
    yield SEVERAL.row(_median_seconds(lambda seed: list(completions(model, DrawRequest(half, seed), 16))))
    yield DOUBT.row(1000 * _median_seconds(lambda _: uncertainty(model, half)))
    shipped = [folder.bytes for folder in shelf.folders().models if folder.shipped and folder.family == FAMILY]
    yield SIZE.row(sum(shipped) / MEGABYTE)


def _rows_on_creatures(data: Path) -> Iterator[Row]:
    model, lecture = _load(CREATURES), _load(LECTURE)
    figures = evaluate(model, data)
    yield SAVED.row(1 - figures["bits_per_pixel"] / evaluate(lecture, data)["bits_per_pixel"])
    yield SIGHT.row(1 - figures["bits_per_covered_pixel"] / figures["bits_per_covered_pixel_blind"])


def _rows_on_digits(data: Path) -> Iterator[Row]:
    model = _load(DIGITS)
    images = black_and_white(read_for_evaluation(data, model.form))
    bits = np.concatenate(list(scores(model, images))).mean()
    yield NATS.row(float(bits) * model.form.pixels * math.log(2))


def _load(name: str) -> DrawingModel:
    return DrawingModel.load(shelf.find(name, FAMILY))


def _draw_afresh(model: DrawingModel, seed: int) -> list[Step]:
    """A sprite from nothing, of which nothing is taken over from the last one."""
    model.last.clear()
    return list(draw(model, DrawRequest(Canvas.empty(model.form), seed)))


def _half_covered(model: DrawingModel) -> Canvas:
    """A sprite of the model's own, its lower half covered."""
    colours = bytes(step.colour for step in _draw_afresh(model, 0))
    cover = masks.side(model.form.height, model.form.width, "bottom", 0.5)
    return Canvas(model.form.height, model.form.width, colours, cover.tobytes())


def _median_seconds(work: Callable[[int], object]) -> float:
    """Of some work that is given another seed each time."""
    seconds = []
    for seed in range(TIMES):
        start = time.perf_counter()
        work(seed)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _pixel_seconds(model: DrawingModel) -> float:
    """The median of all steps of a sprite."""
    model.last.clear()
    moments = [time.perf_counter() for _ in draw(model, DrawRequest(Canvas.empty(model.form), 1))]
    return statistics.median(np.diff(moments).tolist())


@torch.inference_mode()
def _full_pass_seconds(model: DrawingModel) -> float:
    pixels = torch.zeros(1, model.form.height, model.form.width, dtype=torch.long)
    return _median_seconds(lambda _: model.network(pixels, torch.zeros_like(pixels, dtype=torch.bool)))
