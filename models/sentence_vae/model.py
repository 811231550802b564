"""A sentence VAE taken from the shelf, ready for use."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models import device, shelf
from models.errors import ModelFolderError
from models.sentence_vae import lexicon as lexicon_module
from models.sentence_vae.decoding import Decoder
from models.sentence_vae.lexicon import Lexicon
from models.sentence_vae.network import Configuration, SentenceVAE
from models.sentence_vae.tokens import FILE, Tokens
from models.shelf import ModelFolder

FAMILY = "sentence_vae"
REMEMBERED_LINES = 256


@dataclass(frozen=True)
class SentenceModel:
    """Everything that the verbs need. `real_nats`: nats a character of real unseen verse without a code;
    measured after training. `lexicon`: the words that the model has met."""

    folder: ModelFolder
    network: SentenceVAE
    tokens: Tokens
    decoder: Decoder
    device: torch.device
    real_nats: float
    lexicon: Lexicon
    refined_codes: dict[tuple[int, ...], tuple[Tensor, int]] = field(default_factory=dict, repr=False)

    def remember(self, tokens: tuple[int, ...], code: Tensor, steps: int) -> None:
        """Keep a line's refined code (Z,), so that typing in one line does not refine the other again.

        The oldest goes first.
        """
        while len(self.refined_codes) >= REMEMBERED_LINES:
            del self.refined_codes[next(iter(self.refined_codes))]
        self.refined_codes[tokens] = (code, steps)

    @classmethod
    def load(cls, folder: ModelFolder, choice: str = "auto") -> SentenceModel:
        """Read, check and build. Raises `ModelFolderError` for a damaged folder, `InputError` for an unknown device."""
        weights = shelf.read_weights(folder)
        tokens = Tokens(shelf.read_file(folder, FILE))
        lexicon = Lexicon(shelf.read_file(folder, lexicon_module.FILE))
        configuration = configuration_of(folder)
        if configuration.vocabulary != len(tokens):
            raise _misshapen(folder, "the tokenizer is of another size than the network")
        try:
            _check_sizes(configuration, weights)
            network = SentenceVAE(configuration)
            network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
        except (RuntimeError, LookupError, ValueError) as error:
            raise _misshapen(folder, "its tensors have other names or shapes than the card says") from error
        place = device.pick(choice)
        network = network.to(place).eval().requires_grad_(False)
        figures = folder.card.figures
        try:
            real = figures["nats_per_character"]
        except KeyError as error:
            raise _misshapen(folder, "the card lacks the figures that fluency is measured by") from error
        return cls(folder, network, tokens, Decoder(network), place, real, lexicon)


def configuration_of(folder: ModelFolder) -> Configuration:
    """The network's sizes from the card. Raises `ModelFolderError`."""
    known = {item.name for item in fields(Configuration)}
    values: dict[str, Any] = folder.card.configuration
    if set(values) != known or not all(isinstance(v, int) and 0 < v <= 1 << 16 for v in values.values()):
        raise _misshapen(folder, "the card's network configuration is not one that this version knows")
    return Configuration(**values)


def _check_sizes(configuration: Configuration, weights: dict[str, np.ndarray[Any, Any]]) -> None:
    """Hold the card against the tensors before memory is taken for a network. Raises `LookupError` or `ValueError`."""
    vocabulary, embedding = weights["embedding.weight"].shape
    queries, twice_encoder = weights["queries"].shape
    decoder, code = weights["decoder.weight_hh_l0"].shape[1], weights["no_code"].shape[0]
    if configuration != Configuration(vocabulary, embedding, twice_encoder // 2, decoder, code, queries):
        raise ValueError("the card and the tensors differ")


def _misshapen(folder: ModelFolder, reason: str) -> ModelFolderError:
    remedy = "re-install the program" if folder.shipped else "delete the folder or train the model again"
    return ModelFolderError(
        "Cannot use {path}: {reason}; {remedy}.", path=folder.path / shelf.WEIGHTS, reason=reason, remedy=remedy
    )
