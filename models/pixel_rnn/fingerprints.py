"""How near a sprite is to the nearest training sprite, without a training sprite being shipped.

A model folder keeps 512 bits of each: the signs of random projections of its colours in Oklab, measured from the paper
colour. The share of bits in which two sprites differ is the angle between them as a share of half a turn (Charikar,
STOC 2002), to within 0.02 or so; the pictures cannot be told from the bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from models.errors import DataError
from models.pixel_rnn.sprite import Nearest
from models.sprites.dataset import SpriteData
from models.sprites.form import Format, Pixels
from models.sprites.palette import oklab

FILE = "fingerprints.safetensors"
MOST_SPRITES = 20_000  # whose fingerprints are kept: beyond, they would outweigh the model
_BITS = 512
_SEED = 20_161_201


@dataclass(frozen=True, eq=False)
class Fingerprints:
    """The training sprites' bits (N, 64) as bytes, and the median of what unseen sprites are from the nearest."""

    bits: NDArray[np.uint8]
    usual: float

    def nearest(self, pixels: Pixels, form: Format) -> Nearest:
        """The distance of a sprite (H, W) from the nearest one."""
        return Nearest(float(_distances(fingerprints(pixels[None], form), self.bits)[0]), self.usual)

    @classmethod
    def read(cls, data: bytes) -> Fingerprints:
        """Raises `DataError`."""
        try:
            tensors = load(data)
            bits, usual = tensors["bits"], float(tensors["usual"][0])
        except (SafetensorError, KeyError, IndexError, ValueError) as error:
            raise DataError("The fingerprints of the training sprites are damaged.") from error
        if bits.dtype != np.uint8 or bits.ndim != 2 or bits.shape[1] != _BITS // 8 or not len(bits):
            raise DataError("The fingerprints of the training sprites are damaged.")
        return cls(bits, usual)


def file_of(data: SpriteData) -> dict[str, bytes]:
    """What a model folder keeps; nothing for grey images and for very many."""
    if data.grey or len(data.train) > MOST_SPRITES:
        return {}
    bits, held_out = fingerprints(data.train, data.form), fingerprints(data.valid, data.form)
    usual = np.array([np.median(_distances(held_out, bits))], np.float32)
    return {FILE: save({"bits": bits, "usual": usual})}


def fingerprints(sprites: NDArray[np.uint8], form: Format) -> NDArray[np.uint8]:
    """Bits (N, 64) as bytes of sprites (N, H, W)."""
    table = oklab(form.table)
    looks = (table - table[form.paper]).astype(np.float32)[sprites].reshape(len(sprites), -1)  # (N, H·W·3)
    return np.packbits(looks @ _projections(looks.shape[1]) > 0, axis=1)


def _projections(size: int) -> NDArray[np.float32]:
    """Random signs (size, 512) (Achlioptas, PODS 2001), the same everywhere: numpy promises raw bits to stay."""
    count = size * _BITS
    raw = np.random.Philox(key=_SEED).random_raw(-(-count // 64)).astype("<u8")
    bits = np.unpackbits(raw.view(np.uint8))[:count]
    return bits.reshape(size, _BITS).astype(np.float32) * 2 - 1


def _distances(some: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.float64]:
    """For each of some (N, 64) the share of bits in which the nearest of others (M, 64) differs."""
    differing = [np.bitwise_count(one ^ others).sum(axis=1).min() for one in some]
    return np.array(differing, np.float64) / _BITS
