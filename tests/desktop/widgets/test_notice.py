"""The notice bar: one sentence at a time, details for who asks, nothing told twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Problem
from desktop.widgets import notice as module
from desktop.widgets.notice import MOST_WAITING, Notice

PROBLEM = Problem("Cannot use verse-en: it is damaged.", "Traceback …\nValueError: x")


@pytest.fixture
def notice(qtbot: QtBot) -> Iterator[Notice]:
    window = QWidget()
    qtbot.addWidget(window)
    notice = Notice(window)
    window.resize(900, 300)
    window.show()
    yield notice
    window.close()


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_a_problem_there_is_nothing_to_see(notice: Notice) -> None:
    assert not notice.isVisible()


def test_a_problem_is_one_sentence_first(notice: Notice) -> None:
    notice.tell(PROBLEM)
    assert notice.isVisible()
    assert notice.sentence.text() == PROBLEM.sentence
    assert not notice.details.isVisible()


def test_details_open_when_asked_and_are_closed_for_the_next_problem(qtbot: QtBot, notice: Notice) -> None:
    notice.tell(PROBLEM)
    click(qtbot, notice.more)
    assert notice.details.isVisible()
    assert notice.details.toPlainText() == PROBLEM.details
    notice.tell(Problem("Another.", "more"))
    assert notice.sentence.text() == "Another."
    assert not notice.details.isVisible()


def test_without_details_there_is_no_button_for_them(notice: Notice) -> None:
    notice.tell(Problem("There is no recipe in this text."))
    assert not notice.more.isVisible()


def test_copy_takes_the_sentence_and_its_details(qtbot: QtBot, notice: Notice) -> None:
    notice.tell(PROBLEM)
    click(qtbot, notice.copy)
    assert QGuiApplication.clipboard().text() == f"{PROBLEM.sentence}\n\n{PROBLEM.details}"


def test_the_newest_is_on_top_and_closing_it_shows_the_one_before(qtbot: QtBot, notice: Notice) -> None:
    notice.tell(Problem("First."))
    notice.tell(Problem("Second."))
    assert notice.sentence.text() == "Second."
    click(qtbot, notice.dismiss)
    assert notice.sentence.text() == "First."
    click(qtbot, notice.dismiss)
    assert not notice.isVisible()
    assert notice.problems == ()


def test_what_waits_already_is_not_told_twice(notice: Notice) -> None:
    for _ in range(3):
        notice.tell(PROBLEM)
    assert notice.problems == (PROBLEM,)


def test_what_waits_comes_to_the_front_when_it_happens_again(notice: Notice) -> None:
    for sentence in ("First.", "Second.", "First."):
        notice.tell(Problem(sentence))
    assert notice.problems == (Problem("First."), Problem("Second."))


def test_what_is_over_is_taken_back(notice: Notice) -> None:
    notice.tell(PROBLEM)
    notice.tell(Problem("Another."))
    notice.take_back(Problem("Another."))
    assert notice.sentence.text() == PROBLEM.sentence
    notice.take_back(Problem("Never told."))
    assert notice.isVisible()
    notice.take_back(PROBLEM)
    assert not notice.isVisible()


def test_a_flood_of_problems_is_bounded(notice: Notice) -> None:
    for number in range(500):
        notice.tell(Problem(f"Number {number}."))
    assert len(notice.problems) == MOST_WAITING
    assert notice.problems[0] == Problem("Number 499.")


def test_a_problem_is_announced(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, bool]] = []

    def announce(_widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
        said.append((sentence, urgent))

    monkeypatch.setattr(module, "announce", announce)
    notice.tell(PROBLEM)
    assert said == [(PROBLEM.sentence, True)]


def test_markup_in_a_sentence_is_shown_as_it_is(notice: Notice) -> None:
    notice.tell(Problem("No tab <b>x</b>."))
    assert notice.sentence.textFormat() == Qt.TextFormat.PlainText
