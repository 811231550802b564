"""All controls beside the map, each group in its place in the skeleton's column."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.latent_map.controls import CompareControl, LayersControl, PathControl
from desktop.latent_map.how_it_works import HowItWorks
from desktop.widgets.skeleton import Skeleton
from models.image_vae.scene import Scene


class ControlColumn(QObject):
    """Fills the column."""

    def __init__(self, skeleton: Skeleton) -> None:
        super().__init__(skeleton)
        self.layers = LayersControl()
        self.path = PathControl(skeleton)
        self.compare = CompareControl(skeleton)
        self.explanation = HowItWorks()
        skeleton.add_group(self.tr("On the map"), self.layers)
        skeleton.add_group(self.tr("A walk as a film"), self.path)
        skeleton.add_group(self.tr("Compare"), self.compare)
        skeleton.set_explanation(self.explanation)

    def show_scene(self, scene: Scene) -> None:
        """Everything as it stands in a scene."""
        for control in (self.layers, self.path, self.compare):
            control.show_scene(scene)
