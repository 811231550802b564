"""Every way in which the poem leaves the tab: copied, as text, as JSON, as a picture."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop.export import Exporter
from desktop.verses import poem_image, poem_text
from desktop.verses.session import Session
from desktop.widgets.skeleton import Skeleton
from models.sentence_vae.path import to_json

NAME = "verses"


class Outputs(QObject):
    """Gives the skeleton its exports; each takes the path that is on screen when a person asks."""

    def __init__(self, skeleton: Skeleton, exporter: Exporter, session: Session) -> None:
        super().__init__(session)
        self._exporter = exporter
        self._session = session
        skeleton.copy_action.setToolTip(self.tr("Copy the poem"))
        skeleton.copy_action.triggered.connect(self._copy)
        self.text = skeleton.add_export(self.tr("Save as text…"), "Ctrl+S")
        self.json = skeleton.add_export(self.tr("Save as JSON…"), "Ctrl+Shift+J")
        self.picture = skeleton.add_export(self.tr("Save as picture…"), "Ctrl+Shift+S")
        self.picture_copy = skeleton.add_export(self.tr("Copy as picture"), "Ctrl+Shift+P")
        self.text.triggered.connect(self._save_text)
        self.json.triggered.connect(self._save_json)
        self.picture.triggered.connect(self._save_picture)
        self.picture_copy.triggered.connect(self._copy_picture)
        self._actions = (skeleton.copy_action, self.text, self.json, self.picture, self.picture_copy)
        session.path_changed.connect(self._enable)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        for action in self._actions:
            action.setEnabled(self._session.path is not None)

    @Slot()
    def _copy(self) -> None:
        if self._session.path is not None:
            self._exporter.copy_text(poem_text.as_poem(self._session.path))

    @Slot()
    def _save_text(self) -> None:
        if self._session.path is not None:
            self._exporter.save_text(NAME, poem_text.as_poem(self._session.path))

    @Slot()
    def _save_json(self) -> None:
        if self._session.path is not None:
            self._exporter.save_json(NAME, [to_json(self._session.path)])

    @Slot()
    def _save_picture(self) -> None:
        if self._session.path is not None:
            self._exporter.save_picture(NAME, poem_image.draw(self._session.path))

    @Slot()
    def _copy_picture(self) -> None:
        if self._session.path is not None:
            self._exporter.copy_picture(poem_image.draw(self._session.path))
