"""Files and pictures that are dropped on the map."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.picture_source import may_hold_picture, picture_in


class Drops(QObject):
    """Watches a widget. `file_dropped` carries a `Path`, the first of several; `image_dropped` a `QImage`."""

    file_dropped = Signal(object)
    image_dropped = Signal(object)

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.setAcceptDrops(True)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._take(event)
            return True
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if may_hold_picture(event.mimeData()):
                event.acceptProposedAction()
            else:
                event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _take(self, event: QDropEvent) -> None:
        found = picture_in(event.mimeData())
        if found is None:
            event.ignore()
            return
        event.acceptProposedAction()
        if isinstance(found, Path):
            self.file_dropped.emit(found)
        else:
            self.image_dropped.emit(found)
