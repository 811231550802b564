"""What the shipped sentence VAE must reach: ends, fluency, the path, speed, size."""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.errors import DataError, ModelFolderError
from models.sentence_vae import dataset, evaluation
from models.sentence_vae.interpolation import final_path
from models.sentence_vae.judge import CharacterJudge
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import PathRequest, VersePath
from models.shelf import ModelFolder
from tests.benchmarks.ordinary import SENTENCES
from tests.benchmarks.table import Row, all_missing, at_least, at_most

LINES, PAIRS, REAL_LINES = 1000, 100, 2000
LEAST_LINES = 4000  # of the data: half is compared with, half teaches the judge
TIMED_PAIRS = 30
MEGABYTE = 1e6

RETURNED = at_least("unseen lines returned, before refinement", 0.65, "{:.1%}")
REFINED = at_least("unseen lines returned, after refinement", 0.97, "{:.1%}")
FLUENCY = at_most("fluency against real verse, ratio", 1.10)
WORST_FLUENCY = at_most("fluency, 95th percentile of paths", 1.35)
PROGRESS = at_least("progress, Kendall's tau", 0.90)
SMOOTHNESS = at_least("smoothness", 0.30)
SOUND = at_least("paths whose verses are distinct, not empty, without unknown marks", 1.0, "{:.0%}")
SPEED = at_most("nine verses with 8 alternatives, unseen verse, median s", 0.5)
ON_DATA = (SPEED, RETURNED, REFINED, FLUENCY, WORST_FLUENCY, PROGRESS, SMOOTHNESS, SOUND)

ORDINARY = at_least("ordinary sentences returned, after refinement", 0.90, "{:.1%}")
ORDINARY_SPEED = at_most("nine verses with 8 alternatives, ordinary sentences, median s", 0.5)
SIZE = at_most("shipped weights and tokenizer, MB", 8.0)
ALONE = (ORDINARY, ORDINARY_SPEED, SIZE)


def rows(folder: ModelFolder, data: Path | None) -> Iterator[Row]:
    """Every measure of a model; those on unseen verse need a folder with a `test` text file."""
    try:
        model = SentenceModel.load(folder)
    except ModelFolderError as error:
        yield from all_missing((*ALONE, *ON_DATA), str(error))
        return
    yield from rows_alone(model)
    if data is None:
        yield from all_missing(ON_DATA, "--data FOLDER is missing")
    else:
        yield from rows_on_data(model, data)


def rows_alone(model: SentenceModel) -> Iterator[Row]:
    """Measures that need no data but the benchmark's own sentences."""
    yield ORDINARY.row(evaluation.ends_refined(model, SENTENCES))
    yield ORDINARY_SPEED.row(_median_seconds(model, _pairs(SENTENCES)))
    yield SIZE.row(model.folder.bytes / MEGABYTE)


def rows_on_data(model: SentenceModel, data: Path) -> Iterator[Row]:
    """Measures on unseen verse."""
    try:
        lines = dataset.read_test(data)
    except DataError as error:
        yield from all_missing(ON_DATA, str(error))
        return
    if len(lines) < LEAST_LINES:
        yield from all_missing(ON_DATA, f"{data} holds {len(lines)} lines, and {LEAST_LINES} are needed")
        return
    random.Random(0).shuffle(lines)
    yield SPEED.row(_median_seconds(model, _pairs(lines[::-1])[:TIMED_PAIRS]))
    yield RETURNED.row(evaluation.ends_returned(model, lines[:LINES]))
    yield REFINED.row(evaluation.ends_refined(model, lines[:LINES]))
    paths = [_path(model, *pair, seed) for seed, pair in enumerate(_pairs(lines)[:PAIRS])]
    yield from _fluency(paths, lines)
    yield from _shape(paths)


def _median_seconds(model: SentenceModel, pairs: list[tuple[str, str]]) -> float:
    """For nine verses between two lines, each pair paying for its own refinement."""
    seconds = []
    for seed, pair in enumerate(pairs):
        model.refined_codes.clear()
        start = time.perf_counter()
        _path(model, *pair, seed, points=9)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    return list(zip(lines[::2], lines[1::2], strict=False))


def _path(model: SentenceModel, first: str, last: str, seed: int, points: int = 7) -> VersePath:
    return final_path(model, PathRequest(first, last, points=points, seed=seed))


def _fluency(paths: list[VersePath], lines: list[str]) -> Iterator[Row]:
    """Nats a character of the verses over those of real unseen verse, as a ratio of perplexities; one value a path."""
    judge = CharacterJudge(lines[REAL_LINES:])
    real = judge.mean_nats(lines[:REAL_LINES])
    excess = [judge.mean_nats(verse.text for verse in path.verses) - real for path in paths]
    yield FLUENCY.row(math.exp(statistics.mean(excess)))
    yield WORST_FLUENCY.row(math.exp(float(np.percentile(excess, 95))))


def _shape(paths: list[VersePath]) -> Iterator[Row]:
    yield PROGRESS.row(statistics.mean(path.figures.progress for path in paths))
    yield SMOOTHNESS.row(statistics.mean(path.figures.smoothness for path in paths))
    yield SOUND.row(sum(_is_sound(path) for path in paths) / len(paths))


def _is_sound(path: VersePath) -> bool:
    texts = [path.ends[0].read, *(verse.text for verse in path.verses), path.ends[1].read]
    return len(set(texts)) == len(texts) and all(texts) and not any("\ufffd" in text for text in texts)
