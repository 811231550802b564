"""Light and dark, colours and type: everything about the look that more than one widget decides.

The system's palette is used where the system has one to give. Elsewhere (X11 without a desktop, or a person who wants
the other scheme on a system that cannot switch) the app brings a palette of its own, so that both exist everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QWidget

SERIFS = ("Charter", "Iowan Old Style", "Georgia", "Gelasio", "Noto Serif", "Liberation Serif", "DejaVu Serif")
HAN_SERIFS = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun")
HAN_FONT = "Noto Sans CJK SC"  # comes with the app
READABLE = 4.5  # contrast of small text, as WCAG 2 asks
VISIBLE = 3.0  # contrast of large text and of marks
STEPS = 20  # in which a colour is strengthened

_SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}

_Role = QPalette.ColorRole
_LIGHT = {
    _Role.Window: "#f4f4f2",
    _Role.WindowText: "#1f2023",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f8f8f6",
    _Role.Text: "#1f2023",
    _Role.Button: "#eeeeeb",
    _Role.ButtonText: "#1f2023",
    _Role.BrightText: "#ffffff",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#e6e6e2",
    _Role.Mid: "#c4c4bf",
    _Role.Dark: "#a5a5a0",
    _Role.Shadow: "#6e6e6a",
    _Role.ToolTipBase: "#ffffff",
    _Role.ToolTipText: "#1f2023",
    _Role.PlaceholderText: "#75767a",
    _Role.Highlight: "#0072b2",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#0072b2",
    _Role.Link: "#0072b2",
    _Role.LinkVisited: "#7a5195",
}
_DARK = {
    _Role.Window: "#1b1c1f",
    _Role.WindowText: "#e8e8e6",
    _Role.Base: "#2a2b30",
    _Role.AlternateBase: "#303237",
    _Role.Text: "#e8e8e6",
    _Role.Button: "#3d3f46",
    _Role.ButtonText: "#e8e8e6",
    _Role.BrightText: "#ffffff",
    _Role.Light: "#4a4c53",
    _Role.Midlight: "#4a4c54",
    _Role.Mid: "#43454c",
    _Role.Dark: "#111215",
    _Role.Shadow: "#000000",
    _Role.ToolTipBase: "#3d3f46",
    _Role.ToolTipText: "#e8e8e6",
    _Role.PlaceholderText: "#93959b",
    _Role.Highlight: "#2d7fb0",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#56b4e9",
    _Role.Link: "#56b4e9",
    _Role.LinkVisited: "#c79bd6",
}
_DIMMED = (_Role.WindowText, _Role.Text, _Role.ButtonText)


@dataclass(frozen=True)
class Colours:
    """What widgets paint with, taken from a palette; `accent` is for what the model is doing now and nothing else."""

    text: QColor
    quiet: QColor  # text that may be overlooked
    ground: QColor  # behind content
    panel: QColor  # behind controls
    line: QColor  # hairlines
    accent: QColor
    warning: QColor  # always doubled by a shape or a word


class Size(Enum):
    """The three type sizes, relative to the system's."""

    SMALL = 0.88
    BODY = 1.0
    LARGE = 1.5


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than what is behind it."""
    return palette.color(_Role.WindowText).lightness() > palette.color(_Role.Window).lightness()


def colours(palette: QPalette) -> Colours:
    """The colours of a palette, the marks among them strong enough to be seen on its ground. They are shared: whoever
    changes one changes a copy."""
    roles = (_Role.Text, _Role.Base, _Role.Window, _Role.Accent)
    return _colours(tuple(palette.color(role).rgba() for role in roles), is_dark(palette))


@lru_cache(maxsize=64)  # every label asks in every paint
def _colours(tones: tuple[int, ...], dark: bool) -> Colours:
    text, ground, panel, accent = map(QColor.fromRgba, tones)
    return Colours(
        text=text,
        quiet=strengthened(mixed(text, panel, 0.35), text, panel, READABLE),
        ground=ground,
        panel=panel,
        line=mixed(text, panel, 0.82),
        accent=strengthened(accent, text, panel, VISIBLE),
        warning=strengthened(QColor("#e69f00" if dark else "#d55e00"), text, panel, VISIBLE),
    )


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """`first` with a `share` in [0, 1] of `second` in it."""
    rest = 1 - share
    return QColor.fromRgbF(
        first.redF() * rest + second.redF() * share,
        first.greenF() * rest + second.greenF() * share,
        first.blueF() * rest + second.blueF() * share,
    )


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def strengthened(colour: QColor, text: QColor, ground: QColor, ratio: float) -> QColor:
    """`colour`, moved towards the text's colour until it stands out from the ground by `ratio` or is the text's."""
    for step in range(STEPS):
        moved = mixed(colour, text, step / STEPS)
        if contrast(moved, ground) >= ratio:
            return moved
    return text


def font(size: Size, *, serif: bool = False) -> QFont:
    """One of the three sizes, in the system's font or in a serif for verses."""
    base = QGuiApplication.font()
    if serif:
        base.setFamilies([*SERIFS, *HAN_SERIFS, HAN_FONT, base.family()])
        base.setStyleHint(QFont.StyleHint.Serif)
    if base.pointSizeF() > 0:
        base.setPointSizeF(base.pointSizeF() * size.value)
    else:
        base.setPixelSize(round(base.pixelSize() * size.value))
    return base


def motion_ms(widget: QWidget) -> int:
    """How long a movement may take: 0 where the system asks for none."""
    style = widget.style()
    if not style.styleHint(QStyle.StyleHint.SH_Widget_Animate, None, widget):
        return 0
    return min(200, style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget))


class Theme(QObject):
    """Keeps the application's palette to the person's choice, or to the system's as it changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        self._app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def apply(self, choice: str) -> None:
        """Take "system", "light" or "dark"; live."""
        self._choice = choice
        self._app.styleHints().setColorScheme(_SCHEMES[choice])
        self._set_palette()

    @Slot()
    def _on_scheme_changed(self) -> None:
        self._set_palette()

    def _set_palette(self) -> None:
        scheme = self._app.styleHints().colorScheme()
        if scheme is not Qt.ColorScheme.Unknown and self._choice in ("system", scheme.name.lower()):
            self._app.setPalette(QPalette())  # the system's own
        else:
            self._app.setPalette(_palette(_DARK if self._choice == "dark" else _LIGHT))
        if is_dark(self._app.palette()):
            self._fill_indicators(self._app.palette())

    def _fill_indicators(self, palette: QPalette) -> None:
        """Fusion outlines what can be switched darker than the window, so a dark one needs a fill that stands out."""
        filled = QPalette(palette)
        window, text = palette.color(_Role.Window), palette.color(_Role.Text)
        fill = strengthened(palette.color(_Role.Base), text, window, VISIBLE)
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            filled.setColor(group, _Role.Base, fill)
            filled.setColor(group, _Role.Text, palette.color(_Role.BrightText))  # the mark; words have their own role
        for kind in ("QCheckBox", "QRadioButton"):
            self._app.setPalette(filled, kind)  # type: ignore[arg-type]  # the stubs say bytes, it takes str only


def _palette(colours_by_role: dict[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette()
    for role, name in colours_by_role.items():
        palette.setColor(role, QColor(name))
    for role in _DIMMED:
        dimmed = mixed(QColor(colours_by_role[role]), QColor(colours_by_role[_Role.Window]), 0.55)
        palette.setColor(QPalette.ColorGroup.Disabled, role, dimmed)
    return palette


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(channel) for channel in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
