"""What a press on the canvas does, and the column of buttons that chooses it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop.widgets.skeleton import Skeleton

SIDE, ICON = 32, 20
SIZES = (1, 2, 3, 5)  # of the brush, in pixels


class Tool(Enum):
    """What a press on the canvas does."""

    LOOK = "look"
    BRUSH = "brush"
    FILL = "fill"
    PICK = "pick"
    COVER = "cover"
    UNCOVER = "uncover"


SIZED = (Tool.BRUSH, Tool.COVER, Tool.UNCOVER)


class Tools(QWidget):
    """Exactly one tool is chosen."""

    chosen = Signal(object)  # Tool

    def __init__(self, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.actions_by_tool: dict[Tool, QAction] = {}
        self.size_button = QToolButton(self)
        self._group = QActionGroup(self)
        self._size = 0  # the place in `SIZES`
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._add_tools(skeleton)
        self._add_size(skeleton)
        self._column.addStretch(1)
        self._group.triggered.connect(self._on_triggered)
        self.choose(Tool.LOOK)

    @property
    def tool(self) -> Tool:
        action = self._group.checkedAction()
        return Tool(action.data())

    @property
    def stroke(self) -> int:
        """How wide a stroke is, in pixels."""
        return SIZES[self._size] if self.tool in SIZED else 1

    def choose(self, tool: Tool) -> None:
        """Take a tool in hand."""
        self.actions_by_tool[tool].setChecked(True)
        self.size_button.setEnabled(tool in SIZED)
        self.chosen.emit(tool)

    def _add_tools(self, skeleton: Skeleton) -> None:
        tr = self.tr
        told = (
            (Tool.LOOK, tr("Look"), "V", tr("Click a drawn pixel to go back to it and see what the model thought")),
            (Tool.BRUSH, tr("Brush"), "B", tr("Paint pixels that shall stay")),
            (Tool.FILL, tr("Fill"), "G", tr("Fill a patch of one colour, or of cover")),
            (Tool.PICK, tr("Pick a colour"), "I", tr("Take a colour from the picture")),
            (Tool.COVER, tr("Cover"), "C", tr("Brush over what the model shall draw")),
            (Tool.UNCOVER, tr("Uncover"), "U", tr("Take the cover off: what is seen there stays")),
        )
        for tool, name, key, tip in told:
            action = skeleton.add_action(name, key, tool.value)
            action.setCheckable(True)
            action.setData(tool.value)
            action.setToolTip(self.tr("{tip} ({key})").format(tip=tip, key=key))
            self._group.addAction(action)
            self.actions_by_tool[tool] = action
            self._add_button(name).setDefaultAction(action)

    def _add_size(self, skeleton: Skeleton) -> None:
        action = skeleton.add_action(self.tr("Wider or thinner"), "X")
        action.setToolTip(self.tr("How wide a stroke is, in pixels (X)"))
        action.triggered.connect(self._on_size)
        button = self.size_button
        button.setAutoRaise(True)
        button.setFixedSize(QSize(SIDE, SIDE))
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        self._column.addSpacing(8)
        self._column.addWidget(button)
        self._show_size()

    def _add_button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIconSize(QSize(ICON, ICON))
        button.setFixedSize(QSize(SIDE, SIDE))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(name)
        self._column.addWidget(button)
        return button

    def _show_size(self) -> None:
        self.size_button.setText(self.tr("{} px").format(SIZES[self._size]))
        self.size_button.setAccessibleName(self.tr("Brush of {} pixels").format(SIZES[self._size]))

    @Slot()
    def _on_size(self) -> None:
        self._size = (self._size + 1) % len(SIZES)
        self._show_size()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.choose(Tool(action.data()))
