import json
from pathlib import Path

import numpy as np
import pytest
import torch

from models import shelf
from models.errors import DataError, InputError, ModelFolderError
from models.image_vae import FAMILY, PLAIN_FAMILY, encoded, latent_map
from models.image_vae.codes import EncodedData
from models.image_vae.fitting import means_of, train_model, write_model
from models.image_vae.model import MapModel
from models.shelf import ModelFolder
from models.trainer import Options
from tests.mapping import NAMES, map_data, tiny_map_model, tiny_network
from tests.models.sprites.files import TABLE, write_pictures

CPU = torch.device("cpu")


def trained(folder: Path, *, variational: bool = True, dimensions: int = 2, resume: bool = False) -> ModelFolder:
    data = folder / "data"
    if not data.exists():
        random = np.random.default_rng(3)
        write_pictures(data, random.integers(0, 4, (40, 8, 8), np.uint8), TABLE)
    return train_model(data, folder / "model", Options(epochs=2), CPU, "mine", resume, variational, dimensions, side=8)


@pytest.mark.parametrize(("variational", "family"), [(True, FAMILY), (False, PLAIN_FAMILY)])
def test_a_trained_folder_is_on_the_shelf_as_any_other(tmp_path: Path, variational: bool, family: str) -> None:
    folder = trained(tmp_path, variational=variational)
    assert folder.family == family
    assert not (tmp_path / "model" / "training").exists()
    model = MapModel.load(shelf.open_folder(folder.path))
    assert model.is_variational == variational
    assert model.data is not None
    assert len(model.data) == 4  # the tenth that was held out
    assert (model.data.log_variances is not None) == variational
    assert latent_map.decode(model, model.data.means).shape == (4, 8, 8, 3)
    assert folder.card.figures["reconstruction"] > 0
    assert ("neg_elbo" in folder.card.figures) == variational
    assert folder.card.recipe["images"] == 36


def test_a_finished_training_is_not_begun_again(tmp_path: Path) -> None:
    folder = trained(tmp_path)
    with pytest.raises(DataError, match="already holds a model"):
        trained(tmp_path)
    assert trained(tmp_path, resume=True).hash == folder.hash
    with pytest.raises(DataError, match="family image_vae"):
        trained(tmp_path, variational=False, resume=True)


@pytest.mark.parametrize("dimensions", [1, 0, -2, 65])
def test_codes_that_make_no_map_are_told_before_anything_is_read(tmp_path: Path, dimensions: int) -> None:
    with pytest.raises(InputError):
        train_model(tmp_path / "none", tmp_path / "out", Options(epochs=1), CPU, "x", False, True, dimensions)
    assert not (tmp_path / "out").exists()


def test_the_codes_that_are_kept_are_those_of_the_test_pictures(map_folder: ModelFolder) -> None:
    model, data = MapModel.load(map_folder), map_data()
    assert model.data is not None
    assert data.labels is not None
    assert np.allclose(model.data.means, means_of(model.network, data.test, ink=False), atol=2e-2)
    assert model.data.labels is not None
    assert model.data.labels.tolist() == data.labels.test.tolist()
    assert model.data.names == NAMES


def test_data_without_labels_has_codes_without_names(tmp_path: Path) -> None:
    data = encoded.read_encoded(tiny_map_model(tmp_path / "plain", labels=False))
    assert data is not None
    assert data.labels is None
    assert data.names == ()


def test_a_folder_without_codes_is_a_map_without_points(tmp_path: Path) -> None:
    folder = tiny_map_model(tmp_path / "bare")
    card = json.loads((folder.path / shelf.CARD).read_text(encoding="utf-8"))
    del card["files"][encoded.FILE]
    (folder.path / shelf.CARD).write_text(json.dumps(card), encoding="utf-8")
    model = MapModel.load(shelf.open_folder(folder.path))
    assert model.data is None
    assert latent_map.look(model, (0.0, 0.0)).neighbours == ()


@pytest.mark.parametrize(
    "data",
    [
        EncodedData(np.zeros((3, 3), np.float32)),
        EncodedData(np.full((3, 2), np.nan, np.float32)),
        EncodedData(np.zeros((3, 2), np.float32), np.zeros((2, 2), np.float32)),
        EncodedData(np.zeros((3, 2), np.float32), None, np.array([0, 1], np.uint8)),
        EncodedData(np.zeros((3, 2), np.float32), None, np.array([0, 1, 99], np.uint8)),
        EncodedData(np.zeros((3, 2), np.float32), None, np.zeros((3, 2), np.uint8)),
        EncodedData(np.zeros((3, 2), np.float32), np.full((3, 2), 6e4, np.float32)),
    ],
    ids=[
        "three numbers",
        "no numbers",
        "too few spreads",
        "too few labels",
        "a label without a name",
        "two labels each",
        "endless spreads",
    ],
)
def test_codes_that_are_not_this_models_are_told(tmp_path: Path, data: EncodedData) -> None:
    folder = tiny_map_model(tmp_path / "tiny")
    weights = shelf.read_weights(folder)
    broken = shelf.write(tmp_path / "broken", folder.card, weights, encoded.file_of(data))
    with pytest.raises(ModelFolderError, match="codes of this model"):
        encoded.read_encoded(broken)


@pytest.mark.parametrize("change", [{"dimensions": 3}, {"encoder": [16, 13]}, {"waves": 5}, {"palette": ["#ffffff"]}])
def test_a_card_that_tells_of_another_network_is_told(tmp_path: Path, change: dict[str, object]) -> None:
    folder = tiny_map_model(tmp_path / "tiny")
    card = json.loads((folder.path / shelf.CARD).read_text(encoding="utf-8"))
    card["configuration"] |= change
    (folder.path / shelf.CARD).write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelFolderError):
        MapModel.load(shelf.open_folder(folder.path))


def test_the_figures_are_those_of_the_rounded_weights(tmp_path: Path) -> None:
    data = map_data()
    folder = write_model(tmp_path / "m", tiny_network(data), data, "m", {})
    again = write_model(tmp_path / "n", MapModel.load(folder).network, data, "n", {})
    assert again.card.figures == folder.card.figures
    assert again.hash == folder.hash
