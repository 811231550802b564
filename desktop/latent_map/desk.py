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
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for column in self.columns:
            row.addWidget(column, 1)
        row.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row, 1)
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
        self.side.setFixedWidth(min(max(round(SHARE * self.width()), NARROW), WIDE))

    def _lesson(self) -> str:
        return self.tr(
            "<b>Why random codes fail in one and not in the other.</b> Random codes fall anywhere within the circles. A"
            " VAE pays for codes that stray from that cloud (the KL), and draws each picture's code anew from a small"
            " cloud of its own: its decoder has practised nearly everywhere in there. An autoencoder does neither: it"
            " learns single points, set wherever it likes, and what lies between them its decoder never practised:"
            " mush."
        )
