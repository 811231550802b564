"""The editors of one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.verses.line_editor import EndEditor


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[EndEditor]:
    """An editor with something else beside it, so that the keyboard can leave."""
    around = QWidget()
    layout = QVBoxLayout(around)
    editor = EndEditor("First line", "Type a line", around)
    layout.addWidget(editor)
    layout.addWidget(QLineEdit(around))
    qtbot.addWidget(around)
    around.resize(600, 100)
    around.show()
    qtbot.waitExposed(around)
    yield editor
    around.hide()


def picture(editor: EndEditor) -> QImage:
    return editor.grab().toImage()


def test_showing_a_line_is_not_typing(editor: EndEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.textEdited):
        editor.show_line("A line")
    assert editor.text() == "A line"


def test_showing_the_same_line_leaves_the_cursor(editor: EndEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "A line")
    editor.setCursorPosition(3)
    editor.show_line("A line")
    assert editor.cursorPosition() == 3


def test_strange_words_are_underlined_and_nothing_else_changes(editor: EndEditor, qtbot: QtBot) -> None:
    editor.show_line("The quux is rising")
    editor.setSelection(4, 4)
    plain = picture(editor)

    with qtbot.assertNotEmitted(editor.textChanged):
        editor.underline(((4, 8),))

    assert picture(editor) != plain
    assert (editor.text(), editor.selectedText(), editor.spans) == ("The quux is rising", "quux", ((4, 8),))
    editor.underline(())
    assert picture(editor) == plain


def test_underlines_count_characters_and_not_utf_16_units(editor: EndEditor) -> None:
    """The strange word stands after an emoji that Qt counts as two."""
    editor.show_line("🌙 iiiiiiii")
    plain = picture(editor)
    editor.underline(((2, 10),))
    marked = picture(editor)
    columns = [
        x for x in range(plain.width()) for y in range(plain.height()) if plain.pixel(x, y) != marked.pixel(x, y)
    ]
    start = editor.fontMetrics().horizontalAdvance("🌙 ")
    assert min(columns) >= start - 2
    assert max(columns) >= editor.fontMetrics().horizontalAdvance("🌙 iiiiiii")


def test_another_line_is_not_underlined_as_the_one_before(editor: EndEditor, qtbot: QtBot) -> None:
    editor.show_line("The moon is rising")
    plain = picture(editor)
    editor.show_line("Zxqv blorf is rising")
    editor.underline(((0, 4), (5, 10)))
    editor.show_line("The moon is rising")
    assert editor.spans == ()
    assert picture(editor) == plain


def test_typing_drops_the_underlines(editor: EndEditor, qtbot: QtBot) -> None:
    editor.show_line("The quux")
    editor.underline(((4, 8),))
    qtbot.keyClicks(editor, "x")
    assert editor.spans == ()


def test_an_input_method_that_composes_is_left_alone(editor: EndEditor) -> None:
    editor.show_line("The quux")
    QCoreApplication.sendEvent(editor, QInputMethodEvent("にほ", []))
    editor.underline(((4, 8),))
    assert editor.spans == ()
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QCoreApplication.sendEvent(editor, done)
    assert editor.text() == "日本The quux"


def test_undo_is_left_to_the_page(editor: EndEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "A line")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.isUndoAvailable()


def test_leaving_is_told(editor: EndEditor, qtbot: QtBot) -> None:
    editor.setFocus()
    with qtbot.waitSignal(editor.left):
        qtbot.keyClick(editor, Qt.Key.Key_Tab)


def test_a_long_line_shows_its_beginning_when_it_is_left(editor: EndEditor, qtbot: QtBot) -> None:
    editor.setFocus()
    qtbot.keyClicks(editor, "When I was young and the summer was long " * 4)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert not editor.hasFocus()
    assert editor.cursorPosition() == 0


@pytest.mark.parametrize("line", ["x" * 100_000, "🌙" * 20_000, "שלום עולם", "a\x00b\x07", "\u202edrow", "\ud800"])
def test_whatever_can_be_pasted_can_be_shown_and_marked(editor: EndEditor, line: str) -> None:
    editor.setText("")
    editor.insert(line)
    text = editor.text()
    editor.underline(((0, len(text)),))
    assert not picture(editor).isNull()
    assert editor.text() == text


def test_the_editor_says_what_it_is(editor: EndEditor) -> None:
    assert editor.accessibleName() == "First line"
