"""The rules of the house that a tool can check: layers, types, lint, and a few of our own."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("desktop", "models", "resources", "tests")
MOST_LINES = 450
COLLECTED = ("errors", "presets")  # contexts of the texts of `models.errors` and of the presets' file


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(
            ["-c", "from importlinter.cli import lint_imports_command as check; check(['--no-logo'])"], id="layers"
        ),
        pytest.param(["-m", "ruff", "check"], id="lint"),
        pytest.param(["-m", "ruff", "format", "--diff"], id="format"),
        pytest.param(["-m", "mypy"], id="types"),
    ],
)
def test_tool_finds_nothing(tool: list[str]) -> None:
    done = subprocess.run([sys.executable, *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ["models", "desktop"])
def test_every_family_and_every_tab_stands_in_the_contract_that_keeps_them_apart(room: str) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract.get("containers") == [room])
    named = {name.strip(" ()") for layer in layers for name in layer.replace(":", "|").split("|")}
    folders = {path.parent.name for path in (ROOT / room).glob("*/__init__.py")}
    assert folders <= named


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from (ROOT / room).rglob("*.py")


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Calls of a method or function with one of these names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", None))
            if name in names:
                yield node


def places(path: Path, nodes: list[ast.Call]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{node.lineno}" for node in nodes]


def test_signals_are_connected_to_bound_methods() -> None:
    """A lambda or partial that holds its widget leaks it."""
    found = []
    for path in sources("desktop"):
        held = [call for call in calls(path, "connect") if any(is_anonymous(argument) for argument in call.args)]
        found += places(path, held)
    assert found == []


def is_anonymous(node: ast.expr) -> bool:
    is_partial = isinstance(node, ast.Call) and "partial" in ast.unparse(node.func)
    return is_partial or isinstance(node, ast.Lambda)


def test_translated_strings_are_literals() -> None:
    """`tr` and `translate` of anything else find no translation."""
    found = []
    for path in sources("desktop"):
        found += places(path, [call for call in calls(path, "tr", "translate") if is_computed(call)])
    assert found == []


def is_computed(call: ast.Call) -> bool:
    """Whether a text to translate is no literal; the contexts in `COLLECTED` name texts that stand elsewhere."""
    *context, text = call.args[:2]
    is_collected = bool(context) and isinstance(context[0], ast.Constant) and context[0].value in COLLECTED
    return not is_collected and not all(isinstance(part, ast.Constant) for part in (*context, text))


def test_no_file_is_too_long_to_read() -> None:
    long = [path.name for path in sources(*ROOMS) if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]
    assert long == []


def test_the_readme_names_the_license_of_all_that_comes_from_others() -> None:
    licenses = {path for path in (ROOT / "resources").rglob("*.txt") if path.stem.startswith(("LICENSE", "OFL"))}
    assert len(licenses) == 3
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path for path in licenses if f"]({path.relative_to(ROOT).as_posix()})" not in told] == []
