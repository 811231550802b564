"""The latent map: decoded images as ground, encoded data as points, and a cursor that says which code is looked at."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import access
from desktop.latent_map.map_camera import Camera
from desktop.latent_map.map_drops import Drops
from desktop.latent_map.map_hand import Hand
from desktop.latent_map.map_keys import Keys
from desktop.latent_map.map_layers import Layers
from desktop.latent_map.map_stage import Stage
from desktop.latent_map.path_drawing import PathDrawing
from desktop.latent_map.path_mark import Path
from desktop.latent_map.pointing import Pointing
from models.image_vae.codes import EncodedData, Plane, TileKey, Values, Window
from models.image_vae.scene import Overlay
from models.sprites.form import Format


class Mode(Enum):
    """What the left button does."""

    POINT = "point"
    PATH = "path"


class MapView(QWidget):
    """Shows what it is given and says what a hand does on it; it decodes nothing.

    `pointed` carries the place that is looked at, from press to lift and with each arrow key, `settled` comes when that
    rests. `path_drawn` carries a tuple of places, `tiles_wanted` the tiles to be seen that are missing, nearest the
    middle first, with every change of the view: the newest supersedes the others. `hovered` carries the row of the
    encoded data under the pointer, or None. What is set again as it is costs nothing: a page may tell all that it shows
    with every move of a finger.
    """

    pointed = Signal(float, float)
    settled = Signal()
    path_drawn = Signal(object)
    tiles_wanted = Signal(object)
    window_changed = Signal(object)
    hovered = Signal(object)
    files_dropped = Signal(object)
    image_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(self)
        self._camera = Camera(self)
        self._layers = Layers()
        for painting in (self._layers.lasting, *self._layers.passing):
            self.stage.add(painting)
        self._mode = Mode.POINT
        self._drawn: Path = ()  # the path that was given or drawn last
        self._awaits_path = False  # a new one is to be drawn: the last is out of sight
        self._drawing = PathDrawing(self)
        self._hand = Hand(self.stage.viewport(), self._camera)
        self._keys = Keys(self.stage, self._camera)
        self._drops = Drops(self.stage.viewport())
        self._pointing = Pointing(self, self._camera)
        self._lay_out()
        self._connect()

    def set_model(self, form: Format | None, data: EncodedData | None) -> None:
        """What the tiles show, and which data lie on them; without a model only the prior is shown.

        Tiles stay as long as the form is the same: `clear_tiles` says that they are another model's.
        """
        self._layers.ground.show_model(form)
        self._layers.circles.lie_on_paper(form is not None)
        self._layers.points.show_data(data)
        self._show_plane()
        self._want()

    def set_plane(self, plane: Plane) -> None:
        """Which two numbers vary, and what the others are; the last ground stays until the new tiles come."""
        if plane != self._layers.ground.plane:
            self._layers.ground.show_plane(plane, self._camera.frame)
            self._show_plane()
            self._want()

    def take_tile(self, key: TileKey, pixels: NDArray[np.uint8]) -> None:
        """A decoded tile (CELLS·H, CELLS·W, 3)."""
        self._layers.ground.take(key, pixels)
        self._refresh()

    def clear_tiles(self) -> None:
        """Ask for all of them again."""
        self._layers.ground.clear()
        self._want()

    def set_hidden(self, names: frozenset[str]) -> None:
        """The classes whose points are filtered out."""
        if self._layers.points.hide(names):
            self._refresh()

    def set_points_shown(self, is_shown: bool) -> None:
        if is_shown != self._layers.points.is_shown:
            self._layers.points.is_shown = is_shown
            self._refresh()

    def set_circles(self, is_shown: bool) -> None:
        if is_shown != self._layers.circles.is_shown:
            self._layers.circles.is_shown = is_shown
            self._refresh()

    def set_cursor(self, x: float, y: float) -> None:
        """Mark a place without telling."""
        self._pointing.show_place(x, y)
        self._show_cursor()

    def set_landing(self, mean: tuple[float, float] | None, sigma: tuple[float, float] = (0.0, 0.0)) -> None:
        """Where a picture landed; a spread of (0, 0) is that of an autoencoder: none."""
        landing = self._layers.landing
        if (mean, sigma) != (landing.mean, landing.sigma):
            landing.mean, landing.sigma = mean, sigma
            self._refresh()

    def set_overlay(self, kind: Overlay | None, values: Values | None = None, window: Window | None = None) -> None:
        """Numbers (rows, columns) over a window, the top row first; None takes the layer away."""
        if kind is not None and values is not None and window is not None:
            self._layers.overlay.show_values(kind, values, window)
            self._refresh()
        elif self._layers.overlay.shown is not None:
            self._layers.overlay.shown = None
            self._refresh()

    def set_note(self, words: str) -> None:
        """Why a layer shows nothing here; "" where it does."""
        if words != self._layers.note.words:
            self._layers.note.words = words
            self._refresh()

    def set_codes(self, places: Path) -> None:
        """Where random codes fall; none of no places."""
        if places != self._layers.codes.places:
            self._layers.codes.places = places
            self._refresh()

    def set_path(self, path: Path) -> None:
        """The path that is played; none of no places."""
        if path != self._drawn:
            self._drawn, self._awaits_path = path, False
            self._on_path_changed()

    def set_playhead(self, place: tuple[float, float] | None) -> None:
        self._layers.playhead.place = place
        self._repaint()

    def set_mode(self, mode: Mode) -> None:
        """What the left button does from now on; a path that is half drawn is given up.

        The last path is out of sight while another one is to be drawn.
        """
        self._drawing.cancel()
        self._mode, self._awaits_path = mode, mode is Mode.PATH
        self._on_path_changed()

    def window(self) -> Window:  # type: ignore[override]  # of the plane, not of the screen
        return self._camera.frame.window

    def show_window(self, window: Window) -> None:
        """Zoom and move so that all of a window is shown."""
        self._camera.show_window(window)

    @Slot()
    def show_whole(self) -> None:
        """All of the prior that matters, as at the beginning."""
        self._camera.fit()

    def position(self, x: float, y: float) -> QPoint:
        """Which pixel of the stage's viewport shows a place."""
        return self._camera.frame.point(x, y).toPoint()

    def picture(self) -> QImage:
        """What is shown, without the cursor."""
        return self._layers.picture(self._camera.frame, self.stage.colours)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pointing.rest()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        self.setFocusProxy(self.stage)
        name = self.tr("Latent map")
        self.setAccessibleName(name)
        self.stage.setAccessibleName(name)

    def _connect(self) -> None:
        self.stage.resized.connect(self._on_resized)
        self._camera.moved.connect(self._on_moved)
        self._hand.pressed.connect(self._on_pressed)
        self._hand.dragged.connect(self._on_dragged)
        self._hand.lifted.connect(self._on_lifted)
        self._hand.hovering.connect(self._on_hovering)
        self._pointing.pointed.connect(self._on_pointed)
        self._pointing.settled.connect(self.settled)
        self._pointing.rested.connect(self._on_rested)
        self._keys.stepped.connect(self._pointing.step)
        self._keys.zoomed.connect(self._pointing.zoom)
        self._keys.grasped.connect(self._hand.grasp)
        self._keys.in_use_changed.connect(self._on_keys_in_use)
        self._keys.entered.connect(self._on_entered)
        self._keys.escaped.connect(self._drawing.cancel)
        self._drops.file_dropped.connect(self.files_dropped)
        self._drops.image_dropped.connect(self.image_dropped)
        self._drawing.changed.connect(self._on_path_changed)
        self._drawing.drawn.connect(self._on_drawn)

    def _show_plane(self) -> None:
        plane = self._layers.ground.plane
        self._layers.axes.plane = plane
        if plane is not None:
            self._layers.points.show_plane(plane)

    def _refresh(self) -> None:
        self._layers.lasting.forget()
        self._repaint()

    def _repaint(self) -> None:
        """Something moved over what lasts."""
        self.stage.viewport().update()

    def _want(self) -> None:
        self.tiles_wanted.emit(self._layers.ground.missing(self._camera.frame))
        self._refresh()

    @Slot()
    def _on_resized(self) -> None:
        room = self.stage.viewport().size()
        self._camera.resize(room.width(), room.height(), self.devicePixelRatioF())

    @Slot()
    def _on_moved(self) -> None:
        self.stage.show_frame(self._camera.frame)
        self.window_changed.emit(self.window())
        self._want()

    @Slot(QPointF)
    def _on_pressed(self, pixel: QPointF) -> None:
        self._on_keys_in_use(False)
        if self._mode is Mode.PATH:
            self._drawing.press(pixel, self._camera.frame)
        else:
            self._pointing.point(pixel)

    @Slot(QPointF)
    def _on_dragged(self, pixel: QPointF) -> None:
        if self._mode is Mode.PATH:
            self._drawing.drag(pixel, self._camera.frame)
        else:
            self._pointing.point(pixel)

    @Slot(QPointF)
    def _on_lifted(self, pixel: QPointF) -> None:
        if self._mode is Mode.PATH:
            self._drawing.lift(pixel, self._camera.frame)
        else:
            self._pointing.lift()

    @Slot(object)
    def _on_hovering(self, pixel: QPointF | None) -> None:
        frame = self._camera.frame
        if pixel is not None:
            self._drawing.follow(pixel, frame)
        row = None if pixel is None else self._layers.points.nearest(pixel, frame)
        if row != self._layers.points.highlighted:
            self._layers.points.highlighted = row
            self.hovered.emit(row)
            self._repaint()

    @Slot(bool)
    def _on_keys_in_use(self, is_in_use: bool) -> None:
        if is_in_use != self._layers.focus.is_shown:
            self._layers.focus.is_shown = is_in_use
            self._repaint()

    @Slot()
    def _on_entered(self) -> None:
        if self._mode is Mode.PATH:
            self._drawing.click(self._pointing.pixel, self._camera.frame)

    @Slot()
    def _on_rested(self) -> None:
        access.announce(self.stage, self._told_place())

    @Slot()
    def _on_path_changed(self) -> None:
        last = () if self._awaits_path else self._drawn
        self._layers.path.path = self._drawing.path or last
        self._refresh()

    @Slot(object)
    def _on_drawn(self, path: Path) -> None:
        self._drawn, self._awaits_path = path, False
        self._on_path_changed()
        self.path_drawn.emit(path)

    @Slot(float, float)
    def _on_pointed(self, x: float, y: float) -> None:
        self._show_cursor()
        self.pointed.emit(x, y)

    def _show_cursor(self) -> None:
        self._layers.cursor.place = self._pointing.place
        self.stage.setAccessibleDescription(self._told_place())
        self._repaint()

    def _told_place(self) -> str:
        x, y = self._pointing.place
        return self.tr("Cursor at {x:.2f} across, {y:.2f} up").format(x=x, y=y)
