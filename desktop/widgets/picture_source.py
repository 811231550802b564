"""Pictures from outside: opened, dropped or pasted. What is done with them is for the tab to say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.engine import Failure


class PictureSource(QObject):
    """Only finds the pictures: nothing is read here. `over` carries the Failure that a later picture makes good."""

    file_given = Signal(object)  # Path
    image_given = Signal(object)  # QImage
    over = Signal(object)  # Failure

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._folder = _pictures()
        self._dialog: QFileDialog | None = None
        self._failures: list[Failure] = []  # of pictures that nobody could read

    @Slot()
    def ask(self) -> None:
        """Let a person choose a file; the window stays usable."""
        if self._dialog is not None:
            self._dialog.close()
        kinds = self.tr("Pictures (*.png *.gif *.jpg *.jpeg *.webp *.bmp);;All files (*)")
        dialog = QFileDialog(self._page, self.tr("Open a picture"), self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()

    def paste(self) -> bool:
        """Take the clipboard's picture; false where there is none."""
        return self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData | None) -> bool:
        """Take what was pasted or dropped; false where it holds no picture."""
        found = picture_in(data) if data is not None else None
        if isinstance(found, Path):
            self.file_given.emit(found)
        elif found is not None:
            self.image_given.emit(found)
        return found is not None

    def keep_failure(self, failure: Failure) -> None:
        """A picture could not be read."""
        self._failures.append(failure)

    def forget_failures(self) -> None:
        """A picture was read: those that were not trouble nobody any more."""
        failures, self._failures = self._failures, []
        for failure in failures:
            self.over.emit(failure)

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        self._folder = str(Path(path).parent)
        self.file_given.emit(Path(path))

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()


def may_hold_picture(data: QMimeData) -> bool:
    """Whether to let somebody drop this, before it is looked at."""
    return _file(data) is not None or data.hasImage()


def picture_in(data: QMimeData) -> Path | QImage | None:
    """The first file, else the picture itself; None where there is neither."""
    file = _file(data)
    if file is not None:
        return file
    image = data.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None


def _file(data: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)


def _pictures() -> str:
    """Where a person's pictures are, if there is such a folder."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return place if Path(place).is_dir() else str(Path.home())
