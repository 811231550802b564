"""Has a path put into the plane of the model that drew it, in the background, and shows it there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Arrival, Engine, Failure
from desktop.verses.plane_view import PlaneView
from desktop.verses.work import Placed, PlacePath, Reader
from models.errors import ModelFolderError
from models.sentence_vae.path import VersePath
from models.shelf import ModelFolder

ROLE = "plane"  # of the engine, for the page


class PathPlane(QObject):
    """Each model has a plane of its own: a path of another one is not shown in it."""

    engine_made = Signal(object, str)  # an Engine that is not started yet, and its role
    problem = Signal(object)  # Failure

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = PlaneView()
        self._engine: Engine[Reader] | None = None
        self._folder: ModelFolder | None = None  # whose plane is wanted; none where it is known to be damaged
        self._path: VersePath | None = None
        self._shown: ModelFolder | None = None  # whose cloud the view shows

    def show_model(self, folder: ModelFolder) -> None:
        """Take the plane of this model, if it brings one."""
        self._folder = folder
        self._ask()

    def show_path(self, path: VersePath) -> None:
        self._path = path
        self._ask()

    def _ask(self) -> None:
        if self._folder is None:
            return
        path = self._path
        fits = path is not None and path.model_hash == self._folder.hash
        self._woken().submit(PlacePath(self._folder, path if fits else None))

    def _woken(self) -> Engine[Reader]:
        """The engine; made when there is a model to read, and not before."""
        if self._engine is None:
            self._engine = Engine(self.tr("The path among real lines"), Reader)
            self._engine.arrived.connect(self._on_arrived)
            self._engine.failed.connect(self._on_failed)
            self.engine_made.emit(self._engine, ROLE)
        return self._engine

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if arrival.last:
            return
        placed: Placed = arrival.value
        if placed.folder != self._shown:
            self._shown = placed.folder
            self.view.show_cloud(placed.cloud)
        if placed.path is not None and placed.places is not None:
            self.view.show_path(placed.path, placed.places)
        else:
            self.view.forget_path()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if isinstance(failure.error, ModelFolderError):
            self._folder = None
        if self._folder is not None and self._folder == self._shown:
            self.view.forget_path()
        else:
            self._shown = None
            self.view.show_cloud(None)
        self.problem.emit(failure)
