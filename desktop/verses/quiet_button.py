"""A small button that shows itself only when its row is pointed at, reached by key, or when it is switched on."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

SIDE, GAP = 24, 4


class QuietButton(QToolButton):
    """Always in its place and always reachable, so nothing moves when it appears."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_awake = False
        self.setAutoRaise(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(QSize(SIDE, SIDE))
        self.setIconSize(QSize(SIDE - 2 * GAP, SIDE - 2 * GAP))

    def set_awake(self, awake: bool) -> None:
        """Show it, for its row has the pointer or the keyboard."""
        if awake != self._is_awake:
            self._is_awake = awake
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Switched on it is its bare icon: it may stand in the poem for long."""
        if self.underMouse() or self.hasFocus():
            super().paintEvent(event)
        elif self._is_awake or self.isChecked():
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            place = self.rect().marginsRemoved(QMargins(GAP, GAP, GAP, GAP))
            self.icon().paint(QPainter(self), place, mode=mode)
