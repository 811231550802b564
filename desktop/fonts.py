"""The font that comes with the app, so that Chinese verse shows on a computer that has no Chinese font."""

from __future__ import annotations

import importlib.resources

from PySide6.QtGui import QFontDatabase

FILE = "NotoSansCJKsc-subset.otf"


def load() -> int:
    """Make the font known to Qt, which falls back to it by itself; takes some 10 ms. Returns Qt's number for it, -1
    where it cannot be read: then the system's fonts must do."""
    font = importlib.resources.files("resources") / "fonts" / FILE
    return QFontDatabase.addApplicationFont(str(font))
