"""The filmstrip: the last results side by side, newest left; a click brings one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

MOST_FRAMES = 30
FRAME_SIZE = QSize(176, 56)
_VALUE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Frame:
    """One result: two short lines, a picture where it has one, and the value that the page gets back."""

    first: str
    last: str
    value: Any
    picture: QPixmap | None = None


class Filmstrip(QListWidget):
    """`restored` carries the value of the frame that was clicked or entered by key."""

    restored = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Last results"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setFixedHeight(FRAME_SIZE.height() + 24)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)

    def add(self, frame: Frame) -> None:
        """Put a result in front; the oldest makes room. The newest one again changes nothing."""
        item = QListWidgetItem(f"{frame.first}\n{frame.last}")
        item.setToolTip(item.text())
        item.setSizeHint(FRAME_SIZE)
        item.setData(_VALUE, frame)
        if frame.picture is not None:
            item.setIcon(QIcon(frame.picture))
        self.insertItem(0, item)
        while self.count() > MOST_FRAMES:
            self.takeItem(self.count() - 1)

    def frames(self) -> tuple[Frame, ...]:
        """Newest first."""
        return tuple(self.item(place).data(_VALUE) for place in range(self.count()))

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.restored.emit(item.data(_VALUE).value)
