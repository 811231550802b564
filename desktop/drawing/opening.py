"""Pictures from outside, read and fitted on a thread of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.drawing.work import OpenFile, OpenPasted
from desktop.engine import Failure
from desktop.questions import Answer, Questions
from desktop.widgets.picture_source import PictureSource
from models.sprites.form import Format

OPEN = "open"


class Opening(PictureSource):
    """`opened` carries an `Opened` in the format that was last told."""

    opened = Signal(object)

    def __init__(self, page: QWidget, questions: Questions, form: Format) -> None:
        super().__init__(page)
        self.form = form
        self._questions = questions
        self.file_given.connect(self.open_file)
        self.image_given.connect(self._on_image)
        questions.answered.connect(self._on_answered)
        questions.refused.connect(self._on_refused)

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Read this file; one that cannot be read is told."""
        self._questions.ask(OPEN, OpenFile(path, self.form))

    @Slot(object)
    def _on_image(self, image: QImage) -> None:
        self._questions.ask(OPEN, OpenPasted(self.tr("Pasted picture"), image, self.form))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        if answer.kind == OPEN and answer.last:
            self.forget_failures()
            self.opened.emit(answer.value)

    @Slot(str, object)
    def _on_refused(self, kind: str, failure: Failure) -> None:
        if kind == OPEN:
            self.keep_failure(failure)
