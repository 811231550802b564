"""Tooltips show what was typed as it was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop import tooltip
from desktop.verses.end_row import EndRow
from desktop.verses.verse_row import VerseRow
from desktop.widgets.filmstrip import Filmstrip, Frame
from desktop.widgets.skeleton import Skeleton
from models.sentence_vae.path import End

TAGGED = "The <b>moon</b> & <img src='x'>the sea"


def seen(tip: str) -> str:
    """What a person reads of a tooltip."""
    return QTextDocumentFragment.fromHtml(tip).toPlainText() if GuiQt.mightBeRichText(tip) else tip


@pytest.mark.parametrize("text", [TAGGED, "plain", "two\nlines", "two  blanks", "", "&amp;", "a < b"])
def test_the_very_text_is_seen(text: str) -> None:
    assert seen(tooltip.plain(text)) == text


def test_a_verse_with_tags_is_seen_as_it_is(qtbot: QtBot) -> None:
    row = VerseRow(0)
    qtbot.addWidget(row)
    row.show_line(TAGGED, locked=False)
    assert seen(row.text.toolTip()).startswith(TAGGED)


def test_a_returned_line_with_tags_is_seen_as_it_is(qtbot: QtBot) -> None:
    row = EndRow("First line", "")
    qtbot.addWidget(row)
    row.show_line("typed")
    row.show_end(End("typed", "typed", TAGGED, TAGGED, 0.5))
    assert any(TAGGED in seen(label.toolTip()) for label in row.findChildren(QLabel))


def test_a_frame_with_tags_is_seen_as_it_is(qtbot: QtBot) -> None:
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.add(Frame(TAGGED, "The last", None))
    assert seen(strip.item(0).data(Qt.ItemDataRole.ToolTipRole)) == f"{TAGGED}\nThe last"


def test_a_file_name_with_tags_is_seen_as_it_is(qtbot: QtBot) -> None:
    skeleton = Skeleton()
    qtbot.addWidget(skeleton)
    skeleton.say(f"Saved as {TAGGED}")
    assert any(seen(label.toolTip()) == f"Saved as {TAGGED}" for label in skeleton.findChildren(QLabel))
