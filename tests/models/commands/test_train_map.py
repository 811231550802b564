"""`train` and `evaluate` for image VAEs and plain autoencoders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models import shelf
from models.image_vae import classifier, evaluation, fitting
from models.image_vae.encoded import read_encoded
from models.image_vae.network import Configuration
from models.shelf import ModelFolder
from tests.models.commands.conftest import Atelier
from tests.models.sprites.files import sprites, write_idx, write_idx_labels, write_lecture, write_pictures

TINY = Configuration(encoder=(8,), decoder=(8,), waves=2, channels=4, embedding=2)
COUNT = 30


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of the smallest size, and measures of few samples."""
    monkeypatch.setattr(fitting, "FOR_SPRITES", TINY)
    monkeypatch.setattr(fitting, "FOR_DIGITS", Configuration(encoder=(8,), decoder=(8,), waves=2))
    monkeypatch.setattr(evaluation, "SAMPLES", 10)
    monkeypatch.setattr(evaluation, "WEIGHED", 2)
    monkeypatch.setattr(classifier, "LEAST_STEPS", 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_lecture(tmp_path / "data", sprites(COUNT))


def words(family: str, data: Path, tmp_path: Path) -> tuple[str, ...]:
    out = ("--out", str(tmp_path / "mine"), "--device", "cpu", "--seed", "1", "--epochs", "2")
    return ("train", family, "--data", str(data), *out)


def trained(tmp_path: Path) -> ModelFolder:
    return shelf.open_folder(tmp_path / "mine")


def ink(count: int, seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (count, 4, 4), np.uint8)


@pytest.mark.parametrize("family", ["image_vae", "image_ae"])
def test_what_was_trained_can_be_measured_and_decoded(
    family: str, atelier: Atelier, data: Path, tmp_path: Path
) -> None:
    said = atelier(*words(family, data, tmp_path), "--json")
    assert said.status == 0
    folder = trained(tmp_path)
    assert (folder.family, said.json) == (family, folder.card.figures)
    measured = atelier("evaluate", str(folder.path), "--data", str(data), "--json").json
    assert measured["images"] == COUNT
    assert "reconstruction" in measured
    assert ("neg_elbo" in measured) == ("kl" in measured) == (family == "image_vae")
    decoded = atelier("decode", "--code", "-1,1", "--model", str(folder.path), "--json")
    assert np.array(decoded.json["pixels"]).shape == (4, 4, 3)


def test_the_price_is_that_of_its_parts(atelier: Atelier, data: Path, tmp_path: Path) -> None:
    atelier(*words("image_vae", data, tmp_path))
    measured = atelier("evaluate", str(tmp_path / "mine"), "--data", str(data), "--json").json
    assert measured["neg_elbo"] == pytest.approx(measured["reconstruction"] + measured["kl"])


def test_grey_and_binarised_are_told_apart(atelier: Atelier, tmp_path: Path) -> None:
    folder = write_idx(tmp_path / "ink", ink(COUNT, 0), ink(6, 1))
    write_idx_labels(folder, [number % 3 for number in range(COUNT)], [0, 1, 2] * 2)
    atelier(*words("image_vae", folder, tmp_path))
    encoded = read_encoded(trained(tmp_path))
    assert encoded is not None
    assert encoded.labels is not None
    assert [encoded.names[label] for label in encoded.labels] == ["0", "1", "2"] * 2
    measured = atelier("evaluate", str(tmp_path / "mine"), "--data", str(folder), "--json").json
    assert measured["images"] == 6
    assert measured["neg_elbo"] != measured["grey_neg_elbo"]


@pytest.mark.parametrize(("chosen", "dimensions"), [((), 2), (("--dimensions", "5"), 5)])
def test_a_code_has_as_many_numbers_as_are_asked_for(
    chosen: tuple[str, ...], dimensions: int, atelier: Atelier, data: Path, tmp_path: Path
) -> None:
    assert atelier(*words("image_vae", data, tmp_path), *chosen).status == 0
    assert trained(tmp_path).card.configuration["dimensions"] == dimensions


def test_pictures_are_made_as_large_as_is_asked(atelier: Atelier, tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", sprites(COUNT))
    (folder / "007.png").write_bytes(b"no picture")
    said = atelier(*words("image_ae", folder, tmp_path), "--side", "5")
    assert said.err.splitlines()[0] == f"Cannot read {folder / '007.png'}: not a picture."
    assert trained(tmp_path).card.configuration["height"] == 5


@pytest.mark.parametrize(
    ("family", "chosen", "sentence"),
    [
        ("pixel_rnn", ("--dimensions", "3"), "pixel_rnn knows no --dimensions"),
        ("sentence_vae", ("--dimensions", "3"), "sentence_vae knows no --dimensions"),
        ("image_vae", ("--kind", "plain"), "image_vae knows no --kind plain"),
        ("image_vae", ("--dimensions", "1"), "argument --dimensions: 2 to 64 is possible, not 1"),
        ("image_vae", ("--dimensions", "65"), "argument --dimensions: 2 to 64 is possible, not 65"),
    ],
)
def test_what_a_family_does_not_know_is_a_usage_error(
    family: str, chosen: tuple[str, ...], sentence: str, atelier: Atelier, data: Path, tmp_path: Path
) -> None:
    said = atelier(*words(family, data, tmp_path), *chosen)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"atelier: {sentence}")
    assert not (tmp_path / "mine").exists()


def test_labels_that_do_not_fit_are_told_and_nothing_is_written(atelier: Atelier, tmp_path: Path) -> None:
    folder = write_idx(tmp_path / "ink", ink(COUNT, 0), ink(6, 1))
    write_idx_labels(folder, [0, 1], [0] * 6)
    said = atelier(*words("image_vae", folder, tmp_path))
    assert (said.status, said.out) == (1, "")
    file = folder / "train-labels-idx1-ubyte.gz"
    assert said.err == f"atelier: {file} holds 2 labels, and there are {COUNT} images beside it\n"
    assert not (tmp_path / "mine").exists()
