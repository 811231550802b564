"""Icons: SVG drawings in `currentColor`, tinted with the palette's text colour, anew whenever the palette changes."""

from __future__ import annotations

import importlib.resources
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

PIXELS = (16, 24, 32, 48)  # one picture for each common scale
LOGO_PIXELS = (16, 32, 64, 128)
_PROPERTY = "atelier_icon"


def set_icon(target: QAction | QAbstractButton, name: str, palette: QPalette) -> None:
    """Give an action or a button an icon that `retint` will find again."""
    target.setProperty(_PROPERTY, name)
    target.setIcon(icon(name, palette))


def retint(root: QWidget) -> None:
    """Tint all icons under `root` for its present palette."""
    targets: list[QAction | QAbstractButton] = [*root.findChildren(QAction), *root.findChildren(QAbstractButton)]
    for target in targets:
        name = target.property(_PROPERTY)
        if name:
            target.setIcon(icon(name, root.palette()))


def icon(name: str, palette: QPalette) -> QIcon:
    """`resources/icons/<name>.svg` in the text colour, and dimmed for disabled controls."""
    groups = {QIcon.Mode.Normal: QPalette.ColorGroup.Active, QIcon.Mode.Disabled: QPalette.ColorGroup.Disabled}
    tinted = QIcon()
    for mode, group in groups.items():
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        for pixels in PIXELS:
            tinted.addPixmap(_picture(name, colour, pixels), mode)
    return tinted


def mark(name: str, colour: QColor, widget: QWidget) -> QPixmap:
    """A drawing as large as a line of the widget's text, sharp on its screen."""
    scale = widget.devicePixelRatioF()
    picture = _picture(name, colour, round(widget.fontMetrics().height() * scale))
    picture.setDevicePixelRatio(scale)
    return picture


def logo() -> QIcon:
    """The app's own icon, in its own colours."""
    drawn = QIcon()
    for pixels in LOGO_PIXELS:
        drawn.addPixmap(_picture("atelier", QColor(), pixels))
    return drawn


def _picture(name: str, colour: QColor, pixels: int) -> QPixmap:
    """Drawn once: rows of verses set the same icons anew with every path."""
    key, picture = f"{name} {colour.name()} {pixels}", QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = _drawn(_source(name).replace("currentColor", colour.name()), pixels)
        QPixmapCache.insert(key, picture)
    return picture


def _drawn(svg: str, pixels: int) -> QPixmap:
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    return (importlib.resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
