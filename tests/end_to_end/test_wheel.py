"""The built wheel, installed elsewhere, holds everything that the source tree has and works from there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("desktop", "models", "resources")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed; built from a copy, so that no earlier build can leak into it."""
    source, wheels, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "target"))
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=LEFT_OUT)
    for file in (ROOT / "pyproject.toml", ROOT / "LICENSE", *ROOT.glob("*.md")):
        shutil.copy(file, source)
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(wheels), str(source))
    (wheel,) = wheels.glob("*.whl")
    pip("install", "--target", str(target), str(wheel))
    return target


def pip(command: str, *arguments: str) -> None:
    options = ["--no-index", "--no-deps", "--disable-pip-version-check"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", command, *options, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def python(installed: Path, *arguments: str) -> str:
    """What a Python prints that sees the installed packages before any others."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=installed.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_under(folder: Path) -> set[str]:
    files = (path.relative_to(folder) for package in PACKAGES for path in (folder / package).rglob("*"))
    return {path.as_posix() for path in files if (folder / path).is_file() and "__pycache__" not in path.parts}


def test_every_file_is_in_the_wheel_and_none_besides(installed: Path) -> None:
    assert files_under(installed) == files_under(ROOT)


def test_the_installed_command_lists_the_shipped_models(installed: Path) -> None:
    models = json.loads(python(installed, "-m", "models.cli", "models", "--json"))
    shipped = {path.parent.name for path in (ROOT / "resources" / "models").glob("*/card.json")}
    assert {model["name"] for model in models} == shipped
    assert all(model["shipped"] for model in models)


def test_the_installed_packages_read_their_own_resources(installed: Path) -> None:
    found = python(installed, "-c", "from models import shelf; print(shelf.shipped_models())")
    assert Path(found.strip()) == installed / "resources" / "models"
