"""The clock by which a drawing appears."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.drawing.player import ALL, AT_ONCE, SHORTEST_MS, SPEEDS, USUAL, Player


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    player = Player()
    yield player
    player.pause()


def due_of(player: Player) -> list[int]:
    counts: list[int] = []
    player.due.connect(counts.append)
    return counts


def test_the_first_pixel_is_due_at_once_and_others_follow(player: Player, qtbot: QtBot) -> None:
    counts = due_of(player)
    player.play()
    assert len(counts) == 1
    qtbot.waitUntil(lambda: len(counts) >= 3)
    player.pause()
    before = len(counts)
    qtbot.wait(3 * SHORTEST_MS)
    assert len(counts) == before


@pytest.mark.parametrize("place", range(AT_ONCE))
def test_as_many_pixels_are_due_as_the_speed_says(player: Player, place: int) -> None:
    counts = due_of(player)
    player.set_speed(place)
    player._on_tick()
    a_second = 1000 / player._timer.interval() * counts[0]
    assert a_second == pytest.approx(SPEEDS[place], rel=0.05)
    assert player._timer.interval() >= SHORTEST_MS


def test_at_once_means_all(player: Player) -> None:
    counts = due_of(player)
    player.set_speed(AT_ONCE)
    player.play()
    assert counts == [ALL]


def test_playing_and_pausing_are_told_once(player: Player) -> None:
    told: list[bool] = []
    player.playing_changed.connect(told.append)
    player.pause()
    player.play()
    player.play()
    player.pause()
    assert told == [True, False]


@pytest.mark.parametrize(("asked", "place"), [(-5, 0), (USUAL, USUAL), (99, AT_ONCE)])
def test_the_speed_stays_in_its_bounds(player: Player, asked: int, place: int) -> None:
    player.set_speed(asked)
    assert player.speed == place
