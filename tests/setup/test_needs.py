"""What `run.py` says and does where the system lacks something."""

from __future__ import annotations

import ast
import ctypes
import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__)
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are a matter of Linux")


class Debian:
    """A Debian with some libraries missing, and an apt-get that writes down how it was called."""

    def __init__(self, patch: pytest.MonkeyPatch, missing: set[str], root: bool, apt_works: bool = True) -> None:
        self.missing, self.apt_works = missing, apt_works
        self.calls: list[list[str]] = []
        patch.setattr(ctypes, "CDLL", self.load)
        patch.setattr(os, "geteuid", lambda: 0 if root else 1000)
        patch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        patch.setattr(subprocess, "run", self.run)

    def load(self, name: str) -> None:
        if name in self.missing:
            raise OSError(f"{name}: cannot open shared object file")

    def run(self, command: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        self.calls.append(command)
        if command[1] == "install" and self.apt_works:
            self.missing.clear()
        return subprocess.CompletedProcess(command, 0 if self.apt_works else 100)


@on_linux
def test_root_gets_the_missing_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    debian = Debian(monkeypatch, {"libEGL.so.1", "libxcb-cursor.so.0"}, root=True)
    run.require_libraries({**run.LIBRARIES, **run.X11_LIBRARIES})
    assert [call[1] for call in debian.calls] == ["update", "install"]
    assert debian.calls[1][-2:] == ["libegl1", "libxcb-cursor0"]


@on_linux
def test_anybody_else_gets_the_line_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    debian = Debian(monkeypatch, {"libGL.so.1"}, root=False)
    with pytest.raises(SystemExit) as stopped:
        run.require_libraries(run.LIBRARIES)
    assert str(stopped.value).endswith("sudo apt-get install --yes --no-install-recommends libgl1")
    assert debian.calls == []


@on_linux
def test_a_failed_installation_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    Debian(monkeypatch, {"libGL.so.1"}, root=True, apt_works=False)
    with pytest.raises(SystemExit, match=r"libGL\.so\.1"):
        run.require_libraries(run.LIBRARIES)


@on_linux
def test_nothing_is_asked_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    debian = Debian(monkeypatch, set(), root=True)
    run.require_libraries(run.LIBRARIES)
    assert debian.calls == []


def test_a_missing_venv_module_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    Debian(monkeypatch, set(), root=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=rf"python3\.{sys.version_info.minor}-venv"):
        run.make_environment()


def test_an_older_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12, "final", 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is 3\.10\."):
        runpy.run_path(str(SOURCE))


def test_an_older_python_can_read_the_file_that_tells_it() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))
