"""All controls beside the canvas, each group in its place in the skeleton's column."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.drawing.controls import CoverControl, StyleControl
from desktop.drawing.draw_control import DrawControl
from desktop.drawing.how_it_works import HowItWorks
from desktop.widgets.palette_view import PaletteView
from desktop.widgets.skeleton import Skeleton
from models.sprites.form import Format


class ControlColumn(QObject):
    """Fills the column."""

    def __init__(self, form: Format, skeleton: Skeleton) -> None:
        super().__init__(skeleton)
        self.draw = DrawControl(skeleton)
        self.palette = PaletteView(form)
        self.cover = CoverControl()
        self.style = StyleControl()
        self.explanation = HowItWorks()
        self.draw.add_row(self.style)
        self.cover.add_row(self.style.blind)
        skeleton.add_group(self.tr("The model draws"), self.draw)
        skeleton.add_group(self.tr("Colours to paint with"), self.palette)
        skeleton.add_group(self.tr("Covered, for the model to draw"), self.cover)
        skeleton.set_explanation(self.explanation)
