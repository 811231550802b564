"""A sentence VAE taken from the shelf, ready for use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

from models import device, shelf
from models.errors import ModelFolderError
from models.sentence_vae import copies, pairs
from models.sentence_vae import lexicon as lexicon_module
from models.sentence_vae import tokens as tokens_module
from models.sentence_vae.copies import Copies
from models.sentence_vae.decoding import Decoder
from models.sentence_vae.lexicon import Lexicon
from models.sentence_vae.network import Configuration, SentenceVAE, shapes
from models.sentence_vae.pairs import Pairs
from models.sentence_vae.script import HAN, OTHER
from models.sentence_vae.tokens import Tokens
from models.shelf import ModelFolder

REMEMBERED_LINES = 256
MOST_NATS = 100.0  # a character: far beyond any text, and its exponential is still a number

Part = TypeVar("Part")


@dataclass(frozen=True)
class SentenceModel:
    """Everything that the verbs need. `real_nats`: nats a character of real unseen verse without a code;
    measured after training. `lexicon`: the words that the model has met; `script`: what it is written in;
    `copies`: the lines that it learned from; `pairs`: the pairs of words that are usual in them."""

    folder: ModelFolder
    network: SentenceVAE
    tokens: Tokens
    decoder: Decoder
    device: torch.device
    real_nats: float
    lexicon: Lexicon
    script: str = OTHER
    copies: Copies = copies.NONE
    pairs: Pairs = pairs.NONE
    refined_codes: dict[tuple[int, ...], tuple[Tensor, int]] = field(default_factory=dict, repr=False)

    def remember(self, tokens: tuple[int, ...], code: Tensor, steps: int) -> None:
        """Keep a line's refined code (Z,), so that typing in one line does not refine the other again.

        The oldest goes first.
        """
        while len(self.refined_codes) >= REMEMBERED_LINES:
            del self.refined_codes[next(iter(self.refined_codes))]
        self.refined_codes[tokens] = (code, steps)

    @classmethod
    def load(cls, folder: ModelFolder, choice: str = "cpu") -> SentenceModel:
        """Read, check and build, for use on one thread of the processor.

        Another device answers otherwise, and not always the same: a recipe would no longer bring its verses back. On
        more threads the small steps of the decoder only wait for each other.

        Raises `ModelFolderError` for a damaged folder, `InputError` for an unknown device.
        """
        device.compute_on_one_thread()
        place = device.pick(choice)
        weights = shelf.read_weights(folder)
        tokens = _read(folder, tokens_module.FILE, Tokens)
        lexicon = _read(folder, lexicon_module.FILE, Lexicon)
        configuration = configuration_of(folder)
        if configuration.vocabulary != len(tokens):
            raise _misshapen(folder, "the tokenizer is of another size than the network")
        network = _build(folder, configuration, weights).to(place).eval().requires_grad_(False)
        return cls(
            folder,
            network,
            tokens,
            Decoder(network, tokens.rarities),
            place,
            _real_nats(folder),
            lexicon,
            script_in(folder),
            _copies(folder),
            _pairs(folder),
        )


def _copies(folder: ModelFolder) -> Copies:
    """The training text's lines as hashes; a model of former days has none."""
    return _read(folder, copies.FILE, Copies) if copies.FILE in folder.card.files else copies.NONE


def _pairs(folder: ModelFolder) -> Pairs:
    """The training text's usual pairs as hashes; a model of former days has none."""
    if pairs.FILE not in folder.card.files:
        return pairs.NONE
    return _read(folder, pairs.FILE, lambda serialized: Pairs(serialized, script_in(folder)))


def configuration_of(folder: ModelFolder) -> Configuration:
    """The network's sizes from the card. Raises `ModelFolderError`."""
    known = {item.name for item in fields(Configuration)}
    values: dict[str, Any] = folder.card.configuration
    if set(values) != known or not all(isinstance(v, int) and 0 < v <= 1 << 16 for v in values.values()):
        raise _misshapen(folder, "the card's network configuration is not one that this version knows")
    return Configuration(**values)


def script_in(folder: ModelFolder) -> str:
    """What the card says of the script that a model learned; a card of former days says nothing, and meant English."""
    return HAN if folder.card.recipe.get("script") == HAN else OTHER


def _read(folder: ModelFolder, file: str, parse: Callable[[bytes], Part]) -> Part:
    try:
        return parse(shelf.read_file(folder, file))
    except ValueError as error:
        raise shelf.damaged(folder.path / file, folder.shipped, str(error)) from error


def _build(folder: ModelFolder, configuration: Configuration, weights: dict[str, np.ndarray[Any, Any]]) -> SentenceVAE:
    """The network that the card describes, which takes no memory before all weights are seen to fit."""
    if {name: value.shape for name, value in weights.items()} != shapes(configuration):
        raise _misshapen(folder, "its tensors have other names or shapes than the card says")
    network = SentenceVAE(configuration)
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    return network


def _real_nats(folder: ModelFolder) -> float:
    """The card's figure that fluency is measured by. Raises `ModelFolderError`."""
    real = folder.card.figures.get("nats_per_character")
    if real is None:
        raise _misshapen(folder, "the card lacks the figures that fluency is measured by")
    if not 0 <= real <= MOST_NATS:
        raise _misshapen(folder, f"its nats_per_character is {real:g}, which no text costs")
    return real


def _misshapen(folder: ModelFolder, reason: str) -> ModelFolderError:
    return shelf.damaged(folder.path / shelf.WEIGHTS, folder.shipped, reason)
