"""Which part of a sprite is covered: sides by share, rectangles, brush strokes; true where the model draws."""

from __future__ import annotations

import math

import numpy as np

from models.errors import InputError
from models.sprites.form import Mask

SIDES = ("top", "bottom", "left", "right")


def side(height: int, width: int, which: str, share: float) -> Mask:
    """The `share` of an image (H, W) nearest to one of its `SIDES`, in whole rows or columns. Raises `InputError`."""
    if which not in SIDES or not 0 <= share <= 1:
        raise InputError("Cover {sides} and a share from 0 to 1, such as bottom:0.5.", sides=", ".join(SIDES))
    mask = np.zeros((height, width), np.bool_)
    lines = mask if which in ("top", "bottom") else mask.T
    count = round(share * len(lines))
    if which in ("top", "left"):
        lines[:count] = True
    else:
        lines[len(lines) - count :] = True
    return mask


def brush(height: int, width: int, random: np.random.Generator) -> Mask:
    """One to three strokes of a round brush that wanders: what a person's hand would cover."""
    rows, columns = np.mgrid[:height, :width]
    mask = np.zeros((height, width), np.bool_)
    for _ in range(random.integers(1, 4)):
        y, x = random.random() * height, random.random() * width
        radius = random.uniform(1.0, max(1.0, max(height, width) / 6))
        angle = random.random() * math.tau
        for _ in range(random.integers(4, 16)):
            mask |= (rows - y) ** 2 + (columns - x) ** 2 < radius**2
            angle += 0.6 * random.standard_normal()
            y, x = y + 1.5 * math.sin(angle), x + 1.5 * math.cos(angle)
    if not mask.any():  # the strokes went over the border
        mask[height // 2, width // 2] = True
    return mask


def rest(height: int, width: int, random: np.random.Generator) -> Mask:
    """All that is left from some pixel on, in raster order: a drawing that was begun."""
    mask = np.ones(height * width, np.bool_)
    mask[: random.integers(height * width)] = False
    return mask.reshape(height, width)


def rectangle(height: int, width: int, random: np.random.Generator) -> Mask:
    """A rectangle, or in a third of cases all around it."""
    tall, wide = random.integers(1, height + 1), random.integers(1, width + 1)
    top, left = random.integers(height - tall + 1), random.integers(width - wide + 1)
    mask = np.zeros((height, width), np.bool_)
    mask[top : top + tall, left : left + wide] = True
    return ~mask if random.random() < 1 / 3 and not mask.all() else mask


def any_kind(height: int, width: int, random: np.random.Generator) -> Mask:
    """A mask for training: strokes, sides, beginnings and rectangles, with at least one covered pixel."""
    kind = random.random()
    if kind < 0.35:
        return brush(height, width, random)
    if kind < 0.70:
        mask = side(height, width, SIDES[random.integers(4)], random.uniform(0.15, 0.85))
        return mask if mask.any() else ~mask
    if kind < 0.85:
        return rest(height, width, random)
    return rectangle(height, width, random)
