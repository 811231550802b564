"""Windows with plain pages, each on a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from desktop.window import Window
from tests.desktop.windows import Opener


@pytest.fixture
def opener(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(qtbot, qapp, tmp_path)
    yield opener
    for theme in opener.themes:
        theme.apply("light")
        theme.deleteLater()


@pytest.fixture
def window(opener: Opener) -> Iterator[Window]:
    window = opener.open_active()
    yield window
    window.close()
