"""`train` and `evaluate` for models that draw."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models import shelf
from models.commands import families
from models.pixel_rnn import building, fitting, plain
from models.pixel_rnn.network import Configuration
from models.pixel_rnn.training import Recipe
from models.shelf import ModelFolder
from tests.models.commands.conftest import Atelier
from tests.models.sprites.files import sprites, write_idx, write_lecture, write_pictures

TINY = Configuration(embedding=4, around=4, blocks=1, above=6, along=8, features=6, dropout=0.0)
COUNT = 30


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of the smallest size."""
    monkeypatch.setattr(fitting, "FOR_TINY", TINY)
    monkeypatch.setattr(plain, "PlainConfiguration", functools.partial(plain.PlainConfiguration, along=8))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_lecture(tmp_path / "data", sprites(COUNT))


@pytest.fixture
def words(data: Path, tmp_path: Path) -> tuple[str, ...]:
    out = ("--out", str(tmp_path / "mine"), "--device", "cpu", "--seed", "1", "--epochs", "2")
    return ("train", "pixel_rnn", "--data", str(data), *out)


def trained(tmp_path: Path) -> ModelFolder:
    return shelf.open_folder(tmp_path / "mine")


def test_the_kinds_are_those_of_the_networks() -> None:
    assert families.FAMILIES["pixel_rnn"].kinds == tuple(building.KINDS)


def test_training_on_the_lectures_files_writes_a_model_that_can_be_measured(
    atelier: Atelier, words: tuple[str, ...], data: Path, tmp_path: Path
) -> None:
    said = atelier(*words, "--json")
    assert said.status == 0
    assert said.json == trained(tmp_path).card.figures
    measured = atelier("evaluate", str(tmp_path / "mine"), "--data", str(data), "--json")
    assert (measured.status, measured.err) == (0, "")
    assert measured.json["images"] == COUNT
    assert {"bits_per_pixel", "bits_per_covered_pixel", "bits_per_covered_pixel_blind"} < measured.json.keys()
    scored = atelier("score", str(data), "--model", str(tmp_path / "mine"), "--json").json
    assert [row["image"] for row in scored] == [f"pixel_color.txt:{number}" for number in range(1, COUNT + 1)]
    mean = sum(row["bits_per_pixel"] for row in scored) / COUNT
    assert mean == pytest.approx(measured.json["bits_per_pixel"], abs=1e-5)


def test_it_learns_at_its_own_rate(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    atelier(*words)
    assert trained(tmp_path).card.recipe["options"]["rate"] == Recipe().rate


@pytest.mark.parametrize(
    ("chosen", "kind"), [((), "two-way"), (("--kind", "two-way"), "two-way"), (("--kind", "plain"), "plain")]
)
def test_the_kind_of_network_can_be_chosen(
    chosen: tuple[str, ...], kind: str, atelier: Atelier, words: tuple[str, ...], tmp_path: Path
) -> None:
    assert atelier(*words, *chosen).status == 0
    assert trained(tmp_path).card.configuration["kind"] == kind


def test_other_families_have_no_kinds(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    said = atelier("train", "sentence_vae", *words[2:], "--kind", "plain")
    assert said == (2, "", "atelier: sentence_vae knows no --kind plain\n")


@pytest.mark.parametrize(("chosen", "side"), [((), 20), (("--side", "5"), 5)])
def test_pictures_are_made_as_large_as_is_asked(
    chosen: tuple[str, ...],
    side: int,
    atelier: Atelier,
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fitting, "Configuration", lambda: TINY)
    folder = write_pictures(tmp_path / "pictures", sprites(COUNT))
    assert atelier(*words, "--data", str(folder), *chosen).status == 0
    configuration = trained(tmp_path).card.configuration
    assert (configuration["height"], configuration["width"]) == (side, side)


def test_other_data_keeps_its_size(atelier: Atelier, words: tuple[str, ...], tmp_path: Path) -> None:
    assert atelier(*words, "--side", "9").status == 0
    assert trained(tmp_path).card.configuration["height"] == 4


@pytest.mark.parametrize("side", ["0", "257", "2.5"])
def test_a_side_that_no_canvas_has_is_a_usage_error(side: str, atelier: Atelier, words: tuple[str, ...]) -> None:
    said = atelier(*words, "--side", side)
    assert (said.status, said.out) == (2, "")
    assert "argument --side" in said.err


def test_other_families_fit_no_pictures(atelier: Atelier, words: tuple[str, ...]) -> None:
    said = atelier("train", "sentence_vae", *words[2:], "--side", "9")
    assert said == (2, "", "atelier: sentence_vae knows no --side\n")


def test_broken_pictures_are_told_and_the_rest_is_learned_from(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path
) -> None:
    folder = write_pictures(tmp_path / "pictures", sprites(COUNT))
    (folder / "007.png").write_bytes(b"no picture")
    said = atelier(*words, "--data", str(folder))
    assert said.status == 0
    assert said.err.splitlines()[0] == f"Cannot read {folder / '007.png'}: not a picture."
    assert trained(tmp_path).card.recipe["sprites"] == COUNT - 1 - 2
    measured = atelier("evaluate", str(tmp_path / "mine"), "--data", str(folder), "--json")
    assert measured.json["images"] == COUNT - 1
    assert measured.err == f"Cannot read {folder / '007.png'}: not a picture.\n"


def test_a_model_of_ink_is_measured_in_nats_on_the_test_images(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path
) -> None:
    ink = np.random.default_rng(0).integers(0, 256, (COUNT, 4, 4), np.uint8)
    folder = write_idx(tmp_path / "ink", ink, ink[:5])
    atelier(*words, "--data", str(folder))
    measured = atelier("evaluate", str(tmp_path / "mine"), "--data", str(folder), "--json").json
    assert measured["images"] == 5
    assert measured["nats"] > 0


def test_an_interrupted_training_goes_on(
    atelier: Atelier, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("models.pixel_rnn.training.DrawingTask.measure", stop)
        said = atelier(*words, "--kind", "plain")
    assert said.status == 130
    told = atelier(*words, "--resume")
    assert (
        told.err
        == f"atelier: {tmp_path / 'mine' / 'training'} holds a checkpoint of another network: choose another folder\n"
    )
    assert atelier(*words, "--kind", "plain", "--resume").status == 0


def test_data_that_cannot_be_used_is_told_and_nothing_written(
    atelier: Atelier, words: tuple[str, ...], data: Path, tmp_path: Path
) -> None:
    (data / "colormap.txt").unlink()
    said = atelier(*words)
    assert (said.status, said.out) == (1, "")
    assert (
        said.err == f"atelier: {data / 'colormap.txt'} is missing: images and their colour table belong in one folder\n"
    )
    assert not (tmp_path / "mine").exists()


def test_a_model_of_a_family_that_is_not_known_is_told(
    atelier: Atelier, data: Path, drawing_folder: ModelFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    shelf.write_card(folder, replace(drawing_folder.card, family="dream_rnn"))
    said = atelier("evaluate", str(folder), "--data", str(data))
    told = "holds a model of the family dream_rnn, which this version does not know: update the program"
    assert said == (1, "", f"atelier: {folder} {told}\n")
