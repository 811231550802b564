"""The other lines that the model has for one place: a small list that pops up under the verse."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.verses import words
from desktop.verses.fluency_bar import WIDTH, paint_bar
from models.sentence_vae.path import Alternative, Verse

FLUENCY = Qt.ItemDataRole.UserRole
GAP = 12
Index = QModelIndex | QPersistentModelIndex


class _LineDelegate(QStyledItemDelegate):
    """A line, and its fluency as a bar at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRectF(option.rect.right() - WIDTH - GAP, option.rect.top(), WIDTH, option.rect.height())
        super().paint(painter, option, index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        paint_bar(painter, place, option.palette.color(role), float(index.data(FLUENCY)))
        painter.restore()


class Alternatives(QFrame):
    """Pick a line by click or key; Escape leaves all as it was."""

    chosen = Signal(str)
    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._heading = QLabel()
        self.list = QListWidget()
        self.write_button = QPushButton(self.tr("Write your own…"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setAccessibleName(self.tr("Other lines for this place"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        self.write_button.clicked.connect(self._on_write)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        for widget in (self._heading, self.list, self.write_button):
            self._column.addWidget(widget)

    def open_for(self, verse: Verse, font: QFont, corner: QPoint, width: int) -> None:
        """Show the others of a verse with the upper left corner at `corner` of the screen, at least `width` wide."""
        others = [other for other in verse.alternatives if other.text != verse.text]
        self._heading.setText(self._told(verse.locked, bool(others)).format(place=words.percent(verse.t)))
        self._fill(others, font)
        self.setFixedWidth(min(max(width, self._width_of_lines()), self.screen().availableGeometry().width()))
        self.adjustSize()
        self.move(self._on_screen(corner))
        self.show()
        (self.list if others else self.write_button).setFocus(Qt.FocusReason.PopupFocusReason)

    def _told(self, is_locked: bool, are_others: bool) -> str:
        if are_others:
            return self.tr("Other lines at {place}")
        if is_locked:
            return self.tr("This verse is locked: unlock it, and other lines stand here")
        return self.tr("The model has no other line at {place}")

    def _fill(self, others: list[Alternative], font: QFont) -> None:
        self.list.clear()
        self.list.setFont(font)
        for other in others:
            item = QListWidgetItem(other.text, self.list)
            item.setData(FLUENCY, other.fluency)
            item.setToolTip(words.fluency(other.fluency))
            item.setSizeHint(self._room_for(other.text))
        self.list.setVisible(bool(others))
        self.list.setFixedHeight(sum(self.list.sizeHintForRow(row) for row in range(self.list.count())) + 4)
        self.list.setCurrentRow(0)

    def _room_for(self, line: str) -> QSize:
        metrics = self.list.fontMetrics()
        return QSize(metrics.horizontalAdvance(line), metrics.height() + 12)

    def _width_of_lines(self) -> int:
        """So wide that every line is seen to its end, with its fluency beside it."""
        widest = self.list.sizeHintForColumn(0) + 3 * GAP + WIDTH
        margins = self.contentsMargins() + self._column.contentsMargins()
        return widest + margins.left() + margins.right()

    def _on_screen(self, corner: QPoint) -> QPoint:
        """The corner moved so far that the list stays on the screen."""
        area = self.screen().availableGeometry()
        left = min(corner.x(), area.right() - self.width())
        top = min(corner.y(), area.bottom() - self.height())
        return QPoint(max(left, area.left()), max(top, area.top()))

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        if self.isVisible():  # a click may also count as an activation
            self.hide()
            self.chosen.emit(item.text())

    @Slot()
    def _on_write(self) -> None:
        self.hide()
        self.edit_asked.emit()
