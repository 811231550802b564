"""Where the map's layers lie: pyqtgraph's view with one box, and an item a layer that paints in the box's pixels.

The box takes no mouse and keeps no limits of its own: pyqtgraph's would change the zoom at the world's edge, and say
nothing of a new size. `Camera` does both.
"""

from __future__ import annotations

from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

from desktop import theme
from desktop.latent_map.map_frame import Frame

# Widgets go with their parents here; at exit pyqtgraph would search all objects for its own.
pg.setConfigOptions(antialias=False, exitCleanup=False)

SMALLEST = 200


class Painting(Protocol):
    """Something that is painted over the plane."""

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        """Paint what a frame shows of it, in logical pixels."""


class Stage(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Shows paintings, the first at the bottom. `resized` comes with every new size or screen."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self.frame_shown = Frame()
        self.colours = theme.colours(self.palette())
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False)
        self.setCentralItem(self._box)
        self._layers: list[_Layer] = []
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.viewport().setMouseTracking(True)
        self.viewport().setAcceptDrops(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def add(self, painting: Painting) -> None:
        """On top of the others."""
        self._layers.append(_Layer(painting, self, self._box))

    def show_frame(self, frame: Frame) -> None:
        self.frame_shown = frame
        shown = frame.window
        self._box.setRange(xRange=(shown.left, shown.right), yRange=(shown.bottom, shown.top), padding=0)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(720, 560)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.resized.emit()
        return bool(super().event(event))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.colours = theme.colours(self.palette())
            self.viewport().update()


class _Layer(pg.GraphicsObject):  # type: ignore[misc]
    """One painting, as large as the box."""

    def __init__(self, painting: Painting, stage: Stage, box: pg.ViewBox) -> None:
        super().__init__()
        self._painting = painting
        self._stage = stage
        self.setParentItem(box)

    def boundingRect(self) -> QRectF:
        return self._stage.frame_shown.room

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        self._painting.paint(painter, self._stage.frame_shown, self._stage.colours)
