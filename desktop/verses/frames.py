"""Which results are worth a place in the filmstrip: final ones, once they have stood a while or are left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.verses.mode import Mode
from desktop.verses.results import Answer
from desktop.widgets.filmstrip import Filmstrip

STAY_MS = 1000


class Frames(QObject):
    """Puts the results of all modes into one filmstrip, each request once."""

    def __init__(self, modes: Sequence[Mode[Any, Any]], strip: Filmstrip) -> None:
        super().__init__(strip)
        self._modes = modes
        self._strip = strip
        self._waiting: Answer | None = None
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(STAY_MS)
        self._stay.timeout.connect(self._keep)
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
    def leave(self) -> None:
        """What stands there gives way to something else: keep it, however short it stood."""
        if self._stay.isActive():
            self._stay.stop()
            self._keep()

    def stop(self) -> None:
        """Wait for nothing more."""
        self._stay.stop()

    @Slot()
    def _keep(self) -> None:
        result = self._waiting
        known = {frame.value.request for frame in self._strip.frames()}
        if result is not None and result.request not in known:
            self._strip.add(self.mode_of(result).frame(result))
