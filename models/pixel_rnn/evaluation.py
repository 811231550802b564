"""How likely pictures are under a model, and the PixelRNN's measures on sprites that it has not seen."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from models import shelf
from models.pixel_rnn import masks
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.training import batches, binarised, pixel_bits
from models.sprites.dataset import UnseenData, read_for_evaluation

log = logging.getLogger(__name__)

SEED = 0  # of brush strokes, and of ink drawn to black and white

Images = NDArray[np.uint8]  # (N, H, W)
Covers = NDArray[np.bool_]  # (N, H, W)


def evaluate(model: DrawingModel, data: Path, tell: Callable[[str], None] = log.warning) -> dict[str, float]:
    """Bits a pixel of images of which nothing is known, and bits a covered pixel in holes, seeing and blind.

    `top` holes cover the upper half, so that all that is known lies below; `brush` holes are seeded strokes; without
    either word both are pooled. A blind reader sees no known pixel before its turn. Of images of ink `nats` is the
    price of a whole one (see `black_and_white`). `tell` hears why a file cannot be used.

    Raises `DataError`, `ModelFolderError`.
    """
    unseen = read_for_evaluation(data, model.form)
    for _, reason in unseen.broken:
        tell(reason)
    images = black_and_white(unseen)
    figures = {"images": len(images), **_prices(model, images, _holes(images))}
    if unseen.grey:
        figures["nats"] = figures["bits_per_pixel"] * model.form.pixels * math.log(2)
    return figures


def scores(model: DrawingModel, images: Images) -> Iterator[NDArray[np.float64]]:
    """Bits a pixel (N,) of images of which nothing is known, one batch after the other. Raises `ModelFolderError`."""
    for part in batches(model.network, len(images)):
        yield _bits(model, images[part], _all(images[part])).mean((1, 2))


def black_and_white(data: UnseenData) -> Images:
    """Colour indices; ink is drawn to black and white ("dynamic binarisation"), always the same."""
    return binarised(data.images, SEED) if data.grey else data.images


def _prices(model: DrawingModel, images: Images, holes: dict[str, Covers]) -> dict[str, float]:
    """Bits a pixel of each kind."""
    bits: Counter[str] = Counter()
    parts = batches(model.network, len(images))
    for part in tqdm(parts, unit="batch", disable=len(parts) == 1):
        blind = _bits(model, images[part], _all(images[part]))
        bits["whole"] += blind.sum()
        for kind, covers in holes.items():
            seeing = _bits(model, images[part], covers[part])
            bits[kind] += seeing[covers[part]].sum()
            bits[f"{kind}_blind"] += blind[covers[part]].sum()
    counts = {kind: int(covers.sum()) for kind, covers in holes.items()}
    prices = {"bits_per_pixel": bits["whole"] / images.size}
    for sight in ("", "_blind"):
        pooled = sum(bits[f"{kind}{sight}"] for kind in holes)
        prices[f"bits_per_covered_pixel{sight}"] = pooled / sum(counts.values())
    for kind, count in counts.items():
        for sight in ("", "_blind"):
            prices[f"bits_per_covered_pixel_{kind}{sight}"] = bits[f"{kind}{sight}"] / count
    return {name: float(price) for name, price in prices.items()}


def _holes(images: Images) -> dict[str, Covers]:
    count, height, width = images.shape
    top = np.zeros(images.shape, np.bool_)
    top[:, : (height + 1) // 2] = True
    random = np.random.default_rng(SEED)
    return {"top": top, "brush": np.stack([masks.brush(height, width, random) for _ in range(count)])}


def _all(images: Images) -> Covers:
    return np.ones(images.shape, np.bool_)


def _bits(model: DrawingModel, images: Images, covers: Covers) -> NDArray[np.float64]:
    """Bits (N, H, W) of each pixel, where those not covered are seen. Raises `ModelFolderError`."""
    bits = pixel_bits(model.network, images, covers, model.device).double().numpy()
    if not np.isfinite(bits).all():
        raise shelf.damaged(model.folder.path, model.folder.shipped, "its weights lead to no numbers")
    return bits
