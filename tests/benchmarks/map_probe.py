"""The Latent map tab, used with a mouse and measured from inside.

    python -m tests.benchmarks.map_probe

Starts the app at another tab, opens the map's, drags, zooms and pans; prints one JSON object of milliseconds, frames
a second and the number of points. A thing is on screen once the paint event that shows it is over and done.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import main as open_app
from desktop.engine import State
from desktop.window import Window
from models.image_vae.codes import Code
from models.image_vae.scene import HOME

if TYPE_CHECKING:  # the app itself imports the page when its tab is shown, and that takes part of the time
    from desktop.latent_map.page import LatentMapPage

PATIENCE = 60.0  # seconds
MOVE_MS, MOVES = 16, 300  # of a mouse
RADIUS = 0.35  # of the map's height, that a drag goes round
PLACES = ((0.3, 0.4), (0.6, 0.3), (0.5, 0.7))  # in shares of the map, about which it is zoomed
ZOOMS = 6  # one after the other, each to twice the size
NOTCHES = 4 * 120  # of a wheel, to twice the size
PAN_SECONDS = 4.0
STEP = QPoint(7, 3)

_Button = Qt.MouseButton


class Watch(QObject):
    """Says when a widget has been painted, and whatever else was due in the same turn."""

    painted = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.timeout.connect(self.painted)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._after.start(0)
        return False


class Drag(QObject):
    """The left button held and moved round the middle; when did which place's image come on screen?"""

    def __init__(self, page: LatentMapPage, viewport: QWidget) -> None:
        super().__init__(page)
        self._page, self._viewport = page, viewport
        self._open: dict[Code, float] = {}  # moves whose image is still to come, in their order
        self.latencies: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)
        self._places = self._round()
        self._watch = Watch(page.desk.side.place.image)
        self._watch.painted.connect(self._on_painted)

    def run(self) -> None:
        QTest.mousePress(self._viewport, _Button.LeftButton, pos=next(self._places))
        self._open[self._page.session.scene.code] = time.perf_counter()
        until(self._is_done)  # the first image
        self.latencies.clear()
        self._timer.start(MOVE_MS)
        until(self._is_over)
        QTest.mouseRelease(self._viewport, _Button.LeftButton, pos=self._viewport.rect().center())

    def _round(self) -> Iterator[QPoint]:
        middle, radius = self._viewport.rect().center(), RADIUS * self._viewport.height()
        for move in range(MOVES):
            angle = 2 * math.pi * move / MOVES
            yield middle + QPoint(round(radius * math.cos(angle)), round(radius * math.sin(3 * angle)))

    def _move(self) -> None:
        place = next(self._places, None)
        if place is None:
            self._timer.stop()
            return
        now = time.perf_counter()
        QTest.mouseMove(self._viewport, place)
        self._open.setdefault(self._page.session.scene.code, now)

    def _on_painted(self) -> None:
        look = self._page.charts[0].look
        if look is not None and look.code in self._open:
            now = time.perf_counter()
            while self._open:  # a newer image answers the older moves too
                code = next(iter(self._open))
                self.latencies.append(1000 * (now - self._open.pop(code)))
                if code == look.code:
                    break

    def _is_done(self) -> bool:
        return not self._open

    def _is_over(self) -> bool:
        return not self._open and not self._timer.isActive()


