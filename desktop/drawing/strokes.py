"""What a hand does on the canvas with the tool that is chosen; a whole stroke is one step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from desktop.drawing import edits
from desktop.drawing.canvas_view import CanvasView
from desktop.drawing.player import Player
from desktop.drawing.session import Session
from desktop.drawing.sheet import Sheet
from desktop.drawing.tools import SIZED, Tool, Tools
from desktop.widgets.grid import dab
from desktop.widgets.palette_view import PaletteView


class Strokes(QObject):
    """A drawing that plays waits while a stroke lasts.

    `stepping` comes before each change; `sought` carries how many pixels were drawn before the one that was looked at.
    """

    stepping = Signal()
    sought = Signal(int)

    def __init__(
        self, session: Session, player: Player, canvas: CanvasView, tools: Tools, palette: PaletteView
    ) -> None:
        super().__init__(session)
        self._session = session
        self._player = player
        self._tools = tools
        self._palette = palette
        self._before: Sheet | None = None  # what stood there when the stroke began
        self._places: set[int] = set()
        self._has_begun = False  # to change anything
        self._was_playing = False
        canvas.stroke_began.connect(self._on_began)
        canvas.stroke_went.connect(self._on_went)
        canvas.stroke_ended.connect(self.end)
        palette.chosen.connect(self._on_colour)

    @Slot()
    def end(self) -> None:
        """The hand is lifted, or something else begins."""
        if self._before is None:
            return
        self._before = None
        self._session.settle()
        if self._was_playing and not self._session.sheet.is_finished:
            self._player.play()

    @Slot(int)
    def _on_began(self, place: int) -> None:
        self.end()
        tool = self._tools.tool
        if tool is Tool.LOOK:
            self._look(place)
        elif tool is Tool.PICK:
            self._pick(place)
        else:
            self._was_playing = self._player.is_playing
            self._player.pause()
            self.stepping.emit()
            self._before, self._places, self._has_begun = self._session.sheet, set(), False
            if tool is Tool.FILL:
                self._session.begin(edits.fill(self._before, place, self._palette.current))
            else:
                self._go_over([place])

    @Slot(object)
    def _on_went(self, places: list[int]) -> None:
        if self._before is not None and self._tools.tool in SIZED:
            self._go_over(places)

    def _go_over(self, places: list[int]) -> None:
        """Do to all places of the stroke so far what the tool does."""
        before = self._before
        if before is None:
            return
        form = before.form
        for place in places:
            self._places.update(dab(place, self._tools.stroke, form.height, form.width))
        sheet = self._changed(before)
        if self._has_begun:
            self._session.amend(sheet)
        elif sheet != before:
            self._has_begun = True
            self._session.begin(sheet)

    def _changed(self, before: Sheet) -> Sheet:
        places = np.array(sorted(self._places), np.intp)
        if self._tools.tool is Tool.BRUSH:
            return edits.paint(before, places, self._palette.current)
        return edits.cover(before, places) if self._tools.tool is Tool.COVER else edits.uncover(before, places)

    def _look(self, place: int) -> None:
        """Back to the moment before a pixel was drawn."""
        sheet = self._session.sheet
        if sheet.canvas.mask.ravel()[place] and place < sheet.until:
            self.sought.emit(int(np.searchsorted(sheet.covered, place)))

    def _pick(self, place: int) -> None:
        sheet = self._session.sheet
        if not sheet.to_come.ravel()[place]:
            self._palette.choose(int(sheet.shown.ravel()[place]))
            self._tools.choose(Tool.BRUSH)

    @Slot(int)
    def _on_colour(self, _index: int) -> None:
        if self._tools.tool not in (Tool.BRUSH, Tool.FILL):
            self._tools.choose(Tool.BRUSH)
