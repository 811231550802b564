"""Several questions to one engine: the newest of each kind, the most urgent kind first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from desktop.engine import Arrival, Engine, Failure, State
from desktop.questions import Answer, Questions
from tests.desktop.engines import StillEngine


@dataclass(frozen=True)
class Ask:
    """A question, told apart by its name."""

    name: str

    def __call__(self, _model: object) -> Iterator[str]:
        yield self.name


@pytest.fixture
def engine(qapp: QApplication) -> StillEngine:
    return StillEngine()


@pytest.fixture
def questions(engine: StillEngine) -> Questions:
    questions = Questions(("first", "second", "third"), engine)
    questions.use(cast("Engine[Any]", engine))
    return questions


def answers_of(questions: Questions) -> list[Answer]:
    heard: list[Answer] = []
    questions.answered.connect(heard.append)
    return heard


def test_one_after_the_other_the_most_urgent_first(questions: Questions, engine: StillEngine) -> None:
    heard = answers_of(questions)
    questions.ask("third", Ask("c"))
    questions.ask("second", Ask("b"))
    assert engine.asked == [Ask("c"), Ask("b")], "what is more urgent does not wait"
    engine.answer("B")
    assert engine.asked[2:] == [Ask("c")], "and what it stopped is asked again"
    engine.answer("C", "CC")
    last = [(answer.kind, answer.value) for answer in heard if answer.last]
    assert last == [("second", "B"), ("third", "CC")]
    assert not any(questions.is_open(kind) for kind in ("first", "second", "third"))


def test_the_less_urgent_waits(questions: Questions, engine: StillEngine) -> None:
    questions.ask("first", Ask("a"))
    questions.ask("second", Ask("b"))
    assert engine.asked == [Ask("a")]
    engine.answer("A")
    assert engine.asked == [Ask("a"), Ask("b")]


def test_the_newest_of_a_kind_replaces_the_older(questions: Questions, engine: StillEngine) -> None:
    heard = answers_of(questions)
    questions.ask("first", Ask("a"))
    questions.ask("first", Ask("aa"))
    engine.arrived.emit(Arrival(1, "too late", last=True))
    engine.answer("AA")
    assert [answer.value for answer in heard] == ["AA", "AA"]


def test_the_same_again_is_not_asked_twice(questions: Questions, engine: StillEngine) -> None:
    questions.ask("first", Ask("a"))
    questions.ask("first", Ask("a"))
    assert engine.asked == [Ask("a")]
    engine.answer("A")
    questions.ask("first", Ask("a"))
    assert len(engine.asked) == 2


def test_what_is_forgotten_makes_room(questions: Questions, engine: StillEngine) -> None:
    questions.ask("first", Ask("a"))
    questions.ask("second", Ask("b"))
    questions.forget("first")
    assert engine.cancelled == 1
    assert engine.asked[-1] == Ask("b")
    questions.forget("third")
    assert engine.asked[-1] == Ask("b")


def test_a_failure_is_told_and_the_next_is_asked(questions: Questions, engine: StillEngine) -> None:
    told: list[Failure] = []
    questions.failed.connect(told.append)
    questions.ask("first", Ask("a"))
    questions.ask("second", Ask("b"))
    engine.fail()
    assert len(told) == 1
    assert not questions.is_open("first")
    assert engine.asked[-1] == Ask("b")


def test_a_broken_engine_is_asked_nothing_more(questions: Questions, engine: StillEngine) -> None:
    told: list[Failure] = []
    questions.failed.connect(told.append)
    questions.ask("first", Ask("a"))
    questions.ask("second", Ask("b"))
    engine.state = State.BROKEN
    engine.fail()
    assert len(told) == 1
    assert engine.asked == [Ask("a")]


def test_another_engine_is_asked_nothing_old(questions: Questions, engine: StillEngine) -> None:
    heard = answers_of(questions)
    questions.ask("first", Ask("a"))
    other = StillEngine()
    other.setParent(questions)
    questions.use(cast("Engine[Any]", other))
    assert other.asked == []
    assert not questions.is_open("first")
    engine.answer("old")
    assert heard == []
    questions.ask("first", Ask("a"))
    other.answer("new")
    assert [answer.value for answer in heard] == ["new", "new"]
