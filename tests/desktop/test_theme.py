"""Light and dark: the person's choice, the system's where it has one, and always readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import READABLE, VISIBLE, Size, Theme, colours, contrast, font, is_dark, mixed, strengthened

BLACK, WHITE = QColor("black"), QColor("white")


@pytest.fixture
def applied(qapp: QApplication) -> Iterator[Theme]:
    applied = Theme(qapp)
    yield applied
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setPalette(QPalette())
    applied.deleteLater()


def test_the_choice_is_followed_live(qtbot: QtBot, applied: Theme) -> None:
    label = QLabel("a verse")
    qtbot.addWidget(label)
    label.show()
    seen = []
    for choice in ("light", "dark", "light"):
        applied.apply(choice)
        qtbot.wait(1)
        seen.append(is_dark(label.palette()))
    assert seen == [False, True, False]


@pytest.mark.parametrize("choice", ["system", "light", "dark"])
def test_texts_and_marks_stand_out_from_what_is_behind_them(qapp: QApplication, applied: Theme, choice: str) -> None:
    applied.apply(choice)
    got = colours(qapp.palette())
    for ground in (got.ground, got.panel):
        assert contrast(got.text, ground) >= 7
        assert contrast(got.quiet, ground) >= 4
    assert contrast(got.quiet, got.panel) >= READABLE
    assert contrast(got.accent, got.panel) >= VISIBLE
    assert contrast(got.warning, got.panel) >= VISIBLE


@pytest.mark.parametrize("role", [QPalette.ColorRole.Accent, QPalette.ColorRole.Base, QPalette.ColorRole.WindowText])
def test_colours_follow_each_change_of_a_palette(qapp: QApplication, role: QPalette.ColorRole) -> None:
    palette = QPalette(QColor("#aaaaaa"), QColor("#aaaaaa"))
    before = colours(palette)
    palette.setColor(role, QColor("#c0ffee"))
    assert colours(palette) != before


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_selected_text_can_be_read(qapp: QApplication, applied: Theme, choice: str) -> None:
    applied.apply(choice)
    palette = qapp.palette()
    selected = palette.color(QPalette.ColorRole.HighlightedText)
    assert contrast(selected, palette.color(QPalette.ColorRole.Highlight)) >= VISIBLE


@pytest.mark.parametrize("kind", [QRadioButton, QCheckBox])
def test_what_can_be_switched_is_seen_in_the_dark_on_or_off(
    qtbot: QtBot, applied: Theme, kind: type[QAbstractButton]
) -> None:
    control = kind()
    qtbot.addWidget(control)
    applied.apply("dark")
    control.show()
    window = control.palette().color(QPalette.ColorRole.Window)
    for is_on in (False, True):
        control.setAutoExclusive(False)
        control.setChecked(is_on)
        colours_seen = Counter(pixels(control))
        filled = max((colour for colour in colours_seen if colour != window.rgb()), key=colours_seen.__getitem__)
        assert contrast(QColor(filled), window) >= VISIBLE
        strongest = max(contrast(QColor(colour), QColor(filled)) for colour in colours_seen if lighter(colour, filled))
        assert (strongest > 2) == is_on


def pixels(widget: QWidget) -> list[int]:
    image = widget.grab().toImage()
    return [image.pixel(x, y) for x in range(image.width()) for y in range(image.height())]


def lighter(first: int, second: int) -> bool:
    return QColor(first).lightness() >= QColor(second).lightness()


def test_in_the_light_what_can_be_switched_has_the_palette_of_all(
    qtbot: QtBot, qapp: QApplication, applied: Theme
) -> None:
    control = QRadioButton()
    qtbot.addWidget(control)
    role = QPalette.ColorRole.WindowText
    control.show()
    for choice in ("dark", "light"):
        applied.apply(choice)
        QApplication.processEvents()
        assert control.palette().color(role) == qapp.palette().color(role)
    assert control.palette().color(QPalette.ColorRole.Base) == qapp.palette().color(QPalette.ColorRole.Base)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_disabled_controls_are_dimmed(qapp: QApplication, applied: Theme, choice: str) -> None:
    applied.apply(choice)
    role, ground = QPalette.ColorRole.ButtonText, qapp.palette().color(QPalette.ColorRole.Window)
    enabled = contrast(qapp.palette().color(QPalette.ColorGroup.Active, role), ground)
    assert contrast(qapp.palette().color(QPalette.ColorGroup.Disabled, role), ground) < enabled / 2


class Hints(QObject):
    """A system that can switch its scheme."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815 - Qt's name

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        super().__init__()
        self.own = self.scheme = scheme

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:
        self.scheme = self.own if scheme is Qt.ColorScheme.Unknown else scheme


