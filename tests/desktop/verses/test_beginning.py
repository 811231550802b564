"""Where a view begins that was not used yet: from the lines that a person has already typed."""

from __future__ import annotations

import json

import pytest
from pytestqt.qtbot import QtBot

from desktop.verses.line_menu import Place
from desktop.verses.page import VersesPage
from models.sentence_vae.language import CHINESE, language_of
from tests.desktop.verses.conftest import NewPage
from tests.desktop.verses.driving import LEFT, PRESETS, enter, first_line, type_into, type_line

OTHERS = ("square", "neighbours")
LINE = "A lantern swings above the quiet door"


def started_again(page: VersesPage, new_page: NewPage) -> VersesPage:
    again = new_page()
    again.restore_state(json.loads(json.dumps(page.save_state())))
    again.start()
    return again


def test_views_that_were_not_used_yet_begin_from_ones_own_lines(awake: VersesPage, qtbot: QtBot) -> None:
    type_line(awake, qtbot, LINE)
    enter(awake, qtbot, "neighbours")
    assert first_line(awake) == LINE
    enter(awake, qtbot, "path")
    type_line(awake, qtbot, "A second line")
    enter(awake, qtbot, "square")
    below = (PRESETS[1].first, PRESETS[1].last)
    assert awake.square.session.request.corners == ("A second line", PRESETS[0].last, *below)
    assert not awake.skeleton.undo_action.isEnabled(), "there is nothing of one's own to take back here"
    enter(awake, qtbot, "neighbours")
    assert first_line(awake) == "A second line", "nobody did anything here in the meantime"


@pytest.mark.parametrize("key", OTHERS)
def test_a_view_that_was_used_keeps_what_stands_in_it(awake: VersesPage, qtbot: QtBot, key: str) -> None:
    enter(awake, qtbot, key)
    type_into(awake, qtbot, LINE)
    enter(awake, qtbot, "path")
    type_line(awake, qtbot, "A second line")
    enter(awake, qtbot, key)
    assert first_line(awake) == LINE


def test_what_a_person_mixed_is_there_again_at_the_next_start(
    awake: VersesPage, new_page: NewPage, qtbot: QtBot
) -> None:
    enter(awake, qtbot, "square")
    type_into(awake, qtbot, LINE)
    enter(awake, qtbot, "path")
    type_line(awake, qtbot, "A second line")
    again = started_again(awake, new_page)
    qtbot.mouseClick(again.switch.button(1), LEFT)
    assert first_line(again) == LINE


def test_a_redo_is_not_lost_on_the_way_to_another_view(awake: VersesPage, qtbot: QtBot) -> None:
    enter(awake, qtbot, "square")
    type_into(awake, qtbot, LINE)
    awake.skeleton.undo_action.trigger()
    enter(awake, qtbot, "path")
    type_line(awake, qtbot, "A second line")
    enter(awake, qtbot, "square")
    awake.skeleton.redo_action.trigger()
    assert first_line(awake) == LINE


@pytest.mark.parametrize("key", OTHERS)
def test_a_view_that_was_only_looked_at_follows_at_the_next_start_too(
    awake: VersesPage, new_page: NewPage, qtbot: QtBot, key: str
) -> None:
    type_line(awake, qtbot, LINE)
    enter(awake, qtbot, key)
    enter(awake, qtbot, "path")
    again = started_again(started_again(awake, new_page), new_page)
    type_line(again, qtbot, "A second line")
    enter(again, qtbot, key)
    assert first_line(again) == "A second line"


def test_a_chinese_path_leads_to_a_chinese_square(awake: VersesPage, qtbot: QtBot) -> None:
    """Corners in two scripts could not be mixed."""
    awake.path.put("灯下读旧信", Place.FIRST)
    awake.path.put("门前雪未消", Place.LAST)
    qtbot.mouseClick(awake.switch.button(1), LEFT)
    corners = awake.square.session.request.corners
    assert corners[:2] == ("灯下读旧信", "门前雪未消")
    assert language_of(*corners) == CHINESE
    assert len(set(corners)) == 4
