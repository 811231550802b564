"""One map with what stands under it: while two are compared, the image at the cursor and random codes of each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.latent_map import words
from desktop.latent_map.chart import Chart
from desktop.latent_map.image_view import ImageView
from desktop.latent_map.random_row import RandomRow
from desktop.widgets.quiet_label import quiet_label

IMAGE_SIDE = 96


class ChartColumn(QWidget):
    """A chart's place on the desk."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self.title = QLabel(self)
        self.image = ImageView(self.tr("What this decoder imagines"))
        self.row = RandomRow()
        self.distance = quiet_label()
        self._footer = QWidget(self)
        self._layout = QVBoxLayout(self)
        self._set_up()
        self.compare(is_compared=False)

    def add_row(self, row: QWidget) -> None:
        """Something more under the map."""
        self._layout.addWidget(row)

    def compare(self, *, is_compared: bool) -> None:
        """Whether the two maps stand side by side."""
        self.title.setVisible(is_compared)
        self.distance.setVisible(is_compared)
        self._footer.setVisible(is_compared)

    def show_kind(self, *, variational: bool) -> None:
        self.title.setText(self.tr("VAE") if variational else self.tr("Autoencoder"))
        self.chart.view.setAccessibleDescription(self.title.text())

    def show_distance(self, distance: float | None) -> None:
        """How unlike real pictures random images are; None where nobody measured it."""
        told = self.tr("random images: {} from real ones")
        self.distance.setText(told.format(words.number(distance, 0)) if distance is not None else "")

    def _set_up(self) -> None:
        font = self.title.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.distance.setToolTip(
            self.tr(
                "How far images of random codes are from real ones: the Fréchet distance in a small classifier's"
                " features. Lower is better"
            )
        )
        self.image.setFixedSize(IMAGE_SIDE, IMAGE_SIDE)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(quiet_label(self.tr("Random codes, decoded")))
        right.addWidget(self.row)
        right.addStretch(1)
        foot = QHBoxLayout(self._footer)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.image, 0, Qt.AlignmentFlag.AlignTop)
        foot.addLayout(right, 1)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.distance)
        self._layout.addLayout(top)
        self._layout.addWidget(self.chart.view, 1)
        self._layout.addWidget(self._footer)
