"""Pictures from outside, read and brought to the model's format on a thread of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.latent_map.work import Opened, OpenFile, OpenImage
from desktop.questions import Answer, Questions
from desktop.widgets.picture_source import PictureSource
from models.sprites.form import Format

OPEN = "open"


class Intake(PictureSource):
    """`opened` carries an `Opened` in the format that was last told; before that, nothing is taken."""

    opened = Signal(object)

    def __init__(self, page: QWidget, questions: Questions) -> None:
        super().__init__(page)
        self.form: Format | None = None
        self._questions = questions
        self.file_given.connect(self.open_file)
        self.image_given.connect(self.open_image)
        questions.answered.connect(self._on_answered)

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Read this file; one that cannot be read is told."""
        if self.form is not None:
            self._questions.ask(OPEN, OpenFile(path, self.form))

    @Slot(object)
    def open_image(self, image: QImage) -> None:
        """Take a picture that never was a file."""
        if self.form is not None:
            self._questions.ask(OPEN, OpenImage(self.tr("Pasted picture"), image, self.form))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        if answer.kind == OPEN and answer.last and answer.value.form == self.form:
            opened: Opened = answer.value
            self.opened.emit(opened)
