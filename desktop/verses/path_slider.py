"""A slider along the whole path, and the verse at its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSlider, QWidget

from desktop import tooltip
from desktop.verses import words
from desktop.verses.line_label import LineLabel
from desktop.verses.typography import GUTTER, TOOLS
from models.sentence_vae.path import PointVerse
from models.sentence_vae.script import HAN, script_of

STEPS = 1000  # fine enough that a drag feels continuous


class PathSlider(QWidget):
    """`moved` carries t in [0, 1] whenever a person moves it."""

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setValue(STEPS // 2)
        self.slider.setSingleStep(STEPS // 100)
        self.slider.setPageStep(STEPS // 10)
        self.slider.setAccessibleName(self.tr("Slide along the path"))
        self.slider.setToolTip(self.tr("Every place between the two lines has a verse: slide along"))
        self.slider.valueChanged.connect(self._on_moved)
        self._font = QFont()
        self._place = LineLabel(GUTTER)
        self._verse = LineLabel()
        self._place.setText(words.percent(self.t))
        self._lay_out()

    @property
    def t(self) -> float:
        return self.slider.value() / STEPS

    @property
    def line(self) -> str:
        return self._verse.text()

    def show_point(self, point: PointVerse) -> None:
        """The verse at the slider's place, or the nearest one known."""
        self._verse.setText(point.text)
        self._verse.setToolTip(tooltip.plain(point.text))
        self._set_font()
        self.slider.setAccessibleDescription(point.text)

    def set_type(self, font: QFont) -> None:
        self._font = font
        self._set_font()

    def _set_font(self) -> None:
        """A verse that is only passing is slanted, but no script may be slanted that knows no such letters."""
        font = QFont(self._font)
        font.setItalic(script_of((self.line,)) != HAN)
        self._verse.setFont(font)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(0)
        layout.setVerticalSpacing(4)
        layout.setColumnMinimumWidth(0, GUTTER)
        layout.setColumnMinimumWidth(2, TOOLS)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._place, 0, 0)
        layout.addWidget(self._verse, 0, 1, 1, 2)
        layout.addWidget(self.slider, 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @Slot()
    def _on_moved(self) -> None:
        self._place.setText(words.percent(self.t))
        self.moved.emit(self.t)
