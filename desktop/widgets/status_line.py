"""What computes and whether it does so now: device · model · state, with a dot that lights up."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.engine import State

DOT = 8
_NAMES = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}


class _Dot(QWidget):
    """Full in the accent while a model works, else a quiet ring."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_lit = False
        self.setFixedSize(QSize(DOT + 2, DOT + 2))

    def light(self, is_lit: bool) -> None:
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.accent if self._is_lit else colours.quiet)
        painter.setBrush(colours.accent if self._is_lit else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().adjusted(1, 1, -2, -2))


class StatusLine(QWidget):
    """Blank until `show_state`. It only ever grows, so that its neighbours do not jump."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self._dot = _Dot(self)
        self._dot.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self.text)

    def show_state(self, device: str, model: str, state: State) -> None:
        """Tell the state of the model in use."""
        parts = [part for part in (_NAMES.get(device.partition(":")[0], device), model, self._words(state)) if part]
        self.text.setText(" · ".join(parts))
        self.text.setMinimumWidth(max(self.text.minimumWidth(), self.text.sizeHint().width()))
        self._dot.light(state in (State.WORKING, State.LOADING))
        self._dot.show()

    def clear(self) -> None:
        """Nothing computes on this page."""
        self.text.clear()
        self._dot.hide()

    def _words(self, state: State) -> str:
        words = {
            State.ASLEEP: self.tr("not started"),
            State.LOADING: self.tr("waking up"),
            State.READY: self.tr("ready"),
            State.WORKING: self.tr("working"),
            State.BROKEN: self.tr("cannot be used"),
        }
        return words[state]
