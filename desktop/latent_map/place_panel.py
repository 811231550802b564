"""What the decoder imagines at the cursor: the image, its code, how unsure the decoder is, what lies near."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import images, theme
from desktop.latent_map import class_marks, words
from desktop.latent_map.image_view import ImageView
from desktop.latent_map.work import NEIGHBOURS
from desktop.widgets.quiet_label import quiet_label
from models.image_vae.codes import Code, Look, Neighbour
from models.image_vae.scene import Scene

COLUMNS = 2
ICON = QSize(14, 14)
MUCH = 100  # of the room goes to the image, until it is square


class PlacePanel(QWidget):
    """`code_typed` carries a text as it stands, `neighbour_chosen` the row of one of the encoded data."""

    code_typed = Signal(str)
    neighbour_chosen = Signal(int)
    doubt_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = ImageView(self.tr("What the decoder imagines here"))
        self.doubt = QCheckBox(self.tr("Show how unsure it is"))
        self.code = QLineEdit()
        self.neighbours = [_NeighbourButton(self) for _ in range(NEIGHBOURS)]
        self._title = quiet_label(self.tr("Nearest encoded pictures, and how far"))
        self._code: Code = ()
        self._set_up()
        self._lay_out()

    def show_scene(self, scene: Scene) -> None:
        """Where the cursor is; the image follows when it is known."""
        self._code = scene.code
        if not self.code.hasFocus():
            self._show_code()
        self.doubt.blockSignals(True)
        self.doubt.setChecked(scene.doubt)
        self.doubt.blockSignals(False)

    def show_nothing(self, image: NDArray[np.uint8] | None) -> None:
        """No model has said anything yet; an image (H, W, 3) may be ready-made."""
        self.image.show_image(image)
        self.image.show_doubt(None)
        for button in self.neighbours:
            button.show_neighbour(None, -1)
        self._title.setVisible(False)

    def show_look(self, look: Look, names: Sequence[str], most: float, *, with_doubt: bool) -> None:
        """What the model says of the place; `most` bits of doubt are the most that a pixel can have.

        `names` are the labels in their order.
        """
        self.image.show_image(look.image)
        self.image.show_doubt(look.doubt if with_doubt else None, most)
        for place, button in enumerate(self.neighbours):
            found = look.neighbours[place] if place < len(look.neighbours) else None
            button.show_neighbour(found, names.index(found.label) if found is not None and found.label in names else -1)
        self._title.setVisible(bool(look.neighbours))

    def show_passing(self, image: NDArray[np.uint8], code: Code) -> None:
        """A place that is only passed, by a film."""
        self.image.show_image(image)
        self.image.show_doubt(None)
        self._code = code
        self._show_code()
        for button in self.neighbours:
            button.show_neighbour(None, -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.image.setMaximumHeight(self.width())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """A code that was not entered gives way to that of the cursor."""
        if watched is self.code and event.type() == QEvent.Type.FocusOut:
            self._show_code()
        return False

    def _show_code(self) -> None:
        decimals = 3 if len(self._code) == 2 else 1
        self.code.setText(words.code(self._code, decimals))
        self.code.setCursorPosition(0)

    def _set_up(self) -> None:
        self.doubt.setToolTip(
            self.tr("Colour each pixel by how open the decoder leaves it: the stronger, the less sure")
        )
        self.doubt.toggled.connect(self.doubt_toggled)
        self.code.setAccessibleName(self.tr("Code"))
        self.code.setToolTip(self.tr("The code under the cursor; type another and press Enter to go there"))
        self.code.returnPressed.connect(self._on_entered)
        self.code.installEventFilter(self)
        for button in self.neighbours:
            button.clicked.connect(self._on_neighbour)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(self.tr("Code"), self))
        row.addWidget(self.code, 1)
        grid = QGridLayout()
        grid.setSpacing(0)
        for place, button in enumerate(self.neighbours):
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.image, MUCH)
        layout.addWidget(self.doubt)
        layout.addLayout(row)
        layout.addSpacing(4)
        layout.addWidget(self._title)
        layout.addLayout(grid)
        layout.addStretch(1)
        self._title.setVisible(False)

    @Slot()
    def _on_entered(self) -> None:
        self.code_typed.emit(self.code.text())

    @Slot()
    def _on_neighbour(self) -> None:
        button = self.sender()
        if isinstance(button, _NeighbourButton) and button.row is not None:
            self.neighbour_chosen.emit(button.row)


class _NeighbourButton(QToolButton):
    """One of the encoded data that lie near; it keeps its place where there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row: int | None = None
        self.setAutoRaise(True)
        self.setFont(theme.font(theme.Size.SMALL))
        self.setToolTip(self.tr("Go to the code of this picture"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(ICON)
        self._label = -1
        self.show_neighbour(None, -1)

    def show_neighbour(self, found: Neighbour | None, label: int) -> None:
        """With the mark that its points have; `label` is −1 where it has none."""
        self.row = found.row if found is not None else None
        self.setEnabled(found is not None)
        if label != self._label:
            self._label = label
            self.setIcon(self._mark(label) if label >= 0 else QIcon())
        text = words.neighbour(found) if found is not None else "–"
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(self.tr("Near: {}").format(text))

    def _mark(self, label: int) -> QIcon:
        halo = self.palette().window().color()
        return images.icon(class_marks.icon(class_marks.mark_of(label), halo, self.devicePixelRatioF(), ICON))
