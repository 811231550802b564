from __future__ import annotations

import importlib.resources
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

from desktop import fonts, theme

COMMON = "".join(  # GB 2312, every character of it that is Chinese
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
)
TRADITIONAL = "風過東籬見遠山龜龍雲鬱"


@pytest.fixture
def bundled(qapp: QApplication) -> Iterator[int]:
    number = fonts.load()
    yield number
    QFontDatabase.removeApplicationFont(number)


def test_the_font_comes_with_its_licence() -> None:
    licence = importlib.resources.files("resources") / "fonts" / "OFL.txt"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_it_has_the_name_that_verses_ask_for(bundled: int) -> None:
    assert QFontDatabase.applicationFontFamilies(bundled) == [theme.HAN_FONT]


def test_it_has_every_common_character_and_traditional_ones(qapp: QApplication) -> None:
    font = QRawFont(str(importlib.resources.files("resources") / "fonts" / fonts.FILE), 20)
    assert font.isValid()
    assert [one for one in COMMON + TRADITIONAL + "，。！？；：、" if not font.supportsCharacter(ord(one))] == []


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize("serif", [True, False])
def test_a_chinese_line_has_a_glyph_for_each_character(serif: bool) -> None:
    assert 0 not in glyphs("风過东籬，the sea", theme.font(theme.Size.BODY, serif=serif))


def glyphs(text: str, font: QFont) -> list[int]:
    """The numbers of the glyphs that a text is drawn with; 0 is the box of what no font has."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
