"""What stands on screen a while, or is left for something else, is worth a place in the filmstrip."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

STAY_MS = 1000


class Lingering(QObject):
    """Waits for what a page shows to stay; `_keep` then puts it into the filmstrip."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(STAY_MS)
        self._stay.timeout.connect(self._keep)

    @Slot()
    def leave(self) -> None:
        """What stands there gives way to something else: keep it, however short it stood."""
        if self._stay.isActive():
            self._stay.stop()
            self._keep()

    def stop(self) -> None:
        """Wait for nothing more."""
        self._stay.stop()

    @Slot()
    def _keep(self) -> None:
        raise NotImplementedError
