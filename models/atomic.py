"""The one way to save a file: written beside its place, flushed to disk, then moved over the old one.

A crash, a full disk or kill -9 at any moment leaves the old file or the new one, never half of either.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from models.errors import AtelierError

LOCK = "lock"


class SaveError(AtelierError):
    """A file could not be saved; what stood there before is untouched."""


def write_bytes(path: Path, data: bytes) -> None:
    """Replace `path` by `data` or leave it as it was; makes missing folders. Raises `SaveError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise _unsaved(path, error) from error


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


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep every other process that asks for the same out of a folder, which is made where it is missing.

    The system lets go of the lock however this process ends. Raises `SaveError` where another holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("ab")
    except OSError as error:
        raise _unsaved(folder, error) from error
    with file:
        try:
            _lock(file)
        except OSError as error:
            raise SaveError("Another process is at work in {folder}: wait for its end.", folder=folder) from error
        yield


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unsaved(path: Path, error: OSError) -> SaveError:
    reason = error.strerror or error
    return SaveError("Cannot save {path}: {reason}; choose another place or free some space.", path=path, reason=reason)


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
