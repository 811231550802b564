from __future__ import annotations

import pytest
import torch

from models import shelf
from models.sentence_vae.model import REMEMBERED_LINES, SentenceModel
from models.shelf import ModelFolder


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
