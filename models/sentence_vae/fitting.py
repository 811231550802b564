"""From a text file to a model folder: `atelier train sentence_vae`."""

from __future__ import annotations

import datetime
import random
import shutil
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from models import atomic, shelf, trainer
from models.errors import DataError
from models.sentence_vae import dataset
from models.sentence_vae import tokens as tokens_module
from models.sentence_vae.decoding import Decoder, fluency_nats
from models.sentence_vae.model import FAMILY
from models.sentence_vae.network import Configuration, SentenceVAE
from models.sentence_vae.tokens import Tokens
from models.sentence_vae.training import Recipe, VerseTask
from models.sentence_vae.typed import nats_by_word
from models.shelf import Card, ModelFolder

TOKEN_COUNT, TOKEN_LINES = 3000, 300_000
CALIBRATION_LINES = 2000
STRANGE_PERCENTILE = 99.5


def train_model(
    data: Path, out: Path, options: trainer.Options, device: torch.device, name: str, resume: bool
) -> ModelFolder:
    """Train on a text file or a folder of splits and write a model folder.

    Raises `DataError` before anything is written where the data cannot be used, `SaveError` where `out` cannot be
    written.
    """
    work = out / "training"
    if not resume and (out / shelf.CARD).exists():
        raise DataError("{out} already holds a model: choose another folder.", out=out)
    splits = dataset.read_splits(data, options.seed)
    lines = dataset.with_plain_lines(splits.train, options.seed)
    tokens = _tokens(work, lines, options.seed, resume)
    recipe = Recipe()
    torch.manual_seed(options.seed)
    network = SentenceVAE(Configuration(vocabulary=len(tokens))).to(device)
    batches = dataset.LineTensors(lines, tokens, recipe.batch)
    task = VerseTask(network, tokens, batches, splits.valid, recipe, options.seed, device)
    figures = trainer.train(task, options, work, device, resume)
    trained = {"recipe": asdict(recipe), "options": asdict(options), "lines": len(splits.train), "device": device.type}
    folder = write_model(out, network, tokens, splits.valid, name, trained, figures)
    shutil.rmtree(work)
    return folder


def _tokens(work: Path, lines: list[str], seed: int, resume: bool) -> Tokens:
    """The tokenizer of the training that is resumed, else a new one learned from a seeded sample."""
    path = work / tokens_module.FILE
    if resume and path.exists():
        return Tokens(path.read_bytes())
    some = random.Random(seed).sample(lines, min(TOKEN_LINES, len(lines)))
    tokens = tokens_module.train(some, TOKEN_COUNT)
    atomic.write_bytes(path, tokens.serialized)
    return tokens


def write_model(
    out: Path,
    network: SentenceVAE,
    tokens: Tokens,
    valid: list[str],
    name: str,
    recipe: dict[str, object],
    figures: dict[str, float],
) -> ModelFolder:
    """Round to float16, calibrate what is shipped on held-out lines, and write the folder."""
    rounded = {key: value.cpu().half() for key, value in network.state_dict().items()}
    network.load_state_dict({key: value.float() for key, value in rounded.items()})
    network.eval()
    figures = {key: value for key, value in figures.items() if key != "selection"} | _calibrate(network, tokens, valid)
    card = Card(
        family=FAMILY,
        name=name,
        title="Verses between two lines",
        configuration=asdict(network.configuration),
        data=f"{recipe.get('lines', 0)} lines of text",
        licence="as the text it was trained on",
        recipe=recipe,
        figures={key: round(value, 4) for key, value in figures.items()},
        written=datetime.date.today().isoformat(),
    )
    weights = {key: value.numpy() for key, value in rounded.items()}
    return shelf.write(out, card, weights, {tokens_module.FILE: tokens.serialized})


def _calibrate(network: SentenceVAE, tokens: Tokens, valid: list[str]) -> dict[str, float]:
    """What real unseen verse costs, and beyond what a word is strange (see `SentenceModel`)."""
    decoder = Decoder(network)
    some = [line for line in valid[:CALIBRATION_LINES] if len(tokens.encode(line)) <= dataset.MAX_TOKENS]
    real = float(fluency_nats(decoder, tokens, some).mean())
    words = [cost for line in some[: CALIBRATION_LINES // 2] for cost in nats_by_word(decoder, tokens, line)]
    return {"nats_per_character": real, "strange_nats": float(np.percentile(words, STRANGE_PERCENTILE))}
