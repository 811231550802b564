"""`models`, `neighbours` and `evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import shelf
from models.shelf import ModelFolder
from tests.making import LINES, write_lines
from tests.models.commands.conftest import Atelier


def test_models_lists_the_shelf(atelier: Atelier, on_shelf: ModelFolder) -> None:
    said = atelier("models", "--json")
    (model,) = said.json
    assert model == {
        "name": "tiny",
        "family": "sentence_vae",
        "shipped": False,
        "bytes": on_shelf.bytes,
        "figures": on_shelf.card.figures,
    }
    lines = atelier("models").out.splitlines()
    assert lines[0] == f"tiny  sentence_vae  own  {on_shelf.bytes / 1e6:.1f} MB"
    assert [line.split()[0] for line in lines[1:]] == list(on_shelf.card.figures)


def test_a_broken_folder_is_told_and_the_others_are_listed(atelier: Atelier, on_shelf: ModelFolder) -> None:
    broken = shelf.user_models() / "broken"
    broken.mkdir()
    (broken / "card.json").touch()
    said = atelier("models", "--json")
    assert (said.status, len(said.json)) == (0, 1)
    assert said.err.startswith(f"atelier: cannot use {broken / 'card.json'}: it is not a card; ")


def test_an_empty_shelf_is_told(atelier: Atelier, on_shelf: ModelFolder) -> None:
    for file in on_shelf.path.iterdir():
        file.unlink()
    on_shelf.path.rmdir()
    assert atelier("models", "--json") == (0, "[]\n", "")
    said = atelier("models")
    assert said.out == ""
    assert said.err.startswith("The shelf is empty: train a model into a folder in ")
    assert atelier("verses", "a", "b").status == 1


NEAR = ("neighbours", "the sea is mine", "--radius", "3", "--count", "6")


def test_neighbours_are_what_the_command_line_promises(atelier: Atelier, on_shelf: ModelFolder) -> None:
    found = atelier(*NEAR, "--seed", "1", "--json").json
    assert found.keys() == {"model", "seed", "line", "neighbours"}
    assert (found["model"], found["seed"], found["line"]) == ("tiny", 1, "the sea is mine")
    assert 1 <= len(found["neighbours"]) <= 6
    assert all(other.keys() == {"text", "distance"} for other in found["neighbours"])
    assert all(0 < other["distance"] <= 3 for other in found["neighbours"])
    rows = [f"{other['distance']:6.2f}  {other['text']}" for other in found["neighbours"]]
    assert atelier(*NEAR, "--seed", "1").out.splitlines() == rows


def test_a_seed_that_was_drawn_for_neighbours_is_told(atelier: Atelier, on_shelf: ModelFolder) -> None:
    found = atelier(*NEAR, "--json").json
    assert atelier(*NEAR, "--json", "--seed", str(found["seed"])).json == found
    said = atelier(*NEAR)
    told = said.err.splitlines()[0].removeprefix("seed ")
    assert atelier(*NEAR, "--seed", told).out == said.out


def test_too_few_neighbours_are_told(atelier: Atelier, on_shelf: ModelFolder) -> None:
    said = atelier("neighbours", "the sea is mine", "--radius", "0.000001", "--seed", "1")
    assert said == (0, "", "Only 0 of 8 lines were found so near: another --seed or a larger --radius may find more.\n")


def test_what_was_done_to_the_line_is_told_and_which_line_stands_in_for_it(
    atelier: Atelier, on_shelf: ModelFolder
) -> None:
    said = atelier("neighbours", "zq" * 300, "--seed", "1").err.splitlines()
    assert said[0] == "The typed line is too long: only its beginning was read."
    assert said[1].startswith("The model does not quite return the typed line, but: ")
    assert said[2] == "The lines found are near that one."


@pytest.mark.parametrize("line", ["", "\0", "\udcff"])
def test_an_empty_line_has_no_neighbours(line: str, atelier: Atelier, on_shelf: ModelFolder) -> None:
    assert atelier("neighbours", line) == (1, "", "atelier: an empty line has no neighbours: type one\n")


def test_evaluate_measures_the_test_lines_of_a_folder(atelier: Atelier, on_shelf: ModelFolder, tmp_path: Path) -> None:
    data = write_lines(tmp_path / "data")
    (data / "train.txt").unlink()
    (data / "valid.txt").unlink()
    said = atelier("evaluate", "tiny", "--data", str(data), "--json")
    figures = said.json
    assert {"ends_returned", "ends_refined", "kl", "active_units"} <= figures.keys()
    assert figures["lines"] == len(LINES)
    assert figures["ends_returned"] > 0.5
    table = dict(line.split() for line in atelier("evaluate", "tiny", "--data", str(data)).out.splitlines())
    assert {name: float(value) for name, value in table.items()} == pytest.approx(figures, rel=1e-4)


def test_evaluate_takes_a_folder_for_a_model_and_a_file_for_data(
    atelier: Atelier, tiny_folder: ModelFolder, tmp_path: Path
) -> None:
    (tmp_path / "lines.txt").write_text("the sea is old\n", encoding="utf-8")
    said = atelier("evaluate", str(tiny_folder.path), "--data", str(tmp_path / "lines.txt"), "--json")
    assert json.loads(said.out)["lines"] == 1


def test_a_folder_without_a_model_is_told_and_nobody_is_sent_to_delete_it(
    atelier: Atelier, on_shelf: ModelFolder, tmp_path: Path
) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    told = f"atelier: {letters} holds no model: it has no card.json\n"
    assert atelier("evaluate", str(letters), "--data", "a") == (1, "", told)
    assert atelier("verses", "a", "b", "--model", str(letters)) == (1, "", told)
    (letters / "card.json").write_text('{"dear": "Ada"}', encoding="utf-8")
    told = f"atelier: cannot use {letters / 'card.json'}: it is not a card; name a model folder\n"
    assert atelier("verses", "a", "b", "--model", str(letters)) == (1, "", told)
