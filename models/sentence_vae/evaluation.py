"""The sentence VAE's measures on lines that it has not seen: `atelier evaluate`."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import torch

from models.sentence_vae import dataset
from models.sentence_vae.decoding import fluency_nats, means_of
from models.sentence_vae.ends import anchor_at, refined
from models.sentence_vae.metre import length
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path_figures import figures_on
from models.sentence_vae.script import HAN
from models.sentence_vae.training import share_returned
from models.sentence_vae.typed import as_learned

LINES, REFINED_LINES = 1000, 200
PAIRS = 50
LEAST_LINES = 8  # of the data, half of which may have to teach the judge of paths
HAN_LENGTHS = (5, 7)  # of classical verse, each told apart
ACTIVE = 0.01  # variance of a unit's mean over lines beyond which it is active (Burda et al., ICLR 2016)


def evaluate(model: SentenceModel, data: Path, seed: int = 0) -> dict[str, float]:
    """`ends_returned`: share of lines that decode(mean) returns exactly; `ends_refined`: the same after refinement.

    Measured on 1,000 lines and 200 of them, drawn by `seed`; `kl` is in nats a line. In Chinese the lines of five and
    of seven characters are told apart too. Then what `path_figures` tells of the paths between 50 pairs of lines,
    by a judge that learned from others (`dataset.with_judges`); data of less than eight lines has none. Traditional
    characters are read as in typed lines.

    Raises `DataError`.
    """
    lines = _as_learned(model, dataset.read_test(data))
    random.Random(seed).shuffle(lines)
    some = lines[:LINES]
    means, rates = means_of(model.network, model.tokens, some, model.device)
    return {
        "lines": float(len(some)),
        "ends_returned": share_returned(model.decoder, model.tokens, some, means),
        **_returned_by_length(model, some),
        "ends_refined": ends_refined(model, some[:REFINED_LINES]),
        "kl": float(rates.mean()),
        "active_units": float((means.var(0, correction=0) > ACTIVE).sum()),
        "nats_per_character": float(fluency_nats(model.decoder, model.tokens, some).mean()),
        **(_path_figures(model, data, lines) if len(lines) >= LEAST_LINES else {}),
    }


def _path_figures(model: SentenceModel, data: Path, lines: list[str]) -> dict[str, float]:
    measured, teaching = dataset.with_judges(data, lines)
    return figures_on(model, measured, _as_learned(model, teaching), PAIRS)


def _as_learned(model: SentenceModel, lines: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(as_learned(model, line) for line in lines))


def ends_returned(model: SentenceModel, lines: Sequence[str]) -> float:
    """Share of lines that decode(mean) returns exactly."""
    means, _ = means_of(model.network, model.tokens, list(lines), model.device)
    return share_returned(model.decoder, model.tokens, lines, means)


def _returned_by_length(model: SentenceModel, lines: Sequence[str]) -> dict[str, float]:
    if model.script != HAN:
        return {}
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for line in lines:
        by_length[length(line)].append(line)
    told = [size for size in HAN_LENGTHS if by_length[size]]
    return {f"ends_returned_{size}": ends_returned(model, by_length[size]) for size in told}


def ends_refined(model: SentenceModel, lines: Sequence[str]) -> float:
    """Share of lines that are returned exactly once their codes were refined."""
    exact = 0
    for line in lines:
        *_, anchor = refined(model, anchor_at(model, 0.0, line, torch.Generator()))
        exact += anchor.refined == line
    return exact / len(lines)
