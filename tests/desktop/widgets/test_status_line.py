"""The status line: device · model · state."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import State
from desktop.widgets.status_line import StatusLine


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    return line


@pytest.mark.parametrize(
    ("device", "state", "text"),
    [
        ("cpu", State.READY, "CPU · English verse · ready"),
        ("cuda:0", State.WORKING, "GPU · English verse · working"),
        ("mps", State.READY, "GPU · English verse · ready"),
        ("", State.LOADING, "English verse · waking up"),
        ("", State.ASLEEP, "English verse · not started"),
        ("", State.BROKEN, "English verse · cannot be used"),
        ("xpu", State.READY, "xpu · English verse · ready"),
    ],
)
def test_the_state_in_words(line: StatusLine, device: str, state: State, text: str) -> None:
    line.show_state(device, "English verse", state)
    assert line.text.text() == text


def test_the_dot_lights_up_while_something_works(line: StatusLine) -> None:
    pictures = {}
    for state in State:
        line.show_state("cpu", "English verse", state)
        pictures[state] = line.grab().copy(0, 0, 24, line.height()).toImage()
    assert pictures[State.WORKING] == pictures[State.LOADING]
    assert pictures[State.READY] == pictures[State.BROKEN]
    assert pictures[State.WORKING] != pictures[State.READY]


def test_nothing_jumps_when_the_state_changes(line: StatusLine) -> None:
    widths = []
    for state in (State.BROKEN, State.READY, State.WORKING, State.READY):
        line.show_state("cpu", "English verse", state)
        widths.append(line.minimumSizeHint().width())
    assert len(set(widths)) == 1


def test_a_page_without_a_model_shows_nothing(line: StatusLine) -> None:
    line.show_state("cpu", "English verse", State.READY)
    line.clear()
    assert line.text.text() == ""
