"""Where places of the code's plane lie in a picture: the middle of the cloud, and all of the path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSizeF

Places = NDArray[np.floating]
SPREADS = 2.2  # standard deviations of the cloud that are in sight on each side
MARGIN = 20  # pixels around the path


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


def frame(cloud: Places, path: Places, size: QSizeF) -> PlaneFrame:
    """The same window for every path that lies in the middle of the cloud; for others it is wider.

    `cloud` and `path` have shapes (N, 2) and (M, 2); the cloud has at least two places.
    """
    middle, reach = cloud.mean(axis=0), SPREADS * cloud.std(axis=0)  # (2,) each
    room = np.array([size.width(), size.height()]) / 2
    scale = float(np.min(room / np.maximum(reach, 1e-6)))
    if len(path):
        away = np.abs(path - middle).max(axis=0)  # (2,)
        scale = min(scale, float(np.min(np.maximum(room - MARGIN, 1) / np.maximum(away, 1e-6))))
    return PlaneFrame((float(middle[0]), float(middle[1])), scale, size)


def between(path: Places, places: tuple[float, ...], t: float) -> tuple[float, float]:
    """The place at `t` of a path whose rows stand at `places`, which rise from 0 to 1."""
    return float(np.interp(t, places, path[:, 0])), float(np.interp(t, places, path[:, 1]))
