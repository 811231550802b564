"""What a hand does on the map with mouse, wheel or touchpad, told as moves of the camera and places of the plane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.latent_map.map_camera import Camera

NOTCH = 120.0  # of a wheel, in Qt's eighths of a degree
ZOOM_A_NOTCH = 2.0**0.25
PAN_A_NOTCH = 60.0  # pixels
TWICE = 2.0

_Button = Qt.MouseButton
_Modifier = Qt.KeyboardModifier


class Hand(QObject):
    """Watches a widget.

    The left button's `pressed`, `dragged` and `lifted` carry the pixel; `hovering` the pixel under the free pointer,
    or None where it left. Moving the map and zooming need no one's answer.
    """

    pressed = Signal(QPointF)
    dragged = Signal(QPointF)
    lifted = Signal(QPointF)
    hovering = Signal(object)

    def __init__(self, watched: QWidget, camera: Camera) -> None:
        super().__init__(watched)
        self._watched = watched
        self._camera = camera
        self._panned_from: QPointF | None = None
        self._is_pointing = False
        self._is_grasping = False  # the space bar is held: the left button moves the map
        self._answers: dict[QEvent.Type, Callable[[Any], None]] = {
            QEvent.Type.MouseButtonPress: self._on_press,
            QEvent.Type.MouseButtonDblClick: self._on_double_click,
            QEvent.Type.MouseMove: self._on_move,
            QEvent.Type.MouseButtonRelease: self._on_release,
            QEvent.Type.Wheel: self._on_wheel,
            QEvent.Type.NativeGesture: self._on_gesture,
            QEvent.Type.Leave: self._on_leave,
        }
        watched.installEventFilter(self)
        self._show_cursor()

    def grasp(self, is_grasping: bool) -> None:
        """The left button moves the map from now on, or points again."""
        self._is_grasping = is_grasping
        self._show_cursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        answer = self._answers.get(event.type())
        if answer is None:
            return super().eventFilter(watched, event)
        answer(event)
        return True

    def _on_press(self, event: QMouseEvent) -> None:
        if event.button() in (_Button.MiddleButton, _Button.RightButton) or self._is_grasping:
            self._panned_from = event.position()
            self._show_cursor()
        elif event.button() is _Button.LeftButton:
            self._is_pointing = True
            self.pressed.emit(event.position())

    def _on_double_click(self, event: QMouseEvent) -> None:
        if event.button() is _Button.LeftButton and not self._is_grasping:
            is_out = bool(event.modifiers() & _Modifier.ShiftModifier)
            self._camera.zoom(1 / TWICE if is_out else TWICE, event.position())
        else:
            self._on_press(event)

    def _on_move(self, event: QMouseEvent) -> None:
        if self._panned_from is not None:
            way = event.position() - self._panned_from
            self._panned_from = event.position()
            self._camera.pan(way.x(), way.y())
        elif self._is_pointing:
            self.dragged.emit(event.position())
        else:
            self.hovering.emit(event.position())

    def _on_release(self, event: QMouseEvent) -> None:
        if self._panned_from is not None:
            self._panned_from = None
            self._show_cursor()
        elif self._is_pointing and event.button() is _Button.LeftButton:
            self._is_pointing = False
            self.lifted.emit(event.position())

    def _on_wheel(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Ctrl or Shift move, as two fingers on a touchpad go."""
        turn = event.angleDelta()
        if event.modifiers() & (_Modifier.ControlModifier | _Modifier.ShiftModifier):
            way = event.pixelDelta().toPointF()
            if way.isNull():
                way = turn.toPointF() * (PAN_A_NOTCH / NOTCH)
            if event.modifiers() & _Modifier.ShiftModifier and not way.x():
                way = QPointF(way.y(), 0)
            self._camera.pan(way.x(), way.y())
        else:
            self._camera.zoom(ZOOM_A_NOTCH ** ((turn.y() or turn.x()) / NOTCH), event.position())

    def _on_gesture(self, event: QNativeGestureEvent) -> None:
        if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._camera.zoom(1 + event.value(), event.position())

    def _on_leave(self, _event: QEvent) -> None:
        self.hovering.emit(None)

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.OpenHandCursor if self._is_grasping else Qt.CursorShape.CrossCursor
        self._watched.setCursor(shape if self._panned_from is None else Qt.CursorShape.ClosedHandCursor)
