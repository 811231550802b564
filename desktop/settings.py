"""What the app remembers, apart from the window's geometry: one frozen value in one JSON file.

Each key is checked alone when it is read: a bad one falls back to its default and the others stay. Where anything had
to be dropped, the file as it was found is kept beside the new one as `settings.json.bak`. Only what differs from the
defaults is written.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from models import atomic

VERSION = 1
MAX_BYTES = 16 << 20
SAVE_DELAY_MS = 800
THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class Settings:
    """`pages` holds each tab's own saved state under the tab's key; the tab checks it when it restores."""

    version: int = VERSION
    theme: str = "system"
    tab: str = ""
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What was read, and the keys that had to be dropped ("the whole file" where it was no JSON object)."""

    settings: Settings
    dropped: tuple[str, ...] = ()


def path() -> Path:
    """Where the file lies; it need not exist yet."""
    return Path(platformdirs.user_config_dir("latent-atelier", appauthor=False)) / "settings.json"


def read(file: Path) -> Reading:
    """Never fails: a missing file gives the defaults, a damaged one what can be saved of it."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return Reading(Settings(), ("the whole file",))
        values = json.loads(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Reading(Settings())
    except (OSError, ValueError, RecursionError):
        return Reading(Settings(), ("the whole file",))
    return _checked(values) if isinstance(values, dict) else Reading(Settings(), ("the whole file",))


def to_text(settings: Settings) -> str:
    """Plain ASCII JSON, so that whatever a person typed can be written, lone surrogates too."""
    defaults = Settings()
    values = {item.name: getattr(settings, item.name) for item in fields(settings)}
    changed = {name: value for name, value in values.items() if name == "version" or value != getattr(defaults, name)}
    return json.dumps(changed, indent=1) + "\n"


def _checked(values: dict[str, Any]) -> Reading:
    good = {name: values[name] for name, check in _CHECKS.items() if name in values and check(values[name])}
    dropped = [name for name in values if name not in good]
    pages = good.get("pages", {})
    dropped += [f"pages.{key}" for key, state in pages.items() if not isinstance(state, dict)]
    kept = {key: state for key, state in pages.items() if isinstance(state, dict)}
    return Reading(Settings(**{**good, "version": VERSION, "pages": kept}), tuple(dropped))


def _is_version(value: object) -> bool:
    return type(value) is int and 1 <= value <= VERSION


def _is_theme(value: object) -> bool:
    return isinstance(value, str) and value in THEMES


def _is_tab(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 100


def _is_pages(value: object) -> bool:
    return isinstance(value, dict)


_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "version": _is_version,
    "theme": _is_theme,
    "tab": _is_tab,
    "pages": _is_pages,
}


class Store(QObject):
    """The settings in use and their file. A change is written a moment later; a failure is told once."""

    problem = Signal(object)  # AtelierError

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        reading = read(file)
        self.settings = reading.settings
        self.dropped = reading.dropped
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self.save)

    def change(self, **values: Any) -> None:
        """Replace fields of the settings."""
        settings = replace(self.settings, **values)
        if settings != self.settings:
            self.settings = settings
            if not self._timer.isActive():  # a change must not put off the one before it for ever
                self._timer.start()

    def keep_page(self, key: str, state: Mapping[str, Any]) -> None:
        """Remember one tab's state."""
        self.change(pages={**self.settings.pages, key: state})

    @Slot()
    def save(self) -> None:
        """Write now."""
        self._timer.stop()
        try:
            self._keep_old()
            atomic.write_text(self._file, to_text(self.settings))
        except atomic.SaveError as error:
            if not self._told:
                self._told = True
                self.problem.emit(error)

    def _keep_old(self) -> None:
        """Move the damaged file aside before the first new one takes its place: it may not even be readable."""
        if not self.dropped:
            return
        try:
            with contextlib.suppress(FileNotFoundError):
                os.replace(self._file, self._file.with_name(self._file.name + ".bak"))
        except OSError as error:
            raise atomic.SaveError(
                "Cannot move the damaged {path} aside: {reason}; settings are not saved until it is moved or deleted.",
                path=self._file,
                reason=error.strerror or error,
            ) from error
        self.dropped = ()
