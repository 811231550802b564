"""Any picture brought to what a model reads.

A model of colours takes pictures as `models.sprites.pictures` fits them. A model of ink takes them as the makers of
MNIST prepared their digits: "size normalized to fit in a 20x20 pixel box while preserving their aspect ratio", with
the grey that anti-aliasing leaves, then "centered in a 28x28 image by computing the center of mass of the pixels"
(Y. LeCun, C. Cortes and C. Burges, The MNIST database of handwritten digits, 1998).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.sprites.enlarging import enlarged
from models.sprites.form import Format, Pixels
from models.sprites.idx import INK
from models.sprites.palette import Colours
from models.sprites.pictures import Picture, fit, to_palette, trimmed

INNER = 20 / 28  # of a side, which a figure of ink fills
SMALLEST, LARGEST = 14 / 28, 22 / 28  # of a side: figures of other sizes are brought to `INNER`
_FAINTEST = 16  # of 255: what differs less from its ground is no figure
_GRAIN = 0.15  # of the darkest ink: what is fainter is paper

Grey = NDArray[np.uint8]  # (H, W)


@dataclass(frozen=True)
class Conversion:
    """What was done to a picture of `height` and `width` pixels; `is_inverted` if it was light on dark,
    `is_moved` if its figure was brought to the middle, where the training data has it."""

    height: int
    width: int
    is_scaled: bool = False
    is_recoloured: bool = False
    is_inverted: bool = False
    is_moved: bool = False


@dataclass(frozen=True, eq=False)
class Brought:
    """A picture as a model reads it (H, W): colour indices or, of a model of ink, 0 for paper to 255 for ink."""

    pixels: Pixels
    facts: Conversion


def brought_to(picture: Picture, form: Format) -> Brought:
    """The picture in a model's format; an empty one is no failure."""
    as_made = _as_made(picture, form)
    brought = _as_ink(as_made, form) if form.palette == INK else _in_palette(as_made, form)
    if as_made is picture:
        return brought
    return replace(brought, facts=replace(brought.facts, height=picture.height, width=picture.width, is_scaled=True))


def _as_made(picture: Picture, form: Format) -> Picture:
    """What was saved as squares of several pixels each, as this program does, with one pixel for each."""
    scale = picture.height // form.height
    if scale < 2 or (picture.height, picture.width) != (scale * form.height, scale * form.width):
        return picture
    small = picture.rgba[::scale, ::scale]
    return Picture(small) if (enlarged(small, scale) == picture.rgba).all() else picture


def _in_palette(picture: Picture, form: Format) -> Brought:
    fitted = fit(picture, form.height, form.width)
    pixels = to_palette(fitted, form)
    figure = trimmed(picture)
    is_large = figure.height > form.height or figure.width > form.width
    is_scaled = is_large and (picture.height, picture.width) != (form.height, form.width)
    is_recoloured = bool((form.table[pixels] != fitted).any())
    return Brought(pixels, Conversion(picture.height, picture.width, is_scaled, is_recoloured))


def _as_ink(picture: Picture, form: Format) -> Brought:
    colours = picture.on_white
    grey, is_inverted = _dark_on_light(_lightness(colours), picture.rgba[..., 3])
    is_recoloured = bool((colours.max(-1) != colours.min(-1)).any())
    if grey.min() == grey.max():
        ink, is_scaled, is_moved = np.zeros((form.height, form.width), np.uint8), False, False
    elif grey.shape == (form.height, form.width):
        ink = settled(255 - grey, form)
        is_scaled, is_moved = False, bool((ink != 255 - grey).any())
    else:
        (ink, is_scaled), is_moved = _normalised(grey, form.height, form.width), False
    return Brought(ink, Conversion(picture.height, picture.width, is_scaled, is_recoloured, is_inverted, is_moved))


