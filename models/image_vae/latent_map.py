"""The latent map's verbs: codes decoded, places looked at, pictures encoded, paths played as films.

Everything works on one thread with values of `codes.py`; nothing of a model is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models import device
from models.errors import InputError
from models.image_vae import search
from models.image_vae.codes import (
    CELLS,
    FARTHEST,
    MAX_FRAMES,
    MAX_LEVEL,
    MIN_LEVEL,
    Code,
    Codes,
    Film,
    Images,
    Imagined,
    Landing,
    Look,
    Neighbour,
    Plane,
    TileKey,
    Values,
    Window,
    checked,
    wrong_count,
)
from models.image_vae.likelihood import Ink
from models.image_vae.model import MapModel
from models.image_vae.network import divergence, drawn
from models.image_vae.overlays import places
from models.image_vae.training import as_pictures
from models.sprites.enlarging import side_by_side
from models.sprites.form import Pixels

MAX_IMAGINED = 400
MAX_CELLS = 10_000  # of an overlay
_AT_ONCE = 512  # codes; more leave the processor's cache
_EXACT_LEVEL = 6  # of tiles, from which on bf16 would show
_SAMPLES = 64  # codes of a posterior that a picture is priced at
_SEED = 2  # of these samples; search has others


def decode(model: MapModel, codes: Codes) -> Images:
    """The images (N, H, W, 3) of codes (N, D), as shown. Raises `InputError` for codes that cannot be decoded."""
    codes = np.asarray(codes, np.float32)
    if codes.ndim != 2 or codes.shape[1] != model.dimensions:
        raise wrong_count(model.dimensions, codes.shape[-1] if codes.ndim else 1)
    if not (np.abs(codes) <= 2 * FARTHEST).all():  # false for NaN too; tiles may reach a little over the edge
        raise InputError("Some numbers of the codes lie too far out, or are no numbers.")
    return images_at(model, codes)


def tile(model: MapModel, key: TileKey) -> NDArray[np.uint8]:
    """A tile's images side by side (CELLS·H, CELLS·W, 3), the top row first. Raises `InputError`."""
    plane, window = key.plane, key.window
    if not MIN_LEVEL <= key.level <= MAX_LEVEL:
        raise InputError("The map ends at this depth: look at a wider part of it.")
    checked(plane.rest, model.dimensions)
    middles = np.clip(places(window, CELLS, CELLS), -2 * FARTHEST, 2 * FARTHEST)
    return side_by_side(images_at(model, plane.codes(middles), exact=key.level >= _EXACT_LEVEL), CELLS)


def tiles(model: MapModel, keys: Iterable[TileKey]) -> Iterator[tuple[TileKey, NDArray[np.uint8]]]:
    """Tiles one after the other, as they are made."""
    for key in keys:
        yield key, tile(model, key)


@torch.inference_mode()
def look(model: MapModel, code: Code, neighbours: int = 8) -> Look:
    """One code's image, how unsure the decoder is of each pixel, and the encoded data near it. Raises `InputError`."""
    code = checked(code, model.dimensions)
    outputs = model.network.decode(torch.tensor([code]))
    form, likelihood = model.form, model.network.likelihood
    image = likelihood.colours(outputs)[0].reshape(form.height, form.width, 3)
    doubt = likelihood.doubt(outputs)[0].reshape(form.height, form.width)
    return Look(code, image.numpy().copy(), doubt.numpy().copy(), _neighbours(model, code, neighbours))


@torch.inference_mode()
def encode(model: MapModel, pixels: Pixels) -> Landing:
    """Where a picture (H, W) lands: colour indices, or of a model of ink the ink of each pixel from 0 to 255.

    The encoder's posterior is searched on from (`search.sharpened`): pictures unlike the training data need it most.
    Raises `InputError` where the picture is not in the model's format.
    """
    pictures = _pictures(model, pixels)
    mean, log_variance = search.posterior(model.network, pictures)
    mean = mean.clamp(-FARTHEST, FARTHEST)  # where everybody can go
    kl = divergence(mean, log_variance)
    random = torch.Generator().manual_seed(_SEED)
    codes = drawn(mean.expand(_SAMPLES, -1), log_variance, random)
    form, network = model.form, model.network
    nats = network.likelihood.nats(network.decode(codes), pictures.expand(len(codes), -1)).mean()
    return Landing(
        picture=shown_as(model, pixels),
        mean=tuple(mean[0].tolist()),
        log_variance=None if log_variance is None else tuple(log_variance[0].tolist()),
        reconstruction=network.likelihood.colours(network.decode(mean))[0].reshape(form.height, form.width, 3).numpy(),
        reconstruction_nats=float(nats),
        kl_nats=None if log_variance is None else float(kl),
    )


def imagine(model: MapModel, count: int, seed: int) -> Imagined:
    """Codes of the prior N(0, I), the same for every model of as many numbers, and their images.

    Raises `InputError`.
    """
    if not 1 <= count <= MAX_IMAGINED:
        raise InputError("Between 1 and {most} images can be imagined at once.", most=MAX_IMAGINED)
    numbers = np.random.default_rng(seed).standard_normal((count, model.dimensions))
    codes = np.clip(numbers, -FARTHEST, FARTHEST).astype(np.float32)
    return Imagined(seed, codes, decode(model, codes))