class System(QObject):
    """An application on such a system; notes the palettes it was given."""

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        super().__init__()
        self.hints = Hints(scheme)
        self.palettes: list[QPalette] = []

    def styleHints(self) -> Hints:
        return self.hints

    def setPalette(self, palette: QPalette, kind: str = "") -> None:
        if not kind:
            self.palettes.append(palette)

    def palette(self) -> QPalette:
        return QPalette(QColor("black" if self.hints.scheme is Qt.ColorScheme.Dark else "white"))


@pytest.mark.parametrize("choice", ["system", "light", "dark"])
def test_a_system_that_can_switch_keeps_its_own_colours(qapp: QApplication, choice: str) -> None:
    system = System(Qt.ColorScheme.Light)
    Theme(cast(QApplication, system)).apply(choice)
    assert system.palettes[-1] == QPalette()
    assert system.hints.scheme is (Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)


def test_when_the_system_switches_the_app_follows(qapp: QApplication) -> None:
    system = System(Qt.ColorScheme.Light)
    Theme(cast(QApplication, system)).apply("system")
    before = len(system.palettes)
    system.hints.scheme = Qt.ColorScheme.Dark
    system.hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert system.palettes[before:] == [QPalette()]


def test_contrast_is_as_wcag_defines_it() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == pytest.approx(1)
    assert contrast(QColor("#767676"), WHITE) == pytest.approx(4.54, abs=0.005)
    assert contrast(WHITE, QColor("#767676")) == contrast(QColor("#767676"), WHITE)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mixed(BLACK, WHITE, 0) == BLACK
    assert mixed(BLACK, WHITE, 1) == WHITE
    assert mixed(BLACK, WHITE, 0.5).lightnessF() == pytest.approx(0.5, abs=0.01)


def test_a_colour_that_is_strong_enough_stays_and_a_weak_one_moves() -> None:
    blue, yellow = QColor("#0072b2"), QColor("#fff9c4")
    assert strengthened(blue, BLACK, WHITE, VISIBLE) == mixed(blue, BLACK, 0)
    assert contrast(strengthened(yellow, BLACK, WHITE, VISIBLE), WHITE) >= VISIBLE
    assert strengthened(WHITE, QColor("#eeeeee"), WHITE, VISIBLE) == QColor("#eeeeee")


def test_there_are_three_sizes(qapp: QApplication) -> None:
    small, body, large = (font(size).pointSizeF() for size in Size)
    assert body == qapp.font().pointSizeF()
    assert small < body < large


def test_a_system_font_in_pixels_is_scaled_too(qapp: QApplication) -> None:
    before = qapp.font()
    pixels = qapp.font()
    pixels.setPixelSize(20)
    qapp.setFont(pixels)
    try:
        assert font(Size.LARGE).pixelSize() == 30
    finally:
        qapp.setFont(before)


def test_verses_have_a_serif_that_falls_back_to_what_is_there(qapp: QApplication) -> None:
    serif = font(Size.LARGE, serif=True)
    assert serif.families()[: len(theme.SERIFS)] == list(theme.SERIFS)
    assert serif.families()[-1] == qapp.font().family()


def test_motion_is_short(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert 0 <= theme.motion_ms(label) <= 200
