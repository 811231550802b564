"""Icons take the text's colour and change with it."""

from __future__ import annotations

import importlib.resources

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QIcon, QPalette, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import icons

NAMES = sorted(
    entry.name.removesuffix(".svg")
    for entry in (importlib.resources.files("resources") / "icons").iterdir()
    if entry.name.endswith(".svg")
)


def palette(text: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(text))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor("#808080"))
    return palette


def inks(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The colours of the pixels that are drawn in full."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "atelier"])
def test_each_icon_is_drawn_in_the_texts_colour_and_nothing_else(qapp: QApplication, name: str) -> None:
    icon = icons.icon(name, palette("#ff0000"))
    assert inks(icon) == {"#ff0000"}
    assert inks(icon, QIcon.Mode.Disabled) == {"#808080"}


@pytest.mark.parametrize("size", icons.PIXELS)
def test_an_icon_has_a_picture_for_each_scale(qapp: QApplication, size: int) -> None:
    assert QSize(size, size) in icons.icon("dice", QPalette()).availableSizes()


def test_icons_follow_the_palette(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    button, plain, action = QToolButton(root), QToolButton(root), QAction(root)
    icons.set_icon(button, "dice", palette("#000000"))
    icons.set_icon(action, "undo", palette("#000000"))
    root.setPalette(palette("#00ff00"))
    icons.retint(root)
    assert inks(button.icon()) == {"#00ff00"}
    assert inks(action.icon()) == {"#00ff00"}
    assert plain.icon().isNull()


def test_the_logo_has_its_own_colours(qapp: QApplication) -> None:
    assert len(inks(icons.logo())) > 1


def test_an_icon_is_drawn_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = icons._drawn

    def noted(svg: str, pixels: int) -> QPixmap:
        drawn.append(pixels)
        return draw(svg, pixels)

    monkeypatch.setattr(icons, "_drawn", noted)
    QPixmapCache.clear()
    for _ in range(2):
        icons.icon("dice", palette("#123456"))
    assert sorted(drawn) == sorted(2 * icons.PIXELS)  # usual and dimmed


def test_a_mark_on_a_sharp_screen_leaves_the_icons_as_they_are(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    label = QWidget()
    qtbot.addWidget(label)
    monkeypatch.setattr(label, "devicePixelRatioF", lambda: 16 / label.fontMetrics().height())
    mark = icons.mark("warning", QColor("#ff0000"), label)
    assert mark.size() == QSize(16, 16)
    assert mark.devicePixelRatio() != 1.0
    assert icons.icon("warning", palette("#ff0000")).pixmap(QSize(16, 16), 1.0).devicePixelRatio() == 1.0
