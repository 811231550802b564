"""A drawing as a film: a GIF in which its pixels appear one after the other on the hatched cover."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.sprites.enlarging import enlarged
from models.sprites.form import MAX_COLOURS, Format, Mask, Pixels
from models.sprites.palette import to_indices

SIDE = 320  # of the film in pixels, about
MOST_FRAMES = 100  # more make a large file and tell no more
FILM_MS, LAST_MS = 5000, 2000
SLOWEST_MS = 500  # a frame, where there are few
GREYS = np.array([(206, 206, 202), (190, 190, 186)], np.uint8)  # of the hatching


def film(form: Format, pixels: Pixels, covered: Mask, count: int) -> bytes:
    """A GIF's bytes: of the `covered` pixels (H, W) of a sprite (H, W) `count` appear in raster order."""
    places = np.flatnonzero(covered)
    counts = np.linspace(0, count, min(MOST_FRAMES, count) + 1).round().astype(int)
    scale = max(1, SIDE // max(form.height, form.width))
    palette, hatching = _hatching(form, scale)
    frames = [_frame(pixels, covered, places[drawn:], hatching, scale) for drawn in counts]
    images = [_image(frame, palette) for frame in frames]
    buffer = io.BytesIO()
    durations = [min(SLOWEST_MS, FILM_MS // len(images))] * (len(images) - 1) + [LAST_MS]
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:], duration=durations, loop=0, disposal=1)
    return buffer.getvalue()


def _hatching(form: Format, scale: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The film's palette (P, 3), and the whole cover (H·scale, W·scale) in its colours: two greys, slanted."""
    has_room = len(form.palette) + len(GREYS) <= MAX_COLOURS
    palette = np.concatenate([form.table, GREYS]) if has_room else form.table
    greys = to_indices(GREYS, palette)
    return palette, greys[stripes(form.height * scale, form.width * scale, scale)]


def stripes(height: int, width: int, scale: int) -> NDArray[np.intp]:
    """Which of the `GREYS` stands where (height, width): slanted stripes, a quarter as wide as a sprite's pixel."""
    rows, columns = np.mgrid[:height, :width]
    return np.asarray((rows + columns) // max(1, scale // 4) % 2)


def _frame(
    pixels: Pixels, covered: Mask, to_come: NDArray[np.intp], hatching: NDArray[np.uint8], scale: int
) -> NDArray[np.uint8]:
    """One frame (H·scale, W·scale); of the covered pixels those at the places `to_come` still are."""
    hidden = np.zeros(covered.size, np.bool_)
    hidden[to_come] = True
    return np.where(enlarged(hidden.reshape(covered.shape), scale), hatching, enlarged(pixels, scale))


def _image(frame: NDArray[np.uint8], palette: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(frame)
    image.putpalette(palette.tobytes())
    return image
