"""Every way in which verses leave the tab: copied, as text, as JSON, as a picture."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot

from desktop.export import Exporter
from desktop.verses.mode import Mode
from desktop.widgets.skeleton import Skeleton


class Outputs(QObject):
    """Gives the skeleton its exports; each takes what the current mode shows when a person asks."""

    def __init__(self, skeleton: Skeleton, exporter: Exporter, mode: Mode[Any, Any]) -> None:
        super().__init__(skeleton)
        self._exporter = exporter
        self._mode = mode
        self._copy = skeleton.copy_action
        self._copy.triggered.connect(self._on_copy)
        self.text = skeleton.add_export(self.tr("Save as text…"), "Ctrl+S")
        self.json = skeleton.add_export(self.tr("Save as JSON…"), "Ctrl+Shift+J")
        self.picture = skeleton.add_export(self.tr("Save as picture…"), "Ctrl+Shift+S")
        self.picture_copy = skeleton.add_export(self.tr("Copy as picture"), "Ctrl+Shift+P")
        self.text.triggered.connect(self._save_text)
        self.json.triggered.connect(self._save_json)
        self.picture.triggered.connect(self._save_picture)
        self.picture_copy.triggered.connect(self._copy_picture)
        self._actions = (self._copy, self.text, self.json, self.picture, self.picture_copy)

    def use(self, mode: Mode[Any, Any]) -> None:
        """What leaves the tab from now on is this mode's."""
        self._mode = mode
        self._copy.setToolTip(mode.tooltips()[1])
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Nothing can leave the tab before it is there."""
        for action in self._actions:
            action.setEnabled(self._mode.session.result is not None)

    @Slot()
    def _on_copy(self) -> None:
        self._exporter.copy_text(self._mode.as_text(self._mode.session.result))

    @Slot()
    def _save_text(self) -> None:
        self._exporter.save_text(self._mode.file_name, self._mode.as_text(self._mode.session.result))

    @Slot()
    def _save_json(self) -> None:
        self._exporter.save_json(self._mode.file_name, self._mode.as_json(self._mode.session.result))

    @Slot()
    def _save_picture(self) -> None:
        self._exporter.save_picture(self._mode.file_name, self._mode.as_picture(self._mode.session.result))

    @Slot()
    def _copy_picture(self) -> None:
        self._exporter.copy_picture(self._mode.as_picture(self._mode.session.result))
