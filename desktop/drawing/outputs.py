"""Every way in which a sprite leaves the tab: copied, as a picture, as a film of how it was drawn."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop import images
from desktop.drawing.session import Session
from desktop.drawing.work import MakeFilm
from desktop.export import Exporter
from desktop.questions import Answer, Questions
from desktop.widgets.skeleton import Skeleton

NAME, FILM = "sprite", "film"


class Outputs(QObject):
    """Gives the skeleton its exports; each takes what is on screen when a person asks."""

    making_film = Signal()

    def __init__(self, skeleton: Skeleton, exporter: Exporter, session: Session, questions: Questions) -> None:
        super().__init__(session)
        self._exporter = exporter
        self._session = session
        self._questions = questions
        skeleton.copy_action.setToolTip(self.tr("Copy the picture"))
        skeleton.copy_action.triggered.connect(self._copy)
        self.picture = skeleton.add_export(self.tr("Save as picture…"), "Ctrl+S")
        self.small = skeleton.add_export(self.tr("Save at its own size…"), "Ctrl+Shift+S")
        self.film = skeleton.add_export(self.tr("Save as film…"), "Ctrl+Shift+G")
        self.picture.triggered.connect(self._save_picture)
        self.small.triggered.connect(self._save_small)
        self.film.triggered.connect(self._save_film)
        questions.answered.connect(self._on_answered)
        session.sheet_changed.connect(self._enable)
        self._enable()

    def _image(self, scale: int) -> QImage:
        """What is to come stays transparent."""
        sheet = self._session.sheet
        return images.of_sheet(sheet.form, sheet.shown, sheet.to_come, scale)

    @Slot()
    def _enable(self) -> None:
        self.film.setEnabled(self._session.sheet.count > 0)

    @Slot()
    def _copy(self) -> None:
        self._exporter.copy_picture(self._image(images.export_scale(self._session.sheet.form)))

    @Slot()
    def _save_picture(self) -> None:
        self._exporter.save_picture(NAME, self._image(images.export_scale(self._session.sheet.form)))

    @Slot()
    def _save_small(self) -> None:
        self._exporter.save_picture(NAME, self._image(1))

    @Slot()
    def _save_film(self) -> None:
        sheet = self._session.sheet
        self._questions.ask(FILM, MakeFilm(sheet.form, sheet.shown, sheet.canvas.mask, sheet.count))
        self.making_film.emit()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        if answer.kind == FILM and answer.last:
            self._exporter.save_film(NAME, answer.value)
