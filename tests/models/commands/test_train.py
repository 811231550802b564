from __future__ import annotations

import functools
from pathlib import Path

import pytest

from models import shelf, trainer
from models.sentence_vae import fitting
from models.sentence_vae.network import Configuration
from models.sentence_vae.training import Recipe
from tests.making import write_lines
from tests.models.commands.conftest import Atelier

TINY = Configuration(vocabulary=300, embedding=8, encoder=8, decoder=16, code=4, queries=2)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of the smallest size, trained on all lines at once."""
    monkeypatch.setattr(fitting, "Configuration", functools.partial(lambda: TINY))
    monkeypatch.setattr(fitting, "Recipe", functools.partial(Recipe, batch=64))


@pytest.fixture
def words(tmp_path: Path) -> tuple[str, ...]:
    data, out = write_lines(tmp_path / "data"), tmp_path / "mine"
    return ("train", "sentence_vae", "--data", str(data), "--out", str(out), "--device", "cpu")


def test_training_writes_a_model_folder_and_shows_its_figures(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path
) -> None:
    said = atelier(*words, "--epochs", "2", "--seed", "1", "--json")
    folder = shelf.open_folder(tmp_path / "mine")
    assert said.status == 0
    assert said.json == folder.card.figures
    assert folder.name == "mine"
    assert folder.card.recipe["options"]["epochs"] == 2
    assert f"The model is in {tmp_path / 'mine'}." in said.err
    assert "100.0%  selection" in said.err


def test_the_model_can_be_used_at_once(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    atelier(*words, "--epochs", "1", "--name", "waves")
    said = atelier("evaluate", str(tmp_path / "mine"), "--data", str(tmp_path / "data"), "--json")
    assert said.json["lines"] == 20
    assert shelf.open_folder(tmp_path / "mine").name == "waves"


def test_what_only_a_person_knows_of_a_model_stands_on_its_card(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path
) -> None:
    told = ("--title", "Verses of the sea", "--source", "my own notebooks", "--licence", "CC0-1.0")
    atelier(*words, "--epochs", "1", *told)
    card = shelf.open_folder(tmp_path / "mine").card
    assert (card.title, card.data, card.licence) == ("Verses of the sea", "my own notebooks", "CC0-1.0")


def test_a_seed_that_was_drawn_is_told_before_training(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path
) -> None:
    said = atelier(*words, "--epochs", "1")
    seed = int(said.err.splitlines()[0].removeprefix("seed "))
    assert shelf.open_folder(tmp_path / "mine").card.recipe["options"]["seed"] == seed
    told = [line.split()[0] for line in said.out.splitlines()]
    assert told == list(shelf.open_folder(tmp_path / "mine").card.figures)


def test_by_the_clock_it_ends_by_itself(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    assert atelier(*words, "--minutes", "0.002", "--json").status == 0
    assert shelf.open_folder(tmp_path / "mine").card.recipe["options"]["minutes"] == 0.002


def interrupt(*words: str, atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is told where Ctrl-C comes at the first measure."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("models.sentence_vae.training.VerseTask.measure", stop)
        said = atelier(*words)
    assert (said.status, said.out) == (130, "")
    assert "Traceback" not in said.err
    return said.err


def test_an_interrupted_training_is_resumed_with_its_own_seed_and_length(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = interrupt(*words, "--epochs", "2", atelier=atelier, monkeypatch=monkeypatch)
    seed = int(told.splitlines()[0].removeprefix("seed "))
    assert "the same command with --resume goes on from the last checkpoint" in told
    assert atelier(*words, "--resume").status == 0
    options = shelf.open_folder(tmp_path / "mine").card.recipe["options"]
    assert (options["seed"], options["epochs"], options["minutes"]) == (seed, 2, None)


def test_a_resumed_training_may_become_longer_but_not_another(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(*words, "--epochs", "2", "--seed", "5", atelier=atelier, monkeypatch=monkeypatch)
    said = atelier(*words, "--resume", "--seed", "6")
    assert said == (2, "", "atelier: the training that is resumed was begun with --seed 5\n")
    assert atelier(*words, "--resume", "--seed", "5", "--epochs", "3").status == 0
    assert shelf.open_folder(tmp_path / "mine").card.recipe["options"]["epochs"] == 3


def test_resuming_what_is_finished_shows_it(atelier: Atelier, words: tuple[str, ...]) -> None:
    first = atelier(*words, "--epochs", "1", "--json")
    again = atelier(*words, "--epochs", "1", "--json", "--resume")
    assert (again.status, again.json) == (0, first.json)


def test_a_folder_with_a_model_is_left_alone(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    atelier(*words, "--epochs", "1")
    said = atelier(*words, "--epochs", "1", "--seed", "1")
    assert said == (1, "", f"atelier: {tmp_path / 'mine'} already holds a model: choose another folder\n")


def test_data_that_cannot_be_used_is_told_and_nothing_written(atelier: Atelier, tmp_path: Path) -> None:
    words = ("train", "sentence_vae", "--seed", "1", "--data", str(tmp_path / "no"), "--out", str(tmp_path / "mine"))
    said = atelier(*words)
    assert said == (1, "", f"atelier: cannot read {tmp_path / 'no'}: No such file or directory\n")
    assert not (tmp_path / "mine").exists()


def test_a_place_that_cannot_be_written_is_told(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    said = atelier(*words, "--seed", "1")
    assert said.status == 1
    assert said.err == f"atelier: cannot save in {tmp_path / 'mine'}: it is a file; choose another place\n"


def test_a_device_that_is_not_there_is_told(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    said = atelier(*words, "--device", "cuda", "--seed", "1")
    assert said == (1, "", "atelier: there is no device cuda here: use auto or cpu\n")
    assert not (tmp_path / "mine").exists()


def test_without_a_length_it_trains_for_an_hour(
    atelier: Atelier, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(_task: object, options: trainer.Options, *_: object) -> None:
        asked.append(options)
        raise KeyboardInterrupt

    asked: list[trainer.Options] = []
    monkeypatch.setattr(trainer, "train", note)
    atelier(*words, "--seed", "7")
    assert asked == [trainer.Options(minutes=60, seed=7)]
