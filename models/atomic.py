"""The one way to save a file: written beside its place, flushed to disk, then moved over the old one.

A crash, a full disk or kill -9 at any moment leaves the old file or the new one, never half of either.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from models.errors import AtelierError


class SaveError(AtelierError):
    """A file could not be saved; what stood there before is untouched."""


def write_bytes(path: Path, data: bytes) -> None:
    """Replace `path` by `data` or leave it as it was; makes missing folders. Raises `SaveError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise SaveError(
            "Cannot save {path}: {reason}; choose another place or free some space.",
            path=path,
            reason=error.strerror or error,
        ) from error


def write_text(path: Path, text: str) -> None:
    """As `write_bytes`, in UTF-8; lone surrogates are kept as written (`surrogatepass`)."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


def check_folder(folder: Path) -> None:
    """Tell early, and without writing, that nothing could be saved in a folder, which need not exist yet.

    Raises `SaveError`. That it raises nothing promises nothing: a disk may be full.
    """
    nearest = next(place for place in (folder, *folder.absolute().parents) if os.access(place, os.F_OK))
    if not nearest.is_dir():
        raise SaveError("Cannot save in {folder}: it is a file; choose another place.", folder=nearest)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise SaveError("Cannot save in {folder}: it may not be written to; choose another place.", folder=nearest)


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path) -> int:
    """The old file's permissions, or those that a plain `open` would give (mkstemp gives 0600)."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
