"""A person's own picture: drawn here or dropped; what the model sees in it, and what it costs."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from desktop import icons, images
from desktop.latent_map import words
from desktop.latent_map.draw_pad import DrawPad
from desktop.latent_map.image_view import ImageView
from desktop.widgets.palette_view import PaletteView
from desktop.widgets.quiet_label import quiet_label
from models.image_vae.codes import Landing
from models.sprites.form import Format
from models.sprites.idx import INK

SIDE = 64  # of the reconstruction, in logical pixels
LINES = 4
MUCH = 100  # of the room goes to the sheet, until it is square


class PicturePanel(QWidget):
    """`cleared` asks for an empty sheet; `undone` takes back the last stroke."""

    cleared = Signal()
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = DrawPad()
        self.palette_view = PaletteView(Format(1, 1, INK))
        self.colour_button = QToolButton(self)
        self.pen, self.eraser = QAction(self.tr("Pen"), self), QAction(self.tr("Eraser"), self)
        self.undo, self.clear = QToolButton(self), QToolButton(self)
        self.reconstruction = ImageView(self.tr("What the model makes of it"))
        self.price = quiet_label("")
        self.told = quiet_label("")
        self._set_up()
        self._lay_out()

    def show_format(self, form: Format) -> None:
        """Another model's size and colours."""
        self.pad.show_format(form)
        self.palette_view.show_format(form)
        self.colour_button.setVisible(not self.pad.is_ink)
        self._take_colour(self.palette_view.current)

    def show_picture(self, picture: bytes) -> None:
        self.pad.show_picture(picture)
        self.clear.setEnabled(bool(picture))

    def show_landing(self, landing: Landing | None) -> None:
        """None while there is no picture, or nothing is known of it yet."""
        self.reconstruction.show_image(landing.reconstruction if landing is not None else None)
        self.price.setText(self._told_of(landing) if landing is not None else self._invitation())

    def show_told(self, sentence: str) -> None:
        """What was done to a picture that came from outside."""
        self.told.setText(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pad.setMaximumHeight(self.width())

    @Slot()
    def forget_told(self) -> None:
        """The picture is no longer the one that came."""
        self.told.clear()

    def _told_of(self, landing: Landing) -> str:
        return words.price(landing) if self.pad.pixels.any() else self.tr("Nothing is on this picture")

    def _invitation(self) -> str:
        return self.tr("Draw on the sheet, or drop a picture anywhere: you see where it lands")

    def _set_up(self) -> None:
        group = QActionGroup(self)
        tips = {self.pen: self.tr("Draw with the pen"), self.eraser: self.tr("Take away what was drawn")}
        for action, tip in tips.items():
            action.setCheckable(True)
            action.setToolTip(tip)
            group.addAction(action)
        icons.set_icon(self.pen, "pencil", self.palette())
        icons.set_icon(self.eraser, "uncover", self.palette())
        self.pen.setChecked(True)
        group.triggered.connect(self._on_tool)
        names = {self.undo: self.tr("Undo the last stroke"), self.clear: self.tr("Empty sheet")}
        for button, name in names.items():
            button.setAutoRaise(True)
            button.setAccessibleName(name)
            button.setToolTip(name)
        icons.set_icon(self.undo, "undo", self.palette())
        icons.set_icon(self.clear, "close", self.palette())
        self.undo.clicked.connect(self.undone)
        self.clear.clicked.connect(self.cleared)
        self._set_up_colours()
        self.price.setWordWrap(True)
        self.told.setWordWrap(True)
        self.show_landing(None)

    def _set_up_colours(self) -> None:
        menu = QMenu(self)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(self.palette_view)
        menu.addAction(holder)
        self.colour_button.setMenu(menu)
        self.colour_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.colour_button.setAccessibleName(self.tr("Colour of the pen"))
        self.colour_button.setToolTip(self.tr("The colour to draw with"))
        self.palette_view.chosen.connect(self._on_colour)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for action in (self.pen, self.eraser):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setAccessibleName(action.text())
            tools.addWidget(button)
        tools.addWidget(self.colour_button)
        tools.addStretch(1)
        tools.addWidget(self.undo)
        tools.addWidget(self.clear)
        self.reconstruction.setFixedSize(SIDE, SIDE)
        result = QHBoxLayout()
        result.setSpacing(8)
        result.addWidget(self.reconstruction)
        result.addWidget(self.price, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.pad, MUCH)
        layout.addLayout(tools)
        layout.addWidget(quiet_label(self.tr("What the model makes of it")))
        layout.addLayout(result)
        layout.addWidget(self.told)
        layout.addStretch(1)
        self.price.setMinimumHeight(LINES * self.price.fontMetrics().lineSpacing())

    def _take_colour(self, index: int) -> None:
        self.pad.colour = index
        form = self.pad.form
        if form is not None and not self.pad.is_ink:
            swatch = images.of_colours(form.table[index].reshape(1, 1, 3)).scaled(16, 16)
            self.colour_button.setIcon(images.icon(swatch))

    @Slot(int)
    def _on_colour(self, index: int) -> None:
        self._take_colour(index)
        self.pen.trigger()
        menu = self.colour_button.menu()
        if menu is not None:
            menu.hide()

    @Slot(QAction)
    def _on_tool(self, action: QAction) -> None:
        self.pad.is_erasing = action is self.eraser