def settled(pixels: Pixels, form: Format) -> Pixels:
    """A picture (H, W) in a model's format with its figure where the model expects it; of colours, as it stands.

    Ink is moved by whole pixels until its centre of mass is in the middle, as in MNIST; a figure far larger or smaller
    than those there is scaled too. What is settled stays as it is.
    """
    if form.palette != INK or not (pixels >= _FAINTEST).any():
        return pixels
    rows, columns = (np.flatnonzero((pixels >= _FAINTEST).any(axis=axis)) for axis in (1, 0))
    size = max(np.ptp(rows) + 1, np.ptp(columns) + 1) / max(form.height, form.width)
    if not SMALLEST <= size <= LARGEST:
        return _normalised(255 - pixels, form.height, form.width)[0]
    shifts = (_shift(pixels, axis, found) for axis, found in ((0, rows), (1, columns)))
    return np.roll(pixels, tuple(shifts), (0, 1))


def _shift(ink: Pixels, axis: int, found: NDArray[np.intp]) -> int:
    """By how many pixels a figure, `found` in these rows or columns, must be moved; none of it leaves the sheet."""
    room = ink.shape[axis]
    middle = float(np.average(np.arange(room) + 0.5, weights=ink.sum(1 - axis, dtype=np.int64)))
    return int(min(max(room // 2 - int(middle), -found[0]), room - 1 - found[-1]))


def _lightness(colours: Colours) -> Grey:
    """The grey (H, W) that colours (H, W, 3) look like in black and white; grey ones stay as they are."""
    return np.array(Image.fromarray(colours).convert("L"))


def _dark_on_light(grey: Grey, opacity: Grey) -> tuple[Grey, bool]:
    """The picture with a light ground, which is what most of its border is; and whether it had to be inverted.

    White figures on nothing at all are seen by their opacity.
    """
    if np.ptp(grey) < _FAINTEST and np.ptp(opacity) >= _FAINTEST:
        return 255 - opacity, True
    is_dark = np.ptp(grey) > 0 and _ground(grey) < 128
    return (255 - grey, True) if is_dark else (grey, False)


def _ground(grey: Grey) -> float:
    """The lightness of most of the border."""
    return float(np.median(np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])))


def _normalised(grey: Grey, height: int, width: int) -> tuple[Pixels, bool]:
    """The figure's ink, scaled and centred on paper (height, width); and whether its size had to change."""
    paper = np.zeros((height, width), np.uint8)
    figure = _figure(grey)
    if not figure.size:
        return paper, False
    share = INNER * min(height / figure.shape[0], width / figure.shape[1])
    high, wide = (max(1, round(side * share)) for side in figure.shape)
    scaled = np.array(Image.fromarray(figure).resize((wide, high), Image.Resampling.BICUBIC))
    if not scaled.any():  # a few specks on a large sheet, too small to be seen
        return paper, True
    dark = (scaled * (255 / scaled.max())).round().astype(np.uint8)  # thin lines were thinned out
    top, left = _place(dark.sum(1), height), _place(dark.sum(0), width)
    paper[top : top + high, left : left + wide] = dark
    return paper, figure.shape != dark.shape


def _figure(grey: Grey) -> Grey:
    """The ink of a figure that is darker than its ground, without a border; empty where there is none."""
    ink = np.maximum(_ground(grey) - grey, 0.0)
    if ink.max() < _FAINTEST:
        return np.zeros((0, 0), np.uint8)
    ink = np.maximum(ink / ink.max() * (1 + _GRAIN) - _GRAIN, 0)
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return np.asarray((255 * ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]).round(), np.uint8)


def _place(ink: NDArray[np.integer], room: int) -> int:
    """Where a figure begins whose ink (N,) has its centre of mass in the middle, or as near as there is room."""
    middle = float(np.average(np.arange(len(ink)) + 0.5, weights=ink))
    return min(max(0, room // 2 - int(middle)), room - len(ink))  # MNIST's own lie between 14 and 15 of 28
