"""Colours in Oklab, where a distance is about as large as it looks, and palettes learned there.

Oklab: B. Ottosson, "A perceptual color space for image processing" (2020), https://bottosson.github.io/posts/oklab/.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.uint8]  # (..., 3) sRGB
Lab = NDArray[np.float64]  # (..., 3) Oklab: lightness 0 to 1, green to red, blue to yellow

MOST_COLOURS = 167  # of a learned palette, as many as the lecture's has
WHITE = (255, 255, 255)
_MOST_SEEN = 1 << 16  # colours that take part in learning, the most frequent ones: photographs hold millions
_ROUNDS = 15
_BLOCK = 1 << 14  # colours compared with a palette at once: 20 MB for 167
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _linear_light() -> NDArray[np.float64]:
    """Light (256,) from 0 to 1 of each sRGB number."""
    told = np.arange(256) / 255
    return np.where(told <= 0.04045, told / 12.92, ((told + 0.055) / 1.055) ** 2.4)


_LIGHT = _linear_light()


def oklab(colours: Colours) -> Lab:
    """sRGB colours (..., 3) in Oklab."""
    return np.asarray(np.cbrt(_LIGHT[colours] @ _TO_CONES.T) @ _TO_LAB.T)


def nearest(labs: Lab, centres: Lab) -> NDArray[np.intp]:
    """For each of N colours (N, 3) the number of the nearest of P centres (P, 3); the first of equals."""
    squares = (centres**2).sum(axis=1)
    blocks = (labs[start : start + _BLOCK] for start in range(0, len(labs), _BLOCK))
    found = [np.argmin(squares - 2 * block @ centres.T, axis=1) for block in blocks]
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def to_indices(colours: Colours, palette: Colours) -> NDArray[np.uint8]:
    """The index (...) of the palette's (P, 3) nearest colour for each of the colours (..., 3)."""
    kinds, places = np.unique(_packed(colours), return_inverse=True)
    chosen = nearest(oklab(_unpacked(kinds)), oklab(palette)).astype(np.uint8)
    return chosen[places].reshape(colours.shape[:-1])


def learn_palette(images: Colours, most: int = MOST_COLOURS) -> tuple[tuple[int, int, int], ...]:
    """At most `most` colours, from light to dark, that stand for those of the images (N, H, W, 3).

    White, the paper, is always among them. Few colours are kept as they are; of many, k-means in Oklab finds the
    centres, colours weighted by the root of their count lest the paper takes all, and each centre gives way to the
    nearest colour that occurs.
    """
    packed, counts = np.unique(_packed(images), return_counts=True)
    kinds = _unpacked(packed)
    is_white = (kinds == WHITE).all(axis=1)
    kinds, counts = kinds[~is_white], counts[~is_white]
    if len(kinds) >= most:
        often = np.sort(np.argsort(-counts, kind="stable")[:_MOST_SEEN])
        kinds = kinds[often]
        kinds = kinds[_central(oklab(kinds), np.sqrt(counts[often]), most - 1)]
    colours = np.concatenate([np.array([WHITE], np.uint8), kinds])
    order = np.lexsort((*colours.T, -oklab(colours)[:, 0]))
    return tuple((int(r), int(g), int(b)) for r, g, b in colours[order])


def _central(labs: Lab, weights: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """The numbers of at most `count` colours that stand near the centres of all (N, 3), white being a centre too."""
    centres = _seeded(labs, weights, count)
    for _ in range(_ROUNDS):
        owner = nearest(labs, centres)
        total = np.bincount(owner, weights, len(centres))
        sums = np.stack([np.bincount(owner, weights * part, len(centres)) for part in labs.T], axis=1)
        moves = total > 0
        moves[0] = False  # white stays
        centres[moves] = sums[moves] / total[moves, None]
    return np.unique(nearest(centres[1:], labs))


def _seeded(labs: Lab, weights: NDArray[np.float64], count: int) -> Lab:
    """White and `count` colours far from each other: k-means++ (Arthur and Vassilvitskii, 2007), always the same."""
    chance = np.random.default_rng(0)
    centres = oklab(np.array([WHITE], np.uint8))
    far = ((labs - centres[0]) ** 2).sum(axis=1)
    for _ in range(count):
        odds = far * weights
        chosen = labs[chance.choice(len(labs), p=odds / odds.sum())]
        centres = np.concatenate([centres, chosen[None]])
        far = np.minimum(far, ((labs - chosen) ** 2).sum(axis=1))
    return centres


def _packed(colours: Colours) -> NDArray[np.uint32]:
    """Each colour (..., 3) as one number, flat: far quicker to sort than rows."""
    red, green, blue = np.moveaxis(colours, -1, 0).astype(np.uint32)
    return np.ravel(red << 16 | green << 8 | blue)


def _unpacked(packed: NDArray[np.uint32]) -> Colours:
    """The colours (N, 3) that `_packed` made numbers of."""
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1).astype(np.uint8)


def hue_turned(palette: Colours, turns: int) -> NDArray[np.int64]:
    """For each of `turns` equal turns of the hue circle the index (turns, P) of each turned colour."""
    lab = oklab(palette)
    angles = np.arange(turns) * 2 * np.pi / turns
    turned = [np.column_stack([lab[:, 0], *_turned(lab[:, 1], lab[:, 2], angle)]) for angle in angles]
    return np.stack([nearest(labs, lab) for labs in turned]).astype(np.int64)


def _turned(a: NDArray[np.float64], b: NDArray[np.float64], angle: float) -> tuple[NDArray[np.float64], ...]:
    return a * np.cos(angle) - b * np.sin(angle), a * np.sin(angle) + b * np.cos(angle)
