"""The tab's main area: one map and what is told of it, or two maps side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.latent_map.chart import Chart
from desktop.latent_map.chart_column import ChartColumn
from desktop.latent_map.mixer import Mixer
from desktop.latent_map.side_panel import NARROW, WIDE, SidePanel

GAP = 16
SHARE = 0.34  # of the width, for what stands beside the map


class Desk(QWidget):
    """The second map is hidden until two are compared."""

    def __init__(self, first: Chart, second: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = (ChartColumn(first), ChartColumn(second))
        self.side = SidePanel()
        self.mixer = Mixer()
        self.lesson = QLabel(self._lesson(), self)
        self.lesson.setWordWrap(True)
        self.lesson.setTextFormat(Qt.TextFormat.RichText)
        self.columns[0].add_row(self.mixer)
        self.side.setFixedWidth(NARROW)
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        for column in self.columns:
            self._row.addWidget(column, 1)
        self._row.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._row, 1)
        layout.addWidget(self.lesson)
        self.compare(is_compared=False)

    @property
    def is_compared(self) -> bool:
        return not self.columns[1].isHidden()

    def compare(self, *, is_compared: bool) -> None:
        """Whether the two maps stand side by side."""
        for column in self.columns:
            column.compare(is_compared=is_compared)
        self.columns[1].setVisible(is_compared)
        self.lesson.setVisible(is_compared)
        self.side.setVisible(not is_compared)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.setSpacing(GAP + self.width() % 2)  # two maps are equally wide, to the pixel
        self.side.setFixedWidth(min(max(round(SHARE * self.width()), NARROW), WIDE))

    def _lesson(self) -> str:
        return self.tr(
            "<b>Why random codes fail in an autoencoder more often than in a VAE.</b> Random codes fall within the"
            " circles. A VAE pays for codes outside of that cloud (the KL), and practises a small cloud around each. An"
            " autoencoder does neither: it sets its points wherever it likes. No random code finds those far outside of"
            " the circles, and what lies between its points its decoder never practised: smudges."
        )
