from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models import shelf
from models.errors import ModelFolderError
from models.shelf import Card, ModelFolder

CARD = Card("sentence_vae", "moon", "Moon", {"code": 2}, "no data", "none", figures={"kl": 1.5}, written="2026-01-01")
WEIGHTS: dict[str, np.ndarray[Any, Any]] = {
    "a": np.array([[1.5, -2.0]], dtype=np.float16),
    "b": np.array([3], dtype=np.int64),
}


def put(folder: Path, name: str = "moon", family: str = "sentence_vae") -> ModelFolder:
    return shelf.write(folder, replace(CARD, name=name, family=family), WEIGHTS, {"tokens.model": b"tokens"})


def own(name: str = "moon", family: str = "sentence_vae") -> ModelFolder:
    """A model of the person's own, on the shelf."""
    return put(shelf.user_models() / name, name, family)


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the shipped models."""

    def folder() -> Path:
        return tmp_path / "shipped"

    monkeypatch.setattr(shelf, "shipped_models", folder)
    return folder()


def test_a_folder_comes_back_as_it_was_written(tmp_path: Path) -> None:
    written = put(tmp_path / "moon")
    opened = shelf.open_folder(tmp_path / "moon")
    assert opened == written
    assert opened.card == replace(CARD, files=opened.card.files)
    assert shelf.read_file(opened, "tokens.model") == b"tokens"
    tensors = shelf.read_weights(opened)
    assert tensors["a"].tolist() == [[1.5, -2.0]]
    assert (tensors["a"].dtype, tensors["b"].dtype) == (np.float32, np.int64)


def test_a_recipe_calls_a_model_by_the_beginning_of_its_weights_hash(tmp_path: Path) -> None:
    model = put(tmp_path / "moon")
    assert model.hash == model.card.files["weights.safetensors"][:12]
    assert model.bytes == sum(file.stat().st_size for file in model.path.iterdir())


def test_a_card_is_text_that_a_person_can_read(tmp_path: Path) -> None:
    put(tmp_path / "moon", "月")
    assert '"name": "月"' in (tmp_path / "moon" / "card.json").read_text(encoding="utf-8")


def test_the_shelf_lists_shipped_models_first_and_then_ones_own(shipped: Path) -> None:
    own("amber")
    put(shipped / "zinc", "zinc")
    found = shelf.folders()
    assert [(model.name, model.shipped) for model in found.models] == [("zinc", True), ("amber", False)]
    assert found.broken == ()


def test_a_shelf_without_folders_is_empty() -> None:
    assert shelf.folders() == shelf.Shelf((), ())


def test_a_broken_folder_is_reported_and_the_others_stand() -> None:
    own()
    (shelf.user_models() / "broken").mkdir()
    found = shelf.folders()
    assert [model.name for model in found.models] == ["moon"]
    assert "broken" in str(found.broken[0])


def test_files_and_hidden_folders_are_no_models() -> None:
    own()
    (shelf.user_models() / "notes.txt").touch()
    (shelf.user_models() / ".trash").mkdir()
    assert len(shelf.folders().models) == 1
    assert shelf.folders().broken == ()


def test_a_model_is_found_by_name_and_by_folder(tmp_path: Path) -> None:
    model, elsewhere = own(), put(tmp_path / "elsewhere", "sun")
    assert shelf.find("moon") == model
    assert shelf.find(str(tmp_path / "elsewhere")) == elsewhere


@pytest.mark.parametrize("name", ["sun", "", "~nobody", "\0", "\udcff", "a" * 5000])
def test_a_name_that_nothing_has_is_told_with_the_names_there_are(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelFolderError, match=r"the shelf holds moon\."):
        shelf.find(name)


def test_a_model_of_another_family_is_passed_over_and_told(tmp_path: Path) -> None:
    own("moon", "pixel_rnn")
    with pytest.raises(ModelFolderError, match="called moon: the shelf holds none"):
        shelf.find("moon", "sentence_vae")
    with pytest.raises(ModelFolderError, match="of the family pixel_rnn, and sentence_vae is needed"):
        shelf.find(str(put(tmp_path / "sun", "sun", "pixel_rnn").path), "sentence_vae")


def test_the_default_is_the_first_of_its_family(shipped: Path) -> None:
    own("amber")
    put(shipped / "boat", "boat", "pixel_rnn")
    put(shipped / "zinc", "zinc")
    assert shelf.default("sentence_vae").name == "zinc"


def test_a_preferred_name_goes_before_the_first_but_only_within_the_family(shipped: Path) -> None:
    put(shipped / "amber", "amber")
    put(shipped / "moon", "moon")
    put(shipped / "boat", "boat", "pixel_rnn")
    assert shelf.default("sentence_vae", "moon").name == "moon"
    assert shelf.default("sentence_vae", "boat").name == "amber"


def test_without_a_default_the_damage_is_told_where_there_is_some(shipped: Path) -> None:
    with pytest.raises(ModelFolderError, match="no sentence_vae model on the shelf: re-install"):
        shelf.default("sentence_vae")
    (shipped / "zinc").mkdir(parents=True)
    with pytest.raises(ModelFolderError, match=r"zinc.*card\.json.*re-install the program"):
        shelf.default("sentence_vae")


def test_figures_can_be_added_later(tmp_path: Path) -> None:
    model = put(tmp_path / "moon")
    shelf.write_card(model.path, replace(model.card, figures={"kl": 2.5}))
    assert shelf.open_folder(model.path).card.figures == {"kl": 2.5}
    assert shelf.read_weights(shelf.open_folder(model.path)).keys() == WEIGHTS.keys()


def changed_card(folder: Path, **changes: object) -> None:
    values = json.loads((folder / "card.json").read_bytes())
    (folder / "card.json").write_text(json.dumps(values | changes), encoding="utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"format_version": 2}, id="later"),
        pytest.param({"format_version": 2, "colours": ["red"], "figures": None}, id="later, with other fields"),
        pytest.param({"format_version": "1.1"}, id="another kind"),
    ],
)
def test_a_card_of_another_format_asks_for_an_update(changes: dict[str, object], tmp_path: Path) -> None:
    put(tmp_path / "moon")
    changed_card(tmp_path / "moon", **changes)
    with pytest.raises(ModelFolderError, match=r"card\.json is of format .*, and this version reads 1: update"):
        shelf.open_folder(tmp_path / "moon")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": 7},
        {"family": None},
        {"figures": {"kl": "low"}},
        {"figures": {"kl": float("nan")}},
        {"figures": {"kl": 10**400}},
        {"figures": []},
        {"files": {}},
        {"files": {"weights.safetensors": 7}},
        {"files": {"weights.safetensors": "0", "../../secret": "0"}},
        {"colours": ["red"]},
    ],
)
def test_a_card_whose_fields_are_wrong_is_told(changes: dict[str, object], tmp_path: Path) -> None:
    put(tmp_path / "moon")
    changed_card(tmp_path / "moon", **changes)
    with pytest.raises(ModelFolderError, match=r"Cannot use .*card\.json: .*; delete the folder or train the model"):
        shelf.open_folder(tmp_path / "moon")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 100_000, b"{}", b'{"format_version": 1}'])
def test_a_file_that_is_no_card_is_told(data: bytes, tmp_path: Path) -> None:
    put(tmp_path / "moon")
    (tmp_path / "moon" / "card.json").write_bytes(data)
    with pytest.raises(ModelFolderError, match="it is not a card"):
        shelf.open_folder(tmp_path / "moon")


def test_a_card_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    put(tmp_path / "moon")
    with (tmp_path / "moon" / "card.json").open("r+b") as file:
        file.truncate(shelf.MAX_CARD_BYTES + 1)
    with pytest.raises(ModelFolderError, match="far too large"):
        shelf.open_folder(tmp_path / "moon")


@pytest.mark.parametrize(
    ("tensor", "reason"),
    [
        (np.array([1.0, np.nan], dtype=np.float32), "its tensor a holds values that are not finite"),
        (np.array([np.inf], dtype=np.float16), "its tensor a holds values that are not finite"),
        (np.array([1e300]), "its tensor a holds values that are not finite"),  # in float32
        (np.array([True]), "its tensor a is of type bool"),
    ],
)
def test_weights_must_be_finite_numbers(tensor: np.ndarray[Any, Any], reason: str, tmp_path: Path) -> None:
    model = shelf.write(tmp_path / "moon", CARD, {"a": tensor}, {})
    with pytest.raises(ModelFolderError, match=reason):
        shelf.read_weights(model)
