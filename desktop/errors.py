"""The one owner of every error hook.

Whatever nobody caught, on any thread, is logged and reaches the person as one sentence with its details. Hooks may run
on a worker's thread, so they only emit a queued signal: widgets are touched on the person's thread alone.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)

from desktop.engine import Failure
from desktop.log import Log
from models.errors import AtelierError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")


@dataclass(frozen=True)
class Problem:
    """What a person is shown: one sentence, and details for who asks."""

    sentence: str
    details: str = ""


def problem_of(error: AtelierError | Failure | BaseException) -> Problem:
    """An error in the person's language. A mistake of the program gets its traceback as details."""
    if isinstance(error, Failure):
        return Problem(sentence_of(error.error), error.details)
    if isinstance(error, AtelierError):
        return Problem(sentence_of(error))
    sentence = QCoreApplication.translate("errors", "Something unexpected happened; what you typed is safe.")
    return Problem(sentence, "".join(traceback.format_exception(error)))


def sentence_of(error: AtelierError) -> str:
    """The error's template, translated and filled."""
    return QCoreApplication.translate("errors", error.template).format(**error.values)


class Hooks(QObject):
    """Installed once by `main`; `remove` gives every hook back to who had it before.

    The same error again, as from a widget that fails at each paint, is logged once and told once.
    """

    problem = Signal(object)  # Problem, on the person's thread
    _reported = Signal(object)  # Problem, from any thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = Log()
        self._told: set[str] = set()
        self._waiting: list[Problem] = []
        self._is_heard = False
        self._python_before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._qt_before: Callable[[QtMsgType, QMessageLogContext, str], object] | None = None
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over all hooks and start the log."""
        self._log.start()
        self._python_before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        self._qt_before = qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Undo `install`."""
        qInstallMessageHandler(self._qt_before)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._python_before
        self._log.stop()

    def listen(self) -> None:
        """From now on there is a window that shows problems; the ones that came before it go first."""
        self._is_heard = True
        for problem in self._waiting:
            self.problem.emit(problem)
        self._waiting.clear()

    def report(self, problem: Problem) -> None:
        """Log a problem and tell it to the person; callable on any thread."""
        if problem.details in self._told:
            return
        if problem.details:
            self._told.add(problem.details)
        _log.error("%s\n%s", problem.sentence, problem.details)
        self._reported.emit(problem)

    @Slot(object)
    def _on_reported(self, problem: Problem) -> None:
        if self._is_heard:
            self.problem.emit(problem)
        else:
            self._waiting.append(problem)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.report(problem_of(error.with_traceback(trace)))

    def _on_thread_exception(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            self._on_exception(failed.exc_type, failed.exc_value, failed.exc_traceback)

    def _on_unraisable(self, failed: UnraisableHookArgs) -> None:
        """Errors in destructors: nothing that a person did depends on them, so they are only logged."""
        details = traceback.format_exception(failed.exc_type, failed.exc_value, failed.exc_traceback)
        _log.warning("%s %r\n%s", failed.err_msg or "ignored in", failed.object, "".join(details))


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _qt_log.log(_LEVELS[kind], "%s", message)
