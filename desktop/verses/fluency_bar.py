"""How fluent a line is, as a thin bar with a notch where real verse stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.verses import words

WIDTH, THICKNESS, NOTCH = 32, 3, 7


def paint_bar(painter: QPainter, place: QRectF, ink: QColor, fluency: float) -> None:
    """A bar in the middle of `place`, as wide as it.

    Half full (the notch) is a line as fluent as real verse; twice and half as fluent lie equally far from it.
    """
    groove = QRectF(place.left(), place.center().y() - THICKNESS / 2, place.width(), THICKNESS)
    filled = QRectF(groove)
    filled.setWidth(groove.width() * fluency / (1 + fluency))
    notch = QRectF(groove.center().x() - 0.5, place.center().y() - NOTCH / 2, 1, NOTCH)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for rect, alpha in ((groove, 40), (filled, 110)):
        painter.setBrush(QColor(ink.red(), ink.green(), ink.blue(), alpha))
        painter.drawRoundedRect(rect, THICKNESS / 2, THICKNESS / 2)
    painter.drawRect(notch)


class FluencyBar(QWidget):
    """The bar of one verse; blank while the fluency is not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fluency: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    @property
    def fluency(self) -> float | None:
        return self._fluency

    def show_fluency(self, fluency: float | None) -> None:
        if fluency == self._fluency:
            return
        self._fluency = fluency
        text = "" if fluency is None else words.fluency(fluency)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, THICKNESS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._fluency is not None:
            ink = self.palette().color(QPalette.ColorRole.WindowText)
            paint_bar(QPainter(self), QRectF(self.rect()), ink, self._fluency)
