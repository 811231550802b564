"""What the shipped sentence VAEs must reach, in English and in Chinese: ends, fluency, the path, speed, size."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models import shelf
from models.errors import DataError, ModelFolderError
from models.sentence_vae import FAMILY, dataset, evaluation, metre
from models.sentence_vae.interpolation import verses_between
from models.sentence_vae.language import CHINESE, ENGLISH, written_in
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import PathRequest
from models.sentence_vae.path_figures import figures_on
from models.shelf import ModelFolder
from tests.benchmarks.ordinary import SENTENCES
from tests.benchmarks.table import Limit, Row, all_missing, at_least, at_most

LINES, PAIRS = 1000, 200
LEAST_LINES = 4000  # of the data, half of which may have to teach the judge
TIMED_PAIRS = 30
MEGABYTE = 1e6
NAMES = {ENGLISH: "English", CHINESE: "Chinese"}
ANY_LENGTH = 0


@dataclass(frozen=True)
class Asked:
    """What must be reached in one language on unseen verse; `returned` by lines' lengths, before refinement."""

    returned: dict[int, Limit]
    refined: Limit
    figures: dict[str, Limit]
    seconds: Limit
    first: Limit

    @property
    def all(self) -> tuple[Limit, ...]:
        return (*self.returned.values(), self.refined, *self.figures.values(), self.seconds, self.first)


def _asked(language: str, returned: dict[int, Limit]) -> Asked:
    name = NAMES[language]
    return Asked(
        returned,
        at_least(f"{name}: unseen lines returned, after refinement", 0.99, "{:.1%}"),
        {  # by their names in `path_figures`
            "fluency": at_most(f"{name}: fluency against real verse, ratio", 1.03),
            "fluency_95": at_most(f"{name}: fluency, 95th percentile of paths", 1.20),
            "smoothness": at_least(f"{name}: smoothness", 0.40),
            "progress": at_least(f"{name}: progress, Kendall's tau", 0.95),
            "evenness": at_most(f"{name}: evenness, largest step against the mean", 1.6),
            "distinct": at_least(f"{name}: paths on which no line stands twice", 1.0, "{:.1%}"),
            "empty": at_most(f"{name}: empty verses", 0.0, "{:.1%}"),
            "copied": at_most(f"{name}: verses copied from the training text", 0.02, "{:.1%}"),
        },
        at_most(f"{name}: nine verses with 8 alternatives, unseen verse, median s", 0.5),
        at_most(f"{name}: first draft of nine verses, unseen verse, median s", 0.2),
    )


def _returned(of: str, share: float) -> Limit:
    return at_least(f"{of} returned, before refinement", share, "{:.1%}")


ON_DATA = {
    ENGLISH: _asked(ENGLISH, {ANY_LENGTH: _returned("English: unseen lines", 0.80)}),  # by a model trained on a CPU
    CHINESE: _asked(
        CHINESE,
        {
            5: _returned("Chinese: unseen lines of five characters", 0.98),
            7: _returned("Chinese: unseen lines of seven characters", 0.92),
        },
    ),
}
ORDINARY = at_least("English: ordinary sentences returned, after refinement", 0.95, "{:.1%}")
ORDINARY_SPEED = at_most("English: nine verses with 8 alternatives, ordinary sentences, median s", 0.5)
ALONE = (ORDINARY, ORDINARY_SPEED)
SIZE = at_most("shipped weights and what comes with them, both languages, MB", 20.0)
ALL = (*ALONE, *(limit for asked in ON_DATA.values() for limit in asked.all), SIZE)


def folders(name: str | None) -> dict[str, ModelFolder]:
    """The shelf's first model of each language, or in its language the one that is named.

    Raises `ModelFolderError` where that is none.
    """
    named = [shelf.find(name, FAMILY)] if name else []
    found = [*named, *(model for model in shelf.folders().models if model.family == FAMILY)]
    return {written_in(model): model for model in reversed(found)}


def rows(models: Mapping[str, ModelFolder], data: Mapping[str, Path]) -> Iterator[Row]:
    """Every measure of the models by language; those on unseen verse need folders with `test` text files."""
    for language, asked in ON_DATA.items():
        limits = (*ALONE, *asked.all) if language == ENGLISH else asked.all
        if language not in models:
            yield from all_missing(limits, f"there is no model of {NAMES[language]} verse on the shelf")
            continue
        try:
            model = SentenceModel.load(models[language])
        except ModelFolderError as error:
            yield from all_missing(limits, str(error))
            continue
        if language == ENGLISH:
            yield from rows_alone(model)
        yield from rows_on_data(model, asked, data.get(language))
    yield size(models)


def size(models: Mapping[str, ModelFolder]) -> Row:
    """What the models of both languages weigh."""
    missing = [NAMES[language] for language in ON_DATA if language not in models]
    if missing:
        return SIZE.missing(f"there is no model of {missing[0]} verse on the shelf")
    return SIZE.row(sum(folder.bytes for folder in models.values()) / MEGABYTE)


def rows_alone(model: SentenceModel) -> Iterator[Row]:
    """Measures that need no data but the benchmark's own sentences."""
    yield ORDINARY.row(evaluation.ends_refined(model, SENTENCES))
    yield ORDINARY_SPEED.row(_median_seconds(model, _pairs(SENTENCES))[0])


def rows_on_data(model: SentenceModel, asked: Asked, data: Path | None) -> Iterator[Row]:
    """Measures on unseen verse."""
    if data is None:
        yield from all_missing(asked.all, "--data FOLDER is missing")
        return
    try:
        lines = dataset.read_test(data)
    except DataError as error:
        yield from all_missing(asked.all, str(error))
        return
    if len(lines) < LEAST_LINES:
        yield from all_missing(asked.all, f"{data} holds {len(lines)} lines, and {LEAST_LINES} are needed")
        return
    random.Random(0).shuffle(lines)
    yield from _ends(model, asked, lines)
    yield from _paths(model, asked, *dataset.with_judges(data, lines))
    seconds, first = _median_seconds(model, _pairs(lines[::-1])[:TIMED_PAIRS])
    yield asked.seconds.row(seconds)
    yield asked.first.row(first)


def _ends(model: SentenceModel, asked: Asked, lines: Sequence[str]) -> Iterator[Row]:
    for length, limit in asked.returned.items():
        some = [line for line in lines if length in {ANY_LENGTH, metre.length(line)}][:LINES]
        yield limit.row(evaluation.ends_returned(model, some)) if some else limit.missing("no such line in the data")
    yield asked.refined.row(evaluation.ends_refined(model, lines[:LINES]))


def _paths(model: SentenceModel, asked: Asked, real: Sequence[str], others: Sequence[str]) -> Iterator[Row]:
    """Of seven verses each, told by a judge that learned from other lines of the data."""
    figures = figures_on(model, real, others, PAIRS)
    for name, limit in asked.figures.items():
        yield limit.row(figures[name])


def _median_seconds(model: SentenceModel, pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """To the final nine verses between two lines and to their first draft, each pair paying for its own refinement."""
    times = []
    for seed, (first, last) in enumerate(pairs):
        model.refined_codes.clear()
        start = time.perf_counter()
        paths = verses_between(model, PathRequest(first, last, points=9, seed=seed))
        times.append([time.perf_counter() - start for path in paths if path is not None])
    return statistics.median(run[-1] for run in times), statistics.median(run[0] for run in times)


def _pairs(lines: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(lines[::2], lines[1::2], strict=False))
