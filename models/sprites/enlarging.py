"""Sprites made large, many side by side, and as a PNG."""

from __future__ import annotations

import io
import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.sprites.palette import Colours

Value = TypeVar("Value", np.uint8, np.bool_)


def enlarged(pixels: NDArray[Value], scale: int) -> NDArray[Value]:
    """Each pixel (H, W, …) as a square (H·scale, W·scale, …)."""
    return pixels.repeat(scale, 0).repeat(scale, 1)


def grid(count: int) -> tuple[int, int]:
    """Columns and rows for some sprites: nearly a square, and where that is near enough, without empty places."""
    least = math.isqrt(count - 1) + 1  # the root, rounded up
    columns = min(range(least, least + least // 2 + 1), key=lambda wide: -count % wide)
    return columns, -(-count // columns)


def side_by_side(images: Colours, columns: int) -> Colours:
    """Images (N, H, W, 3) in full rows of this many: (N / columns · H, columns · W, 3)."""
    count, height, width, _ = images.shape
    rows = images.reshape(count // columns, columns, height, width, 3)
    return rows.swapaxes(1, 2).reshape(count // columns * height, columns * width, 3)


def png(colours: Colours) -> bytes:
    """Colours (H, W, 3) as a PNG's bytes."""
    buffer = io.BytesIO()
    Image.fromarray(colours).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
