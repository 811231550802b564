"""The tabs that the window shows, in order. A tab stands here once it works."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.page import Page, Tab


def available() -> tuple[Tab, ...]:
    """Every tab; what a page needs is imported when it is first shown."""
    return (
        Tab("drawing", _drawing_title, _drawing_page),
        Tab("latent_map", _map_title, _map_page),
        Tab("verses", _verses_title, _verses_page),
    )


def _drawing_title() -> str:
    return QCoreApplication.translate("tabs", "Drawing")


def _drawing_page() -> Page:
    from desktop.drawing.page import DrawingPage

    return DrawingPage()


def _map_title() -> str:
    return QCoreApplication.translate("tabs", "Latent map")


def _map_page() -> Page:
    from desktop.latent_map.page import LatentMapPage

    return LatentMapPage()


def _verses_title() -> str:
    return QCoreApplication.translate("tabs", "Verses")


def _verses_page() -> Page:
    from desktop.verses.page import VersesPage

    return VersesPage()
