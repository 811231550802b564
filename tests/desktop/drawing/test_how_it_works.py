"""The explanation beside the drawing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.drawing.how_it_works import HowItWorks


class OneWord(QTranslator):
    """Knows one word."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, source: str, _note: str | None = None, _count: int = -1) -> str | None:
        return "Figürchen" if source == "sprite" else None


@pytest.fixture
def _translated(qapp: QApplication) -> Iterator[None]:
    translator = OneWord()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("_translated")
def test_the_formula_speaks_the_language_of_the_app(qtbot: QtBot) -> None:
    told = HowItWorks()
    qtbot.addWidget(told)
    formulas = [label.text() for label in told.findChildren(QLabel)]
    assert any("(Figürchen) =" in formula for formula in formulas)
    assert not any("(sprite) =" in formula for formula in formulas)
