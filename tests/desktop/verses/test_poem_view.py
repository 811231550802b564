"""The poem: what it shows, what it lets a person do, how it is set."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.verses.fluency_bar import WIDTH
from desktop.verses.line_label import LineLabel, Tone
from desktop.verses.poem_view import PoemView
from desktop.verses.verse_row import VerseRow
from models.sentence_vae.path import MAX_POINTS, Alternative, End, PathRequest, PointVerse, VersePath
from tests.desktop.verses.fake import path_for

REQUEST = PathRequest("The moon is rising", "My heart is weary")
SMALLEST = QSize(664, 478)  # the poem's room in the smallest window
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def poem(qtbot: QtBot) -> PoemView:
    view = PoemView()
    qtbot.addWidget(view)
    view.resize(SMALLEST)
    view.show_request(REQUEST)
    view.show_path(path_for(REQUEST))
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    return view


def shown(poem: PoemView) -> list[VerseRow]:
    return [row for row in poem.rows if row.isVisible()]


def show(poem: PoemView, request: PathRequest) -> VersePath:
    path = path_for(request)
    poem.show_request(request)
    poem.show_path(path)
    QApplication.sendPostedEvents()
    return path


def test_every_verse_stands_at_its_place(poem: PoemView) -> None:
    path = path_for(REQUEST)
    assert [row.text.line for row in shown(poem)] == [verse.text for verse in path.verses]
    assert [row.place.text() for row in shown(poem)] == ["12 %", "25 %", "38 %", "50 %", "62 %", "75 %", "88 %"]
    assert [row.bar.fluency for row in shown(poem)] == [verse.fluency for verse in path.verses]


def test_why_nothing_is_made_of_a_line_stands_under_it_until_something_is(poem: PoemView) -> None:
    poem.show_request(replace(REQUEST, first="灯下读旧信"))
    poem.first.show_obstacle("▲ The other line is in another script")
    poem.last.show_obstacle("▲ The other line is in another script")
    assert poem.first.remark == "▲ The other line is in another script"
    assert poem.last.remark.startswith("The model returns"), "what is known of a line counts more"
    poem.first.show_obstacle("")
    assert poem.first.remark == ""


def test_a_passing_verse_is_slanted_but_not_in_chinese(poem: PoemView) -> None:
    poem.slider.show_point(PointVerse(0.5, "The moon is rising"))
    (passing,) = (label for label in poem.slider.findChildren(LineLabel) if label.text() == poem.slider.line)
    assert passing.font().italic()
    poem.slider.show_point(PointVerse(0.5, "江水带斜阳"))
    assert not passing.font().italic()


def test_length_rhyme_and_unmet_wishes_stand_beside_the_lines(poem: PoemView) -> None:
    path = path_for(REQUEST)
    rhyming, long = path.verses[:2]
    told = (replace(rhyming, length=9, rhymes=("last",)), replace(long, length=12, unmet=("length",)))
    ends = (replace(path.ends[0], length=5), path.ends[1])
    poem.show_path(replace(path, ends=ends, verses=told + path.verses[2:]))
    assert [(row.form.count, row.form.mark) for row in shown(poem)[:2]] == [("9", "♪ rhymes"), ("12", "▲ length")]
    assert "wished length" in poem.rows[1].text.accessibleDescription()
    assert (poem.first.count, poem.last.count) == ("5", "")


def test_what_is_made_of_a_locked_verse_is_text_to_the_eye_and_to_a_screen_reader(poem: PoemView) -> None:
    """A tooltip would take what looks like HTML for HTML, and would not wrap else."""
    path = path_for(REQUEST)
    end = End("a <b> c", "a <b> c", "a <i> c", "a <i> c", 0.8, (), ())
    locked = replace(path.verses[2], text="a <b> c", locked=True, end=end)
    poem.show_path(replace(path, verses=(*path.verses[:2], locked, *path.verses[3:])))
    row = poem.rows[2]
    assert "a &lt;i&gt; c" in row.form.toolTip()
    assert "The model returns “a <i> c”" in row.text.accessibleDescription()


def test_of_a_line_that_was_just_written_no_length_is_known(poem: PoemView) -> None:
    path = path_for(REQUEST)
    poem.show_path(replace(path, verses=tuple(replace(verse, length=9) for verse in path.verses)))
    poem.show_request(replace(REQUEST, locked=((4, "My own verse"),)))
    assert poem.rows[4].form.count == ""
    assert poem.rows[3].form.count == "9"


def test_the_ends_stand_as_typed_with_mark_and_returned_line(poem: PoemView) -> None:
    assert poem.lines == ("The moon is rising", "My heart is weary")
    assert poem.first.mark == "● as typed"
    assert "The moon is rising" in poem.first.remark
    assert "as typed" in poem.first.editor.accessibleDescription()


def test_a_mark_goes_as_soon_as_its_line_is_changed_and_comes_back_with_it(poem: PoemView, qtbot: QtBot) -> None:
    poem.first.editor.end(False)
    qtbot.keyClicks(poem.first.editor, "x")
    assert (poem.first.mark, poem.first.remark) == ("", "")
    qtbot.keyClick(poem.first.editor, Qt.Key.Key_Backspace)
    assert poem.first.mark == "● as typed"


def test_an_odd_line_is_marked_by_shape_word_and_underline(poem: PoemView) -> None:
    show(poem, replace(REQUEST, first="Grün ist der Mond"))
    assert poem.first.mark == "○ far"
    assert poem.first.editor.spans == ((0, 4),)
    show(poem, replace(REQUEST, first=""))
    assert poem.first.mark == "○ invented"
    assert poem.first.remark.startswith("▲ Nothing is typed here")


def test_before_the_first_path_the_places_wait_empty(qtbot: QtBot) -> None:
    view = PoemView()
    qtbot.addWidget(view)
    view.show_request(replace(REQUEST, points=5))
    view.show()
    assert [row.place.text() for row in shown(view)] == ["17 %", "33 %", "50 %", "67 %", "83 %"]
    assert all(row.text.line == "" and not row.lock_button.isEnabled() for row in shown(view))


def test_the_last_good_path_stays_until_the_next_one_comes(poem: PoemView) -> None:
    poem.show_request(replace(REQUEST, points=11))
    assert len(shown(poem)) == 7
    show(poem, replace(REQUEST, points=11))
    assert len(shown(poem)) == 11


def test_a_click_on_the_lock_asks_for_it(poem: PoemView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(poem.lock_asked) as asked:
        qtbot.mouseClick(poem.rows[2].lock_button, LEFT)
    assert asked.args == [2, True]
    with qtbot.waitSignal(poem.lock_asked) as asked:
        qtbot.mouseClick(poem.rows[2].lock_button, LEFT)
    assert asked.args == [2, False]


def test_a_locked_verse_shows_before_the_path_through_it_is_drawn(poem: PoemView) -> None:
    poem.show_request(replace(REQUEST, locked=((4, "My own verse"),)))
    row = poem.rows[4]
    assert (row.text.line, row.lock_button.isChecked(), row.bar.fluency) == ("My own verse", True, None)


def test_a_locked_verse_without_other_lines_says_why(poem: PoemView, qtbot: QtBot) -> None:
    verse = poem.rows[0].verse
    assert verse is not None
    for locked, told in ((True, "unlock it"), (False, "no other line at 12 %")):
        poem.others.open_for(replace(verse, alternatives=(), locked=locked), poem.font(), QPoint(0, 0), 300)
        assert told in poem.others.findChildren(QLabel)[0].text()
        poem.others.hide()


def test_a_click_on_a_verse_lists_the_others(poem: PoemView, qtbot: QtBot) -> None:
    verse = path_for(REQUEST).verses[3]
    qtbot.mouseClick(poem.rows[3].text, LEFT, pos=QPoint(20, 20))
    others = poem.others
    assert others.isVisible()
    listed = [others.list.item(row).text() for row in range(others.list.count())]
    assert listed == [other.text for other in verse.alternatives]
    assert all("Fluency" in others.list.item(row).toolTip() for row in range(others.list.count()))

    place = others.list.visualItemRect(others.list.item(1)).center()
    with qtbot.waitSignal(poem.written) as written:
        qtbot.mouseClick(others.list.viewport(), LEFT, pos=place)
    assert written.args == [3, listed[1]]
    assert not others.isVisible()


def test_the_list_is_so_wide_that_long_lines_are_read_to_their_end(poem: PoemView, qtbot: QtBot) -> None:
    long = "When I was young and the summer was long and all of the fields were green"
    path = path_for(REQUEST)
    verses = list(path.verses)
    verses[3] = replace(verses[3], alternatives=(Alternative(long, 0.9),))
    poem.show_path(replace(path, verses=tuple(verses)))
    qtbot.mouseClick(poem.rows[3].text, LEFT, pos=QPoint(20, 20))
    others = poem.others.list
    assert others.fontMetrics().horizontalAdvance(long) <= others.viewport().width() - WIDTH


def test_an_alternative_is_picked_by_keys(poem: PoemView, qtbot: QtBot) -> None:
    poem.rows[0].text.setFocus()
    qtbot.keyClick(poem.rows[0].text, Qt.Key.Key_Return)
    with qtbot.waitSignal(poem.written) as written:
        qtbot.keyClick(poem.others.list, Qt.Key.Key_Down)
        qtbot.keyClick(poem.others.list, Qt.Key.Key_Return)
    assert written.args == [0, path_for(REQUEST).verses[0].alternatives[1].text]


def test_escape_leaves_the_list_and_all_as_it_was(poem: PoemView, qtbot: QtBot) -> None:
    qtbot.mouseClick(poem.rows[3].text, LEFT)
    with qtbot.assertNotEmitted(poem.written):
        qtbot.keyClick(poem.others.list, Qt.Key.Key_Escape)
    assert not poem.others.isVisible()


def test_a_verse_without_others_can_still_be_rewritten(poem: PoemView, qtbot: QtBot) -> None:
    show(poem, replace(REQUEST, alternatives=0))
    qtbot.mouseClick(poem.rows[1].text, LEFT)
    assert not poem.others.list.isVisible()
    qtbot.mouseClick(poem.others.write_button, LEFT)
    assert poem.rows[1].is_editing


def test_f2_edits_in_place_and_enter_keeps(poem: PoemView, qtbot: QtBot) -> None:
    row = poem.rows[2]
    row.text.setFocus()
    qtbot.keyClick(row.text, Qt.Key.Key_F2)
    assert row.is_editing
    assert row.editor.selectedText() == row.text.line
    qtbot.keyClicks(row.editor, "A verse of mine")
    with qtbot.waitSignal(poem.written) as written:
        qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    assert written.args == [2, "A verse of mine"]
    assert QApplication.focusWidget() is row.text


def test_escape_leaves_the_editor_with_nothing_changed(poem: PoemView, qtbot: QtBot) -> None:
    row = poem.rows[2]
    before = row.text.line
    qtbot.mouseClick(row.edit_button, LEFT)
    qtbot.keyClicks(row.editor, "A verse of mine")
    with qtbot.assertNotEmitted(poem.written):
        qtbot.keyClick(row.editor, Qt.Key.Key_Escape)
    assert (row.is_editing, row.text.line) == (False, before)


def test_a_click_elsewhere_keeps_what_was_written(poem: PoemView, qtbot: QtBot) -> None:
    qtbot.mouseClick(poem.rows[2].edit_button, LEFT)
    qtbot.keyClicks(poem.rows[2].editor, "A verse of mine")
    with qtbot.waitSignal(poem.written) as written:
        qtbot.mouseClick(poem.last.editor, LEFT)
    assert written.args == [2, "A verse of mine"]


@pytest.mark.parametrize("line", ["", "   "])
def test_an_empty_verse_is_not_kept(poem: PoemView, qtbot: QtBot, line: str) -> None:
    qtbot.mouseClick(poem.rows[2].edit_button, LEFT)
    poem.rows[2].editor.setText(line)
    with qtbot.assertNotEmitted(poem.written):
        qtbot.keyClick(poem.rows[2].editor, Qt.Key.Key_Return)


def test_a_path_that_arrives_does_not_disturb_who_is_editing(poem: PoemView, qtbot: QtBot) -> None:
    qtbot.mouseClick(poem.rows[2].edit_button, LEFT)
    qtbot.keyClicks(poem.rows[2].editor, "A verse")
    show(poem, replace(REQUEST, seed=9))
    assert poem.rows[2].is_editing
    assert poem.rows[2].editor.text() == "A verse"


def test_a_verse_that_was_opened_and_left_as_it_was_locks_nothing_though_a_path_came(
    poem: PoemView, qtbot: QtBot
) -> None:
    row = poem.rows[2]
    qtbot.mouseClick(row.edit_button, LEFT)
    path = show(poem, replace(REQUEST, seed=9))
    with qtbot.assertNotEmitted(poem.written):
        qtbot.mouseClick(poem.last.editor, LEFT)
    assert row.text.line == path.verses[2].text


def test_a_lock_that_is_taken_back_leaves_the_verse_of_the_path(poem: PoemView) -> None:
    row, verse = poem.rows[4], path_for(REQUEST).verses[4]
    for line in ("My own verse", verse.text):
        poem.show_request(replace(REQUEST, locked=((4, line),)))
        assert (row.text.line, row.lock_button.isChecked()) == (line, True)
        poem.show_request(REQUEST)
        assert (row.text.line, row.lock_button.isChecked(), row.bar.fluency) == (verse.text, False, verse.fluency)


def test_rows_of_a_path_with_another_number_of_verses_can_only_be_read(poem: PoemView, qtbot: QtBot) -> None:
    poem.show_request(replace(REQUEST, points=3))
    row = poem.rows[6]
    with qtbot.assertNotEmitted(poem.lock_asked):
        qtbot.mouseClick(row.lock_button, LEFT)
    qtbot.mouseClick(row.text, LEFT)
    assert not poem.others.isVisible()
    row.text.setFocus()
    qtbot.keyClick(row.text, Qt.Key.Key_F2)
    qtbot.mouseClick(row.edit_button, LEFT)
    assert not row.is_editing
    show(poem, replace(REQUEST, points=9))
    qtbot.mouseClick(row.edit_button, LEFT)
    assert row.is_editing


def test_enter_moves_on_through_the_poem(poem: PoemView, qtbot: QtBot) -> None:
    poem.first.editor.setFocus()
    with qtbot.waitSignal(poem.settled):
        qtbot.keyClick(poem.first.editor, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is poem.last.editor
    qtbot.keyClick(poem.last.editor, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is poem.rows[0].text


def test_up_and_down_walk_from_line_to_line(poem: PoemView, qtbot: QtBot) -> None:
    stops: list[QWidget] = [poem.first.editor, *(row.text for row in shown(poem)), poem.last.editor]
    stops[0].setFocus()
    for stop in stops[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert QApplication.focusWidget() is stop
    for stop in reversed(stops[:-1]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
        assert QApplication.focusWidget() is stop


def test_tab_goes_down_the_poem(poem: PoemView, qtbot: QtBot) -> None:
    poem.first.editor.setFocus()
    met: list[QWidget | None] = []
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
        if met[-1] is poem.first.editor:
            break
    rows = [widget for row in shown(poem) for widget in (row.text, row.edit_button, row.lock_button)]
    assert met == [*rows, poem.last.editor, poem.slider.slider, poem.first.editor]


def test_everything_that_takes_the_keyboard_has_a_name(poem: PoemView) -> None:
    nameless = [
        widget
        for widget in poem.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


def test_a_verse_tells_its_place_and_fluency(poem: PoemView) -> None:
    assert "12 %" in poem.rows[0].text.accessibleDescription()
    assert "Fluency" in poem.rows[0].text.accessibleDescription()


def test_the_tools_of_a_row_show_when_it_is_pointed_at_and_hold_their_places(poem: PoemView, qtbot: QtBot) -> None:
    row = poem.rows[3]
    place = row.edit_button.geometry()
    quiet = row.edit_button.grab().toImage()
    QTest.mouseMove(poem, QPoint(1, 1))
    row.text.setFocus()
    qtbot.waitUntil(row.text.hasFocus)
    assert row.edit_button.grab().toImage() != quiet
    assert row.edit_button.geometry() == place


def test_nothing_moves_when_values_change(poem: PoemView) -> None:
    before = [row.geometry() for row in shown(poem)], poem.first.geometry(), poem.slider.geometry()
    longer = "An exceedingly long and winding line that runs on and on and on beyond all bounds of any room"
    show(poem, replace(REQUEST, first=longer, last="", locked=((1, longer),)))
    assert ([row.geometry() for row in shown(poem)], poem.first.geometry(), poem.slider.geometry()) == before


@pytest.mark.parametrize("points", [3, 7, 15])
def test_the_poem_fits_the_smallest_window(poem: PoemView, points: int) -> None:
    show(poem, replace(REQUEST, points=points))
    parts: list[QWidget] = [poem.first, *shown(poem), poem.last, poem.slider]
    assert len(parts) == points + 3
    for above, below in pairwise(parts):
        assert above.geometry().bottom() < below.geometry().top()
    assert poem.rect().contains(poem.slider.geometry())
    for row in shown(poem):
        assert row.text.height() >= row.text.fontMetrics().height()


def test_the_type_depends_on_the_room_and_not_on_what_was_there_before(poem: PoemView) -> None:
    sizes = []
    for points in (MAX_POINTS, 3, MAX_POINTS):
        show(poem, replace(REQUEST, points=points))
        sizes.append(poem.rows[0].text.font().pixelSize())
    assert sizes[0] == sizes[2] < sizes[1]
    poem.resize(SMALLEST * 2)
    poem.resize(SMALLEST)
    assert poem.rows[0].text.font().pixelSize() == sizes[2]


def test_while_the_model_works_the_places_take_the_accent(poem: PoemView) -> None:
    poem.show_drawing(True)
    assert {row.place.tone for row in poem.rows} == {Tone.ACCENT}
    poem.show_drawing(False)
    assert {row.place.tone for row in poem.rows} == {Tone.QUIET}


def test_the_slider_moves_by_mouse_and_keys(poem: PoemView, qtbot: QtBot) -> None:
    slider = poem.slider.slider
    with qtbot.waitSignal(poem.slider.moved) as moved:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert moved.args == [0.51]
    heard: list[float] = []
    poem.slider.moved.connect(heard.append)
    middle = slider.rect().center()
    qtbot.mousePress(slider, LEFT, pos=middle + QPoint(5, 0))
    for x in range(5, 105, 10):
        qtbot.mouseMove(slider, middle + QPoint(x, 0))
    qtbot.mouseRelease(slider, LEFT, pos=middle + QPoint(105, 0))
    assert heard == sorted(heard)
    assert heard[-1] > 0.6
