"""A small project around a copy of `run.py`, which sets up for real but needs no package index.

It builds itself with a backend of its own, and its app, its tests and its benchmarks write down how they were started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""

BACKEND = '''
import pathlib, time, zipfile

INFO = "sandbox-1.dist-info"
METADATA = """Metadata-Version: 2.1
Name: sandbox
Version: 1
Requires-Dist: torch>=2.8,<2.14; extra == "dev"
Provides-Extra: dev
"""

def build_editable(folder, config_settings=None, metadata_directory=None):
    if pathlib.Path("hang").exists():
        pathlib.Path("hanging").touch()
        time.sleep(600)
    with zipfile.ZipFile(pathlib.Path(folder) / "sandbox-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{INFO}/METADATA", METADATA)
        wheel.writestr(f"{INFO}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{INFO}/RECORD", "")
    return "sandbox-1-py3-none-any.whl"
'''

HAND_MADE_TORCH = "2.9.1+cpu"
STARTED = """
import os, pathlib, sys
pathlib.Path("started").write_text(" ".join([__file__, os.environ["OMP_WAIT_POLICY"], *sys.argv[1:]]), encoding="utf-8")
sys.exit(7)
"""


@dataclass(frozen=True)
class Sandbox:
    """The project's folder, and how a person starts it."""

    folder: Path

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return {**kept, "PIP_NO_INDEX": "1", "QT_QPA_PLATFORM": "offscreen", **variables}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "run.py"), *arguments]

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.environment(**variables), capture_output=True, text=True, check=False
        )

    def started(self) -> list[str]:
        """The file that was started, its OMP_WAIT_POLICY and its arguments; read once."""
        words = (self.folder / "started").read_text(encoding="utf-8").split()
        (self.folder / "started").unlink()
        return words


def make_sandbox(folder: Path) -> Sandbox:
    shutil.copy(ROOT / "run.py", folder)
    (folder / "desktop").mkdir()
    (folder / "tests").mkdir()
    files = {
        "pyproject.toml": PYPROJECT,
        "constraints.txt": "torch==2.13.0\n",
        "backend.py": BACKEND,
        "pytest.py": STARTED,
        "desktop/__main__.py": STARTED,
        "tests/benchmarks.py": STARTED,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Sandbox(folder)


def put_torch(environment: Path, version: str) -> None:
    """Enough of an installed torch for pip to see it."""
    (packages,) = environment.glob("[Ll]ib/**/site-packages")
    info = packages / f"torch-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: torch\nVersion: {version}\n", encoding="utf-8")
    (info / "RECORD").write_text("", encoding="utf-8")
    (info / "INSTALLER").write_text("pip\n", encoding="utf-8")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """A project that was never set up."""
    return make_sandbox(tmp_path)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """A project that was set up once, for tests that leave it so."""
    sandbox = make_sandbox(tmp_path_factory.mktemp("ready"))
    sandbox.run()
    return sandbox


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """A project for which a person made `.venv` by hand and put another torch there than the pinned one."""
    sandbox = make_sandbox(tmp_path_factory.mktemp("prepared"))
    subprocess.run([sys.executable, "-m", "venv", sandbox.folder / ".venv"], check=True)
    put_torch(sandbox.folder / ".venv", HAND_MADE_TORCH)
    return sandbox
