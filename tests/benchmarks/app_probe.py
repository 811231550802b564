"""One start of the app, measured from inside.

    python -m tests.benchmarks.app_probe TAB STARTED    where STARTED is time.time() at the start

A heartbeat of 10 ms runs from the first paint on; prints one JSON object with seconds, milliseconds and megabytes.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import main as open_app
from desktop.page import Page
from desktop.window import Window

if TYPE_CHECKING:  # the app itself imports a page when its tab is shown, and that takes part of the time
    from desktop.drawing.page import DrawingPage
    from desktop.verses.page import VersesPage

BEAT_MS = 10
TYPED = ("The lamp is burning low beside the door", "And no one comes along the road tonight")
PASTED = (  # one after the other in the place of the last line
    "The river keeps the colour of the sky",
    "A letter waits unopened on the stair",
    "We heard the bells before we saw the town",
    "My brother mends the nets and does not speak",
    "The frost has drawn its ferns upon the pane",
    "All summer long the orchard gate stood wide",
    "She counts the boats that come around the cape",
)
WORK_SECONDS = 6.0
MEGABYTE = 1e6


class Silences:
    """The longest gaps between heartbeats, in ms: `waking` until torch is imported, `silence` from then on."""

    def __init__(self) -> None:
        self.figures = {"silence": 0.0, "waking": 0.0}
        self._last: float | None = None
        self._was_there = False

    def beat(self, now: float, torch_is_there: bool) -> None:
        """A gap in which the import ended counts as its own."""
        if self._last is not None:
            kind = "silence" if self._was_there else "waking"
            self.figures[kind] = max(self.figures[kind], 1000 * (now - self._last) - BEAT_MS)
        self._last, self._was_there = now, torch_is_there


def torch_is_there() -> bool:
    """Whether the import of torch has ended, in whatever thread."""
    spec = getattr(sys.modules.get("torch"), "__spec__", None)
    return spec is not None and not getattr(spec, "_initializing", False)


class Probe(QObject):
    """Waits for the window's first paint, then does what a person would, until the time is over."""

    tab = ""

    def __init__(self, started: float) -> None:
        super().__init__()
        self.started = started
        self.figures: dict[str, float] = {}
        self.silences = Silences()
        self.at_work_since = 0.0
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.beat)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, Window):
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self.figures["window"] = time.time() - self.started
            self.silences.beat(time.perf_counter(), torch_is_there())
            self.timer.start(BEAT_MS)
        return False

    @Slot()
    def beat(self) -> None:
        now = time.perf_counter()
        self.silences.beat(now, torch_is_there())
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
        page = window.page
        assert page is not None
        if not self.at_work_since:
            self.at_work_since = now if self.is_ready(page) else 0.0
        elif now - self.at_work_since < WORK_SECONDS:
            self.work(page, (now - self.at_work_since) / WORK_SECONDS)
        else:
            self.timer.stop()
            self.figures["memory"] = resident_bytes() / MEGABYTE
            window.close()

    def is_ready(self, page: Page) -> bool:
        """Does what the beginning asks for; whether the work can begin."""
        raise NotImplementedError

    def work(self, page: Page, progress: float) -> None:
        """One beat's work; `progress` goes from 0 to 1."""
        raise NotImplementedError


class VersesProbe(Probe):
    """Types two lines, waits for their path, then pastes other lines and slides on."""

    tab = "verses"

    def __init__(self, started: float) -> None:
        super().__init__(started)
        self.beats = 0
        self.pasted_at = 0.0
        self.waits: list[float] = []  # seconds from a pasted line to its first verses
        self.figures["first"] = math.inf

    def is_ready(self, page: Page) -> bool:
        page = cast("VersesPage", page)
        self.beats += 1
        if self.beats == 1:
            for row, line in zip((page.path.poem.first, page.path.poem.last), TYPED, strict=True):
                row.editor.selectAll()
                QTest.keyClicks(row.editor, line)
        path = page.path.session.result
        if path is None or not path.final or (path.request.first, path.request.last) != TYPED:
            return False
        self.figures["path"] = time.time() - self.started
        return True

    def work(self, page: Page, progress: float) -> None:
        page = cast("VersesPage", page)
        self.beats += 1
        if not self.pasted_at:  # a person does one thing at a time
            page.path.poem.slider.slider.setValue(self.beats * 7 % 1000)
        editor, path = page.path.poem.last.editor, page.path.session.result
        if self.pasted_at and path is not None and path.request.last == editor.text():
            self.waits.append(time.perf_counter() - self.pasted_at)
            self.figures["first"] = statistics.median(self.waits)
            self.pasted_at = 0.0
        if self.beats % 80 == 0 and not self.pasted_at:
            editor.selectAll()
            editor.insert(PASTED[len(self.waits) % len(PASTED)])
            self.pasted_at = time.perf_counter()


class DrawingProbe(Probe):
    """Waits for the model, then draws one sprite after the other, at once and then as fast as pixels can be seen."""

    tab = "drawing"

    def __init__(self, started: float) -> None:
        super().__init__(started)
        self.figures["sprites"] = 0.0

    def is_ready(self, page: Page) -> bool:
        return cast("DrawingPage", page).session.is_awake

    def work(self, page: Page, progress: float) -> None:
        page = cast("DrawingPage", page)
        speed = page.controls.draw.speed
        speed.setValue(speed.maximum() - (progress >= 0.5))
        if not page.player.is_playing:
            self.figures["sprites"] += page.session.sheet.is_finished
            QTest.mouseClick(page.controls.draw.draw, Qt.MouseButton.LeftButton)


def resident_bytes() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    app = QApplication(sys.argv[:1])
    tab, started = sys.argv[1:]
    probe = next(kind for kind in (VersesProbe, DrawingProbe) if kind.tab == tab)(float(started))
    app.installEventFilter(probe)
    status = open_app(["--tab", tab])
    sys.stdout.write(json.dumps(probe.figures | probe.silences.figures))
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
