"""The path between two lines: asked for and shown, with the verse at the slider's place.

The slider waits while a path is being drawn, for the engine works for the newest request only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Arrival
from desktop.verses.asking import Asking
from desktop.verses.results import Results
from desktop.verses.work import DrawPath, ReadPoint
from models.sentence_vae.path import PathRequest, PointVerse, VersePath


class Session(Asking[PathRequest, VersePath]):
    """`point_read` comes with the verse at the slider's place, or the nearest one known."""

    point_read = Signal(object)  # PointVerse

    def __init__(
        self, request: PathRequest, results: Results[PathRequest, VersePath], parent: QObject | None = None
    ) -> None:
        super().__init__(request, results, parent)
        self._reading = 0  # the ticket of the slider's verse that is being read
        self._place = 0.5  # of the slider

    def work(self, request: PathRequest) -> DrawPath:
        return DrawPath(request)

    @Slot(float)
    def slide(self, t: float) -> None:
        """Ask for the verse at a place of the path; without the path's own model the nearest verse has to do."""
        self._place = t
        self._reading = 0
        path = self.result
        if path is None:
            return
        nearest = nearest_verse(path, t)
        if nearest.t == t or not self._can_read(path):
            self.point_read.emit(nearest)
        elif not self.is_busy and self.engine is not None:
            self._reading = self.engine.submit(ReadPoint(path, t))

    def _can_read(self, path: VersePath) -> bool:
        return self.is_awake and self.is_own(path)

    def _show(self, result: VersePath) -> None:
        super()._show(result)
        if self.is_busy:
            self.point_read.emit(nearest_verse(result, self._place))  # until the place itself can be read
        else:
            self.slide(self._place)

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if isinstance(arrival.value, PointVerse) and arrival.ticket == self._reading:
            self.point_read.emit(arrival.value)
        super()._on_arrived(arrival)


def nearest_verse(path: VersePath, t: float) -> PointVerse:
    """The line of the path whose place is nearest to `t`; the ends count as the model returns them."""
    first, last = path.ends
    points = [PointVerse(0.0, first.refined), PointVerse(1.0, last.refined)]
    points += [PointVerse(verse.t, verse.text) for verse in path.verses]
    distances = [abs(point.t - t) for point in points]
    return points[distances.index(min(distances))]
