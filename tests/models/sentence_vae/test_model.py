from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from models import shelf
from models.errors import ModelFolderError
from models.sentence_vae import copies, pairs
from models.sentence_vae.model import REMEMBERED_LINES, SentenceModel
from models.sentence_vae.script import HAN, OTHER
from models.shelf import ModelFolder
from tests.making import HAN_LINES, LINES


def test_a_loaded_model_is_what_its_folder_says(tiny_folder: ModelFolder, tiny_model: SentenceModel) -> None:
    weights = shelf.read_weights(tiny_folder)
    assert tiny_model.network.state_dict().keys() == weights.keys()
    for name, value in tiny_model.network.state_dict().items():
        assert torch.equal(value, torch.from_numpy(weights[name]))
    assert len(tiny_model.tokens) == tiny_model.network.configuration.vocabulary
    assert tiny_model.real_nats == tiny_folder.card.figures["nats_per_character"]


def test_a_loaded_model_does_not_train(tiny_model: SentenceModel) -> None:
    assert not tiny_model.network.training
    assert not any(parameter.requires_grad for parameter in tiny_model.network.parameters())


def test_a_model_at_use_computes_on_the_processor_whatever_else_is_there(
    tiny_folder: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert SentenceModel.load(tiny_folder).device == torch.device("cpu")


def test_a_model_at_use_computes_on_one_thread(tiny_folder: ModelFolder) -> None:
    torch.set_num_threads(2)
    SentenceModel.load(tiny_folder)
    assert torch.get_num_threads() == 1


def test_only_so_many_refined_lines_are_remembered(tiny_model: SentenceModel) -> None:
    for number in range(REMEMBERED_LINES + 3):
        tiny_model.remember((number,), torch.zeros(16), number)
    assert len(tiny_model.refined_codes) == REMEMBERED_LINES
    assert (2,) not in tiny_model.refined_codes
    assert tiny_model.refined_codes[(3,)][1] == 3


def test_a_model_knows_its_script_and_which_lines_it_learned_from(
    tiny_model: SentenceModel, chinese_model: SentenceModel
) -> None:
    assert (tiny_model.script, chinese_model.script) == (OTHER, HAN)
    assert all(tiny_model.copies.hold(LINES))
    assert all(chinese_model.copies.hold(HAN_LINES))
    assert tiny_model.copies.hold(HAN_LINES).mean() < 0.2, "a few may be mistaken for its own"
    assert not any(tiny_model.pairs.strange(LINES))
    assert not any(chinese_model.pairs.strange(HAN_LINES))
    assert chinese_model.pairs.strange(["去桥过舟小"]) == [4]


def test_a_model_of_former_days_knows_no_lines_and_is_english(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    card, weights = tiny_folder.card, shelf.read_weights(tiny_folder)
    files = {name: shelf.read_file(tiny_folder, name) for name in ("tokens.model", "words.bin")}
    recipe = {name: value for name, value in card.recipe.items() if name != "script"}
    old = SentenceModel.load(shelf.write(tmp_path / "old", replace(card, recipe=recipe), weights, files))
    assert old.script == OTHER
    assert not any(old.copies.hold(LINES))
    assert not any(old.pairs.strange(["zq qz zz"]))


def test_a_damaged_list_of_lines_is_told(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    files = {name: shelf.read_file(tiny_folder, name) for name in ("tokens.model", "words.bin")}
    folder = shelf.write(
        tmp_path / "bad", tiny_folder.card, shelf.read_weights(tiny_folder), {**files, copies.FILE: b"abc"}
    )
    with pytest.raises(ModelFolderError, match="it is too short for a set"):
        SentenceModel.load(folder)


def test_a_damaged_list_of_pairs_is_told(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    files = {name: shelf.read_file(tiny_folder, name) for name in ("tokens.model", "words.bin")}
    folder = shelf.write(
        tmp_path / "bad", tiny_folder.card, shelf.read_weights(tiny_folder), {**files, pairs.FILE: b"abc"}
    )
    with pytest.raises(ModelFolderError, match="it is too short for a set"):
        SentenceModel.load(folder)
