"""What the map tells of the encoded data beside their points: how densely they lie, and where none does.

Both are computed over a grid of a window; values are those of each cell's centre, the top row first.
"""

from __future__ import annotations

import numpy as np

from models.image_vae.codes import EncodedData, Plane, Points, Values, Window

BREADTH = 0.1  # of the density's kernel, in the prior's deviations
HOLE = 0.3  # farther from every code than this, a place lies in a hole
_AT_ONCE = 4_000_000  # distances: a bound on memory


def places(window: Window, rows: int, columns: int) -> Points:
    """The centres (rows · columns, 2) of a window's cells, row after row from the top."""
    x = window.left + (np.arange(columns) + 0.5) * (window.right - window.left) / columns
    y = window.top - (np.arange(rows) + 0.5) * (window.top - window.bottom) / rows
    return np.stack(np.meshgrid(x, y), -1).reshape(-1, 2).astype(np.float32)


def density(data: EncodedData, plane: Plane, window: Window, rows: int, columns: int) -> Values:
    """The share of the codes a unit of area (rows, columns): their shadows on the plane, blurred by a Gaussian."""
    x, y = (_closeness(data.means[:, axis], centres) for axis, centres in _axes(plane, window, rows, columns))
    return np.asarray(y.T @ x / max(1, len(data)), np.float32)[::-1]


def holes(data: EncodedData, plane: Plane, window: Window, rows: int, columns: int) -> Values:
    """How far (rows, columns) the nearest code lies in all D numbers; infinite where there is no data."""
    centres = plane.codes(places(window, rows, columns))
    return nearest_distances(data.means, centres).reshape(rows, columns)


def nearest_distances(means: Points, codes: Points) -> Values:
    """For each code (M, D) the distance (M,) to the nearest of the means (N, D)."""
    if not len(means):
        return np.full(len(codes), np.inf, np.float32)
    squares = (means**2).sum(1)
    step = max(1, _AT_ONCE // len(means))
    parts = (codes[start : start + step] for start in range(0, len(codes), step))
    found = [(squares - 2 * part @ means.T).min(1) + (part**2).sum(1) for part in parts]
    return np.asarray(np.sqrt(np.maximum(np.concatenate(found), 0)), np.float32)


def _axes(plane: Plane, window: Window, rows: int, columns: int) -> tuple[tuple[int, Points], tuple[int, Points]]:
    """Each free number with the centres of the cells along it, from left to right and from the bottom up."""
    x = window.left + (np.arange(columns) + 0.5) * (window.right - window.left) / columns
    y = window.bottom + (np.arange(rows) + 0.5) * (window.top - window.bottom) / rows
    return (plane.across, x.astype(np.float32)), (plane.up, y.astype(np.float32))


def _closeness(numbers: Points, centres: Points) -> Values:
    """The kernel (N, M) between N numbers and M centres: a Gaussian of `BREADTH`."""
    apart = (numbers[:, None] - centres) / BREADTH
    return np.asarray(np.exp(-0.5 * apart**2) / (BREADTH * np.sqrt(2 * np.pi)), np.float32)
