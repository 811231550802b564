"""Beside the canvas: the next pixel's chances, what is shown over the picture, its figures, where it came from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import images, theme, tooltip
from desktop.drawing.marks import Legend, View
from desktop.drawing.next_pixel import NextPixel
from desktop.drawing.work import Opened
from desktop.widgets.quiet_label import quiet_label
from models.sprites.form import Format

WIDTH = 176
PREVIEW = QSize(64, 64)


class ViewControl(QWidget):
    """What is shown over the picture, what its dots mean, and the numbers of the pixel that is pointed at."""

    chosen = Signal(object)  # View

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QComboBox(self)
        self.legend = Legend(self)
        self.readout = QLabel(self)
        words = {
            View.COLOURS: self.tr("Colours alone"),
            View.DOUBT: self.tr("How unsure it is"),
            View.SURPRISE: self.tr("How surprised it was"),
        }
        for view, name in words.items():
            self.list.addItem(name, view)
        self.list.setAccessibleName(self.tr("Show"))
        self.list.setToolTip(
            self.tr("Dots over the picture: how open each pixel to come is, or how unlikely each drawn one was")
        )
        self.list.currentIndexChanged.connect(self._on_chosen)
        self.readout.setWordWrap(True)
        self.readout.setFont(theme.font(theme.Size.SMALL))
        self.readout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.readout.setFixedHeight(2 * self.readout.fontMetrics().lineSpacing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.list, self.legend, self.readout):
            layout.addWidget(part)

    @property
    def view(self) -> View:
        return View(self.list.currentData())

    def choose(self, view: View) -> None:
        """As if a person had chosen it."""
        self.list.setCurrentIndex(self.list.findData(view))

    def tell(self, text: str) -> None:
        """The numbers of the pixel that is pointed at."""
        self.readout.setText(text)

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.emit(self.view)


class Figures(QWidget):
    """What the picture costs, and how near it is to what the model learned from; each number keeps its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawn, self.whole, self.nearest = QLabel(self), QLabel(self), QLabel(self)
        names = {
            self.drawn: self.tr("Drawn part"),
            self.whole: self.tr("Whole picture"),
            self.nearest: self.tr("Nearest training sprite"),
        }
        tips = {
            self.drawn: self.tr("What each pixel that the model drew cost it, on average; less is likelier"),
            self.whole: self.tr("How likely is this picture? Bits a pixel, were all of it drawn; less is likelier"),
            self.nearest: self.tr("How much of the picture is new"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for row, (value, name) in enumerate(names.items()):
            title = quiet_label(name, self)
            value.setAccessibleName(name)
            for label in (title, value):
                label.setToolTip(tips[value])
            grid.addWidget(title, 2 * row, 0)
            grid.addWidget(value, 2 * row + 1, 0)
        self.show_figures("", "", "", "")

    def show_figures(self, drawn: str, whole: str, nearest: str, nearest_explained: str) -> None:
        """An empty text stands for what is not known."""
        for label, text in ((self.drawn, drawn), (self.whole, whole), (self.nearest, nearest)):
            label.setText(text or "–")
        if nearest_explained:
            self.nearest.setToolTip(nearest_explained)


class Preview(QWidget):
    """The picture that was opened, and what the model sees of it; hidden until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._before, self._after = quiet_label("", self), QLabel(self), QLabel(self)
        arrow = QLabel("→", self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self._before, arrow, self._after):
            row.addWidget(part)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addLayout(row)
        self._opened: Opened | None = None
        self.hide()

    def show_opened(self, opened: Opened | None) -> None:
        """None hides it."""
        self.setVisible(opened is not None)
        if opened is None or opened is self._opened:
            return
        self._opened = opened
        ratio = self.devicePixelRatioF()
        before = images.of_colours(opened.preview)
        after = images.of_sprite(opened.form, opened.pixels)
        for label, image in ((self._before, before), (self._after, after)):
            label.setPixmap(images.thumbnail(image, PREVIEW, ratio))
        self._title.setText(self.fontMetrics().elidedText(opened.name, Qt.TextElideMode.ElideMiddle, WIDTH))
        self._before.setAccessibleName(self.tr("The opened picture"))
        self._after.setAccessibleName(self.tr("What the model sees of it"))
        self.setToolTip(tooltip.plain(self.tr("{}, and what the model sees of it").format(opened.name)))

    def picture(self) -> QImage:
        """What the model sees, as it is shown."""
        return self._after.pixmap().toImage()


class SidePanel(QWidget):
    """All of it in a column as wide as it always is."""

    def __init__(self, form: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.next_pixel = NextPixel(form)
        self.view = ViewControl()
        self.figures = Figures()
        self.preview = Preview()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.next_pixel, self.view, self.figures, self.preview):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setFixedWidth(WIDTH)
