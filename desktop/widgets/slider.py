"""Sliders, as all tabs have them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider


def slider(name: str, tip: str) -> QSlider:
    """A slider that says what it is for."""
    made = QSlider(Qt.Orientation.Horizontal)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    return made
