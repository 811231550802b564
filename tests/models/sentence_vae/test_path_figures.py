from __future__ import annotations

from dataclasses import replace

import pytest

from models.sentence_vae.copies import learn
from models.sentence_vae.judge import CharacterJudge
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import Verse, VersePath
from models.sentence_vae.path_figures import POINTS, figures_of, figures_on, paths_between
from tests.making import LINES

PAIRS = [("the sea is mine", "my love is old"), ("the day is new", "the sun is dim")]


@pytest.fixture
def paths(tiny_model: SentenceModel) -> list[VersePath]:
    return list(paths_between(tiny_model, PAIRS))


def saying(path: VersePath, *texts: str) -> VersePath:
    """The path with other verses."""
    return replace(path, verses=tuple(Verse(i / len(texts), text, 1.0, 1.0) for i, text in enumerate(texts)))


def test_each_pair_gets_a_path_of_its_own_seed(paths: list[VersePath]) -> None:
    assert [(path.request.first, path.request.last) for path in paths] == PAIRS
    assert [path.request.seed for path in paths] == [0, 1]
    assert all(len(path.verses) == POINTS for path in paths)


def test_the_means_are_those_of_the_paths(tiny_model: SentenceModel, paths: list[VersePath]) -> None:
    figures = figures_of(tiny_model, paths, CharacterJudge(LINES), 1.0)
    for name in ("smoothness", "progress", "evenness"):
        assert figures[name] == pytest.approx(sum(getattr(path.figures, name) for path in paths) / 2)


def test_fluency_compares_with_real_verse(tiny_model: SentenceModel, paths: list[VersePath]) -> None:
    judge = CharacterJudge(LINES)
    path = saying(paths[0], *LINES[:3])
    assert figures_of(tiny_model, [path], judge, judge.mean_nats(LINES[:3]))["fluency"] == pytest.approx(1)
    broken = saying(paths[0], "xq zv", "qqx", "vvz")
    figures = figures_of(tiny_model, [path, path, broken], judge, judge.mean_nats(LINES[:3]))
    assert figures["fluency_95"] > figures["fluency"] > 1


def test_pairs_and_real_verse_are_of_lines_that_the_judge_does_not_learn_from(tiny_model: SentenceModel) -> None:
    real, others = LINES[: len(LINES) // 2], LINES[len(LINES) // 2 :]
    judge, pairs = CharacterJudge(others), [(real[0], real[1]), (real[2], real[3])]
    figures = figures_of(tiny_model, list(paths_between(tiny_model, pairs)), judge, judge.mean_nats(real))
    assert figures_on(tiny_model, real, others, 2) == figures


def test_copies_repetitions_and_gaps_are_counted(tiny_model: SentenceModel, paths: list[VersePath]) -> None:
    model = replace(tiny_model, copies=learn(["the sea is far", "my sun is old"]))
    said = saying(paths[0], "The sea is far,", "my love is new", "My love is new!", "")
    figures = figures_of(model, [said, saying(paths[0], "a", "b", "c", "d")], CharacterJudge(LINES), 1.0)
    assert (figures["copied"], figures["empty"], figures["distinct"]) == (1 / 8, 1 / 8, 0.5)


def test_the_middle_verse_is_like_both_ends(tiny_model: SentenceModel, paths: list[VersePath]) -> None:
    first = saying(paths[0], "the sea is dim", "the love is dim", "my love is new")  # two words of four, of both ends
    figures = figures_of(tiny_model, [first], CharacterJudge(LINES), 1.0)
    assert (figures["midpoint_lean"], figures["midpoint_like"]) == (0, 0.5)
    figures = figures_of(tiny_model, [saying(paths[0], "a", "the sea is old", "b")], CharacterJudge(LINES), 1.0)
    assert (figures["midpoint_lean"], figures["midpoint_like"]) == (0.25, 0.5)
