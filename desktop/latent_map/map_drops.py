"""Files and pictures that are dropped on the map."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QWidget


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
            return self._is_taken(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if _file(event.mimeData()) is not None or event.mimeData().hasImage():
                event.acceptProposedAction()
            else:
                event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_taken(self, event: QDropEvent) -> bool:
        file, image = _file(event.mimeData()), event.mimeData().imageData()
        if file is not None:
            self.file_dropped.emit(file)
        elif isinstance(image, QImage):
            self.image_dropped.emit(image)
        else:
            return False
        event.acceptProposedAction()
        return True


def _file(data: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
