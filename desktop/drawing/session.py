"""What stands on the canvas, with its history; what is asked of the model about it, and what it answered.

The worker draws ahead; the canvas follows at the person's speed. So playing, pausing, single steps and undo need no
model: a drawing that was made once is only shown.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from desktop.drawing import edits
from desktop.drawing.results import Results
from desktop.drawing.sheet import Sheet
from desktop.drawing.work import AskDoubt, Complete, Completions, Doubt, DrawSprite, Judge, Judgement
from desktop.engine import Engine, State
from desktop.history import History
from desktop.questions import Answer, Questions
from models.pixel_rnn.drawn import Drawn
from models.pixel_rnn.sprite import Canvas
from models.sprites.form import Format

if TYPE_CHECKING:
    from models.pixel_rnn.model import DrawingModel

DRAW, COMPLETE, DOUBT, JUDGE = "draw", "complete", "doubt", "judge"


class Session(QObject):
    """`sheet_changed` comes with each pixel, `acted` with what a person did and whenever a drawing comes to rest."""

    sheet_changed = Signal(object)  # Sheet
    drawn_changed = Signal()
    answers_changed = Signal()  # doubt, judgement
    completions_changed = Signal(object)  # Completions, or None where they are left
    acted = Signal()
    model_wanted = Signal(str)
    failed = Signal(object)  # Failure
    state_changed = Signal()

    def __init__(self, sheet: Sheet, results: Results, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(sheet, sys.maxsize)
        self._drawn: Drawn | None = results.find(sheet.model, sheet.asked)
        self.completions: Completions | None = None
        self._doubt: Doubt | None = None
        self._judgement: Judgement | None = None
        self._wants_doubt = False
        self._results = results
        self._engine: Engine[DrawingModel] | None = None
        self._model, self._model_hash = "", ""  # of the engine
        self._form: Format | None = None  # that the engine's model draws
        self._questions = Questions((DRAW, COMPLETE, DOUBT, JUDGE), self)
        self._questions.answered.connect(self._on_answered)
        self._questions.failed.connect(self._on_failed)

    @property
    def sheet(self) -> Sheet:
        return self.history.present

    @property
    def is_awake(self) -> bool:
        """Whether the model that this sheet is for is loaded."""
        return self._is_in_use and self._engine is not None and self._engine.state in (State.READY, State.WORKING)

    @property
    def is_broken(self) -> bool:
        return self._engine is not None and self._engine.state is State.BROKEN

    @property
    def has_lost_model(self) -> bool:
        """Whether the model that this sheet is for cannot be had any more."""
        return self._engine is not None and not self._is_in_use

    @property
    def is_drawing(self) -> bool:
        """Whether the model still works on what is asked."""
        return self._questions.is_open(DRAW)

    @property
    def can_go_on(self) -> bool:
        """Whether the next pixel is known or will be."""
        drawn = self.drawn
        return self.can_ask or (drawn is not None and len(drawn) > self.sheet.count)

    @property
    def drawn(self) -> Drawn | None:
        """The drawing of what is asked now, by the model that is asked, as far as it is known."""
        drawn, sheet = self._drawn, self.sheet
        same = drawn is not None and (drawn.model, drawn.form, drawn.request) == (sheet.model, sheet.form, sheet.asked)
        return drawn if same else None

    @property
    def doubt(self) -> Doubt | None:
        """How unsure the model is of what is still to come: its newest word, maybe of some pixels before."""
        doubt, form = self._doubt, self.sheet.form
        fits = doubt is not None and (doubt.canvas.height, doubt.canvas.width) == (form.height, form.width)
        return doubt if fits else None

    @property
    def judgement(self) -> Judgement | None:
        """What the model thinks of the whole picture; None until it has said so of just this one."""
        told = self._judgement
        same = told is not None and self.sheet.is_finished and np.array_equal(told.pixels, self.sheet.shown)
        return told if same else None

    def use(self, engine: Engine[DrawingModel], model: str, model_hash: str, form: Format) -> None:
        """Work with this model from now on; it may still have to load."""
        if self._engine is not None:
            self._engine.state_changed.disconnect(self.state_changed)
        self._engine, self._model, self._model_hash = engine, model, model_hash
        self._form = form
        self._doubt = self._judgement = None
        engine.state_changed.connect(self.state_changed)
        self._questions.use(engine)
        self.settle()
        engine.start()  # after the first question, lest a model that does not load is told twice

    def take(self, sheet: Sheet) -> None:
        """One step to another sheet."""
        if sheet != self.sheet:
            self.history.push(sheet)
            self._show_anew()

    def begin(self, sheet: Sheet) -> None:
        """One step to another sheet that is not whole yet: `amend` follows, and `settle` at the end."""
        if sheet != self.sheet:
            self.history.push(sheet)
            self.sheet_changed.emit(sheet)

    def amend(self, sheet: Sheet) -> None:
        """The same step, further: a stroke or a drag goes on. The model is asked when it is over, by `settle`."""
        if sheet != self.sheet:
            self.history.replace(sheet)
            self.sheet_changed.emit(sheet)

    def restore(self, sheet: Sheet, drawn: Drawn | None = None) -> None:
        """Begin anew from a sheet, with its drawing where one was kept."""
        self.history = History(sheet, sys.maxsize)
        if drawn is not None:
            self._results.keep(drawn)
        self._show_anew()

    @Slot()
    def undo(self) -> None:
        if self.history.can_undo:
            self.history.undo()
            self._show_anew()

    @Slot()
    def redo(self) -> None:
        if self.history.can_redo:
            self.history.redo()
            self._show_anew()

    @Slot(int)
    def advance(self, count: int) -> None:
        """Show more pixels of the drawing, as many as there are; fewer where `count` is negative."""
        self.seek(self.sheet.count + count)

    @Slot(int)
    def seek(self, count: int) -> None:
        """Show the drawing as it was after `count` pixels."""
        drawn = self.drawn
        known = max(self.sheet.count, len(drawn) if drawn is not None else 0)
        self.amend(_synchronous(edits.seen_to(self.sheet, min(count, known)), drawn))
        self._ask_about()

    @Slot()
    def settle(self) -> None:
        """See to it that all is known that the screen shows of this sheet."""
        sheet = self.sheet
        self._set_drawn(self._results.find(sheet.model, sheet.asked) or self.drawn)
        drawn = self._drawn
        if drawn is not None and drawn.is_whole and drawn.model_hash == self._model_hash:
            self._questions.forget(DRAW)
        elif self.can_ask and sheet.canvas.covered:
            self._questions.ask(DRAW, DrawSprite(sheet.asked))
        self._ask_about()
        self.acted.emit()
        self.state_changed.emit()

    def want_doubt(self, wanted: bool) -> None:
        """Whether the screen shows how unsure the model is."""
        self._wants_doubt = wanted
        self._ask_about()

    def complete(self, count: int) -> None:
        """Look for several ways to finish the picture; asked again, for others."""
        if not self.can_ask:
            return
        request = edits.to_complete(self.sheet)
        if self.completions is not None:
            request = replace(request, seed=edits.next_seed(self.completions.request.seed, self.completions.count))
        self._show_completions(Completions(request, count))
        self._questions.ask(COMPLETE, Complete(request, count))

    @Slot()
    def leave_completions(self) -> None:
        self._questions.forget(COMPLETE)
        self._show_completions(None)

    @property
    def _is_in_use(self) -> bool:
        return (self._model, self._form) == (self.sheet.model, self.sheet.form)

    @property
    def can_ask(self) -> bool:
        """Whether a model is there for this sheet, awake or still to wake."""
        return self._engine is not None and self._is_in_use and not self.is_broken

    def _show_anew(self) -> None:
        """Another step is on screen."""
        self.leave_completions()
        self.sheet_changed.emit(self.sheet)
        if self._model and not self._is_in_use:
            self.model_wanted.emit(self.sheet.model)
        self.settle()

    def _show_completions(self, completions: Completions | None) -> None:
        if completions is not self.completions:
            self.completions = completions
            self.completions_changed.emit(completions)
            self.state_changed.emit()

    def _set_drawn(self, drawn: Drawn | None) -> None:
        """Take what is known of the drawing, and show it where something else stood in its place."""
        self._drawn = drawn
        self.amend(_synchronous(self.sheet, drawn))
        self.drawn_changed.emit()

    def _ask_about(self) -> None:
        """What is not the drawing itself: asked for whatever pixels stand there now."""
        sheet = self.sheet
        if not self.can_ask:
            return
        rest = Canvas.of(sheet.shown, sheet.to_come)  # what was drawn counts as given
        blind, told = sheet.request.blind, self._doubt
        is_told = told is not None and (told.canvas, told.blind) == (rest, blind)
        if self._wants_doubt and not sheet.is_finished and not is_told:
            self._questions.ask(DOUBT, AskDoubt(rest, blind))
        if sheet.is_finished and self.judgement is None:
            self._questions.ask(JUDGE, Judge(sheet.form.height, sheet.form.width, sheet.shown.tobytes()))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        value = answer.value
        if isinstance(value, Drawn) and value.request == self.sheet.asked:
            if answer.last:
                self._results.keep(value)
            self._set_drawn(value)
        elif isinstance(value, Completions):
            self._show_completions(value)
        elif isinstance(value, Doubt):
            self._doubt = value
            self.answers_changed.emit()
        elif isinstance(value, Judgement):
            self._judgement = value
            self.answers_changed.emit()
        if answer.last:
            self._ask_about()
            self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        if self.completions is not None and not (self.completions.is_ranked or self._questions.is_open(COMPLETE)):
            self.leave_completions()
        self.failed.emit(failure)
        self.state_changed.emit()


def _synchronous(sheet: Sheet, drawn: Drawn | None) -> Sheet:
    """The sheet with the colours that were drawn for it, once there are as many as it shows."""
    if drawn is None or len(drawn) < max(sheet.count, 1):
        return sheet
    colours = np.frombuffer(sheet.drawn, np.uint8).copy()
    colours[drawn.places] = drawn.colours
    return replace(sheet, drawn=colours.tobytes())
