"""Where a line that the model found can go: into another mode's editor, or into the clipboard."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class Place(Enum):
    """Where a line is sent."""

    FIRST = "first line of the path"
    LAST = "last line of the path"
    AROUND = "neighbours"
    ABOVE_LEFT = "above left"
    ABOVE_RIGHT = "above right"
    BELOW_LEFT = "below left"
    BELOW_RIGHT = "below right"
    CLIPBOARD = "clipboard"


CORNERS = (Place.ABOVE_LEFT, Place.ABOVE_RIGHT, Place.BELOW_LEFT, Place.BELOW_RIGHT)  # in reading order


class LineMenu(QMenu):
    """`sent` carries the line that the menu was opened for, and the `Place` that was chosen."""

    sent = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = ""
        self._add(self, self.tr("Look around this line"), Place.AROUND)
        self._add(self, self.tr("Begin the path with it"), Place.FIRST)
        self._add(self, self.tr("End the path with it"), Place.LAST)
        corners = QMenu(self.tr("Put it into the square"), self)
        names = (self.tr("Above left"), self.tr("Above right"), self.tr("Below left"), self.tr("Below right"))
        for name, place in zip(names, CORNERS, strict=True):
            self._add(corners, name, place)
        self.addMenu(corners)
        self.addSeparator()
        self._add(self, self.tr("Copy this line"), Place.CLIPBOARD)
        self.triggered.connect(self._on_triggered)

    def open_for(self, line: str, corner: QPoint) -> None:
        """Ask where a line shall go, with the menu's upper left corner at `corner` of the screen."""
        self._line = line
        self.popup(corner)

    def _add(self, menu: QMenu, name: str, place: Place) -> None:
        menu.addAction(name).setData(place)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.sent.emit(self._line, action.data())