class Ground(QObject):
    """The map's ground: when did its tiles come on screen?"""

    def __init__(self, page: LatentMapPage) -> None:
        super().__init__(page)
        self._page, self._view = page, page.charts[0].view
        self.viewport = self._view.stage.viewport()
        self.paints = 0
        self.shown: list[tuple[float, int]] = []  # when, and how many tiles were missing
        self._watch = Watch(self.viewport)
        self._watch.painted.connect(self._on_painted)

    @property
    def missing(self) -> int:
        return len(self._view._layers.ground.missing(self._view._camera.frame))

    def is_whole(self) -> bool:
        return bool(self.shown) and self.shown[-1][1] == 0

    def was_painted(self) -> bool:
        return bool(self.shown)

    def zoom(self, share: tuple[float, float]) -> tuple[float, float]:
        """Twice as large; milliseconds until the first and the last new tile."""
        start = time.perf_counter()
        self.turn(share)
        all_of_them = self.missing
        self.shown.clear()
        until(self.is_whole)
        first = next(when for when, missing in self.shown if missing < all_of_them)
        return 1000 * (first - start), 1000 * (self.shown[-1][0] - start)

    def turn(self, share: tuple[float, float]) -> None:
        """The wheel, to twice the size about a place."""
        place = QPointF(share[0] * self.viewport.width(), share[1] * self.viewport.height())
        where = QPointF(self.viewport.mapToGlobal(place))
        free, none = _Button.NoButton, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(
            self.viewport, QWheelEvent(place, where, QPoint(), QPoint(0, NOTCHES), free, none, phase, False)
        )

    def pan(self) -> float:
        """Frames a second while the middle button moves the map, a step with every frame."""
        place = self.viewport.rect().center()
        QTest.mousePress(self.viewport, _Button.MiddleButton, pos=place)
        start, frames, step = time.perf_counter(), 0, STEP
        while time.perf_counter() - start < PAN_SECONDS:
            if not self.viewport.rect().adjusted(20, 20, -20, -20).contains(place + step):
                step = -step
            place += step
            self.shown.clear()
            QTest.mouseMove(self.viewport, place)
            until(self.was_painted)
            frames += 1
        seconds = time.perf_counter() - start
        QTest.mouseRelease(self.viewport, _Button.MiddleButton, pos=place)
        return frames / seconds

    def home(self) -> None:
        """All of the prior again, every tile of it and no other."""
        self.shown.clear()
        self._view.clear_tiles()
        self._view.show_window(HOME)
        self.viewport.update()
        until(self.is_whole)

    def _on_painted(self) -> None:
        self.shown.append((time.perf_counter(), self.missing))


class Probe(QObject):
    """Waits for the window's first paint, then does all there is to measure, and closes the window."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, float] = {}
        self.is_done = False
        self._pulse = QTimer(self)  # so that waiting never lasts
        self._pulse.start(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, Window):
            QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            QTimer.singleShot(0, self._run)
        return False

    def _run(self) -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
        try:
            self._measure(window)
            self.is_done = True
        finally:
            self._pulse.stop()
            window.close()

    def _measure(self, window: Window) -> None:
        first = window.page
        assert first is not None
        until(lambda: any(engine.state is State.READY for engine in first.engines()))  # as after a few seconds
        start = time.perf_counter()
        window.show_tab("latent_map")
        page = cast("LatentMapPage", window.page)
        ground, chart = Ground(page), page.charts[0]
        until(ground.was_painted)
        built = time.perf_counter()
        until(lambda: chart.is_awake)
        awake = time.perf_counter()
        until(lambda: ground.is_whole() and chart.image_of(page.session.scene) is not None)
        self.figures["opening"] = 1000 * (built - start + time.perf_counter() - awake)
        until(lambda: chart.data is not None)
        self.figures["points"] = len(chart.data or ())
        drag = Drag(page, ground.viewport)
        drag.run()
        self.figures["drag"] = float(np.percentile(drag.latencies, 99))
        zooms = []
        for place in PLACES:
            ground.home()
            zooms += [ground.zoom(place) for _ in range(ZOOMS)]
        for name, column in zip(("first", "whole"), zip(*zooms, strict=True), strict=True):
            self.figures[name] = statistics.median(column)
        ground.home()
        self.figures["pan"] = ground.pan()


def until(is_reached: Callable[[], bool]) -> None:
    """Let the app live until something holds. Raises `TimeoutError`."""
    end = time.perf_counter() + PATIENCE
    while not is_reached():
        if time.perf_counter() > end:
            raise TimeoutError
        QCoreApplication.processEvents(
            QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        )


def main() -> None:
    app = QApplication(sys.argv[:1])
    probe = Probe()
    app.installEventFilter(probe)
    status = open_app(["--tab", "drawing"])
    sys.stdout.write(json.dumps(probe.figures))
    sys.stdout.flush()
    os._exit(status if probe.is_done else 1)


if __name__ == "__main__":
    main()
