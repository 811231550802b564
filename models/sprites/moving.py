"""Images as a film: a GIF that goes there and back."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.sprites.enlarging import enlarged

SIDE = 320  # of the film in pixels, about
FRAME_MS, END_MS = 60, 800


def gif(images: NDArray[np.uint8]) -> bytes:
    """A GIF's bytes of images (F, H, W, 3), each pixel a square; it rests at both ends and never stops."""
    scale = max(1, SIDE // max(images.shape[1:3]))
    frames = [Image.fromarray(enlarged(image, scale)) for image in (*images, *images[-2:0:-1])]
    durations = [FRAME_MS] * len(frames)
    durations[0] = durations[len(images) - 1] = END_MS
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return buffer.getvalue()
