"""Pictures from files, and the one step that brings them to a model's format.

`fit` trims what surrounds the figure, scales it down so that it fits (never up), sets it on white paper and centres
it; `to_palette` then takes the nearest colours. What is scaled down keeps crisp edges and whole outlines: of the source
pixels under a target pixel none is blended, but that one is taken which looks most like all of them.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from models.errors import DataError
from models.sprites.form import Format, Mask, Pixels
from models.sprites.palette import Colours, Lab, oklab, to_indices

SUFFIXES = (".png", ".gif", ".jpg", ".jpeg", ".webp", ".bmp")
MAX_FILE_SIDE, MAX_FILE_PIXELS = 10_000, 50_000_000  # a large photograph; 200 MB once unpacked
_WORKING_SIDE = 2048  # larger pictures are averaged down while they are read, so that no later step needs much memory
_FORMATS = ("PNG", "GIF", "JPEG", "WEBP", "BMP")
_FINENESS = 4  # what is larger than this many times its target is first averaged down to that

Weights = NDArray[np.float64]
Value = TypeVar("Value", np.uint8, np.float64)


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture out of a file: its colours and opacity (H, W, 4)."""

    rgba: NDArray[np.uint8]

    @property
    def height(self) -> int:
        return int(self.rgba.shape[0])

    @property
    def width(self) -> int:
        return int(self.rgba.shape[1])

    @property
    def on_white(self) -> Colours:
        """The colours (H, W, 3) as they look on white paper."""
        opaque = self.rgba[..., 3:].astype(np.uint16)
        mixed = self.rgba[..., :3] * opaque + 255 * (255 - opaque)
        return ((mixed + 127) // 255).astype(np.uint8)


def read_picture(path: Path) -> Picture:
    """A PNG, GIF (its first frame), JPEG, WebP or BMP file, the right way up. Raises `DataError`."""
    try:
        with _open(path) as image:
            return Picture(_unpack(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DataError(
            "{path} is too large a picture: at most {side} pixels a side and {most} million in all can be read.",
            path=path,
            side=MAX_FILE_SIDE,
            most=MAX_FILE_PIXELS // 1_000_000,
        ) from error
    except UnidentifiedImageError as error:
        raise DataError("Cannot read {path}: not a picture.", path=path) from error
    except Exception as error:  # damaged bytes make decoders raise whatever they stumble over
        reason = getattr(error, "strerror", None) or "the picture is damaged"
        raise DataError("Cannot read {path}: {reason}.", path=path, reason=reason) from error


def _open(path: Path) -> Image.Image:
    """The picture, of which no more than its head was read. Raises Pillow's error of a bomb where it is too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(path, formats=_FORMATS)
    if max(image.size) > MAX_FILE_SIDE or image.width * image.height > MAX_FILE_PIXELS:
        image.close()
        raise Image.DecompressionBombError
    return image


def _unpack(image: Image.Image) -> NDArray[np.uint8]:
    """The pixels (H, W, 4) of an open image."""
    image.draft(None, (_WORKING_SIDE, _WORKING_SIDE))  # a JPEG need not be unpacked in full
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip to 8 instead of scaling
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    else:
        ImageOps.exif_transpose(image, in_place=True)
    rgba = image.convert("RGBA")
    return np.array(rgba.reduce(math.ceil(max(rgba.size) / _WORKING_SIDE)))


def fit(picture: Picture, height: int, width: int) -> Colours:
    """The picture's figure on white paper (height, width, 3); a picture of just this size stays as it stands."""
    if (picture.height, picture.width) == (height, width):
        return picture.on_white
    figure = trimmed(picture).on_white
    share = min(1.0, height / figure.shape[0], width / figure.shape[1])
    high, wide = (max(1, round(side * share)) for side in figure.shape[:2])
    paper = np.full((height, width, 3), 255, np.uint8)
    top, left = (height - high) // 2, (width - wide) // 2
    paper[top : top + high, left : left + wide] = figure if share == 1 else scale_down(figure, high, wide)
    return paper


def trimmed(picture: Picture) -> Picture:
    """The picture without its transparent border or, where all is opaque, without a border of one colour."""
    rgba = picture.rgba
    shown = rgba[..., 3] > 0
    if shown.all():
        shown = (rgba != rgba[0, 0]).any(axis=-1)
    if not shown.any():
        return picture
    (top, bottom), (left, right) = (np.flatnonzero(shown.any(axis=axis))[[0, -1]] for axis in (1, 0))
    return Picture(rgba[top : bottom + 1, left : right + 1])


def scale_down(colours: Colours, height: int, width: int) -> Colours:
    """Fewer pixels (height, width, 3): of those under each, the area-weighted medoid in Oklab.

    That is the one whose distance to the others, weighted by how much of each is covered, is least.
    """
    fine = _averaged(colours, _FINENESS * height, _FINENESS * width)
    labs = oklab(fine)
    rows, row_weights = _windows(fine.shape[0], height)
    columns, column_weights = _windows(fine.shape[1], width)
    out = np.empty((height, width, 3), np.uint8)
    for y in range(height):  # one row at a time bounds the memory
        under = np.ix_(rows[y], columns.ravel())
        weights = (column_weights[:, :, None] * row_weights[y]).reshape(width, -1)  # (W, columns × rows)
        out[y] = _by_target(fine[under], width)[np.arange(width), _medoids(_by_target(labs[under], width), weights)]
    return out


def _by_target(values: NDArray[Value], width: int) -> NDArray[Value]:
    """What lies under a row of targets, (rows, W × columns, 3), as (W, columns × rows, 3)."""
    return values.swapaxes(0, 1).reshape(width, -1, 3)


def _medoids(labs: Lab, weights: Weights) -> NDArray[np.intp]:
    """Of each set of K weighted colours (N, K, 3) the number (N,) of the one that is nearest to all."""
    apart = np.sqrt(((labs[:, :, None] - labs[:, None]) ** 2).sum(axis=-1))  # (N, K, K)
    cost = np.round((apart @ weights[:, :, None])[..., 0], 9)  # the same ties, and so the same picture, everywhere
    return np.asarray(np.where(weights > 0, cost, np.inf).argmin(axis=1))


def _windows(source: int, target: int) -> tuple[NDArray[np.intp], Weights]:
    """Which of `source` pixels lie under each of `target`, and how much of each: both (target, most of them)."""
    edges = np.arange(target + 1) * (source / target)
    first = np.floor(edges[:-1]).astype(np.intp)
    under = first[:, None] + np.arange(int(np.ceil(source / target)) + 1)
    ends = np.minimum(edges[1:, None], under + 1) - np.maximum(edges[:-1, None], under)
    ends[ends < 1e-9] = 0  # what rounding leaves of an edge
    return np.minimum(under, source - 1), np.where(under < source, ends, 0)


def _averaged(colours: Colours, height: int, width: int) -> Colours:
    """The colours box-averaged down to at most this size."""
    high, wide = min(colours.shape[0], height), min(colours.shape[1], width)
    if (high, wide) == colours.shape[:2]:
        return colours
    return np.asarray(Image.fromarray(colours).resize((wide, high), Image.Resampling.BOX))


def to_palette(colours: Colours, form: Format) -> Pixels:
    """The colour indices (H, W) of the palette's nearest colours in Oklab, for colours (H, W, 3)."""
    return to_indices(colours, form.table)


def read_mask(path: Path, height: int, width: int) -> Mask:
    """A mask from a picture: white is covered, black and transparent are not. Raises `DataError`.

    A picture of another size but the same shape is scaled; nothing or everything may be covered.
    """
    picture = read_picture(path)
    if round(picture.width * height / picture.height) != width:
        raise DataError(
            "{path} has {wide}×{high} pixels, and a mask of {width}×{height} or of that shape is needed.",
            path=path,
            wide=picture.width,
            high=picture.height,
            width=width,
            height=height,
        )
    rgba = picture.rgba.astype(np.uint32)
    light = (rgba[..., :3].sum(axis=-1) * rgba[..., 3] // (3 * 255)).astype(np.uint8)
    scaled = Image.fromarray(light).resize((width, height), Image.Resampling.BOX)
    return np.asarray(scaled) >= 128
