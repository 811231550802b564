"""The tab's main area: tools, the canvas as large as it can be, and what is told beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.drawing.canvas_view import CanvasView
from desktop.drawing.completions_view import CompletionsView
from desktop.drawing.sheet import Sheet
from desktop.drawing.side_panel import SidePanel
from desktop.drawing.tools import Tools
from desktop.drawing.work import Completions
from desktop.widgets.skeleton import Skeleton

GAP = 8


class Desk(QWidget):
    """Several completions take the canvas's place while they are looked at."""

    def __init__(self, sheet: Sheet, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = Tools(skeleton)
        self.canvas = CanvasView(sheet)
        self.completions = CompletionsView()
        self.side = SidePanel(sheet.form)
        self._form = sheet.form
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.completions)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.tools)
        layout.addWidget(self._stack, 1)
        layout.addSpacing(GAP)
        layout.addWidget(self.side)

    @property
    def shows_completions(self) -> bool:
        return self._stack.currentWidget() is self.completions

    def show_sheet(self, sheet: Sheet) -> None:
        self._form = sheet.form
        self.canvas.show_sheet(sheet)

    def show_completions(self, completions: Completions | None) -> None:
        """None shows the canvas."""
        if completions is not None:
            self.completions.show_completions(completions, self._form)
            self._stack.setCurrentWidget(self.completions)
        elif self.shows_completions:
            self._stack.setCurrentWidget(self.canvas)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
