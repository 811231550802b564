from __future__ import annotations

from pathlib import Path

import pytest

from models import fetch
from models.commands import data
from models.errors import DataError
from tests.models.commands.conftest import Atelier


def test_the_names_are_those_of_the_data_sets() -> None:
    assert set(data.NAMES) == set(fetch.DATA)


def test_what_was_fetched_is_told_with_its_licence(
    atelier: Atelier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = fetch.PublicData("CC0, somebody", "its one file has three bytes", lambda: {"a.txt": b"sea"})
    monkeypatch.setitem(fetch.DATA, "creatures", chosen)
    folder = tmp_path / "here"
    said = atelier("data", "fetch", "creatures", "--out", str(folder), "--json")
    assert said.status == 0
    assert said.json == {"path": str(folder), "sha256": fetch.sha256_of({"a.txt": b"sea"})}
    assert said.err == "Licence: CC0, somebody.\nChecked: its one file has three bytes.\n"
    assert (folder / "a.txt").read_bytes() == b"sea"
    plain = atelier("data", "fetch", "creatures", "--out", str(folder))
    assert plain.out == f"{folder}\nsha256  {said.json['sha256']}\n"


def test_what_cannot_be_fetched_is_told(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> fetch.Files:
        raise DataError("{url} broke off: try again.", url="https://example.org/a")

    monkeypatch.setitem(fetch.DATA, "mnist", fetch.PublicData("CC0", "it is none", refuse))
    said = atelier("data", "fetch", "mnist", "--json")
    assert (said.status, said.out) == (1, "")
    assert said.err == "Licence: CC0.\natelier: https://example.org/a broke off: try again\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("data",), "atelier: the following arguments are required: ACTION (see atelier data --help)"),
        (("data", "fetch"), "atelier: the following arguments are required: NAME (see atelier data fetch --help)"),
        (("data", "fetch", "moon"), "atelier: argument NAME: invalid choice: 'moon'"),
    ],
)
def test_wrong_words_are_told(words: tuple[str, ...], told: str, atelier: Atelier) -> None:
    said = atelier(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(told)
