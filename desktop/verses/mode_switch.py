"""The switch between the ways of asking, on top of the thing itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionFocusRect,
    QToolButton,
    QWidget,
)

from desktop import theme
from desktop.widgets.skeleton import Skeleton

MARGIN, UNDERLINE = 6, 2  # pixels around the words and under them


class ModeSwitch(QWidget):
    """`chosen` carries the place of the button that a person pressed, by the pointer or by its keys."""

    chosen = Signal(int)

    def __init__(self, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path_action = skeleton.add_action(self.tr("Path"), "Ctrl+1")
        self.path_action.setToolTip(self.tr("Verses from one line to another (Ctrl+1)"))
        self.square_action = skeleton.add_action(self.tr("Square"), "Ctrl+2")
        self.square_action.setToolTip(self.tr("Four lines, mixed in two directions (Ctrl+2)"))
        self.neighbours_action = skeleton.add_action(self.tr("Neighbours"), "Ctrl+3")
        self.neighbours_action.setToolTip(self.tr("The lines around one line (Ctrl+3)"))
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(8)
        layout.addStretch(1)
        for place, action in enumerate((self.path_action, self.square_action, self.neighbours_action)):
            button = _ModeButton(action)
            self._group.addButton(button, place)
            layout.addWidget(button)
        layout.addStretch(1)
        self._group.idClicked.connect(self.chosen)
        self.path_action.triggered.connect(self._on_path)
        self.square_action.triggered.connect(self._on_square)
        self.neighbours_action.triggered.connect(self._on_neighbours)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def button(self, place: int) -> QToolButton:
        """The button at a place, from left to right."""
        button = self._group.button(place)
        assert isinstance(button, QToolButton)
        return button

    def show_place(self, place: int) -> None:
        """Switch a button on without telling."""
        self._group.button(place).setChecked(True)

    @Slot()
    def _on_path(self) -> None:
        self.chosen.emit(0)

    @Slot()
    def _on_square(self) -> None:
        self.chosen.emit(1)

    @Slot()
    def _on_neighbours(self) -> None:
        self.chosen.emit(2)


class _ModeButton(QToolButton):
    """Plain words, underlined where they are switched on."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setText(action.text())
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * MARGIN, metrics.height() + 2 * MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours(self.palette())
        painter.setPen(colours.text if self.isChecked() or self.underMouse() else colours.quiet)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            underline = QRect(MARGIN, self.height() - UNDERLINE, self.width() - 2 * MARGIN, UNDERLINE)
            painter.fillRect(underline, colours.text)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
