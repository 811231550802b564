"""Lines under each other through which a person walks by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class WalkingView(QWidget):
    """Up and down give the keyboard to the line above or below; past the first and the last they do nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        stops, focused = self.stops(), QApplication.focusWidget()
        if focused in stops:
            place = min(max(stops.index(focused) + step, 0), len(stops) - 1)
            stops[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """What a person can walk to now, from top to bottom."""
        raise NotImplementedError
