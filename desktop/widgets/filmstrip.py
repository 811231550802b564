"""The filmstrip: the last results side by side, newest left; a click brings one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import theme, tooltip

MOST_FRAMES = 30
FRAME_SIZE = QSize(200, 56)
PADDING, GAP, RADIUS = 8, 8, 4
_FRAME = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, eq=False)
class Frame:
    """One result: a line or two, a picture where it has one, and the value that the page gets back.

    `serif` where the lines are verse.
    """

    first: str
    last: str
    value: Any
    picture: QPixmap | None = None
    serif: bool = False


class Filmstrip(QListWidget):
    """`restored` carries the value of the frame that was clicked, or entered with the keyboard."""

    restored = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Last results"))
        self.setItemDelegate(_FrameDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setFixedHeight(FRAME_SIZE.height())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)

    def add(self, frame: Frame) -> None:
        """Put a result in front; the oldest makes room."""
        item = QListWidgetItem("\n".join(line for line in (frame.first, frame.last) if line))
        item.setToolTip(tooltip.plain(item.text()))
        item.setData(_FRAME, frame)
        self.insertItem(0, item)
        while self.count() > MOST_FRAMES:
            self.takeItem(self.count() - 1)
        self.scrollToItem(item)

    def frames(self) -> tuple[Frame, ...]:
        """Newest first."""
        return tuple(self.item(place).data(_FRAME) for place in range(self.count()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel has one direction, and the strip another."""
        turn = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turn.x() or turn.y()))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frames, or a sentence where there are none yet."""
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(theme.colours(self.palette()).quiet)
            place = self.viewport().rect()
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tr("Your last results will stand here"))

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.restored.emit(item.data(_FRAME).value)


class _FrameDelegate(QStyledItemDelegate):
    """A frame as a small sheet: the picture if it has one, beside its lines."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(FRAME_SIZE.width() + GAP, FRAME_SIZE.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        frame: Frame = index.data(_FRAME)
        colours = theme.colours(option.palette)
        sheet = QRect(option.rect.topLeft(), FRAME_SIZE)
        is_marked = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.quiet if is_marked else colours.line)
        painter.setBrush(colours.ground)
        painter.drawRoundedRect(QRectF(sheet).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(colours.text)
        inside = sheet.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        _paint_lines(painter, _paint_picture(painter, inside, frame.picture), frame)
        painter.restore()


def _paint_picture(painter: QPainter, place: QRect, picture: QPixmap | None) -> QRect:
    """Draws the picture at the left by a whole number; returns the room that is left."""
    if picture is None or picture.isNull():
        return place
    scale = max(place.height() // picture.height(), 1)
    size = picture.size() * scale
    if size.height() > place.height():
        size.scale(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    top = place.top() + (place.height() - size.height()) // 2
    painter.drawPixmap(QPoint(place.left(), top), _sharp(picture, size, painter.device().devicePixelRatio()))
    return place.adjusted(size.width() + PADDING, 0, 0, 0)


def _sharp(picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """The picture at a size, its pixels squares where it is enlarged."""
    is_enlarged = size.height() >= picture.height()
    mode = Qt.TransformationMode.FastTransformation if is_enlarged else Qt.TransformationMode.SmoothTransformation
    scaled = picture.scaled(size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    scaled.setDevicePixelRatio(ratio)
    return scaled


def _paint_lines(painter: QPainter, place: QRect, frame: Frame) -> None:
    painter.setFont(theme.font(theme.Size.SMALL, serif=frame.serif))
    metrics = painter.fontMetrics()
    alignments = (Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom)
    for line, alignment in zip((frame.first, frame.last), alignments, strict=True):
        elided = metrics.elidedText(line, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, alignment | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, elided)
