"""Where places of the code's plane lie in a picture: as near to the path as shows it well, with the cloud around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSizeF

Places = NDArray[np.floating]
SPREADS = 2.2  # standard deviations of the cloud that are in sight on each side where there is no path
SHARE = 0.6  # of the picture's width or height that the path takes …
NEAREST = 6.0  # … unless it is so short that this many times the usual scale would not do
TINY = 1e-6


@dataclass(frozen=True)
class PlaneFrame:
    """Both axes have one scale, so that a distance is a distance; the second axis points up."""

    middle: tuple[float, float]  # of the plane, in the middle of the picture
    scale: float  # pixels a unit of the plane
    size: QSizeF

    def pixel(self, x: float, y: float) -> QPointF:
        """A place of the plane in the picture."""
        across, up = (x - self.middle[0]) * self.scale, (y - self.middle[1]) * self.scale
        return QPointF(self.size.width() / 2 + across, self.size.height() / 2 - up)

    def pixels_in_sight(self, places: Places) -> list[QPointF]:
        """Those of the places (N, 2) that lie in the picture."""
        width, height = self.size.width(), self.size.height()
        found = (places - np.array(self.middle)) * self.scale * (1, -1) + np.array([width / 2, height / 2])  # (N, 2)
        inside = ((found >= 0) & (found <= (width, height))).all(axis=1)
        return [QPointF(x, y) for x, y in found[inside].tolist()]


def frame(cloud: Places, path: Places, size: QSizeF) -> PlaneFrame:
    """The path (M, 2) in the middle of its cloud (N, 2); the whole cloud where M is 0. N is 2 or more."""
    room = np.array([size.width(), size.height()]) / 2
    usual = float(np.min(room / np.maximum(SPREADS * cloud.std(axis=0), TINY)))
    if not len(path):
        return _at(cloud.mean(axis=0), usual, size)
    low, high = path.min(axis=0), path.max(axis=0)  # (2,) each
    fitting = float(np.min(SHARE * room / np.maximum((high - low) / 2, TINY)))
    return _at((low + high) / 2, min(fitting, NEAREST * usual), size)


def _at(middle: Places, scale: float, size: QSizeF) -> PlaneFrame:
    return PlaneFrame((float(middle[0]), float(middle[1])), scale, size)


def between(path: Places, places: tuple[float, ...], t: float) -> tuple[float, float]:
    """The place at `t` of a path whose rows stand at `places`, which rise from 0 to 1."""
    return float(np.interp(t, places, path[:, 0])), float(np.interp(t, places, path[:, 1]))
