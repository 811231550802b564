"""What a test may not leave behind: top-level widgets, running QThreads and QTimers, Python threads.

Any of these lives on into later tests and breaks one that is innocent. Qt is watched where it is loaded already;
nothing here loads it.
"""

from __future__ import annotations

import gc
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

PATIENCE = 2.0  # seconds in which a thread that was told to end must have ended


@contextmanager
def watched() -> Iterator[Callable[[], list[str]]]:
    """Gives a function that lists, in words, what was left behind since; it ends what can be ended."""
    threads = set(threading.enumerate())
    widgets = top_level_widgets()  # kept, so that no new widget can pass for one of them
    with pytest.MonkeyPatch.context() as patch:
        timers = note_starts(patch, "QTimer")
        qthreads = note_starts(patch, "QThread")

        def left_behind() -> list[str]:
            return [
                *(f"QTimer started at {timers[timer]}" for timer in active_timers(timers)),
                *(f"QThread started at {qthreads[thread]}" for thread in running_qthreads(qthreads)),
                *(f"Python thread {thread.name}" for thread in running_threads(threads)),
                *(f"top-level widget {widget!r}" for widget in new_widgets(widgets)),
            ]

        yield left_behind


Starts = weakref.WeakKeyDictionary[Any, str]


def note_starts(patch: pytest.MonkeyPatch, name: str) -> Starts:
    """From now on, every object of a QtCore class that is started, with the line that did it."""
    starts = Starts()
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        kind = getattr(core, name)
        original = kind.start

        def start(self: Any, *arguments: Any) -> None:
            caller = traceback.extract_stack(limit=2)[0]
            starts[self] = f"{caller.filename}:{caller.lineno}"
            original(self, *arguments)

        patch.setattr(kind, "start", start)
    return starts


def active_timers(starts: Starts) -> list[Any]:
    active = [timer for timer in alive(starts) if timer.isActive()]
    for timer in active:
        if timer.thread().isCurrentThread():
            timer.stop()
    return active


def running_qthreads(starts: Starts) -> list[Any]:
    running = [thread for thread in alive(starts) if not thread.wait(round(PATIENCE * 1000))]
    for thread in running:
        thread.requestInterruption()
        thread.quit()
        thread.wait(round(PATIENCE * 1000))
    return running


def alive(starts: Starts) -> list[Any]:
    """Those whose C++ side still exists."""
    shiboken = sys.modules.get("shiboken6")
    return [thing for thing in list(starts) if shiboken is not None and shiboken.isValid(thing)]


def running_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """New Python threads. Those that Qt started show as dummies, and tqdm keeps one monitor for all its bars."""
    new = [thread for thread in set(threading.enumerate()) - before if type(thread).__name__ not in IGNORED_THREADS]
    for thread in new:
        thread.join(PATIENCE)
    return [thread for thread in new if thread.is_alive()]


IGNORED_THREADS = ("_DummyThread", "TMonitor")


def new_widgets(before: list[Any]) -> list[Any]:
    """Top-level widgets that were not there before, once all that was deleted or let go of is gone."""
    return remaining(before) and remaining(before, collect=True)


def remaining(before: list[Any], collect: bool = False) -> list[Any]:
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return []
    if collect:
        gc.collect()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    core.QCoreApplication.processEvents()
    return [widget for widget in top_level_widgets() if widget not in before]


def top_level_widgets() -> list[Any]:
    """Without those that have a parent, such as menus: they go with it."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return []
    return [widget for widget in widgets.QApplication.topLevelWidgets() if widget.parent() is None]