def film(model: MapModel, path: Codes, frames: int) -> Film:
    """Images at even steps along a path of codes (K, D), its ends included. Raises `InputError`."""
    path = np.asarray(path, np.float32)
    if path.ndim != 2 or len(path) < 2 or not np.ptp(path, axis=0).any():
        raise InputError("A film needs a path of at least two different points: draw a longer one.")
    if not 2 <= frames <= MAX_FRAMES:
        raise InputError("A film has between 2 and {most} images.", most=MAX_FRAMES)
    for code in path.tolist():
        checked(code, model.dimensions)
    codes = even_steps(path, frames)
    return Film(codes, decode(model, codes))


def even_steps(path: Codes, count: int) -> Codes:
    """Codes (count, D) at even distances along the line through codes (K, D)."""
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(lengths, dtype=np.float64)])
    at = np.linspace(0, way[-1], count)
    return np.stack([np.interp(at, way, numbers) for numbers in path.T], axis=1).astype(np.float32)


@torch.inference_mode()
def spread(model: MapModel, plane: Plane, window: Window, rows: int, columns: int) -> Values:
    """The encoder's σ for the image that is decoded at each place of a window (rows, columns), the top row first.

    Of a code's D deviations their geometric mean. Raises `InputError` for a plain autoencoder, which tells none.
    """
    if not model.is_variational:
        raise InputError("An autoencoder tells no spread: its encoder gives a code and nothing else.")
    if not 1 <= rows * columns <= MAX_CELLS:
        raise InputError("An overlay has between 1 and {most} cells.", most=MAX_CELLS)
    checked(plane.rest, model.dimensions)
    codes = torch.from_numpy(plane.codes(np.clip(places(window, rows, columns), -FARTHEST, FARTHEST)))
    found = []
    for part in codes.split(_AT_ONCE):
        _, log_variance = model.network.encode(model.network.likelihood.drawn(model.network.decode(part)))
        found.append(log_variance)
    told = torch.cat([part for part in found if part is not None])
    return np.asarray(torch.exp(told.mean(1) / 2).reshape(rows, columns).numpy())


def shown_as(model: MapModel, pixels: Pixels) -> NDArray[np.uint8]:
    """A picture (H, W) in the model's format as RGB (H, W, 3)."""
    if isinstance(model.network.likelihood, Ink):
        return np.repeat(255 - pixels[..., None], 3, axis=2)
    return np.asarray(model.form.table[pixels])


@torch.inference_mode()
def images_at(model: MapModel, codes: NDArray[np.floating], exact: bool = False) -> Images:
    """The images (N, H, W, 3) of codes (N, D), wherever they lie.

    Unless they must be `exact`, in bf16 where the processor computes in it: that is several times as fast, and only
    deep in the map, where neighbours differ by less than bf16 can tell, would anybody see it.
    """
    network, form = model.network, model.form
    images = np.empty((len(codes), form.height, form.width, 3), np.uint8)
    with nullcontext() if exact else device.autocast(model.device):
        for start in range(0, len(codes), _AT_ONCE):
            part = torch.from_numpy(codes.astype(np.float32)[start : start + _AT_ONCE])
            colours = network.likelihood.colours(network.decode(part))
            into = images[start : start + _AT_ONCE].reshape(len(part), -1, 3)
            for channel in range(3):  # one after the other is five times as fast as all three of a pixel together
                into[..., channel] = colours[..., channel].numpy()
    return images


def _pictures(model: MapModel, pixels: Pixels) -> Tensor:
    """One picture (1, N) as the network takes it. Raises `InputError`."""
    form = model.form
    if pixels.shape != (form.height, form.width):
        raise InputError(
            "The picture has {width}×{height} pixels, and this model knows {wide}×{high}.",
            width=pixels.shape[-1],
            height=pixels.shape[0],
            wide=form.width,
            high=form.height,
        )
    ink = isinstance(model.network.likelihood, Ink)
    if not ink and pixels.max(initial=0) >= len(form.palette):
        raise InputError(
            "The picture holds colour {colour}, and the palette ends at {most}.",
            colour=int(pixels.max()),
            most=len(form.palette) - 1,
        )
    return as_pictures(pixels[None], ink)


def _neighbours(model: MapModel, code: Code, count: int) -> tuple[Neighbour, ...]:
    data = model.data
    if data is None or not len(data):
        return ()
    apart = np.linalg.norm(data.means - np.array(code, np.float32), axis=1)
    count = min(count, len(data))
    rows = np.argpartition(apart, count - 1)[:count]
    rows = rows[np.argsort(apart[rows], kind="stable")]
    labels = data.labels
    return tuple(
        Neighbour(int(row), "" if labels is None else data.names[labels[row]], float(apart[row])) for row in rows
    )
