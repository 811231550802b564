"""What a command says: results on standard output, everything else on standard error.

A result goes out at once, so that a closed pipe or a full disk is noticed while there is still something to say.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys

from models.errors import AtelierError

_ROW = re.compile(r"\[\n\s+\d+(?:,\n\s+\d+)*\n\s+\]")


class OutputError(AtelierError):
    """A result could not be written to standard output."""


class ReaderLeftError(Exception):
    """Whoever read standard output wants no more of it, as `head` does: no failure."""


def prepare() -> None:
    """Make both streams take anything: what an encoding lacks is escaped, and a closed stream swallows all."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # lives as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def show(text: str) -> None:
    """Write a result. Raises `ReaderLeftError` or `OutputError`."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        _abandon()
        raise ReaderLeftError from error
    except OSError as error:
        _abandon()
        raise OutputError("Cannot write the result: {reason}.", reason=error.strerror or error) from error


def show_json(value: object) -> None:
    """Write a result as one JSON value, in ASCII: every pipe and every reader takes that.

    A row of whole numbers, such as a sprite's pixels, stays on one line; no string holds the breaks that are taken out.
    """
    show(_ROW.sub(_on_one_line, json.dumps(value, indent=2, allow_nan=False)))


def _on_one_line(row: re.Match[str]) -> str:
    return f"[{', '.join(re.findall('[0-9]+', row[0]))}]"


def note(text: str) -> None:
    """Write a message of one line for a person; where nobody can read it, go on without."""
    line = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def sentence(error: AtelierError) -> str:
    """An error as it stands behind a colon: begun small, without a full stop."""
    text = str(error).removesuffix(".")
    starts_with_word = not error.template.startswith("{")
    return text[:1].lower() + text[1:] if starts_with_word else text


def _abandon() -> None:
    """Let what is still to be flushed go nowhere, for the interpreter would complain of it at its end."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
