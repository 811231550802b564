from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from models import atomic
from models.atomic import SaveError

ROOT = Path(__file__).resolve().parents[2]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_and_missing_folders_made(tmp_path: Path) -> None:
    atomic.write_bytes(tmp_path / "poems" / "moon.txt", b"moon")
    assert (tmp_path / "poems" / "moon.txt").read_bytes() == b"moon"
    assert names(tmp_path / "poems") == ["moon.txt"]


def test_text_is_utf_8_and_keeps_what_utf_8_has_no_room_for(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "moon.txt", "月 \ud83c")
    assert (tmp_path / "moon.txt").read_bytes() == "月 ".encode() + b"\xed\xa0\xbc"


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_where_a_step_fails_the_old_file_stands_and_nothing_lies_beside_it(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "moon.txt"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(SaveError, match=r"Cannot save .*moon\.txt: No space left on device; choose"):
        atomic.write_bytes(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["moon.txt"]


def test_an_interrupted_save_leaves_nothing_beside_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic.write_bytes(tmp_path / "moon.txt", b"new")
    assert names(tmp_path) == []


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "poems").write_bytes(b"")
    with pytest.raises(SaveError, match="Cannot save"):
        atomic.write_bytes(tmp_path / "poems" / "moon.txt", b"moon")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_are_those_of_the_old_file_else_the_usual(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    (tmp_path / "old").touch(mode=0o600)
    for name in ("new", "old"):
        atomic.write_bytes(tmp_path / name, b"moon")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["new"] == modes["usual"]
    assert modes["old"] == 0o600


HOLD = """
import sys
from pathlib import Path
from models import atomic
with atomic.alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_process_at_a_time_is_alone_in_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "work")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(SaveError, match="Another process is at work in"),
            atomic.alone_in(tmp_path / "work"),
        ):
            pass
        other.kill()
        other.wait()
        with atomic.alone_in(tmp_path / "work"):
            assert names(tmp_path / "work") == [atomic.LOCK]


def test_where_nothing_can_be_written_nobody_is_alone(tmp_path: Path) -> None:
    (tmp_path / "work").touch()
    with pytest.raises(SaveError, match="Cannot save"), atomic.alone_in(tmp_path / "work"):
        pass


def test_a_folder_that_can_be_written_passes_and_is_not_made(tmp_path: Path) -> None:
    atomic.check_folder(tmp_path / "not" / "yet")
    assert names(tmp_path) == []


def test_a_file_is_no_folder_to_save_in(tmp_path: Path) -> None:
    (tmp_path / "poems").touch()
    with pytest.raises(SaveError, match="poems: it is a file"):
        atomic.check_folder(tmp_path / "poems" / "moon")


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def may(_: object, mode: int) -> bool:
        return mode == os.F_OK

    monkeypatch.setattr(os, "access", may)
    with pytest.raises(SaveError, match="it may not be written to"):
        atomic.check_folder(tmp_path)
