"""What is laid over the map, whose points are shown; paths; whether two models are compared."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import icons
from desktop.latent_map.legend import Legend
from desktop.widgets.skeleton import Skeleton
from models.image_vae.scene import Overlay, Scene

SHORTEST = 12  # letters of the overlay's name that always find room


class LayersControl(QWidget):
    """`changed` carries the overlay or None, whether points are shown, and whether circles are."""

    changed = Signal(object, bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overlay = QComboBox(self)
        self.whole = QPushButton(self.tr("Whole map"), self)
        self.points = QCheckBox(self.tr("Pictures as points"), self)
        self.circles = QCheckBox(self.tr("Prior's circles"), self)
        self.legend = Legend()
        self._set_up()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.points)
        row.addWidget(self.circles)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.overlay, 1)
        top.addWidget(self.whole)
        layout.addLayout(top)
        layout.addLayout(row)
        layout.addWidget(self.legend)

    def show_scene(self, scene: Scene) -> None:
        for control in (self.overlay, self.points, self.circles):
            control.blockSignals(True)
        self.overlay.setCurrentIndex(self.overlay.findData(scene.overlay))
        self.points.setChecked(scene.points)
        self.circles.setChecked(scene.circles)
        for control in (self.overlay, self.points, self.circles):
            control.blockSignals(False)
        if scene.hidden != self.legend.hidden_names:
            self.legend.show_hidden(scene.hidden)

    def _set_up(self) -> None:
        names = {
            None: self.tr("No overlay"),
            Overlay.DENSITY: self.tr("Where many pictures lie"),
            Overlay.HOLES: self.tr("Holes: how far the nearest picture is"),
            Overlay.SPREAD: self.tr("How widely the encoder spreads"),
        }
        for kind, name in names.items():
            self.overlay.addItem(name, kind)
        self.overlay.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.overlay.setMinimumContentsLength(SHORTEST)
        self.overlay.setAccessibleName(self.tr("Overlay"))
        self.overlay.setToolTip(self.tr("Colours over the map that tell something about each place"))
        self.whole.setToolTip(self.tr("Back to the whole map, from wherever you are (Home)"))
        self.whole.setAccessibleName(self.whole.text())
        self.points.setToolTip(self.tr("Where the encoder puts pictures that the model never saw in training"))
        self.circles.setToolTip(self.tr("Random codes fall within these circles: most in the first two"))
        self.overlay.currentIndexChanged.connect(self._on_changed)
        self.points.toggled.connect(self._on_changed)
        self.circles.toggled.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.overlay.currentData(), self.points.isChecked(), self.circles.isChecked())


class PathControl(QWidget):
    """Draw a path, play it, take it away."""

    def __init__(self, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draw_action = skeleton.add_action(self.tr("Draw a path"), "P", "pencil")
        self.play_action = skeleton.add_action(self.tr("Play the path"), "Ctrl+Return", "play")
        self.clear_action = skeleton.add_action(self.tr("Take the path away"), "Ctrl+Backspace", "close")
        self.draw, self.play, self.clear = QToolButton(self), QPushButton(self), QToolButton(self)
        self.draw_action.setCheckable(True)
        self.draw_action.setToolTip(
            self.tr("Draw a line on the map, or click its points and press Enter; it plays as a film (P)")
        )
        self.clear_action.setToolTip(self.tr("Take the path away (Ctrl+Backspace)"))
        for button, action in ((self.draw, self.draw_action), (self.clear, self.clear_action)):
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
        self.play.clicked.connect(self.play_action.trigger)
        self.play.setToolTip(self.tr("Let the path play as a film (Ctrl+Enter)"))
        self.show_playing(is_playing=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.draw)
        layout.addWidget(self.play, 1)
        layout.addWidget(self.clear)

    def show_scene(self, scene: Scene) -> None:
        self.clear_action.setEnabled(bool(scene.path))
        for control in (self.play, self.play_action):
            control.setEnabled(bool(scene.path) and not self.draw_action.isChecked())  # the path in sight

    def show_playing(self, *, is_playing: bool) -> None:
        """What the button does now."""
        name = self.tr("Pause") if is_playing else self.tr("Play")
        if name != self.play.text():
            self.play.setText(name)
            self.play.setAccessibleName(name)
            icons.set_icon(self.play, "pause" if is_playing else "play", self.palette())


class CompareControl(QWidget):
    """Autoencoder beside VAE."""

    toggled = Signal(bool)

    def __init__(self, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = skeleton.add_action(self.tr("Autoencoder beside VAE"), "Ctrl+B")
        self.action.setCheckable(True)
        self.button = QPushButton(self)
        self.button.setCheckable(True)
        self.button.setText(self.action.text())
        self.button.setAccessibleName(self.action.text())
        self.action.toggled.connect(self._on_toggled)
        self.button.toggled.connect(self.action.setChecked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        self.allow(is_possible=False)

    def show_scene(self, scene: Scene) -> None:
        for control in (self.action, self.button):
            control.blockSignals(True)
            control.setChecked(scene.beside)
            control.blockSignals(False)

    def allow(self, *, is_possible: bool) -> None:
        """Whether the shelf holds the other kind of this model."""
        for control in (self.action, self.button):
            control.setEnabled(is_possible)
        told = (
            self.tr("Show both kinds of model with one cursor, and random codes of each (Ctrl+B)")
            if is_possible
            else self.tr("The shelf holds no model of the other kind with as many numbers for these pictures")
        )
        self.action.setToolTip(told)
        self.button.setToolTip(told)
        self.button.setAccessibleDescription(told)

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self.button.blockSignals(True)
        self.button.setChecked(is_on)
        self.button.blockSignals(False)
        self.toggled.emit(is_on)
