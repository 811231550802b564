"""`atelier` without a command."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from models.commands import app
from tests.models.commands.conftest import Atelier

ROOT = Path(__file__).resolve().parents[3]


class Window:
    """Stands for the app: notes what it was opened with, and leaves with a status as an app does."""

    def __init__(self) -> None:
        self.opened: list[list[str]] = []

    def __call__(self, words: list[str]) -> None:
        self.opened.append(words)
        raise SystemExit(3)


def install(window: Window | Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be found by the entry point."""

    def load(self: EntryPoint) -> Window:
        assert (self.group, self.value) == ("latent_atelier.app", "somewhere:run")
        if isinstance(window, Exception):
            raise window
        return window

    def found(group: str) -> tuple[EntryPoint, ...]:
        return (EntryPoint("window", "somewhere:run", group),)

    monkeypatch.setattr("importlib.metadata.entry_points", found)
    monkeypatch.setattr(EntryPoint, "load", load)


@pytest.mark.parametrize(
    "words", [[], ["--tab", "verses"], ["--recipe", "atelier-recipe-1 {}"], ["--tab", "verses", "--recipe", ""]]
)
def test_the_app_opens_with_its_words_and_its_status_is_the_commands(
    words: list[str], atelier: Atelier, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window()
    install(window, monkeypatch)
    with pytest.raises(SystemExit, match="3"):
        atelier(*words)
    assert window.opened == [words]


def test_the_project_declares_the_app_where_the_command_looks_for_it() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    ((name, value),) = declared[app.GROUP].items()
    assert callable(EntryPoint(name, value, app.GROUP).load())


def test_where_the_app_is_not_installed_it_is_told(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(group: str) -> tuple[EntryPoint, ...]:
        return ()

    monkeypatch.setattr("importlib.metadata.entry_points", nothing)
    said = atelier()
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("atelier: the app is not installed here: python3 run.py ")


def test_where_qt_cannot_be_loaded_it_is_told(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    install(ImportError("libEGL.so.1: cannot open shared object file"), monkeypatch)
    assert atelier() == (1, "", "atelier: cannot open the app: libEGL.so.1: cannot open shared object file\n")


def test_without_a_display_the_command_that_needs_none_is_named(
    atelier: Atelier, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(Window(), monkeypatch)
    monkeypatch.setattr("sys.platform", "linux")
    for name in app.DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    said = atelier()
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("atelier: there is no display here to open a window on; atelier verses ")
