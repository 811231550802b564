"""The filmstrip: newest left, a click or Enter brings a result back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.filmstrip import MOST_FRAMES, PADDING, Filmstrip, Frame


@pytest.fixture
def strip(qtbot: QtBot) -> Filmstrip:
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.resize(600, strip.height())
    strip.show()
    return strip


def fill(strip: Filmstrip, count: int) -> None:
    for number in range(count):
        strip.add(Frame(f"first {number}", f"last {number}", number))


def click(qtbot: QtBot, strip: Filmstrip, place: int) -> None:
    middle = strip.visualItemRect(strip.item(place)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_the_newest_stands_left(strip: Filmstrip) -> None:
    fill(strip, 3)
    assert [frame.value for frame in strip.frames()] == [2, 1, 0]
    assert strip.visualItemRect(strip.item(0)).left() < strip.visualItemRect(strip.item(1)).left()


def test_the_oldest_makes_room(strip: Filmstrip) -> None:
    fill(strip, MOST_FRAMES + 5)
    values = [frame.value for frame in strip.frames()]
    assert len(values) == MOST_FRAMES
    assert (values[0], values[-1]) == (MOST_FRAMES + 4, 5)


def test_a_click_brings_the_value_back(qtbot: QtBot, strip: Filmstrip) -> None:
    value = object()
    strip.add(Frame("a", "b", value))
    strip.add(Frame("c", "d", object()))
    restored: list[object] = []
    strip.restored.connect(restored.append)
    click(qtbot, strip, 1)
    assert restored == [value]


def test_the_keyboard_does_too(qtbot: QtBot, strip: Filmstrip) -> None:
    fill(strip, 3)
    restored: list[object] = []
    strip.restored.connect(restored.append)
    strip.setFocus()
    strip.setCurrentRow(0)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert restored == [1]


def test_values_need_not_be_comparable(strip: Filmstrip) -> None:
    class Odd:
        def __eq__(self, _other: object) -> bool:
            raise ValueError("like an array")

        __hash__ = None  # type: ignore[assignment]

    strip.add(Frame("a", "b", Odd()))
    strip.add(Frame("a", "b", Odd()))
    assert strip.count() == 2


def test_the_wheel_moves_along_the_strip(strip: Filmstrip) -> None:
    fill(strip, 20)
    place = QPointF(strip.viewport().rect().center())
    none = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        place, place, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(strip.viewport(), turn)
    assert strip.horizontalScrollBar().value() == 120


def test_a_new_frame_is_in_view(strip: Filmstrip) -> None:
    fill(strip, 20)
    strip.horizontalScrollBar().setValue(1000)
    strip.add(Frame("new", "", 20))
    assert strip.viewport().rect().contains(strip.visualItemRect(strip.item(0)).center())


def test_a_screen_reader_hears_both_lines(strip: Filmstrip) -> None:
    strip.add(Frame("The moon", "My heart", 0))
    strip.add(Frame("One line only", "", 1))
    assert [strip.item(place).text() for place in range(2)] == ["One line only", "The moon\nMy heart"]
    assert strip.accessibleName()


def test_an_empty_strip_says_what_will_stand_there(strip: Filmstrip) -> None:
    said = strip.grab().toImage()
    colours = {said.pixel(x, y) for x in range(said.width()) for y in range(said.height())}
    assert len(colours) > 1
    fill(strip, 1)
    strip.clear()
    assert strip.grab().toImage() == said


@pytest.mark.parametrize("size", [(16, 16), (1, 1), (64, 20), (2000, 2000)])
def test_pictures_of_any_size_are_drawn_within_their_frame(strip: Filmstrip, size: tuple[int, int]) -> None:
    picture = QPixmap(*size)
    picture.fill(Qt.GlobalColor.red)
    strip.add(Frame("a sprite", "", 0, picture))
    drawn = strip.grab().toImage()
    red = [x for x in range(drawn.width()) if drawn.pixelColor(x, 28).name() == "#ff0000"]
    assert red
    assert max(red) < strip.visualItemRect(strip.item(0)).right()


def test_a_small_picture_is_shown_with_sharp_pixels(strip: Filmstrip) -> None:
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    for place, colour in enumerate(("#ff0000", "#00ff00", "#0000ff", "#ffff00")):
        image.setPixelColor(place % 2, place // 2, QColor(colour))
    strip.add(Frame("a", "b", 0, QPixmap.fromImage(image)))
    shown = strip.viewport().grab().toImage()
    sheet = strip.visualItemRect(strip.item(0))
    left = [shown.pixelColor(sheet.left() + PADDING + x, sheet.top() + PADDING + 5).name() for x in range(40)]
    assert left == ["#ff0000"] * 20 + ["#00ff00"] * 20


def test_verse_has_a_serif_and_figures_have_none(strip: Filmstrip) -> None:
    strip.add(Frame("1.93 bits a pixel", "", 0))
    plain = strip.viewport().grab().toImage()
    strip.takeItem(0)
    strip.add(Frame("1.93 bits a pixel", "", 0, serif=True))
    assert strip.viewport().grab().toImage() != plain
