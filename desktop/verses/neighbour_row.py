"""One line near the typed one: how far it is, the line, and where it can be sent."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import icons, tooltip
from desktop.verses.distance_track import DistanceTrack
from desktop.verses.line_label import LineLabel
from desktop.verses.quiet_button import QuietButton
from desktop.verses.verse_text import VerseText
from models.sentence_vae.path import Neighbour

DISTANCE, TRACK = 40, 120  # widths of the columns beside the line


class NeighbourRow(QWidget):
    """`chosen` carries its line, `menu_asked` the line and a place on the screen."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.distance = LineLabel(DISTANCE)
        self.text = VerseText()
        self.track = DistanceTrack(TRACK)
        self.more_button = QuietButton(self.tr("Where this line can go"))
        icons.set_icon(self.more_button, "more", self.palette())
        self.text.clicked.connect(self._on_clicked)
        self.text.focus_changed.connect(self.more_button.set_awake)
        self.more_button.clicked.connect(self._on_more)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.distance)
        layout.addWidget(self.text, 1)
        layout.addSpacing(8)
        layout.addWidget(self.more_button)
        layout.addSpacing(8)
        layout.addWidget(self.track)

    def show_neighbour(self, neighbour: Neighbour | None, radius: float) -> None:
        """Show a line within `radius`, or none."""
        line, distance = ("", 0.0) if neighbour is None else (neighbour.text, neighbour.distance)
        told = "" if neighbour is None else f"{distance:.1f}"
        self.distance.setText(told)
        self.track.show_share(None if neighbour is None else min(distance / radius, 1.0))
        self.text.show_line(line)
        self.text.setEnabled(bool(line))
        self.more_button.setEnabled(bool(line))
        self.text.setAccessibleDescription(self.tr("Distance {}").format(told) if told else "")
        self.text.setToolTip(
            tooltip.plain(self.tr("{line}\nClick to look around it").format(line=line)) if line else ""
        )

    def set_type(self, font: QFont) -> None:
        self.text.setFont(font)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.more_button.set_awake(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.more_button.set_awake(self.text.hasFocus())
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.text.line:
            self.menu_asked.emit(self.text.line, event.globalPos())

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.text.line)

    @Slot()
    def _on_more(self) -> None:
        corner = self.more_button.mapToGlobal(QPoint(0, self.more_button.height()))
        self.menu_asked.emit(self.text.line, corner)
