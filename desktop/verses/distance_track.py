"""How far lines are: a dot for each at its distance from the axis on which the typed line stands, and the scale."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

DOT = 3.5  # pixels, its radius
MARGIN = 6  # pixels beside the axis and the farthest dot


class DistanceTrack(QWidget):
    """Tracks that stand under each other share their axis. Blank while the distance is not known."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.setFixedWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    @property
    def share(self) -> float | None:
        """Of the radius."""
        return self._share

    def show_share(self, share: float | None) -> None:
        """Put the dot at a share in [0, 1] of the radius, or take it away."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours(self.palette())
        painter.setPen(QPen(colours.line, 1))
        for share in (0.0, 1.0):
            x = self._x(share)
            painter.drawLine(QLineF(x, 0, x, self.height()))
        if self._share is None:
            return
        dot = QPointF(self._x(self._share), self.height() / 2)
        painter.setPen(QPen(colours.quiet, 1))
        painter.drawLine(QPointF(self._x(0), dot.y()), dot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text)
        painter.drawEllipse(dot, DOT, DOT)

    def _x(self, share: float) -> float:
        """Where a share of the radius lies, between the screen's pixels for the axis to be sharp."""
        return round(MARGIN + share * (self.width() - 2 * MARGIN)) + 0.5


class DistanceScale(QWidget):
    """What the axis and the end of the tracks under it stand for."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._radius = ""
        self.setFont(theme.font(theme.Size.SMALL))
        self.setFixedWidth(width)

    def show_radius(self, radius: float) -> None:
        self._radius = f"{radius:.1f}"
        self.setAccessibleName(self.tr("Distances up to {}").format(self._radius))
        self.setToolTip(self.tr("The farther to the right a dot stands, the less its line is like yours"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.fontMetrics().height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colours(self.palette()).quiet)
        inside = self.rect().adjusted(MARGIN - self.fontMetrics().horizontalAdvance("0") // 2, 0, 0, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "0")
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._radius)
