"""What paths between unseen lines are worth: fluent, smooth, straight forward, even, distinct, not copied."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence

import numpy as np

from models import metrics
from models.sentence_vae.interpolation import final_path
from models.sentence_vae.judge import CharacterJudge
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import PathRequest, VersePath
from models.sentence_vae.row import heard

POINTS = 7
REAL_LINES = 2000  # that verses are compared with
WORST = 95  # the percentile of paths that is told beside their mean


def paths_between(model: SentenceModel, pairs: Sequence[tuple[str, str]]) -> Iterator[VersePath]:
    """A path of seven verses for each pair of lines, which has its number as its seed."""
    for seed, (first, last) in enumerate(pairs):
        yield final_path(model, PathRequest(first, last, points=POINTS, seed=seed, alternatives=0))


def figures_on(model: SentenceModel, real: Sequence[str], others: Sequence[str], most: int) -> dict[str, float]:
    """`figures_of` the paths between `most` pairs at most of `real` unseen lines, two or more, in random order; the
    judge is taught on `others`, one or more.

    Where these are of the same poems (`dataset.with_judges` says when), real verse is the more familiar to the judge:
    its perplexity is a tenth lower in English and a sixth lower in Chinese than by a judge of as many other lines.
    """
    judge = CharacterJudge(others)
    pairs = list(zip(real[::2], real[1::2], strict=False))[:most]
    return figures_of(model, list(paths_between(model, pairs)), judge, judge.mean_nats(real[:REAL_LINES]))


def figures_of(
    model: SentenceModel, paths: Sequence[VersePath], judge: CharacterJudge, real: float
) -> dict[str, float]:
    """The means over paths, at least one; `real` is what the judge asks for real unseen verse, in nats a character.

    `fluency` is a ratio of perplexities, 1 for what reads as real verse and more for what reads worse, `fluency_95` its
    95th percentile over paths. `distinct` is the share of paths on which no line is heard twice, `empty` and `copied`
    are shares of verses; of those that no text ever had, `copied` takes some three in a hundred too
    (`copies`). `midpoint_lean` is by how much the middle verse is more like one end than like the other, in shares of
    words, and `midpoint_like` how much it is like the end that it is less like.
    """
    excess = [judge.mean_nats(_texts(path)) - real for path in paths]
    verses = [text for path in paths for text in _texts(path)]
    likeness = [_midpoint(path) for path in paths]
    return {
        "fluency": math.exp(statistics.mean(excess)),
        f"fluency_{WORST}": math.exp(float(np.percentile(excess, WORST))),
        "smoothness": statistics.mean(path.figures.smoothness for path in paths),
        "progress": statistics.mean(path.figures.progress for path in paths),
        "evenness": statistics.mean(path.figures.evenness for path in paths),
        "distinct": statistics.mean(map(_is_distinct, paths)),
        "empty": statistics.mean(not text.strip() for text in verses),
        "copied": float(model.copies.hold(verses).mean()),
        "midpoint_lean": statistics.mean(abs(first - last) for first, last in likeness),
        "midpoint_like": statistics.mean(map(min, likeness)),
    }


def _texts(path: VersePath) -> list[str]:
    return [verse.text for verse in path.verses]


def _lines(path: VersePath) -> list[str]:
    return [path.ends[0].read, *_texts(path), path.ends[1].read]


def _is_distinct(path: VersePath) -> bool:
    said = [tuple(heard(line)) for line in _lines(path)]
    return len(set(said)) == len(said)


def _midpoint(path: VersePath) -> tuple[float, float]:
    """How much the middle verse is like the first end, and like the last."""
    lines = _lines(path)
    middle = lines[len(lines) // 2]
    return metrics.likeness(middle, lines[0]), metrics.likeness(middle, lines[-1])
