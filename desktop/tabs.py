"""The tabs that the window shows, in order."""

from __future__ import annotations

import importlib.util

from PySide6.QtCore import QCoreApplication

from desktop.page import Page, Tab


def available() -> tuple[Tab, ...]:
    """A tab is here once it works."""
    if importlib.util.find_spec("desktop.verses.page") is None:
        return ()
    return (Tab("verses", _verses_title, _verses_page),)


def _verses_title() -> str:
    return QCoreApplication.translate("tabs", "Verses")


def _verses_page() -> Page:
    from desktop.verses.page import VersesPage

    return VersesPage()
