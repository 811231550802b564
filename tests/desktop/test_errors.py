"""Every hook has one owner: whatever nobody caught is logged, told once, and told on the person's thread."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject, Slot, qCritical, qDebug, qWarning
from pytestqt.qtbot import QtBot

from desktop import log
from desktop.engine import Failure, UnexpectedError
from desktop.errors import Hooks, Problem, problem_of
from models.errors import AtelierError, InputError

PATIENCE_MS = 20_000


class Listener(QObject):
    """Notes what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[Problem] = []
        self.threads: set[int] = set()

    @Slot(object)
    def hear(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.threads.add(threading.get_ident())


@pytest.fixture
def listener(qtbot: QtBot) -> Listener:
    return Listener()


@pytest.fixture
def hooks(listener: Listener, caplog: pytest.LogCaptureFixture) -> Iterator[Hooks]:
    """Installed and heard; its records are meant."""
    hooks = Hooks()
    hooks.install()
    hooks.problem.connect(listener.hear)
    hooks.listen()
    with caplog.at_level(logging.DEBUG):
        yield hooks
    hooks.remove()


def raised(error: BaseException) -> BaseException:
    """The error with the traceback that raising gives it."""
    try:
        raise error
    except type(error) as caught:
        return caught


def uncaught(error: BaseException) -> None:
    caught = raised(error)
    sys.excepthook(type(caught), caught, caught.__traceback__)


def hear_one(qtbot: QtBot, listener: Listener) -> Problem:
    qtbot.waitUntil(lambda: bool(listener.problems), timeout=PATIENCE_MS)
    (problem,) = listener.problems
    return problem


def test_an_uncaught_error_is_one_sentence_with_its_traceback(qtbot: QtBot, hooks: Hooks, listener: Listener) -> None:
    uncaught(ValueError("shape (3,)"))
    problem = hear_one(qtbot, listener)
    assert problem.sentence == "Something unexpected happened; what you typed is safe."
    assert "ValueError: shape (3,)" in problem.details
    assert "test_errors.py" in problem.details


def test_an_error_in_a_python_thread_is_told_on_the_persons_thread(
    qtbot: QtBot, hooks: Hooks, listener: Listener
) -> None:
    def work() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert "in a thread" in hear_one(qtbot, listener).details
    assert listener.threads == {threading.get_ident()}


def test_an_error_in_a_slot_is_told(qtbot: QtBot, hooks: Hooks, listener: Listener) -> None:
    class Careless(QObject):
        @Slot()
        def fail(self) -> None:
            raise ValueError("in a slot")

    careless = Careless()
    careless.destroyed.connect(careless.fail)
    sender = QObject()
    sender.destroyed.connect(careless.fail)
    sender.deleteLater()
    assert "in a slot" in hear_one(qtbot, listener).details


def test_many_errors_on_many_threads_are_each_told_once(qtbot: QtBot, hooks: Hooks, listener: Listener) -> None:
    def report(number: int) -> None:
        hooks.report(Problem("x", f"number {number % 20}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(report, range(400)))
    qtbot.waitUntil(lambda: len(listener.problems) >= 20, timeout=PATIENCE_MS)
    assert sorted({problem.details for problem in listener.problems}) == sorted({f"number {n}" for n in range(20)})
    assert listener.threads == {threading.get_ident()}


def test_the_same_error_again_is_neither_told_nor_logged(
    qtbot: QtBot, hooks: Hooks, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    error = raised(ValueError("at every paint"))
    for _ in range(50):
        sys.excepthook(type(error), error, error.__traceback__)
    hear_one(qtbot, listener)
    assert caplog.text.count("ValueError: at every paint") == 1


def test_problems_before_the_window_are_told_when_it_listens(qtbot: QtBot, listener: Listener) -> None:
    hooks = Hooks()
    hooks.problem.connect(listener.hear)
    logging.disable()
    try:
        hooks.report(Problem("first", "1"))
        hooks.report(Problem("second", "2"))
        qtbot.wait(1)
        assert listener.problems == []
        hooks.listen()
    finally:
        logging.disable(logging.NOTSET)
    assert [problem.sentence for problem in listener.problems] == ["first", "second"]


def test_an_error_in_a_destructor_is_only_logged(
    qtbot: QtBot, hooks: Hooks, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    class Careless:
        def __del__(self) -> None:
            raise ValueError("while going")

    Careless()
    qtbot.wait(1)
    assert listener.problems == []
    assert "ValueError: while going" in caplog.text


def test_qt_messages_go_to_the_log(hooks: Hooks, listener: Listener, caplog: pytest.LogCaptureFixture) -> None:
    qDebug("quiet")
    qWarning("loud")
    qCritical("louder 100 %s")
    assert [(record.name, record.levelname, record.getMessage()) for record in caplog.records] == [
        ("qt", "DEBUG", "quiet"),
        ("qt", "WARNING", "loud"),
        ("qt", "ERROR", "louder 100 %s"),
    ]
    assert listener.problems == []


def test_every_hook_goes_back_to_who_had_it() -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers[:])
    level = logging.getLogger().level
    hooks = Hooks()
    hooks.install()
    assert sys.excepthook != before[0]
    hooks.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers[:]) == before
    assert logging.getLogger().level == level


def test_the_log_file_holds_what_was_told(qtbot: QtBot, hooks: Hooks, listener: Listener) -> None:
    uncaught(ValueError("lone \ud800 surrogate"))
    hear_one(qtbot, listener)
    text = (log.folder() / "atelier.log").read_text(encoding="utf-8")
    assert "Something unexpected happened" in text
    assert "ValueError: lone \\ud800 surrogate" in text


def test_an_error_made_for_people_is_its_own_sentence() -> None:
    error = raised(InputError("The seed must lie between {least} and {most}.", least=0, most=9))
    assert problem_of(error) == Problem("The seed must lie between 0 and 9.")


def test_a_failure_keeps_the_workers_traceback() -> None:
    failure = Failure(3, UnexpectedError("Something unexpected happened: {reason}.", reason="x"), "Traceback …")
    assert problem_of(failure) == Problem("Something unexpected happened: x.", "Traceback …")


def test_braces_in_what_was_typed_are_no_places() -> None:
    assert problem_of(AtelierError("No {tab}.", tab="{0} {seed}")).sentence == "No {0} {seed}."
