"""Brings what the session knows to the eye: the canvas with its dots, chances, figures, one sentence."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from desktop.drawing import marks, words
from desktop.drawing.control_column import ControlColumn
from desktop.drawing.desk import Desk
from desktop.drawing.marks import Marks, View
from desktop.drawing.next_pixel import Chances
from desktop.drawing.session import Session
from desktop.drawing.sheet import Sheet
from desktop.drawing.steps import Steps
from desktop.widgets.skeleton import Skeleton
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Format


class Telling(QObject):
    """Only reads the session. `is_missing`: the shelf has no model; `foreign`: a recipe's request for another model."""

    def __init__(self, session: Session, steps: Steps, desk: Desk, controls: ControlColumn, skeleton: Skeleton) -> None:
        super().__init__(session)
        self._session, self._steps, self._desk = session, steps, desk
        self._controls, self._skeleton = controls, skeleton
        self._form: Format | None = None
        self._canvas: Canvas | None = None
        self._pointed = -1
        self.is_missing = False
        self.foreign: DrawRequest | None = None
        session.sheet_changed.connect(self.show_sheet)
        session.drawn_changed.connect(self._show_thoughts)
        session.answers_changed.connect(self._on_answers)
        session.completions_changed.connect(desk.show_completions)
        session.state_changed.connect(self.show_state)
        steps.player.playing_changed.connect(self.show_state)
        desk.canvas.pointed.connect(self._on_pointed)
        desk.side.view.chosen.connect(self._on_view)

    @Slot(object)
    def show_sheet(self, sheet: Sheet) -> None:
        """Everything, for another sheet or one pixel more."""
        if sheet.form is not self._form:
            self._form = sheet.form
            self._controls.palette.show_format(sheet.form)
            self._desk.side.next_pixel.show_format(sheet.form)
            self._show_scale()
        self._desk.show_sheet(sheet)
        self._controls.draw.show_sheet(sheet)
        self._controls.style.show_request(sheet.request)
        if sheet.canvas is not self._canvas:
            self._canvas = sheet.canvas
            self._controls.cover.show_sheet(sheet)
        self._skeleton.set_seed(sheet.request.seed)
        self._show_thoughts()
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """What is under way, and what a person can do."""
        session, sheet = self._session, self._session.sheet
        self._skeleton.undo_action.setEnabled(session.history.can_undo)
        self._skeleton.redo_action.setEnabled(session.history.can_redo)
        begun = sheet.count > 0 and not sheet.is_finished
        self._controls.draw.show_playing(playing=self._steps.player.is_playing, begun=begun)
        self._skeleton.say(self._sentence(sheet))
        is_blank = sheet.count == 0 and sheet.canvas.covered == sheet.form.pixels
        self._desk.canvas.show_words(self._invitation() if is_blank else "")

    @property
    def _has_no_model(self) -> bool:
        return self.is_missing or self._session.is_broken

    def _invitation(self) -> str:
        """What stands on an empty canvas."""
        if self._has_no_model:
            return self.tr("There is no model to draw with")
        if self._steps.is_waiting:
            return self.tr("The model is waking up")
        if self._session.has_lost_model:
            return self.tr("Its model is gone: choose another")
        return "" if self._steps.player.is_playing else self.tr("Press Draw, and watch")

    def _sentence(self, sheet: Sheet) -> str:
        if self._has_no_model:
            return self.tr("There is no model to draw with")
        if self._session.has_lost_model:
            return self.tr("Its model is gone: choose another")
        if self._steps.is_waiting:
            return self.tr("Waking up; it will draw in a moment")
        if sheet.asked == self.foreign:
            return self.tr("Made with another model: it may differ")
        doubt = self._session.doubt
        if self._desk.side.view.view is View.DOUBT and doubt is not None and doubt.bits is None:
            return self.tr("This model cannot tell beforehand")
        if not self._session.is_awake:
            return self.tr("Ready-made; the model is waking up")
        if self._steps.player.is_playing:
            return self.tr("The model is drawing")
        return self._advice(sheet)

    def _advice(self, sheet: Sheet) -> str:
        """What a person can do while nothing is under way."""
        if self._session.completions is not None:
            return self.tr("Click one of them to keep it")
        if not sheet.canvas.covered:
            return self.tr("Cover a part for the model to draw")
        if sheet.is_finished:
            return self.tr("Press Draw for another one")
        if sheet.count:
            return self.tr("Paused: go on, or choose a colour")
        return self.tr("Press Draw, and watch")

    @Slot()
    def _show_thoughts(self) -> None:
        """What the model makes of what stands there."""
        self._show_chances()
        self._desk.canvas.show_marks(self._marks())
        self._show_figures()
        self._show_pixel()
        self._controls.explanation.show_numbers(self._session.sheet, self._session.drawn)

    def _show_chances(self) -> None:
        """Those of the drawn pixel that is pointed at, else of the next one."""
        sheet = self._session.sheet
        pointed = self._number_of(self._pointed)
        number = sheet.count if pointed is None else pointed
        drawn = self._session.drawn
        chances = None
        if drawn is not None and number < len(drawn):
            pairs = zip(drawn.likely[number].tolist(), drawn.chances[number].tolist(), strict=True)
            chances = Chances(int(drawn.places[number]), tuple(pairs))
        can_decide = chances is not None and chances.place == sheet.next_place
        self._desk.side.next_pixel.show_chances(chances, can_decide=can_decide)

    def _number_of(self, place: int) -> int | None:
        """Which of the drawn pixels stands at a place; None where none of them does."""
        sheet = self._session.sheet
        if not 0 <= place < min(sheet.until, sheet.form.pixels) or not sheet.canvas.covers[place]:
            return None
        return int(np.searchsorted(sheet.covered, place))

    def _marks(self) -> Marks | None:
        sheet, view = self._session.sheet, self._desk.side.view.view
        most = marks.most_bits(len(sheet.form.palette))
        doubt = self._session.doubt
        if view is View.DOUBT and doubt is not None and doubt.bits is not None:
            return Marks(doubt.bits, sheet.to_come, most)
        if view is View.SURPRISE:
            return self._surprise(sheet, most)
        return None

    def _surprise(self, sheet: Sheet, most: float) -> Marks | None:
        """What each drawn pixel cost; of a picture that was opened, each."""
        drawn, judgement = self._session.drawn, self._session.judgement
        if not sheet.canvas.covered:
            return Marks(judgement.bits, ~sheet.canvas.mask, most) if judgement is not None else None
        if drawn is None or len(drawn) < sheet.count:
            return None
        bits = np.zeros((sheet.form.height, sheet.form.width), np.float32)
        bits.ravel()[drawn.places] = drawn.bits
        return Marks(bits, sheet.canvas.mask & ~sheet.to_come, most)

    def _show_figures(self) -> None:
        sheet, drawn, judgement = self._session.sheet, self._session.drawn, self._session.judgement
        known = drawn is not None and len(drawn) >= sheet.count > 0
        part = words.bits_per_pixel(float(drawn.bits[: sheet.count].mean())) if drawn is not None and known else ""
        whole = words.bits_per_pixel(judgement.bits_per_pixel) if judgement is not None else ""
        if judgement is None and sheet.is_finished and sheet.canvas.covered == sheet.form.pixels:
            whole = part
        found = judgement.nearest if judgement is not None else None
        told = (words.nearest(found), words.nearest_explained(found)) if found is not None else ("", "")
        self._desk.side.figures.show_figures(part, whole, *told)

    def _show_pixel(self) -> None:
        """The numbers of the pixel that is pointed at."""
        sheet, place = self._session.sheet, self._pointed
        text = ""
        if 0 <= place < sheet.form.pixels:
            surprise = self._surprise(sheet, 1.0)
            price = surprise.bits.ravel()[place] if surprise is not None and surprise.where.ravel()[place] else None
            doubt = self._session.doubt.bits if self._session.doubt is not None else None
            is_open = doubt is not None and sheet.to_come.ravel()[place]
            openness = float(doubt.ravel()[place]) if doubt is not None and is_open else None
            text = words.pixel(sheet, place, price, openness)
        self._desk.side.view.tell(text)

    @Slot()
    def _on_answers(self) -> None:
        self._show_thoughts()
        self.show_state()

    @Slot(int)
    def _on_pointed(self, place: int) -> None:
        self._pointed = place
        self._show_chances()
        self._show_pixel()

    @Slot(object)
    def _on_view(self, view: View) -> None:
        self._session.want_doubt(view is View.DOUBT)
        self._show_scale()
        self._show_thoughts()

    def _show_scale(self) -> None:
        """The legend of what is shown now."""
        view, form = self._desk.side.view, self._session.sheet.form
        view.legend.show_scale(0.0 if view.view is View.COLOURS else marks.most_bits(len(form.palette)))
