"""The big button, time and speed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.drawing.player import AT_ONCE, SPEEDS
from desktop.drawing.sheet import Sheet
from desktop.widgets.skeleton import Skeleton
from desktop.widgets.slider import slider

COUNTS = (4, 8, 16)  # of completions
BIG = 36


class DrawControl(QWidget):
    """Draw, pause and go on; several at once; one step back or forth; where the drawing is; how fast it goes."""

    several_asked = Signal(int)
    sought = Signal(int)
    speed_chosen = Signal(int)

    def __init__(self, skeleton: Skeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draw_action = skeleton.add_action(self.tr("Draw"), "Ctrl+Return", "play")
        self.back_action = skeleton.add_action(self.tr("One pixel back"), ",", "back")
        self.step_action = skeleton.add_action(self.tr("One pixel on"), ".", "step")
        self.draw = QPushButton(self)
        self.several = QPushButton(self.tr("Several"), self)
        self.time = slider(self.tr("Pixels drawn"), self.tr("Back and forth through the drawing"))
        self.speed = slider(self.tr("Speed"), self.tr("How many pixels appear in a second"))
        self._speed_text = QLabel(self)
        self._rows = QVBoxLayout(self)
        self._set_up()
        self._lay_out()
        self.show_playing(playing=False, begun=False)

    def show_playing(self, *, playing: bool, begun: bool) -> None:
        """What the big button does now."""
        if playing:
            name, icon = self.tr("Pause"), "pause"
        else:
            name, icon = (self.tr("Go on") if begun else self.tr("Draw")), "play"
        self.draw_action.setText(name)
        self.draw.setText(name)
        self.draw.setAccessibleName(name)
        if self.draw.property("shown") != icon:
            self.draw.setProperty("shown", icon)
            icons.set_icon(self.draw, icon, self.palette())

    def show_sheet(self, sheet: Sheet) -> None:
        self.time.blockSignals(True)
        self.time.setMaximum(len(sheet.covered))
        self.time.setValue(sheet.count)
        self.time.blockSignals(False)
        self.back_action.setEnabled(sheet.count > 0)
        self.step_action.setEnabled(not sheet.is_finished)

    def show_speed(self, place: int) -> None:
        self.speed.blockSignals(True)
        self.speed.setValue(place)
        self.speed.blockSignals(False)
        words = self.tr("at once") if place == AT_ONCE else self.tr("{} a second").format(SPEEDS[place])
        self._speed_text.setText(words)
        self.speed.setAccessibleDescription(words)

    def _set_up(self) -> None:
        self.draw.setMinimumHeight(BIG)
        self.draw.setFont(theme.font(theme.Size.LARGE))
        self.draw.setIconSize(QSize(20, 20))
        self.draw.setToolTip(self.tr("Let the model draw; press again for another sprite (Ctrl+Enter, or Space)"))
        self.draw.clicked.connect(self.draw_action.trigger)
        self.several.setMinimumHeight(BIG)
        self.several.setAccessibleName(self.several.text())
        self.several.setToolTip(self.tr("Let the model finish the picture in several ways, the likeliest first"))
        self.several.setMenu(self._several_menu())
        icons.set_icon(self.several, "several", self.palette())
        self.back_action.setToolTip(self.tr("One pixel back (,)"))
        self.step_action.setToolTip(self.tr("One pixel on (.)"))
        self.speed.setRange(0, AT_ONCE)
        self.time.valueChanged.connect(self.sought)
        self.speed.valueChanged.connect(self._on_speed)

    def _several_menu(self) -> QMenu:
        menu = QMenu(self)
        for count in COUNTS:
            menu.addAction(self.tr("{} at once").format(count)).setData(count)
        menu.triggered.connect(self._on_several)
        return menu

    def _lay_out(self) -> None:
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.draw, 3)
        first.addWidget(self.several, 2)
        second.setSpacing(4)
        second.addWidget(_button(self.back_action, self))
        second.addWidget(_button(self.step_action, self))
        second.addWidget(self.time, 1)
        third.setSpacing(8)
        third.addWidget(QLabel(self.tr("Speed"), self))
        third.addWidget(self.speed, 1)
        self._speed_text.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.tr("{} a second").format(600)))
        third.addWidget(self._speed_text)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        for row in (first, second, third):
            self._rows.addLayout(row)

    def add_row(self, row: QWidget) -> None:
        """Something more that is often wanted."""
        self._rows.addWidget(row)

    @Slot(int)
    def _on_speed(self, place: int) -> None:
        self.show_speed(place)
        self.speed_chosen.emit(place)

    @Slot(QAction)
    def _on_several(self, action: QAction) -> None:
        self.several_asked.emit(action.data())


def _button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text())
    return button
