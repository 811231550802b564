"""Many sprites in one picture: a PNG in which they stand in rows and columns on paper, each pixel as a square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.pixel_rnn.film import GREYS, stripes
from models.pixel_rnn.sprite import Canvas
from models.sprites.enlarging import enlarged, grid, png
from models.sprites.form import Format, Pixels
from models.sprites.palette import Colours

SIDE = 160  # of one sprite on the sheet in pixels, about
MOST_SIDE = 2400  # of the sheet, where that can be
_GAP = 1 / 8  # of a sprite's side


def sheet(form: Format, sprites: Sequence[Pixels], covered: Canvas | None = None) -> bytes:
    """A PNG's bytes; before the sprites (H, W) stands, if it is given, the covered picture that they finish."""
    columns, rows = grid(len(sprites) + (covered is not None))
    scale = _scale(form, max(columns, rows))
    pictures = [enlarged(form.table[sprite], scale) for sprite in sprites]
    if covered is not None:
        pictures.insert(0, _hatched(form, covered, scale))
    gap = max(scale, round(_GAP * max(form.height, form.width)) * scale)
    high, wide = form.height * scale + gap, form.width * scale + gap
    paper = np.empty((rows * high + gap, columns * wide + gap, 3), np.uint8)
    paper[:] = form.table[form.paper]
    for number, picture in enumerate(pictures):
        top, left = gap + number // columns * high, gap + number % columns * wide
        paper[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return png(paper)


def _scale(form: Format, most: int) -> int:
    side = max(form.height, form.width)
    return max(1, min(SIDE // side, int(MOST_SIDE / (side * (1 + _GAP) * most))))


def _hatched(form: Format, canvas: Canvas, scale: int) -> Colours:
    """The picture with its cover (H·scale, W·scale, 3)."""
    picture, cover = enlarged(form.table[canvas.pixels], scale), enlarged(canvas.mask, scale)
    hatching = GREYS[stripes(form.height * scale, form.width * scale, scale)]
    return np.where(cover[..., None], hatching, picture)
