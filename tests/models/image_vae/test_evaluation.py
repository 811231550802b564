import math
from pathlib import Path

import numpy as np
import pytest
import torch

from models.image_vae import classifier, evaluation
from models.image_vae.evaluation import evaluate, weighted_bound
from models.image_vae.model import MapModel
from models.shelf import ModelFolder
from tests.drawing import PALETTE, sprites
from tests.mapping import map_data, tiny_network
from tests.models.sprites.files import write_pictures


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few samples and steps: what is asked of the figures holds for any number."""
    monkeypatch.setattr(evaluation, "SAMPLES", 200)
    monkeypatch.setattr(classifier, "LEAST_STEPS", 5)


@pytest.mark.usefixtures("quick")
def test_a_vae_is_measured_by_its_bounds_and_its_random_codes(map_folder: ModelFolder, tmp_path: Path) -> None:
    data = write_pictures(tmp_path, sprites(30, 8), np.array(PALETTE, np.uint8))
    figures = evaluate(MapModel.load(map_folder), data)
    assert figures["images"] == 30
    assert figures["neg_elbo"] == pytest.approx(figures["reconstruction"] + figures["kl"])
    assert figures["searched_neg_elbo"] < figures["neg_elbo"]
    assert figures["iwae_200"] <= figures["searched_neg_elbo"] + 0.5  # a tighter bound, but for chance
    assert figures["random_frechet"] > 0
    assert 0 <= figures["holes"] <= 1
    assert 0 <= figures["returned"] <= 1


@pytest.mark.usefixtures("quick")
def test_an_autoencoder_has_no_bound(plain_map_folder: ModelFolder, tmp_path: Path) -> None:
    data = write_pictures(tmp_path, sprites(30, 8), np.array(PALETTE, np.uint8))
    figures = evaluate(MapModel.load(plain_map_folder), data)
    assert figures["reconstruction"] > 0
    assert not {"neg_elbo", "kl", "iwae_200", "searched_neg_elbo"} & set(figures)


def test_where_the_code_tells_nothing_the_weighted_bound_is_the_price_itself() -> None:
    network = tiny_network(map_data(ink=True)).requires_grad_(False)
    network.output.weight.zero_()
    picture = torch.rand(42)
    price = network.likelihood.nats(network.decode(torch.zeros(1, 2)), picture[None]).item()
    random = torch.Generator().manual_seed(0)
    prior = weighted_bound(network, picture, torch.zeros(2), torch.zeros(2), 10, random)
    elsewhere = weighted_bound(network, picture, torch.tensor([0.3, 0.1]), torch.full((2,), 0.2), 50_000, random)
    assert prior == pytest.approx(price, rel=1e-5)
    assert elsewhere == pytest.approx(price, abs=0.05)


def test_the_frechet_distance_is_that_of_two_gaussians() -> None:
    random = np.random.default_rng(0)
    first = random.standard_normal((4000, 3))
    assert classifier.frechet_distance(first, first) == pytest.approx(0, abs=1e-9)
    assert classifier.frechet_distance(first, first + np.array([3, 0, 4])) == pytest.approx(25, rel=1e-6)
    narrow = first * 0.5  # (1 − ½)² for each of three numbers
    narrow_distance = classifier.frechet_distance(first - first.mean(0), narrow - narrow.mean(0))
    assert narrow_distance == pytest.approx(0.75, rel=0.05)


def test_the_classifier_learns_what_its_labels_say() -> None:
    dark = np.zeros((40, 8, 8, 3), np.uint8)
    light = np.full((40, 8, 8, 3), 255, np.uint8)
    images, labels = np.concatenate([dark, light]), np.repeat([0, 1], 40).astype(np.uint8)
    judge = classifier.taught(images, labels)
    assert classifier.accuracy(judge, images, labels) == 1.0
    assert classifier.distance(judge, dark, light) > classifier.distance(judge, images, images) + 0.1
    again = classifier.taught(images, labels)
    assert np.array_equal(classifier.features_of(judge, images), classifier.features_of(again, images))


def test_the_classifier_leaves_the_random_numbers_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    classifier.taught(np.zeros((8, 8, 8, 3), np.uint8), np.zeros(8, np.uint8))
    assert math.isclose(torch.rand(1).item(), expected.item())


@pytest.mark.usefixtures("quick")
def test_a_model_of_ink_is_measured_on_pictures_too(ink_map_folder: ModelFolder, tmp_path: Path) -> None:
    black = np.array([(255, 255, 255), (0, 0, 0)], np.uint8)
    data = write_pictures(tmp_path, np.minimum(sprites(30, 8), 1), black)
    figures = evaluate(MapModel.load(ink_map_folder), data)
    assert figures["neg_elbo"] > figures["searched_neg_elbo"] > 0


@pytest.mark.usefixtures("quick")
def test_one_picture_can_be_priced_and_not_compared(map_folder: ModelFolder, tmp_path: Path) -> None:
    data = write_pictures(tmp_path, sprites(1, 8), np.array(PALETTE, np.uint8))
    figures = evaluate(MapModel.load(map_folder), data)
    assert figures["images"] == 1
    assert "random_frechet" not in figures
