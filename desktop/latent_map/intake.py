"""Pictures from outside, read and brought to the model's format on a thread of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.engine import Failure
from desktop.latent_map.work import Opened, OpenFile, OpenImage
from desktop.questions import Answer, Questions
from desktop.widgets.picture_source import PictureSource
from models.errors import InputError
from models.sprites.form import Format

OPEN = "open"


class Intake(PictureSource):
    """`opened` carries an `Opened` in the format that was last told; without a model, pictures are refused."""

    opened = Signal(object)
    problem = Signal(object)  # AtelierError

    def __init__(self, page: QWidget, questions: Questions) -> None:
        super().__init__(page)
        self.form: Format | None = None
        self._questions = questions
        self.file_given.connect(self.open_file)
        self.image_given.connect(self.open_image)
        questions.answered.connect(self._on_answered)
        questions.refused.connect(self._on_refused)

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Read this file; one that cannot be read is told."""
        if self.form is not None:
            self._questions.ask(OPEN, OpenFile(path, self.form))
        else:
            self._refuse()

    @Slot(object)
    def open_image(self, image: QImage) -> None:
        """Take a picture that never was a file."""
        if self.form is not None:
            self._questions.ask(OPEN, OpenImage(self.tr("Pasted picture"), image, self.form))
        else:
            self._refuse()

    def _refuse(self) -> None:
        self.problem.emit(InputError("There is no model that could look at the picture."))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        if answer.kind == OPEN and answer.last and answer.value.form == self.form:
            opened: Opened = answer.value
            self.forget_failures()
            self.opened.emit(opened)

    @Slot(str, object)
    def _on_refused(self, kind: str, failure: Failure) -> None:
        if kind == OPEN:
            self.keep_failure(failure)
