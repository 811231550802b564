"""Networks too small to train, for what must hold of any weights; and the tiny model that speaks Chinese."""

from __future__ import annotations

import pytest
import torch

from models.sentence_vae.model import SentenceModel
from models.sentence_vae.network import Configuration, SentenceVAE
from models.shelf import ModelFolder


@pytest.fixture
def network() -> SentenceVAE:
    """A network with random weights; 30 tokens, codes of size 4."""
    torch.manual_seed(0)
    return SentenceVAE(Configuration(vocabulary=30, embedding=8, encoder=6, decoder=10, code=4, queries=2)).eval()


@pytest.fixture
def chinese_model(chinese_folder: ModelFolder) -> SentenceModel:
    return SentenceModel.load(chinese_folder, "cpu")
