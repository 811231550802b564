"""Which results are worth a place in the filmstrip: final ones, once they have stood a while or are left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot

from desktop.verses.mode import Mode
from desktop.verses.results import Answer
from desktop.widgets.filmstrip import Filmstrip
from desktop.widgets.lingering import Lingering


class Frames(Lingering):
    """Puts the results of all modes into one filmstrip, each request once."""

    def __init__(self, modes: Sequence[Mode[Any, Any]], strip: Filmstrip) -> None:
        super().__init__(strip)
        self._modes = modes
        self._strip = strip
        self._waiting: Answer | None = None
        for mode in modes:
            mode.session.result_changed.connect(self.wait_for)
            mode.steps.stepping.connect(self.leave)

    def mode_of(self, result: object) -> Mode[Any, Any]:
        """The mode that shows a result."""
        return next(mode for mode in self._modes if mode.owns(result))

    @Slot(object)
    def wait_for(self, result: Answer) -> None:
        """Keep a result if it is final and stays."""
        if result.final:
            self._waiting = result
            self._stay.start()

    @Slot()
    def _keep(self) -> None:
        result = self._waiting
        known = {frame.value.request for frame in self._strip.frames()}
        if result is None or result.request in known:
            return
        frame = self.mode_of(result).frame(result)
        if frame.last:  # where nothing was found there is nothing to come back to
            self._strip.add(frame)
