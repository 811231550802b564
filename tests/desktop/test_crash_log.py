"""The crash log: written as the process dies, shown once."""

from __future__ import annotations

import faulthandler
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.crash_log import MAX_BYTES, CrashLog

CRASH = """
import faulthandler, sys
from pathlib import Path
from desktop.crash_log import CrashLog
log = CrashLog(Path(sys.argv[1]))
log.begin()
def the_guilty_function():
    faulthandler._sigsegv()
the_guilty_function()
"""


@pytest.fixture(autouse=True)
def _faulthandler() -> Iterator[None]:
    """Pytest listens for faults too; it gets its listener back."""
    was_enabled = faulthandler.is_enabled()
    yield
    if was_enabled and sys.__stderr__ is not None:
        faulthandler.enable(sys.__stderr__)


def run(folder: Path) -> str:
    """One start and end; what it had to tell of the last."""
    log = CrashLog(folder)
    told = log.begin()
    log.end()
    return told


def test_the_first_start_has_nothing_to_tell(tmp_path: Path) -> None:
    assert run(tmp_path / "logs") == ""


def test_a_run_that_ended_well_leaves_nothing_to_tell(tmp_path: Path) -> None:
    run(tmp_path)
    assert run(tmp_path) == ""


def test_a_fault_that_was_survived_is_no_crash(tmp_path: Path) -> None:
    log = CrashLog(tmp_path)
    log.begin()
    with (tmp_path / "crash.log").open("ab") as file:
        faulthandler.dump_traceback(file)
    log.end()
    assert run(tmp_path) == ""


def test_a_crash_is_told_at_the_next_start_once(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True, check=False)
    assert done.returncode != 0
    told = run(tmp_path)
    assert "the_guilty_function" in told
    assert run(tmp_path) == ""
    assert (tmp_path / "crash.log.old").read_text() == told


def test_a_crash_log_of_any_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "crash.log").write_bytes(b"Fatal \xff\xfe\x00" + b"x" * (2 * MAX_BYTES))
    told = run(tmp_path)
    assert told.startswith("Fatal")
    assert len(told) <= MAX_BYTES


def test_a_folder_that_cannot_be_written_costs_only_the_crash_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run(tmp_path / "file" / "logs") == ""


def test_a_crash_log_that_is_a_folder_is_borne(tmp_path: Path) -> None:
    (tmp_path / "crash.log" / "inside").mkdir(parents=True)
    assert run(tmp_path) == ""
