"""The map by keyboard alone: arrows move the cursor or the map, + - 0 and Home zoom, Enter and Escape draw paths."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.latent_map.map_camera import Camera

STEP, LEAP = 6.0, 48.0  # pixels that an arrow moves the cursor, and with Shift
PAN = 64.0  # pixels that an arrow with Ctrl moves the map
ZOOM = 2.0**0.5

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_Modifier = Qt.KeyboardModifier


class Keys(QObject):
    """Watches a widget. `stepped` carries how far the cursor goes right and up, in pixels; `zoomed` a factor.

    `in_use_changed` says whether the focus came by key, or a key was pressed since: then it must be seen.
    """

    stepped = Signal(float, float)
    zoomed = Signal(float)
    grasped = Signal(bool)
    entered = Signal()
    escaped = Signal()
    in_use_changed = Signal(bool)

    def __init__(self, watched: QWidget, camera: Camera) -> None:
        super().__init__(watched)
        self._camera = camera
        self._is_grasping = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.in_use_changed.emit(True)
            return self._is_answered(event) or super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Space:
            self._grasp(event.isAutoRepeat())
            return True
        if isinstance(event, QFocusEvent):
            self._grasp(False)
            self.in_use_changed.emit(event.gotFocus() and event.reason() in BY_KEY)
        return super().eventFilter(watched, event)

    def _is_answered(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in ARROWS:
            self._on_arrow(*ARROWS[key], modifiers)
        elif modifiers & (_Modifier.ControlModifier | _Modifier.AltModifier):
            return False
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoomed.emit(ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoomed.emit(1 / ZOOM)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self._camera.fit()
        elif key == Qt.Key.Key_Space:
            self._grasp(True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            return False
        return True

    def _grasp(self, is_grasping: bool) -> None:
        if is_grasping != self._is_grasping:
            self._is_grasping = is_grasping
            self.grasped.emit(is_grasping)

    def _on_arrow(self, right: int, up: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _Modifier.ControlModifier:
            self._camera.pan(-right * PAN, up * PAN)
        else:
            step = LEAP if modifiers & _Modifier.ShiftModifier else STEP
            self.stepped.emit(right * step, up * step)
