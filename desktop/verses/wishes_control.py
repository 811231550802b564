"""What a person wishes of the verses: how inventive they are, how long, whether they rhyme, how their tones go."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.widgets.skeleton import Skeleton
from desktop.widgets.slider import slider
from models.sentence_vae.path import FIRST, LAST, PathRequest, SquareRequest, Wishes
from models.sentence_vae.script import HAN, script_of

FINE = 20  # slider steps from faithful to inventive


class DialControl(QWidget):
    """One dial; `changed` carries its place in [0, 1] when a person has let go of it."""

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = slider(
            self.tr("Faithful or inventive"),
            self.tr("Faithful verses say what lies between the two lines; inventive ones read more freely"),
        )
        self.slider.setRange(0, FINE)
        self.slider.setPageStep(FINE // 4)
        self.slider.setTracking(False)  # one drag is one step, and one path
        self.slider.valueChanged.connect(self._on_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(QLabel(self.tr("Faithful"), self))
        layout.addWidget(self.slider, 1)
        layout.addWidget(QLabel(self.tr("Inventive"), self))

    def show_request(self, request: PathRequest | SquareRequest) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(request.dial * FINE))
        self.slider.blockSignals(False)

    @Slot(int)
    def _on_changed(self, place: int) -> None:
        self.changed.emit(place / FINE)


class WishesControl(QWidget):
    """`changed` carries all wishes whenever a person changes one of them."""

    changed = Signal(object)  # Wishes

    def __init__(self, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.length = QCheckBox(self.tr("Same length"), self)
        self.tones = QCheckBox(self.tr("Tones in turn"), self)
        self.rhyme = QComboBox(self)
        self.length_action = skeleton.add_action(self.tr("Verses of the same length"), "Ctrl+L")
        self.rhyme_action = skeleton.add_action(self.tr("Next wish for rhyme"), "Ctrl+R")
        self.tones_action = skeleton.add_action(self.tr("Tones in turn"), "Ctrl+T")
        self._set_up()
        self._connect()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.length)
        row.addWidget(self.tones)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.rhyme)

    @property
    def wishes(self) -> Wishes:
        """What stands here now."""
        return Wishes(self.length.isChecked(), self.rhyme.currentData(), self.tones.isChecked())

    def show_request(self, request: PathRequest) -> None:
        """A request's wishes; the one for tones can only be changed where the lines are Chinese."""
        for control in (self.length, self.rhyme, self.tones):
            control.blockSignals(True)
        self.length.setChecked(request.wishes.length)
        self.tones.setChecked(request.wishes.tones)
        self.rhyme.setCurrentIndex(self.rhyme.findData(request.wishes.rhyme))
        for control in (self.length, self.rhyme, self.tones):
            control.blockSignals(False)
        is_chinese = script_of((request.first, request.last)) == HAN
        self.tones.setEnabled(is_chinese)
        self.tones_action.setEnabled(is_chinese)

    def actions_of_its_own(self) -> tuple[QAction, ...]:
        """What works by key while these wishes can be had."""
        return self.length_action, self.rhyme_action, self.tones_action

    def _set_up(self) -> None:
        rhymes = {
            "": self.tr("With or without rhyme"),
            FIRST: self.tr("Rhyme with the first line"),
            LAST: self.tr("Rhyme with the last line"),
        }
        for end, name in rhymes.items():
            self.rhyme.addItem(name, end)
        self.rhyme.setAccessibleName(self.tr("Rhyme"))
        self.rhyme.setToolTip(self.tr("Look for verses that rhyme with one of the two lines (Ctrl+R)"))
        self.length.setToolTip(
            self.tr("Look for verses with as many syllables, or Chinese characters, as the two lines (Ctrl+L)")
        )
        self.tones.setToolTip(
            self.tr("Chinese: level and oblique tones take turns at characters two, four and six (Ctrl+T)")
        )

    def _connect(self) -> None:
        self.length.toggled.connect(self._on_changed)
        self.tones.toggled.connect(self._on_changed)
        self.rhyme.currentIndexChanged.connect(self._on_changed)
        self.length_action.triggered.connect(self.length.toggle)
        self.tones_action.triggered.connect(self.tones.toggle)
        self.rhyme_action.triggered.connect(self._on_next_rhyme)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.wishes)

    @Slot()
    def _on_next_rhyme(self) -> None:
        self.rhyme.setCurrentIndex((self.rhyme.currentIndex() + 1) % self.rhyme.count())
