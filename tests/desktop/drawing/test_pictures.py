"""Pictures that come in: opened, dropped, pasted; and what bad ones get."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.drawing.page import DrawingPage
from desktop.engine import Failure
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import wait_for_rest
from tests.desktop.drawing.driving import CONTROL, button, press_draw, problems_of, sentence, shown

PIXELS = (np.arange(30) * 7 % 11).astype(np.uint8).reshape(6, 5)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "mine.png"
    Image.fromarray(fake.FORM.table[PIXELS]).save(path)
    return path


def wait_for_picture(page: DrawingPage, qtbot: QtBot, pixels: object) -> None:
    qtbot.waitUntil(lambda: np.array_equal(page.session.sheet.shown, np.asarray(pixels)))


def test_a_picture_is_opened_whole_and_judged(awake: DrawingPage, qtbot: QtBot, picture: Path) -> None:
    button(awake, "Open").click()
    (dialog,) = (dialog for dialog in awake.findChildren(QFileDialog) if dialog.isVisible())
    dialog.setDirectory(str(picture.parent))
    dialog.selectFile(picture.name)
    dialog.accept()
    wait_for_picture(awake, qtbot, PIXELS)
    wait_for_rest(awake, qtbot)
    assert awake.session.sheet.canvas.covered == 0
    expected = float((0.5 + PIXELS / 10).mean())
    assert awake.desk.side.figures.whole.text() == f"{expected:.2f} bits a pixel"
    assert awake.desk.side.figures.nearest.text() == "0.11 away, usually 0.24"
    awake.skeleton.undo_action.trigger()
    assert not np.array_equal(awake.session.sheet.shown, PIXELS)


def test_a_part_of_an_opened_picture_is_drawn_anew(awake: DrawingPage, qtbot: QtBot, picture: Path) -> None:
    awake.opening.open_file(picture)
    wait_for_picture(awake, qtbot, PIXELS)
    button(awake, "Half").click()
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert shown(awake)[:3] == PIXELS[:3].tolist()
    assert shown(awake)[3:] != PIXELS[3:].tolist()


def test_the_preview_shows_what_the_model_sees(awake: DrawingPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert awake.desk.side.preview.isHidden()
    large = Image.fromarray(fake.FORM.table[PIXELS]).resize((500, 600), Image.Resampling.NEAREST)
    large.save(tmp_path / "large.gif")
    awake.opening.open_file(tmp_path / "large.gif")
    qtbot.waitUntil(awake.desk.side.preview.isVisible)
    seen = awake.desk.side.preview.picture()
    assert (seen.width(), seen.height()) == (50, 60)
    colours = [seen.pixelColor(10 * x + 5, 10 * y + 5) for y in range(6) for x in range(5)]
    assert colours == [QColor(*fake.PALETTE[index]) for index in awake.session.sheet.shown.ravel()]
    button(awake, "Half").click()
    assert awake.desk.side.preview.isVisible(), "a part of it is still given"
    awake.skeleton.undo_action.trigger()
    awake.skeleton.undo_action.trigger()
    assert awake.desk.side.preview.isHidden()


@pytest.mark.parametrize("suffix", ["png", "gif", "jpg"])
@pytest.mark.parametrize("size", [(1, 1), (5, 6), (640, 3), (300, 200)])
def test_any_picture_is_brought_to_the_models_format(
    awake: DrawingPage, qtbot: QtBot, tmp_path: Path, suffix: str, size: tuple[int, int]
) -> None:
    told = problems_of(awake)
    Image.new("RGB", size, (200, 40, 40)).save(tmp_path / f"picture.{suffix}")
    awake.opening.open_file(tmp_path / f"picture.{suffix}")
    qtbot.waitUntil(awake.desk.side.preview.isVisible)
    assert told == []
    assert awake.session.sheet.shown.shape == (6, 5)


def test_a_pasted_picture(awake: DrawingPage, qtbot: QtBot) -> None:
    image = QImage(5, 6, QImage.Format.Format_RGB32)
    for place, index in enumerate(PIXELS.ravel()):
        image.setPixelColor(place % 5, place // 5, QColor(*fake.PALETTE[index]))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_V, CONTROL)
    wait_for_picture(awake, qtbot, PIXELS)


def test_what_was_copied_can_be_pasted_back(awake: DrawingPage, qtbot: QtBot) -> None:
    before = awake.session.sheet.shown.copy()
    awake.skeleton.copy_action.trigger()
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    awake.paste_action.trigger()
    qtbot.waitUntil(awake.desk.side.preview.isVisible)
    if not (before[0] == before[0, 0]).all():
        assert awake.session.sheet.canvas.covered == 0


def test_a_clipboard_without_a_picture(awake: DrawingPage) -> None:
    QGuiApplication.clipboard().setText("words")
    before = awake.session.sheet
    awake.paste_action.trigger()
    assert awake.session.sheet == before
    assert "no picture" in sentence(awake)


def drop(page: DrawingPage, data: QMimeData) -> bool:
    place, no_keys = QPoint(300, 200), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_keys)
    enter.ignore()
    page.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    page.dropEvent(QDropEvent(place.toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_keys))
    return True


def test_a_picture_is_dropped(awake: DrawingPage, qtbot: QtBot, picture: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    assert drop(awake, data)
    wait_for_picture(awake, qtbot, PIXELS)


def test_dropped_words_are_not_taken(awake: DrawingPage) -> None:
    data = QMimeData()
    data.setText("words")
    assert not drop(awake, data)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.png", b"these are words", "not a picture"),
        ("empty.png", b"", "not a picture"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
        ("gone.png", None, "No such file"),
    ],
)
def test_what_is_no_picture_gets_one_sentence_and_nothing_is_lost(
    awake: DrawingPage, qtbot: QtBot, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    before, told = shown(awake), problems_of(awake)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    awake.opening.open_file(tmp_path / name)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], Failure)
    assert words in str(told[0].error)
    assert shown(awake) == before
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert shown(awake) != before


def test_a_good_picture_ends_the_trouble_with_a_bad_one(awake: DrawingPage, qtbot: QtBot, picture: Path) -> None:
    told, over = problems_of(awake), QSignalSpy(awake.problem_over)
    awake.opening.open_file(picture.with_name("none.png"))
    qtbot.waitUntil(lambda: bool(told))
    assert over.count() == 0
    awake.opening.open_file(picture)
    wait_for_picture(awake, qtbot, PIXELS)
    assert [over.at(0)[0]] == told
