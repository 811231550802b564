"""The bar that shows a line's fluency."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.verses.fluency_bar import FluencyBar, paint_bar

WIDTH = 200


def filled(fluency: float) -> int:
    """How many columns are as dark as the bar's beginning."""
    image = QImage(WIDTH, 11, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_bar(painter, QRectF(0, 0, WIDTH, 11), QColor("black"), fluency)
    painter.end()
    tones = [image.pixelColor(x, 5).lightness() for x in range(WIDTH)]
    return sum(tone <= 160 for tone in tones)


@pytest.mark.usefixtures("qapp")
def test_real_verse_stands_in_the_middle_and_ratios_lie_evenly_around_it() -> None:
    assert filled(1.0) == pytest.approx(WIDTH / 2, abs=3)
    assert filled(2.0) + filled(0.5) == pytest.approx(WIDTH, abs=5)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("fluency", [0.0, 1e-9, 1e9])
def test_no_fluency_leaves_the_bar(fluency: float) -> None:
    assert 0 <= filled(fluency) <= WIDTH


def test_an_unknown_fluency_shows_and_says_nothing(qtbot: QtBot) -> None:
    bar = FluencyBar()
    qtbot.addWidget(bar)
    bar.resize(bar.sizeHint())
    empty = bar.grab().toImage()
    bar.show_fluency(0.87)
    assert bar.grab().toImage() != empty
    assert "0.87" in bar.toolTip()
    assert "0.87" in bar.accessibleName()
    bar.show_fluency(None)
    assert bar.grab().toImage() == empty
    assert (bar.toolTip(), bar.accessibleName()) == ("", "")
