"""Saving and copying: what the person saw is in the file, or one sentence says why not."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.export import Exporter, png
from models.errors import AtelierError


class Page(QWidget):
    """A page with an exporter, noting what the exporter says."""

    def __init__(self) -> None:
        super().__init__()
        self.exporter = Exporter(self)
        self.saved: list[Path] = []
        self.failed: list[AtelierError] = []
        self.copies = 0
        self.exporter.saved.connect(self.saved.append)
        self.exporter.failed.connect(self.failed.append)
        self.exporter.copied.connect(self._on_copied)

    def _on_copied(self) -> None:
        self.copies += 1

    @property
    def dialog(self) -> QFileDialog:
        (dialog,) = (dialog for dialog in self.findChildren(QFileDialog) if dialog.isVisible())
        return dialog

    def choose(self, path: Path) -> None:
        self.dialog.setDirectory(str(path.parent))
        self.dialog.selectFile(path.name)
        self.dialog.accept()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    return page


def picture() -> QImage:
    image = QImage(9, 5, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.setPixelColor(8, 4, Qt.GlobalColor.blue)
    return image


@pytest.mark.parametrize("text", ["The moon\nMy heart\n", "", "明月 🌕 \u202e\x00", "x" * 100_000])
def test_a_text_is_saved_as_it_stands(page: Page, tmp_path: Path, text: str) -> None:
    page.exporter.save_text("verses", text)
    page.choose(tmp_path / "poem.txt")
    assert (tmp_path / "poem.txt").read_bytes() == text.encode()
    assert page.saved == [tmp_path / "poem.txt"]


def test_what_no_file_can_hold_becomes_a_question_mark(page: Page, tmp_path: Path) -> None:
    page.exporter.save_text("verses", "lone \ud800")
    page.choose(tmp_path / "poem.txt")
    assert (tmp_path / "poem.txt").read_text(encoding="utf-8") == "lone ?"


@pytest.mark.parametrize("value", [{"verses": ["明月", "lone \ud800"]}, [], None, 3.5])
def test_json_can_be_read_by_any_program(page: Page, tmp_path: Path, value: Any) -> None:
    page.exporter.save_json("verses", value)
    page.choose(tmp_path / "poem.json")
    read = json.loads((tmp_path / "poem.json").read_text(encoding="utf-8"))
    assert read == value


def test_a_picture_is_saved_pixel_for_pixel(page: Page, tmp_path: Path) -> None:
    page.exporter.save_picture("verses", picture())
    page.choose(tmp_path / "poem.png")
    assert QImage(str(tmp_path / "poem.png")).convertToFormat(QImage.Format.Format_RGB32) == picture()


def test_a_picture_without_pixels_is_refused_in_a_sentence(page: Page) -> None:
    page.exporter.save_picture("verses", QImage())
    assert [str(error) for error in page.failed] == ["This picture is empty and cannot be saved."]
    with pytest.raises(AtelierError):
        png(QImage())


def test_a_film_is_saved_byte_for_byte(page: Page, tmp_path: Path) -> None:
    page.exporter.save_film("sprite", b"GIF89a...")
    page.choose(tmp_path / "sprite")
    assert (tmp_path / "sprite.gif").read_bytes() == b"GIF89a..."


def test_a_name_without_an_ending_gets_one(page: Page, tmp_path: Path) -> None:
    page.exporter.save_text("verses", "x")
    page.choose(tmp_path / "poem")
    assert page.saved == [tmp_path / "poem.txt"]


def test_the_dialog_suggests_a_name(page: Page) -> None:
    page.exporter.save_text("verses", "x")
    assert [Path(name).name for name in page.dialog.selectedFiles()] == ["verses.txt"]
    page.dialog.reject()


def test_cancelling_saves_nothing_and_says_nothing(page: Page, tmp_path: Path) -> None:
    page.exporter.save_text("verses", "x")
    page.dialog.reject()
    assert (page.saved, page.failed) == ([], [])


def test_what_is_saved_is_what_was_on_screen_when_the_person_asked(page: Page, tmp_path: Path) -> None:
    image = picture()
    page.exporter.save_picture("verses", image)
    image.fill(Qt.GlobalColor.black)
    page.choose(tmp_path / "poem.png")
    assert QImage(str(tmp_path / "poem.png")).pixelColor(0, 0) == Qt.GlobalColor.red


def test_an_empty_picture_is_not_said_to_be_copied(page: Page) -> None:
    copied = QSignalSpy(page.exporter.copied)
    page.exporter.copy_picture(QImage())
    assert [str(error) for error in page.failed] == ["This picture is empty and cannot be copied."]
    assert copied.count() == 0


def test_asking_again_replaces_the_dialog(page: Page, tmp_path: Path) -> None:
    page.exporter.save_text("verses", "old")
    page.exporter.save_text("verses", "new")
    page.choose(tmp_path / "poem.txt")
    assert (tmp_path / "poem.txt").read_text() == "new"
    assert len(page.saved) == 1


def test_the_next_dialog_opens_where_the_last_file_went(page: Page, tmp_path: Path) -> None:
    page.exporter.save_text("verses", "x")
    page.choose(tmp_path / "poem.txt")
    page.exporter.save_text("verses", "y")
    assert Path(page.dialog.directory().absolutePath()) == tmp_path
    page.dialog.reject()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(page: Page, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    page.exporter.write(tmp_path / "file" / "poem.txt", b"x")
    assert page.saved == []
    assert [str(error).startswith("Cannot save") for error in page.failed] == [True]


def test_a_full_disk_leaves_the_old_file(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "poem.txt"
    path.write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        page.exporter.write(path, b"new")
    assert path.read_text() == "old"
    assert "No space left on device" in str(page.failed[0])
    assert list(tmp_path.iterdir()) == [path]


def test_texts_and_pictures_are_copied(page: Page) -> None:
    page.exporter.copy_text("The moon\n明月 🌕")
    assert QGuiApplication.clipboard().text() == "The moon\n明月 🌕"
    page.exporter.copy_picture(picture())
    assert QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB32) == picture()
    assert page.copies == 2
