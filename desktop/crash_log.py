"""A record of crashes that Python cannot catch (a fault in a library, an abort): written by faulthandler as the process
dies, shown to the person at the next start.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
from pathlib import Path
from typing import IO

MAX_BYTES = 100_000  # of a crash that is shown

_log = logging.getLogger(__name__)


class CrashLog:
    """`begin` gives the last run's crash, if it crashed, and listens for this run's."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "crash.log"
        self._file: IO[bytes] | None = None

    def begin(self) -> str:
        """The text of a crash that was not shown yet, else nothing; it is kept as `crash.log.old`."""
        crash = ""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            crash = self._take()
            self._file = self._path.open("ab")
            faulthandler.enable(self._file)
        except OSError as error:
            _log.info("no crash log: %s", error)
        return crash

    def end(self) -> None:
        """The run ended as it should: what was noted of faults that it survived is no crash."""
        if self._file is None:
            return
        faulthandler.disable()
        with contextlib.suppress(OSError), self._file:
            self._file.truncate(0)
        self._file = None

    def _take(self) -> str:
        if not self._path.exists() or not self._path.stat().st_size:
            return ""
        with self._path.open("rb") as file:
            text = file.read(MAX_BYTES).decode("utf-8", "replace")
        self._path.replace(self._path.with_name("crash.log.old"))
        return text
