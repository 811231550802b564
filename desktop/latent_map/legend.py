"""Which mark is which class; unticked classes are not shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.latent_map import class_marks

ROOM = 256  # pixels, as wide as a column of controls leaves
MOST_COLUMNS, SPACE = 5, 4
ICON = QSize(16, 16)


class Legend(QWidget):
    """`hidden_changed` carries the names that are unticked, as a frozenset."""

    hidden_changed = Signal(object)

    def __init__(self, names: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[_ClassBox] = []
        self.all_button = QPushButton(self.tr("All"), self)
        self.none_button = QPushButton(self.tr("None"), self)
        self.all_button.setToolTip(self.tr("Show the points of every class"))
        self.none_button.setToolTip(self.tr("Show no points; then tick the classes to see"))
        self.all_button.clicked.connect(self._on_all)
        self.none_button.clicked.connect(self._on_none)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.all_button)
        buttons.addWidget(self.none_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addLayout(buttons)
        self.setAccessibleName(self.tr("Classes"))
        self.show_names(names)

    @property
    def hidden_names(self) -> frozenset[str]:
        return frozenset(box.name for box in self.boxes if not box.isChecked())

    def show_names(self, names: Sequence[str]) -> None:
        """Other classes, all of them ticked; without any, nothing is to be seen."""
        for box in self.boxes:
            self._grid.removeWidget(box)
            box.deleteLater()
        self.boxes = [_ClassBox(name, label, self) for label, name in enumerate(names)]
        columns = _columns([box.sizeHint().width() for box in self.boxes])
        for place, box in enumerate(self.boxes):
            box.toggled.connect(self._on_toggled)
            box.alone_asked.connect(self._on_alone)
            self._grid.addWidget(box, place // columns, place % columns)
        self.setVisible(bool(names))

    def show_hidden(self, names: frozenset[str]) -> None:
        """Untick these and tick all others, without telling."""
        for box in self.boxes:
            box.blockSignals(True)
            box.setChecked(box.name not in names)
            box.blockSignals(False)

    @Slot()
    def _on_toggled(self) -> None:
        self.hidden_changed.emit(self.hidden_names)

    @Slot()
    def _on_all(self) -> None:
        self._hide(frozenset())

    @Slot()
    def _on_none(self) -> None:
        self._hide(frozenset(box.name for box in self.boxes))

    @Slot(str)
    def _on_alone(self, name: str) -> None:
        """Only this one; all again where it was the only one."""
        others = frozenset(box.name for box in self.boxes) - {name}
        self._hide(frozenset() if others <= self.hidden_names else others)

    def _hide(self, names: frozenset[str]) -> None:
        self.show_hidden(names)
        self.hidden_changed.emit(names)


def _columns(widths: Sequence[int]) -> int:
    """The most columns that fit the room, filled row after row."""
    for columns in range(MOST_COLUMNS, 1, -1):
        widest = [max(widths[column::columns], default=0) for column in range(columns)]
        if sum(widest) + SPACE * (columns - 1) <= ROOM:
            return columns
    return 1


class _ClassBox(QCheckBox):
    """One class. `alone_asked` comes of a double click."""

    alone_asked = Signal(str)

    def __init__(self, name: str, label: int, parent: QWidget) -> None:
        super().__init__(name.replace("&", "&&"), parent)
        self.name = name
        self._mark = class_marks.mark_of(label)
        self.setChecked(True)
        self.setIconSize(ICON)
        self.setToolTip(self.tr("Show or hide “{}”; a double click shows it alone").format(name))
        self.setAccessibleName(self.tr("Show the points of “{}”").format(name))
        self._show_icon()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.alone_asked.emit(self.name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _show_icon(self) -> None:
        palette = self.palette()
        rim = palette.windowText() if theme.is_dark(palette) else palette.window()  # around a black mark in the dark
        halo = QColor(rim.color())
        self.setIcon(QIcon(class_marks.icon(self._mark, halo, self.devicePixelRatioF(), ICON)))
