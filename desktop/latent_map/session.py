"""What the map shows, with its history: every step is a frozen scene."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from desktop.history import History
from models.image_vae.codes import Window
from models.image_vae.scene import Scene, inscribed


class Session(QObject):
    """`scene_changed` comes with every move of a drag, `acted` when a step is whole."""

    scene_changed = Signal(object)  # Scene
    acted = Signal()
    model_wanted = Signal(str)  # another one than was in use

    def __init__(self, scene: Scene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(scene)

    @property
    def scene(self) -> Scene:
        return self.history.present

    def take(self, scene: Scene) -> None:
        """One whole step to another scene."""
        if scene != self.scene:
            self.begin(scene)
            self.settle()

    def begin(self, scene: Scene) -> None:
        """One step to another scene that is not whole yet: `amend` follows, and `settle` at the end."""
        before = self.scene
        if scene != before:
            self.history.push(scene)
            self._show(before)

    def amend(self, scene: Scene) -> None:
        """The same step, further."""
        before = self.scene
        if scene != before:
            self.history.replace(scene)
            self._show(before)

    @Slot()
    def settle(self) -> None:
        """The step is whole."""
        self.acted.emit()

    def restore(self, scene: Scene) -> None:
        """Begin anew from a scene."""
        before = self.scene
        self.history = History(scene)
        self._show(before)
        self.acted.emit()

    def see(self, window: Window) -> None:
        """Another part of the map came in sight: no step of its own, but kept with the present one."""
        self.history.replace(replace(self.scene, window=inscribed(window)))
        self.acted.emit()

    @Slot()
    def undo(self) -> None:
        if self.history.can_undo:
            before = self.scene
            self.history.undo()
            self._show(before)
            self.acted.emit()

    @Slot()
    def redo(self) -> None:
        if self.history.can_redo:
            before = self.scene
            self.history.redo()
            self._show(before)
            self.acted.emit()

    def _show(self, before: Scene) -> None:
        if self.scene.model != before.model:
            self.model_wanted.emit(self.scene.model)
        self.scene_changed.emit(self.scene)
