"""Turns what a person does in the tab into steps of the session, each of which can be undone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from desktop.drawing import edits
from desktop.drawing.control_column import ControlColumn
from desktop.drawing.controls import CoverControl, StyleControl
from desktop.drawing.draw_control import DrawControl
from desktop.drawing.player import Player
from desktop.drawing.session import Session
from desktop.drawing.sheet import Sheet
from desktop.drawing.strokes import Strokes
from desktop.widgets.skeleton import Skeleton
from models.pixel_rnn.sprite import Completion

HALF = 0.5  # is covered where nothing is and the model shall draw


class Steps(QObject):
    """`stepping` comes before what stands there is left for something else."""

    stepping = Signal()

    def __init__(
        self, session: Session, player: Player, strokes: Strokes, controls: ControlColumn, skeleton: Skeleton
    ) -> None:
        super().__init__(session)
        self._session = session
        self.player = player
        self._strokes = strokes
        self._cover = controls.cover
        self._drag: Sheet | None = None  # what stood there when a slider was taken hold of
        self._is_dragging = False
        self._is_halted = False  # by hand: then a decision is one pixel, and no word to go on
        self._wanted_seed: int | None = None  # of the drawing that waits for the model to wake
        player.due.connect(session.advance)
        session.sheet_changed.connect(self._on_sheet)
        session.state_changed.connect(self._on_state)
        session.failed.connect(self._on_failed)
        strokes.stepping.connect(self.stepping)
        strokes.sought.connect(self.seek)
        self._listen_to(skeleton, controls.draw, controls.style, controls.cover)

    def _listen_to(self, skeleton: Skeleton, draw: DrawControl, style: StyleControl, cover: CoverControl) -> None:
        draw.draw_action.triggered.connect(self.draw)
        draw.back_action.triggered.connect(self._on_back)
        draw.step_action.triggered.connect(self._on_step)
        draw.sought.connect(self.seek)
        draw.several_asked.connect(self.several)
        style.changed.connect(self._on_style)
        cover.changed.connect(self._on_cover)
        for control in (style, cover):
            control.drag_began.connect(self._on_drag_began)
            control.drag_ended.connect(self._on_drag_ended)
        skeleton.seed_changed.connect(self._on_seed)
        skeleton.undo_action.triggered.connect(self._on_undo)
        skeleton.redo_action.triggered.connect(self._on_redo)
        skeleton.filmstrip.restored.connect(self.change)

    @property
    def is_waiting(self) -> bool:
        """Whether a drawing is wanted of which no pixel has come, since the model is not awake yet."""
        drawn, count = self._session.drawn, self._session.sheet.count
        starves = self.player.is_playing and (drawn is None or len(drawn) <= count)
        return self._wanted_seed is not None or (starves and not self._session.is_awake)

    def change(self, sheet: Sheet) -> None:
        """One step to another sheet; what was playing stops, and a stroke or a drag is over."""
        self._wanted_seed = None
        self._leave()
        self._session.take(sheet)

    def start(self, sheet: Sheet) -> None:
        """One step to another sheet, which is then drawn."""
        self.change(sheet)
        self.go_on()

    @Slot()
    def draw(self) -> None:
        """Draw, pause, go on: whatever a person expects of the one big button now."""
        sheet = self._session.sheet
        self._session.leave_completions()
        if self.player.is_playing:
            self._is_halted = True
            self.player.pause()
            self._session.settle()
        elif not sheet.is_finished:
            self.go_on()
        elif not sheet.canvas.covered:
            self.start(self._covered(sheet))
        else:
            self.redraw(edits.next_seed(sheet.request.seed, 1))

    def redraw(self, seed: int) -> None:
        """All that is covered once more; the picture stays until the model is awake to draw another."""
        if self._session.is_awake:
            self.start(edits.redraw(self._session.sheet, seed))
        elif self._session.can_ask:
            self._wanted_seed = seed
            self._session.state_changed.emit()

    @Slot(int)
    def several(self, count: int) -> None:
        """Several ways to finish the picture, where a model is there to find them."""
        if not self._session.can_ask:
            return
        self.player.pause()
        sheet = self._session.sheet
        if not sheet.canvas.covered:
            self.change(self._covered(sheet))
        self._session.complete(count)

    @Slot(object)
    def keep(self, completion: Completion) -> None:
        """Take one of them."""
        self.change(edits.keep_completion(self._session.sheet, completion))

    @Slot(int)
    def decide(self, colour: int) -> None:
        """Choose the next pixel's colour; the model goes on from there, unless a person has paused it."""
        goes_on = self.player.is_playing or not self._is_halted
        self.change(edits.decide(self._session.sheet, colour))
        if goes_on:
            self.go_on()

    @Slot(int)
    def seek(self, count: int) -> None:
        """Go to another moment of the drawing and stay there until something is decided."""
        self._is_halted = False
        self.player.pause()
        self._session.seek(count)
        self._session.settle()

    def go_on(self) -> None:
        """Play, if pixels are still to come and there is a model to draw them; one that failed is asked again."""
        session = self._session
        if session.sheet.is_finished:
            return
        if not session.is_drawing:
            session.settle()
        if session.can_go_on:
            self.player.play()

    def _covered(self, sheet: Sheet) -> Sheet:
        """As the cover's controls say, and half where they say nothing."""
        side, share = self._cover.chosen
        if not share:
            share = HALF
            self._cover.show_share(side, share)
        return edits.cover_side(sheet, side, share)

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        if sheet.is_finished and self.player.is_playing:
            self.player.pause()
            self._session.settle()

    @Slot()
    def _on_failed(self) -> None:
        """A drawing of which no pixel came gives way to the picture that stood there before."""
        session = self._session
        waited = self.player.is_playing and session.sheet.count == 0 and not session.is_drawing
        self.player.pause()
        if waited and not session.is_broken:
            session.undo()

    @Slot()
    def _on_state(self) -> None:
        if self._wanted_seed is not None and self._session.is_awake:
            self.redraw(self._wanted_seed)
        elif self._session.is_broken:
            self._wanted_seed = None
            if not self._session.can_go_on:
                self.player.pause()

    @Slot()
    def _on_back(self) -> None:
        self._step(-1)

    @Slot()
    def _on_step(self) -> None:
        self._step(1)

    def _step(self, count: int) -> None:
        """One pixel by hand, and so with the next."""
        self.seek(self._session.sheet.count + count)
        self._is_halted = True

    @Slot(int)
    def _on_seed(self, seed: int) -> None:
        sheet = self._session.sheet
        if sheet.canvas.covered:
            self.redraw(seed)
        else:
            self.change(replace(sheet, request=replace(sheet.request, seed=seed)))

    @Slot(float, float, bool)
    def _on_style(self, temperature: float, top_p: float, blind: bool) -> None:
        sheet = self._session.sheet
        request = replace(sheet.request, temperature=temperature, top_p=top_p, blind=blind)
        self._take_dragged(edits.with_request(sheet, request))

    @Slot(str, float)
    def _on_cover(self, side: str, share: float) -> None:
        self.player.pause()
        self._take_dragged(edits.cover_side(self._drag or self._session.sheet, side, share))

    def _take_dragged(self, sheet: Sheet) -> None:
        """One step, however far a slider is dragged."""
        before = self._session.sheet
        if self._drag is not None:
            self._session.amend(sheet)
            self._session.settle()
        elif sheet != before:
            self._strokes.end()
            self.stepping.emit()
            self._session.take(sheet)
            self._drag = before if self._is_dragging else None

    @Slot()
    def _on_drag_began(self) -> None:
        self._is_dragging = True

    @Slot()
    def _on_drag_ended(self) -> None:
        self._is_dragging, self._drag = False, None

    @Slot()
    def _on_undo(self) -> None:
        self._leave()
        self._session.undo()

    @Slot()
    def _on_redo(self) -> None:
        self._leave()
        self._session.redo()

    def _leave(self) -> None:
        self._strokes.end()  # first: it lets go on what played before
        self.player.pause()
        self._drag = None
        self.stepping.emit()
