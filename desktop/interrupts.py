"""Ctrl+C in the terminal and a polite kill close the window as its own button does, and so lose nothing.

Python runs signal handlers between two steps of Python code, and an idle event loop takes none: a socket that Python
writes to at each signal wakes the loop.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Installed once by `main`, on the main thread; `remove` gives every handler back to who had it before."""

    asked_to_end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        self._wakeup_before = -1
        self._handlers_before: dict[int, Callable[[int, FrameType | None], Any] | int | None] = {}

    def install(self) -> None:
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers_before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}

    def remove(self) -> None:
        """Undo `install`."""
        for number, handler in self._handlers_before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_woken(self) -> None:
        self._reader.recv(4096)  # Python has called the handler by now, since this is Python code

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_end.emit()
