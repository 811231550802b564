"""One map with what stands under it: while two are compared, the image at the cursor and random codes of each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.latent_map import words
from desktop.latent_map.chart import Chart
from desktop.latent_map.image_view import ImageView
from desktop.latent_map.random_row import RandomRow
from desktop.latent_map.work import RANDOM_CODES, Dreams

IMAGE_SIDE = 96


class ChartColumn(QWidget):
    """A chart's place on the desk."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self.title = QLabel(self)
        self.image = ImageView(self.tr("What this decoder imagines"))
        self.row = RandomRow()
        self.count = QLabel(self)
        self._astray: int | None = None
        self._distance: float | None = None
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
        self.count.setVisible(is_compared)
        self._footer.setVisible(is_compared)

    def show_kind(self, *, variational: bool) -> None:
        self.title.setText(self.tr("VAE") if variational else self.tr("Autoencoder"))
        self.chart.view.setAccessibleDescription(self.title.text())

    def show_dreams(self, dreams: Dreams | None) -> None:
        """Random codes, and how many of them lie where no picture is near."""
        self.row.show_imagined(dreams.imagined if dreams is not None else None)
        self._astray = dreams.astray if dreams is not None else None
        self._show_figures()

    def show_distance(self, distance: float | None) -> None:
        """How unlike real pictures random images are, over thousands of them; None where nobody measured it."""
        self._distance = distance
        self._show_figures()

    def _show_figures(self) -> None:
        parts = []
        if self._astray:
            parts.append(self.tr("{astray} of {all} in a hole").format(astray=self._astray, all=RANDOM_CODES))
        if self._distance is not None:
            parts.append(self.tr("Fréchet distance {}").format(words.number(self._distance, 0)))
        self.count.setText(" · ".join(parts))

    def _set_up(self) -> None:
        font = self.title.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.count.setFont(theme.font(theme.Size.SMALL))
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.count.setToolTip(
            self.tr(
                "Random codes with no encoded picture near; and how unlike real pictures thousands of random images are"
                " to a small classifier: less is better"
            )
        )
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.image.setFixedSize(IMAGE_SIDE, IMAGE_SIDE)
        heading = QLabel(self.tr("Random codes, decoded"))
        heading.setFont(theme.font(theme.Size.SMALL))
        heading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(heading)
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
        top.addWidget(self.count)
        self._layout.addLayout(top)
        self._layout.addWidget(self.chart.view, 1)
        self._layout.addWidget(self._footer)
