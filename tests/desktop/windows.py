"""Opens windows with plain pages, for tests of what is around pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.engine import State
from desktop.page import Tab
from desktop.settings import Store
from desktop.theme import Theme
from desktop.window import Window
from tests.desktop.pages import TABS, PlainPage

PATIENCE_MS = 20_000


class Opener:
    """Opens windows on one home, as one start after the other."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot, self.qapp, self.folder = qtbot, qapp, folder
        self.themes: list[Theme] = []

    def open(self, tabs: tuple[Tab, ...] = TABS, tab: str | None = None) -> Window:
        self.store = Store(self.folder / "settings.json")
        self.themes.append(Theme(self.qapp))
        geometry = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)
        window = Window(tabs, self.store, self.themes[-1], geometry, tab)
        self.qtbot.addWidget(window)
        window.show()
        return window

    def open_active(self) -> Window:
        """With the keyboard, so that shortcuts reach it."""
        window = self.open()
        self.qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
        return window


def plain(window: Window) -> PlainPage:
    page = window.page
    assert isinstance(page, PlainPage)
    return page


def ready(qtbot: QtBot, window: Window) -> PlainPage:
    qtbot.waitUntil(lambda: plain(window).engine.state is State.READY, timeout=PATIENCE_MS)
    return plain(window)


def saved(folder: Path) -> settings.Settings:
    return settings.read(folder / "settings.json").settings
