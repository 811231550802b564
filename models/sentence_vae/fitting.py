"""From a text file to a model folder: `atelier train sentence_vae`."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from models import atomic, fitting, shelf, trainer
from models.errors import DataError
from models.fitting import UNTOLD, Origin
from models.sentence_vae import FAMILY, copies, dataset, lexicon, pairs, plane
from models.sentence_vae import tokens as tokens_module
from models.sentence_vae.copies import Copies
from models.sentence_vae.decoding import Decoder, fluency_nats, means_of
from models.sentence_vae.lexicon import Lexicon
from models.sentence_vae.network import Configuration, SentenceVAE
from models.sentence_vae.pairs import Pairs
from models.sentence_vae.script import HAN, OTHER, script_of
from models.sentence_vae.tokens import Tokens
from models.sentence_vae.training import CHINESE, Recipe, VerseTask, measure
from models.shelf import ModelFolder

TOKEN_LINES = 300_000
SCRIPT_LINES = 1000  # that tell what a text is written in
SIZES = {OTHER: Configuration(), HAN: Configuration(embedding=160, encoder=224, decoder=448)}
RECIPES = {OTHER: Recipe(), HAN: CHINESE}
MEASURED_LINES = 2000


def train_model(
    data: Path,
    out: Path,
    options: trainer.Options,
    device: torch.device,
    name: str,
    resume: bool,
    sizes: Configuration | None = None,
    recipe: Recipe | None = None,
    origin: Origin = UNTOLD,
) -> ModelFolder:
    """Train on a text file or a folder of splits and write a model folder.

    `resume` goes on with the training in `out` where one was begun, and begins it where none was, so that the same call
    can be repeated until it succeeds. `sizes.vocabulary` is how many tokens to learn; the data may yield fewer.

    Raises `DataError` before anything is written where the data or `out` cannot be used, `SaveError` where `out`
    cannot be written or another training is at work there, `InputError` where it would run in several processes.
    """
    done = fitting.finished(out, resume, FAMILY)
    if done is not None:
        return done
    begun = fitting.begun_with(out) is not None
    atomic.check_folder(out / fitting.WORK)
    splits = dataset.read_splits(data, options.seed)
    script = script_of(splits.train[:SCRIPT_LINES])
    sizes, recipe = sizes or SIZES[script], recipe or RECIPES[script]
    lines = dataset.with_typed_lines(splits.train, options.seed)
    tokens = (
        _begun_tokens(out / fitting.WORK)
        if begun
        else _new_tokens(splits.train, sizes.vocabulary, script, options.seed)
    )
    batches = dataset.LineTensors(lines, tokens, recipe.batch)
    valid = dataset.short_enough(splits.valid, tokens)
    with fitting.workplace(out, begun) as work:
        if not begun:
            atomic.write_bytes(work / tokens_module.FILE, tokens.serialized)
        torch.manual_seed(options.seed)
        network = SentenceVAE(replace(sizes, vocabulary=len(tokens))).to(device)
        task = VerseTask(network, tokens, batches, valid, recipe, options.seed, device)
        figures = trainer.train(task, options, work, device, begun)
        told = {"recipe": asdict(recipe), "options": asdict(options), "lines": len(splits.train), "device": device.type}
        told["script"] = script
        words, copied = lexicon.learn(splits.train), copies.learn(splits.train)
        learned = Learned(tokens, words, copied, pairs.learn(splits.train, script))
        folder = write_model(out, network, learned, valid, name, told, figures, origin=origin)
    fitting.tidy(out)
    return folder


def _begun_tokens(work: Path) -> Tokens:
    """The tokenizer that a begun training learned; it was written before the first checkpoint."""
    try:
        return Tokens((work / tokens_module.FILE).read_bytes())
    except OSError as error:
        raise DataError("The tokenizer in {work} is missing: train in another folder.", work=work) from error
    except ValueError as error:
        raise DataError("The tokenizer in {work} is damaged: train in another folder.", work=work) from error


def _new_tokens(lines: list[str], size: int, script: str, seed: int) -> Tokens:
    """A tokenizer learned from a seeded sample of the lines."""
    some = random.Random(seed).sample(lines, min(TOKEN_LINES, len(lines)))
    return tokens_module.train(some, size, script)


@dataclass(frozen=True)
class Learned:
    """What a model knows of its text beside its weights."""

    tokens: Tokens
    words: Lexicon
    lines: Copies
    pairs: Pairs

    @property
    def files(self) -> dict[str, bytes]:
        """As they stand in the model folder."""
        return {
            tokens_module.FILE: self.tokens.serialized,
            lexicon.FILE: self.words.serialized,
            copies.FILE: self.lines.serialized,
            pairs.FILE: self.pairs.serialized,
        }


def write_model(
    out: Path,
    network: SentenceVAE,
    learned: Learned,
    valid: list[str],
    name: str,
    recipe: dict[str, object],
    figures: dict[str, float],
    *,
    origin: Origin = UNTOLD,
) -> ModelFolder:
    """Round to float16, measure what is shipped on held-out lines where it will be used, and write the folder.

    `figures` are those of the training, which are measured anew; others are kept. `network` is rounded too.
    """
    weights = fitting.rounded(network)
    some = dataset.short_enough(valid[:MEASURED_LINES], learned.tokens)
    measured = _measure(network, learned.tokens, some)
    codes, _ = means_of(network, learned.tokens, some, torch.device("cpu"))
    cloud = {plane.FILE: plane.serialize(plane.plane_of(codes.numpy()))} if len(codes) > 1 else {}
    told = f"{recipe.get('lines', 0)} lines of text"
    sizes = asdict(network.configuration)
    card = fitting.card(FAMILY, name, origin, sizes, recipe, figures | measured, told)
    return shelf.write(out, card, weights, learned.files | cloud)


def _measure(network: SentenceVAE, tokens: Tokens, lines: list[str]) -> dict[str, float]:
    """The training's own figures, and what real unseen verse costs (see `SentenceModel`)."""
    cost = float(fluency_nats(Decoder(network), tokens, lines).mean())
    return {**measure(network, tokens, lines, torch.device("cpu")), "nats_per_character": cost}
