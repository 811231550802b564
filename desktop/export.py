"""How results leave the app: saved through a file dialog, atomically, or copied.

One `Exporter` a page. The dialog does not block; what is saved is what was on screen when the person asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QStandardPaths, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from models import atomic
from models.errors import AtelierError


@dataclass(frozen=True)
class _Pending:
    data: bytes
    suffix: str


def png(image: QImage) -> bytes:
    """The picture as a PNG file's bytes. Raises `AtelierError`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(image):
        raise AtelierError("This picture is empty and cannot be saved.")
    return bytes(data.data())


class Exporter(QObject):
    """Saves and copies for one page; says what happened by `saved`, `copied` and `failed`."""

    saved = Signal(object)  # Path
    copied = Signal()
    failed = Signal(object)  # AtelierError

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._pending: _Pending | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._dialog: QFileDialog | None = None

    def save_text(self, name: str, text: str) -> None:
        """Ask where, then write UTF-8; what UTF-8 cannot hold (lone surrogates) becomes a question mark."""
        self._ask(name, self.tr("Text (*.txt)"), _Pending(text.encode("utf-8", "replace"), "txt"))

    def save_json(self, name: str, value: Any) -> None:
        """Ask where, then write the value as the command line would print it."""
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        data = text.encode("utf-8", "backslashreplace")  # a lone surrogate's escape is the same in JSON
        self._ask(name, self.tr("JSON (*.json)"), _Pending(data, "json"))

    def save_picture(self, name: str, image: QImage) -> None:
        """Ask where, then write a PNG."""
        try:
            data = png(image)
        except AtelierError as error:
            self.failed.emit(error)
        else:
            self.save_png(name, data)

    def save_png(self, name: str, data: bytes) -> None:
        """Ask where, then write a PNG's bytes: large pictures are encoded on a worker's thread."""
        self._ask(name, self.tr("PNG picture (*.png)"), _Pending(data, "png"))

    def save_film(self, name: str, data: bytes) -> None:
        """Ask where, then write a GIF's bytes."""
        self._ask(name, self.tr("GIF film (*.gif)"), _Pending(data, "gif"))

    def copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()

    def copy_picture(self, image: QImage) -> None:
        if image.isNull():
            self.failed.emit(AtelierError("This picture is empty and cannot be copied."))
            return
        QGuiApplication.clipboard().setImage(image)
        self.copied.emit()

    def write(self, path: Path, data: bytes) -> None:
        """Write without asking."""
        try:
            atomic.write_bytes(path, data)
        except AtelierError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(path)

    def _ask(self, name: str, kinds: str, pending: _Pending) -> None:
        if self._dialog is not None:
            self._dialog.close()
        self._pending = pending
        dialog = QFileDialog(self._page, self.tr("Save"), self._folder, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(pending.suffix)
        dialog.selectFile(f"{name}.{pending.suffix}")
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        if self._pending is not None:
            self._folder = str(Path(path).parent)
            self.write(Path(path), self._pending.data)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        dialog, self._dialog, self._pending = self._dialog, None, None
        if dialog is not None:
            dialog.deleteLater()
