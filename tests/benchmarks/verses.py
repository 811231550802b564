"""What the shipped sentence VAE must reach: ends, fluency, the path, speed, size."""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.sentence_vae import dataset, evaluation
from models.sentence_vae.interpolation import final_path
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import PathRequest, VersePath
from tests.benchmarks.judge import CharacterJudge
from tests.benchmarks.ordinary import SENTENCES
from tests.benchmarks.table import Row, at_least, at_most

LINES, PAIRS, REAL_LINES = 1000, 100, 2000
MEGABYTE = 1e6


def rows_on_data(model: SentenceModel, data: Path) -> Iterator[Row]:
    """Measures on unseen verse: a folder with `test` and `valid` text files."""
    lines = dataset.read_test(data)
    random.Random(0).shuffle(lines)
    some = lines[:LINES]
    yield at_least("unseen lines returned, before refinement", 0.65, evaluation.ends_returned(model, some), "{:.1%}")
    yield at_least("unseen lines returned, after refinement", 0.97, evaluation.ends_refined(model, some), "{:.1%}")
    paths = [_path(model, *pair, seed) for seed, pair in enumerate(_pairs(lines[:REAL_LINES]))]
    yield from _fluency(paths, lines)
    yield from _shape(paths)


def rows_alone(model: SentenceModel) -> Iterator[Row]:
    """Measures that need no data but the benchmark's own sentences."""
    share = evaluation.ends_refined(model, SENTENCES)
    yield at_least("ordinary sentences returned, after refinement", 0.90, share, "{:.1%}")
    seconds = []
    for seed, pair in enumerate(zip(SENTENCES[::2], SENTENCES[1::2], strict=True)):
        model.refined_codes.clear()  # every pair pays for its own refinement
        start = time.perf_counter()
        _path(model, *pair, seed, points=9)
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    yield at_most("nine verses with 8 alternatives, ordinary sentences, median s", 0.5, median)
    yield at_most("shipped weights and tokenizer, MB", 8.0, model.folder.bytes / MEGABYTE)


def row_of_speed(model: SentenceModel, data: Path) -> Row:
    """Nine verses between unseen lines, their refinement included."""
    lines = dataset.read_test(data)
    random.Random(1).shuffle(lines)
    seconds = []
    for seed, pair in enumerate(_pairs(lines)[:30]):
        start = time.perf_counter()
        _path(model, *pair, seed, points=9)
        seconds.append(time.perf_counter() - start)
    return at_most("nine verses with 8 alternatives, unseen verse, median s", 0.5, statistics.median(seconds))


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    return list(zip(lines[: 2 * PAIRS : 2], lines[1 : 2 * PAIRS : 2], strict=True))


def _path(model: SentenceModel, first: str, last: str, seed: int, points: int = 7) -> VersePath:
    return final_path(model, PathRequest(first, last, points=points, seed=seed))


def _fluency(paths: list[VersePath], lines: list[str]) -> Iterator[Row]:
    """Nats a character of the verses over those of real unseen verse, as a ratio of perplexities; one value a path."""
    judge = CharacterJudge(lines[REAL_LINES:])
    real = statistics.mean(judge.nats(line) for line in lines[:REAL_LINES])
    excess = [statistics.mean(judge.nats(verse.text) for verse in path.verses) - real for path in paths]
    yield at_most("fluency against real verse, ratio", 1.10, math.exp(statistics.mean(excess)))
    yield at_most("fluency, 95th percentile of paths", 1.35, math.exp(float(np.percentile(excess, 95))))


def _shape(paths: list[VersePath]) -> Iterator[Row]:
    yield at_least("progress, Kendall's tau", 0.90, statistics.mean(path.figures.progress for path in paths))
    yield at_least("smoothness", 0.30, statistics.mean(path.figures.smoothness for path in paths))
    sound = sum(_is_sound(path) for path in paths) / len(paths)
    yield at_least("paths whose verses are distinct, not empty, without unknown marks", 1.0, sound, "{:.0%}")


def _is_sound(path: VersePath) -> bool:
    texts = [path.ends[0].read, *(verse.text for verse in path.verses), path.ends[1].read]
    return len(set(texts)) == len(texts) and all(texts) and not any("\ufffd" in text for text in texts)
