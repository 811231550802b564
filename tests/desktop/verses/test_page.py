"""The Verses tab, driven as a person drives it, over a fake model on a real thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from desktop.verses.page import VersesPage
from tests.desktop.verses import fake
from tests.desktop.verses.conftest import wait_for_path
from tests.desktop.verses.driving import (
    CONTROL,
    LEFT,
    PRESETS,
    SHIFT,
    button,
    choose,
    lines,
    problems_of,
    sentence,
    type_line,
)


def test_typing_is_followed_when_it_pauses(awake: VersesPage, qtbot: QtBot) -> None:
    before = lines(awake)
    type_line(awake, qtbot, "A candle burns in the window")
    assert lines(awake) != before
    assert awake.path.session.result is not None
    assert awake.path.session.result.request.first == "A candle burns in the window"
    assert awake.path.poem.first.mark == "● as typed"
    assert "follow" in sentence(awake)


def test_of_two_equal_lines_it_is_told_what_stands_between(awake: VersesPage, qtbot: QtBot) -> None:
    for same in (awake.path.session.request.last, awake.path.session.request.last.upper() + "!"):
        type_line(awake, qtbot, same)
        assert "Both lines are the same" in sentence(awake)
    type_line(awake, qtbot, "A candle burns in the window")
    assert "follow" in sentence(awake)


def test_while_typing_goes_on_nothing_is_asked(awake: VersesPage, qtbot: QtBot) -> None:
    request = awake.path.session.request
    qtbot.keyClicks(awake.path.poem.first.editor, "abcdefgh")
    assert awake.path.session.request == request


def test_where_typing_lingers_the_model_begins_but_nothing_is_shown(awake: VersesPage, qtbot: QtBot) -> None:
    session, before = awake.path.session, lines(awake)
    request = session.request
    awake.path.poem.first.editor.setFocus()
    qtbot.keyClicks(awake.path.poem.first.editor, "abc")
    awake.path.steps.lingered.emit()
    assert session.is_busy
    assert not session.is_drawing
    assert session.request == request
    assert lines(awake) == before
    assert awake.skeleton.undo_action.isEnabled()


def test_what_is_pasted_does_not_wait_for_the_pause(awake: VersesPage, qtbot: QtBot) -> None:
    before = awake.path.session.request
    QGuiApplication.clipboard().setText("A line from elsewhere")
    editor = awake.path.poem.first.editor
    qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert awake.path.session.request.first == "A line from elsewhere"
    awake.skeleton.undo_action.trigger()
    assert awake.path.session.request == before
    assert awake.path.poem.first.line == before.first


def test_a_word_put_within_a_line_does_not_wait_either(awake: VersesPage, qtbot: QtBot) -> None:
    before, editor = awake.path.session.request, awake.path.poem.last.editor
    editor.setSelection(0, 3)
    editor.insert("A")  # as a key does
    assert awake.path.session.request == before
    editor.setSelection(0, 1)
    editor.insert("Any")
    assert awake.path.session.request.last.startswith("Any")


def test_enter_does_not_wait_for_the_pause(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(awake.path.poem.first.editor, "A candle")
    qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_Return)
    assert awake.path.session.request.first == "A candle"


def test_the_number_of_verses(awake: VersesPage, qtbot: QtBot) -> None:
    slider = awake.path.points.slider
    for key, count in ((Qt.Key.Key_Home, 3), (Qt.Key.Key_End, 15), (Qt.Key.Key_Left, 14)):
        qtbot.keyClick(slider, key)
        wait_for_path(awake, qtbot)
        assert len(lines(awake)) == count


def test_a_drag_to_another_number_of_verses_is_one_step(awake: VersesPage) -> None:
    slider = awake.path.points.slider
    slider.setSliderDown(True)
    for count in (8, 9, 10):
        slider.setSliderPosition(count)
    assert awake.path.points.number == "10", "the number follows the hand"
    slider.setSliderDown(False)
    assert awake.path.session.request.points == 10
    awake.skeleton.undo_action.trigger()
    assert awake.path.session.request.points == 7
    assert awake.path.points.number == "7"


def test_the_dice_gives_other_verses_for_the_same_lines(awake: VersesPage, qtbot: QtBot) -> None:
    before, ends = lines(awake), awake.path.poem.lines
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    assert lines(awake) != before
    assert awake.path.poem.lines == ends
    assert awake.skeleton.seed == awake.path.session.request.seed != 0


def test_around_and_as_typed(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.path.route.around, LEFT, pos=QPoint(8, awake.path.route.around.height() // 2))
    assert awake.path.session.request.slerp
    qtbot.mouseClick(awake.path.route.straight, LEFT, pos=QPoint(8, awake.path.route.straight.height() // 2))
    assert not awake.path.session.request.slerp
    qtbot.mouseClick(awake.path.route.refine, LEFT, pos=QPoint(8, awake.path.route.refine.height() // 2))
    assert not awake.path.session.request.refine


def test_a_locked_verse_stays_when_the_dice_is_rolled(awake: VersesPage, qtbot: QtBot) -> None:
    kept = lines(awake)[2]
    qtbot.mouseClick(awake.path.poem.rows[2].lock_button, LEFT)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    assert lines(awake)[2] == kept
    assert awake.path.poem.rows[2].lock_button.isChecked()

    qtbot.mouseClick(awake.path.poem.rows[2].lock_button, LEFT)
    assert awake.path.session.request.locked == ()


def test_a_chosen_alternative_takes_the_verse_and_is_locked(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.path.poem.rows[1].text, LEFT, pos=QPoint(10, 10))
    others: QListWidget = awake.path.poem.others.list
    chosen = others.item(2).text()
    qtbot.mouseClick(others.viewport(), LEFT, pos=others.visualItemRect(others.item(2)).center())
    assert awake.path.poem.rows[1].text.line == chosen
    wait_for_path(awake, qtbot)
    assert lines(awake)[1] == chosen
    assert awake.path.session.request.locked == ((1, chosen),)


def test_a_verse_of_ones_own(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.path.poem.rows[4].edit_button, LEFT)
    qtbot.keyClicks(awake.path.poem.rows[4].editor, "I wrote this verse myself")
    qtbot.keyClick(awake.path.poem.rows[4].editor, Qt.Key.Key_Return)
    wait_for_path(awake, qtbot)
    assert lines(awake)[4] == "I wrote this verse myself"


def test_every_change_is_one_step_back_and_forth(awake: VersesPage, qtbot: QtBot) -> None:
    seen = [awake.path.session.request]
    type_line(awake, qtbot, "A candle burns in the window")
    seen.append(awake.path.session.request)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    seen.append(awake.path.session.request)
    qtbot.mouseClick(awake.path.poem.rows[2].lock_button, LEFT)
    seen.append(awake.path.session.request)
    qtbot.keyClick(awake.path.points.slider, Qt.Key.Key_Right)
    seen.append(awake.path.session.request)
    assert len(set(seen)) == 5

    awake.path.poem.first.editor.setFocus()
    for request in reversed(seen[:-1]):
        qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_Z, CONTROL)
        assert awake.path.session.request == request
        assert awake.path.poem.lines == (request.first, request.last)
        assert (awake.skeleton.seed, awake.path.points.slider.value()) == (request.seed, request.points)
    assert not awake.skeleton.undo_action.isEnabled()
    for request in seen[1:]:
        qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_Z, CONTROL | SHIFT)
        assert awake.path.session.request == request
    assert not awake.skeleton.redo_action.isEnabled()


def test_undo_while_a_path_is_drawn_brings_back_the_verse_that_is_copied(awake: VersesPage, qtbot: QtBot) -> None:
    before = lines(awake)
    qtbot.mouseClick(awake.path.poem.rows[1].text, LEFT, pos=QPoint(10, 10))
    others: QListWidget = awake.path.poem.others.list
    qtbot.mouseClick(others.viewport(), LEFT, pos=others.visualItemRect(others.item(2)).center())
    assert lines(awake) != before
    assert awake.path.session.is_drawing
    qtbot.mouseClick(button(awake, "Undo"), LEFT)
    assert lines(awake) == before
    assert not awake.path.poem.rows[1].lock_button.isChecked()
    awake.skeleton.copy_action.trigger()
    assert QGuiApplication.clipboard().text().splitlines()[1:-1] == before


def test_undo_of_unlocking_while_a_path_is_drawn_locks_again(awake: VersesPage, qtbot: QtBot) -> None:
    lock = awake.path.poem.rows[2].lock_button
    qtbot.mouseClick(lock, LEFT)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    qtbot.mouseClick(lock, LEFT)
    assert awake.path.session.is_drawing
    qtbot.mouseClick(button(awake, "Undo"), LEFT)
    assert lock.isChecked()


def test_a_verse_being_written_is_kept_before_the_number_of_verses_changes(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(awake.path.poem.rows[6].edit_button, LEFT)
    qtbot.keyClicks(awake.path.poem.rows[6].editor, "I wrote this")
    awake.path.points.slider.setValue(3)
    assert awake.path.session.request.locked == ((2, "I wrote this"),)
    awake.skeleton.undo_action.trigger()
    assert awake.path.session.request.locked == ((6, "I wrote this"),)


def test_undo_right_after_a_key_takes_back_what_was_typed(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.path.poem.first.editor, "x")
    qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_Z, CONTROL)
    assert awake.path.poem.lines == (PRESETS[0].first, PRESETS[0].last)
    assert awake.skeleton.redo_action.isEnabled()


def test_a_preset_takes_over_and_undo_brings_back_what_was_typed(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.path.poem.last.editor, "My line ")
    typed = awake.path.poem.lines
    choose(awake, 3)
    assert awake.path.poem.lines == (PRESETS[3].first, PRESETS[3].last)
    awake.skeleton.undo_action.trigger()
    assert awake.path.poem.lines == typed


def test_results_collect_in_the_filmstrip_and_a_click_brings_one_back(awake: VersesPage, qtbot: QtBot) -> None:
    first = lines(awake)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    qtbot.mouseClick(button(awake, "Roll the dice"), LEFT)
    wait_for_path(awake, qtbot)
    strip = awake.skeleton.filmstrip
    assert strip.count() == 2
    qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualItemRect(strip.item(1)).center())
    assert lines(awake) == first
    assert awake.skeleton.seed == 0
    assert len({frame.value.request for frame in strip.frames()}) == strip.count()


def test_a_path_that_stays_gets_a_frame_by_itself(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: awake.skeleton.filmstrip.count() == 1)
    assert awake.skeleton.filmstrip.frames()[0].first == PRESETS[0].first


def test_the_slider_shows_verses_between_the_verses(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: awake.path.poem.slider.line == lines(awake)[3])
    slider = awake.path.poem.slider.slider
    middle = slider.rect().center()
    qtbot.mousePress(slider, LEFT, pos=middle)
    for x in range(0, 120, 4):
        qtbot.mouseMove(slider, middle + QPoint(x, 0))
    qtbot.mouseRelease(slider, LEFT, pos=middle + QPoint(116, 0))
    t = awake.path.poem.slider.t
    assert t > 0.6
    qtbot.waitUntil(lambda: awake.path.poem.slider.line == f"first at {t:.3f}")


def test_the_figures_stand_in_the_explanation(awake: VersesPage) -> None:
    texts = {name: label.text() for name, label in awake.path.explanation.values.items()}
    assert texts["nats"] == "38.2 · 41.7"
    assert texts["angle"] == "81°"
    assert texts["refine_steps"] == "12 · 0"
    assert (texts["smoothness"], texts["progress"], texts["evenness"]) == ("0.41", "0.95", "1.60")


def test_lines_that_fail_are_told_and_the_last_good_path_stays(awake: VersesPage, qtbot: QtBot) -> None:
    before, told = lines(awake), problems_of(awake)
    qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(awake.path.poem.first.editor, fake.IMPOSSIBLE)
    qtbot.keyClick(awake.path.poem.first.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert lines(awake) == before
    assert awake.path.poem.first.line == fake.IMPOSSIBLE
    assert not awake.path.session.is_drawing
    type_line(awake, qtbot, "A line that works")


def test_a_stopped_page_settles_nothing_more(awake: VersesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(awake.path.poem.first.editor, "x")
    awake.stop()
    request = awake.path.session.request
    qtbot.wait(400)
    assert awake.path.session.request == request
