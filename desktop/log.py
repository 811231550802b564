"""The log file: small, rotating, in the user's log folder; absent where nothing can be written."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

import platformdirs

MAX_BYTES, OLD_FILES = 1 << 20, 3
_FORM = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


def folder() -> Path:
    """Where logs lie; it need not exist yet."""
    return Path(platformdirs.user_log_dir("latent-atelier", appauthor=False))


class _LogFile(logging.handlers.RotatingFileHandler):
    """Rotates, and takes whatever a message holds: lone surrogates too."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "a", MAX_BYTES, OLD_FILES, encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not print a traceback for each record: what cannot be logged is let go."""


class Log:
    """While started, records from "info" up go to the file and from "error" up to standard error."""

    def __init__(self) -> None:
        self._root = logging.getLogger()
        self._level = self._root.level
        self._handlers: list[logging.Handler] = []

    def start(self) -> None:
        """Open the file; where that fails, standard error is all there is."""
        self._level = self._root.level
        self._root.setLevel(logging.INFO)
        stream = logging.StreamHandler()
        stream.setLevel(logging.ERROR)
        self._add(stream)
        try:
            folder().mkdir(parents=True, exist_ok=True)
            file = _LogFile(folder() / "atelier.log")
        except OSError as error:
            logging.getLogger(__name__).info("no log file: %s", error)
        else:
            self._add(file)

    def stop(self) -> None:
        """Close the file and leave logging as it was found."""
        for handler in self._handlers:
            self._root.removeHandler(handler)
            handler.close()
        self._handlers.clear()
        self._root.setLevel(self._level)

    def _add(self, handler: logging.Handler) -> None:
        handler.setFormatter(_FORM)
        self._root.addHandler(handler)
        self._handlers.append(handler)
