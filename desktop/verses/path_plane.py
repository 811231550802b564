"""Puts a path into the plane of the model that drew it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.verses.plane_view import PlaneView
from models.errors import ModelFolderError
from models.sentence_vae.path import Plane, VersePath
from models.sentence_vae.plane import project, read_plane
from models.shelf import ModelFolder


class PathPlane(QObject):
    """Each model has a plane of its own: a path of another one is not shown in it."""

    problem = Signal(object)  # ModelFolderError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = PlaneView()
        self._plane: Plane | None = None
        self._model_hash = ""
        self._path: VersePath | None = None

    def show_model(self, folder: ModelFolder) -> None:
        """Take the plane of this model, if it brings one."""
        self._plane, self._model_hash = None, folder.hash
        try:
            self._plane = read_plane(folder)
        except ModelFolderError as error:
            self.problem.emit(error)
        self.view.show_cloud(self._plane.cloud if self._plane is not None else None)
        self._show()

    def show_path(self, path: VersePath) -> None:
        self._path = path
        self._show()

    def _show(self) -> None:
        path, plane = self._path, self._plane
        if path is not None and plane is not None and path.model_hash == self._model_hash:
            self.view.show_path(path, project(plane, path.codes))
        else:
            self.view.forget_path()
