"""What colour a sprite mainly has, in a word: the label of sprites of which nobody said what they show.

The words follow the eight class colours of Okabe and Ito (2008), so that a map can show most of them in a colour of
that name. What surrounds the figure does not count; outlines, which nearly every sprite has, count only where the
figure has hardly any clear colour.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.sprites.form import Format, Mask, Pixels
from models.sprites.palette import oklab

NAMES = (
    "dark",
    "brown and orange",
    "light blue",
    "green",
    "yellow",
    "blue",
    "red",
    "purple and pink",
    "grey",
    "white",
)
_DARK, _ORANGE, _SKY, _GREEN, _YELLOW, _BLUE, _RED, _PURPLE, _GREY, _WHITE = range(len(NAMES))
_HUES = (15, 42, 88, 120, 190, 285)  # degrees in Oklab at which one name gives way to the next
_ROUND = (_PURPLE, _RED, _ORANGE, _YELLOW, _GREEN, _BLUE, _PURPLE)
_PLAIN = (_DARK, _GREY, _WHITE)
_CLEAR, _ENOUGH = 0.05, 0.25  # chroma and lightness from which on a colour has a hue that is seen
_SKY_FROM, _GREY_FROM, _WHITE_FROM = 0.6, 0.4, 0.88  # lightness
_SHARE = 0.2  # of the figure's pixels that must be clearly coloured, if a hue is to name it


def main_colours(sprites: Pixels, form: Format) -> NDArray[np.uint8]:
    """The number (N,) into `NAMES` of each sprite's (N, H, W) main colour; an empty one is white."""
    kinds = _kinds(form)[sprites]
    figure = ~_ground(sprites == form.paper)
    counts = np.stack([((kinds == kind) & figure).sum((1, 2)) for kind in range(len(NAMES))], axis=1)
    counts[:, _WHITE] += ~figure.any((1, 2))
    hued = ~np.isin(np.arange(len(NAMES)), _PLAIN)
    is_clear = counts[:, hued].sum(1) >= _SHARE * counts.sum(1)
    return np.asarray((counts * (hued == is_clear[:, None])).argmax(1), np.uint8)


def _kinds(form: Format) -> NDArray[np.uint8]:
    """Which name (P,) each of the palette's colours has by itself."""
    light, red, yellow = oklab(form.table).T
    hue = np.degrees(np.arctan2(yellow, red)) % 360
    hued = np.array(_ROUND, np.uint8)[np.searchsorted(_HUES, hue, side="right")]
    hued[(hued == _BLUE) & (light >= _SKY_FROM)] = _SKY
    plain = np.array(_PLAIN, np.uint8)[np.searchsorted((_GREY_FROM, _WHITE_FROM), light, side="right")]
    return np.asarray(np.where((np.hypot(red, yellow) >= _CLEAR) & (light >= _ENOUGH), hued, plain))


def _ground(paper: Mask) -> Mask:
    """Of paper (N, H, W) what is joined to the border; the rest, an eye say, belongs to the figure."""
    ground = np.zeros(paper.shape, np.bool_)
    grown = paper.copy()
    grown[:, 1:-1, 1:-1] = False
    while (grown != ground).any():
        ground, grown = grown, grown.copy()
        grown[:, 1:] |= ground[:, :-1]
        grown[:, :-1] |= ground[:, 1:]
        grown[:, :, 1:] |= ground[:, :, :-1]
        grown[:, :, :-1] |= ground[:, :, 1:]
        grown &= paper
    return ground
