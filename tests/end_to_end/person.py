"""A person at the whole program, who does one step after another and then closes the window."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.page import Page
from desktop.window import Window

BEAT_MS, PATIENCE_BEATS = 20, 3000
Steps = Generator[Callable[[], bool], None, None]
P = TypeVar("P", bound=Page)


class Person(QObject, Generic[P]):
    """Works on the event loop, on the first page of this kind that is shown: each step yields what it waits for."""

    def __init__(self, kind: type[P], steps: Callable[[P], Steps]) -> None:
        super().__init__()
        self._kind, self._script = kind, steps
        self._steps: Steps | None = None
        self._wait: Callable[[], bool] = bool
        self.beats = 0
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.beat)
        self.timer.start(BEAT_MS)

    @Slot()
    def beat(self) -> None:
        self.beats += 1
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)]
        if not windows or not isinstance(page := windows[0].page, self._kind):
            return
        if not windows[0].isActiveWindow():  # as it is where a person sits: else no widget ever has the keyboard
            windows[0].activateWindow()
            return
        if self._steps is None:
            self._steps = self._script(page)
            self._wait = next(self._steps)
        if self.beats > PATIENCE_BEATS or (self._wait() and not self.go_on()):
            self.timer.stop()
            windows[0].close()

    def go_on(self) -> bool:
        """The next step; false after the last."""
        assert self._steps is not None
        wait = next(self._steps, None)
        if wait is not None:
            self._wait = wait
        return wait is not None


def type_into(editor: QLineEdit, line: str) -> None:
    """Click into an editor and put a line in place of its own: typed, or pasted where no key has its letters."""
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton)
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if line.isascii():
        QTest.keyClicks(editor, line)
    else:
        QGuiApplication.clipboard().setText(line)
        QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
