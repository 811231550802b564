"""Imports without PySide's detour."""

from __future__ import annotations

import builtins


def go_straight() -> None:
    """Import from now on as Python does.

    PySide6 puts a function of its own in the place of `__import__`, for the sake of `from __feature__ import …`, which
    this app does not use. It reads the source of every module that is imported, looks for its own name there, and
    `linecache` keeps it all: of torch alone that takes a second and 45 MB (napari traced it in its issue 8584).
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
