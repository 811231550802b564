"""The Drawing tab, driven as a person drives it, over a fake model on a real thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from desktop.drawing.page import DrawingPage
from desktop.drawing.player import AT_ONCE
from desktop.drawing.tools import Tool
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import wait_for_rest
from tests.desktop.drawing.driving import (
    CONTROL,
    LEFT,
    SHIFT,
    button,
    choose,
    click,
    drag,
    paint_with,
    press_draw,
    problems_of,
    sentence,
    shown,
    take,
)

RED, GREEN = 2, 3


def test_draw_gives_another_sprite_each_time(awake: DrawingPage, qtbot: QtBot) -> None:
    seen = [shown(awake)]
    for _ in range(2):
        press_draw(awake, qtbot)
        wait_for_rest(awake, qtbot)
        seen.append(shown(awake))
    assert len({str(picture) for picture in seen}) == 3
    assert awake.skeleton.seed == awake.session.sheet.request.seed == 3
    assert awake.session.sheet.is_finished


def test_the_same_seed_gives_the_same_sprite(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    awake.skeleton._seed.setValue(77)
    wait_for_rest(awake, qtbot)
    assert shown(awake) != before
    awake.skeleton._seed.setValue(1)
    wait_for_rest(awake, qtbot)
    assert shown(awake) == before


def test_pixels_come_one_after_the_other_and_the_button_pauses(awake: DrawingPage, qtbot: QtBot) -> None:
    awake._on_speed(4)  # 30 a second
    counts: list[int] = []
    awake.session.sheet_changed.connect(lambda sheet: counts.append(sheet.count))
    press_draw(awake, qtbot)
    assert awake.controls.draw.draw.text() == "Pause"
    qtbot.waitUntil(lambda: awake.session.sheet.count >= 5)
    press_draw(awake, qtbot)
    assert counts[-1] < fake.FORM.pixels
    assert set(np.diff(sorted(set(counts)))) == {1}
    assert awake.controls.draw.draw.text() == "Go on"
    assert "Paused" in sentence(awake)
    paused = awake.session.sheet.count
    qtbot.wait(100)
    assert awake.session.sheet.count == paused
    awake._on_speed(AT_ONCE)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert awake.controls.draw.draw.text() == "Draw"


def test_one_pixel_back_and_on_by_key(awake: DrawingPage, qtbot: QtBot) -> None:
    before, canvas = shown(awake), awake.desk.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Comma)
    qtbot.keyClick(canvas, Qt.Key.Key_Comma)
    assert awake.session.sheet.next_place == fake.FORM.pixels - 2
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    assert shown(awake) == before
    assert awake.session.sheet.is_finished


def test_the_space_bar_plays(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Space)
    wait_for_rest(awake, qtbot)
    assert shown(awake) != before


def test_the_time_slider_goes_through_the_drawing(awake: DrawingPage, qtbot: QtBot) -> None:
    slider = awake.controls.draw.time
    assert (slider.maximum(), slider.value()) == (fake.FORM.pixels, fake.FORM.pixels)
    slider.setValue(12)
    assert awake.session.sheet.next_place == 12
    assert awake.session.sheet.to_come.sum() == fake.FORM.pixels - 12


def test_a_click_on_a_drawn_pixel_goes_back_to_it(awake: DrawingPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 7)
    assert awake.session.sheet.next_place == 7
    chances = awake.desk.side.next_pixel.chances
    assert chances is not None
    assert chances.place == 7
    steps = fake.steps_of(awake.session.sheet.request, fake.FORM)
    index, chance = chances.colours[0]
    assert index == int(steps[7].chances.argmax())
    assert abs(chance - float(steps[7].chances.max())) < 1e-3


def test_a_clicked_colour_is_the_next_pixels_and_the_model_goes_on(awake: DrawingPage, qtbot: QtBot) -> None:
    before = np.array(shown(awake)).ravel()
    click(awake, qtbot, 7)
    assert awake.desk.side.next_pixel.chances is not None
    chosen = awake.desk.side.next_pixel.chances.colours[2][0]
    qtbot.mouseClick(awake.desk.side.next_pixel.swatches[2], LEFT)
    wait_for_rest(awake, qtbot)
    after = np.array(shown(awake)).ravel()
    assert awake.session.sheet.is_finished
    assert after[7] == chosen != before[7]
    assert (after[:7] == before[:7]).all()
    assert (after[8:] != before[8:]).any()
    assert awake.session.sheet.request.decided == ((7, chosen),)


def test_after_a_pause_one_decides_pixel_by_pixel(awake: DrawingPage, qtbot: QtBot) -> None:
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Comma)
    for place in (29, 28):
        qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Comma)
        assert awake.session.sheet.next_place == place - 1
    for number in (3, 5):
        qtbot.waitUntil(lambda: awake.session.drawn is not None and not awake.session.is_drawing)
        awake.steps.decide(number)
        assert not awake.player.is_playing
    assert awake.session.sheet.request.decided == ((27, 3), (28, 5))
    assert awake.session.sheet.next_place == 29


def test_any_colour_of_the_palette_can_be_chosen(awake: DrawingPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 3)
    colours = awake.desk.side.next_pixel.all_colours
    colours.resize(colours.sizeHint())
    qtbot.mouseClick(colours, LEFT, pos=colours.square(9).center())
    assert awake.session.sheet.request.decided == ((3, 9),)


def test_a_number_key_chooses_a_swatch(awake: DrawingPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 0)
    chances = awake.desk.side.next_pixel.chances
    assert chances is not None
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_2)
    assert awake.session.sheet.request.decided == ((0, chances.colours[1][0]),)


def test_a_stroke_of_the_brush_paints_and_is_one_step(awake: DrawingPage, qtbot: QtBot) -> None:
    before = np.array(shown(awake))
    paint_with(awake, qtbot, RED)
    assert awake.desk.tools.tool is Tool.BRUSH
    drag(awake, qtbot, 5, 9)
    after = np.array(shown(awake))
    assert (after[1] == RED).all()
    assert (np.delete(after, 1, 0) == np.delete(before, 1, 0)).all(), "what is drawn elsewhere stays"
    assert not awake.session.sheet.canvas.mask[1].any()
    button(awake, "Undo").click()
    assert (np.array(shown(awake)) == before).all()
    assert not awake.skeleton.undo_action.isEnabled()


def test_what_was_painted_stays_when_the_model_draws_again(awake: DrawingPage, qtbot: QtBot) -> None:
    paint_with(awake, qtbot, GREEN)
    drag(awake, qtbot, 10, 14)
    painted = np.array(shown(awake))
    wait_for_rest(awake, qtbot)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    after = np.array(shown(awake))
    assert (after[2] == GREEN).all()
    assert (after != painted).any()


def test_a_wide_brush_paints_more(awake: DrawingPage, qtbot: QtBot) -> None:
    paint_with(awake, qtbot, RED)
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_X)
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_X)
    click(awake, qtbot, 12)
    assert (np.array(shown(awake))[1:4, 1:4] == RED).all()
    assert (~awake.session.sheet.canvas.mask).sum() == 9


def test_the_picker_takes_a_colour_from_the_picture(awake: DrawingPage, qtbot: QtBot) -> None:
    take(awake, qtbot, Tool.PICK)
    click(awake, qtbot, 11)
    assert awake.controls.palette.current == shown(awake)[2][1]
    assert awake.desk.tools.tool is Tool.BRUSH


def test_fill_paints_a_whole_patch(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "All").click()
    paint_with(awake, qtbot, RED)
    drag(awake, qtbot, 10, 14)
    take(awake, qtbot, Tool.FILL)
    paint_with(awake, qtbot, GREEN)
    click(awake, qtbot, 0)
    assert shown(awake)[0] == shown(awake)[1] == [GREEN] * 5
    assert shown(awake)[2] == [RED] * 5
    assert awake.session.sheet.to_come[3:].all()


def test_a_brushed_cover_is_drawn_anew_and_the_rest_stays(awake: DrawingPage, qtbot: QtBot) -> None:
    before = np.array(shown(awake))
    take(awake, qtbot, Tool.COVER)
    drag(awake, qtbot, 6, 8)
    covered = awake.session.sheet.canvas.mask
    assert np.flatnonzero(covered).tolist() == [6, 7, 8]
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    after = np.array(shown(awake))
    assert (after[~covered] == before[~covered]).all()
    assert awake.session.sheet.canvas.covered == 3


def test_uncover_keeps_what_is_seen(awake: DrawingPage, qtbot: QtBot) -> None:
    take(awake, qtbot, Tool.UNCOVER)
    drag(awake, qtbot, 0, 4)
    row = shown(awake)[0]
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert shown(awake)[0] == row


def test_the_slider_covers_a_share_from_a_side_and_gives_it_back(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    cover = awake.controls.cover
    slide(cover.share, qtbot, 1.0, 0.2, 0.8, 0.5)
    assert shown(awake)[:3] == before[:3]
    assert awake.session.sheet.to_come.tolist() == [[False] * 5] * 3 + [[True] * 5] * 3
    cover.side.setCurrentIndex(2)  # left
    assert awake.session.sheet.to_come[:, :2].all()
    awake.skeleton.undo_action.trigger()
    awake.skeleton.undo_action.trigger()
    assert shown(awake) == before
    assert not awake.skeleton.undo_action.isEnabled(), "a drag is one step"


def slide(slider: QSlider, qtbot: QtBot, *shares: float) -> None:
    """Take the handle where it is, at the first share, and pull it to the others."""
    places = [QPoint(round(6 + share * (slider.width() - 12)), slider.height() // 2) for share in shares]
    qtbot.mousePress(slider, LEFT, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(slider, place)
    qtbot.mouseRelease(slider, LEFT, pos=places[-1])


def test_a_drag_that_begins_with_no_change_leaves_what_stood_there_before(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "Half").click()
    wait_for_rest_or_pause(awake, qtbot)
    before, cover = awake.session.sheet, awake.controls.cover
    cover.drag_began.emit()
    for share in (51, 52, 90):
        cover.share.setValue(share)
    cover.drag_ended.emit()
    assert awake.session.sheet.canvas.covered == 25
    awake.skeleton.undo_action.trigger()
    assert awake.session.sheet.canvas == before.canvas


def wait_for_rest_or_pause(awake: DrawingPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not awake.session.is_drawing)


def test_three_quarters_cover_more_than_half(awake: DrawingPage, qtbot: QtBot) -> None:
    top = shown(awake)[0]
    button(awake, "Half").click()
    assert awake.session.sheet.canvas.covered == 15
    button(awake, "Three quarters").click()
    assert awake.session.sheet.canvas.covered == 20
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert shown(awake)[0] == top
    button(awake, "Nothing").click()
    assert awake.session.sheet.canvas.covered == 0


def test_draw_with_nothing_covered_covers_half(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "Nothing").click()
    before = shown(awake)
    assert "Cover a part" in sentence(awake)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert awake.session.sheet.canvas.covered == 15
    assert shown(awake)[:3] == before[:3]


def test_temperature_changes_the_picture_under_the_finger_and_a_drag_is_one_step(
    awake: DrawingPage, qtbot: QtBot
) -> None:
    before, slider = shown(awake), awake.controls.style.temperature
    slide(slider, qtbot, 0.475, 0.6, 0.8)
    wait_for_rest(awake, qtbot)
    assert shown(awake) != before
    assert awake.session.sheet.request.temperature > 1.5
    awake.skeleton.undo_action.trigger()
    assert shown(awake) == before
    assert slider.value() == 100
    assert not awake.skeleton.undo_action.isEnabled()


def test_blind_draws_without_what_is_below(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.controls.cover.side.setCurrentIndex(0)  # top
    button(awake, "Half").click()
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    seeing = shown(awake)
    awake.controls.style.blind.click()
    wait_for_rest(awake, qtbot)
    assert awake.session.sheet.request.blind
    assert shown(awake)[:3] != seeing[:3]
    assert shown(awake)[3:] == seeing[3:]


def test_every_act_is_one_step_back_and_forth(awake: DrawingPage, qtbot: QtBot) -> None:
    seen = [shown(awake)]

    def note() -> None:
        wait_for_rest(awake, qtbot)
        seen.append(shown(awake))

    press_draw(awake, qtbot)
    note()
    paint_with(awake, qtbot, RED)
    drag(awake, qtbot, 0, 4)
    note()
    take(awake, qtbot, Tool.LOOK)
    click(awake, qtbot, 8)
    qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_3)
    press_draw(awake, qtbot)
    note()
    button(awake, "Half").click()
    press_draw(awake, qtbot)
    note()
    steps = 0
    backwards = []
    while awake.skeleton.undo_action.isEnabled():
        qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Z, CONTROL)
        backwards.append(shown(awake))
        steps += 1
    assert steps == 4
    assert backwards[-1] == seen[0]
    assert seen[1] in backwards
    while awake.skeleton.redo_action.isEnabled():
        qtbot.keyClick(awake.desk.canvas, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert shown(awake) == seen[-1]


def test_several_completions_are_ranked_and_a_click_keeps_one(awake: DrawingPage, qtbot: QtBot) -> None:
    button(awake, "Half").click()
    given = shown(awake)[:3]
    awake.controls.draw.several_asked.emit(4)
    view = awake.desk.completions
    qtbot.waitUntil(lambda: awake.session.completions is not None and awake.session.completions.is_ranked)
    assert awake.desk.shows_completions
    found = [completion for one in view.buttons if one.isVisible() and (completion := one.completion)]
    assert len(found) == 4
    assert found == sorted(found, key=fake.bits_of)
    assert len({completion.colours for completion in found}) == 4
    qtbot.mouseClick(view.buttons[1], LEFT)
    assert not awake.desk.shows_completions
    assert awake.session.sheet.shown.tobytes() == found[1].colours
    assert shown(awake)[:3] == given
    wait_for_rest(awake, qtbot)
    assert awake.session.drawn is not None
    assert abs(awake.session.drawn.bits_per_pixel - found[1].bits_per_pixel) < 1e-3
    awake.skeleton.undo_action.trigger()
    assert not awake.session.sheet.is_finished


def test_others_can_be_asked_for_and_none_need_be_kept(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    awake.controls.draw.several_asked.emit(4)
    qtbot.waitUntil(lambda: awake.session.completions is not None and awake.session.completions.is_ranked)
    first = awake.session.completions
    qtbot.mouseClick(awake.desk.completions.more, LEFT)
    assert awake.session.completions is not first
    qtbot.waitUntil(lambda: awake.session.completions is not None and awake.session.completions.is_ranked)
    assert first is not None
    assert awake.session.completions is not None
    assert not {one.seed for one in first.found} & {one.seed for one in awake.session.completions.found}
    qtbot.mouseClick(awake.desk.completions.back, LEFT)
    assert not awake.desk.shows_completions
    assert shown(awake) == before


def test_results_collect_in_the_filmstrip_and_a_click_brings_one_back(awake: DrawingPage, qtbot: QtBot) -> None:
    first = shown(awake)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    strip = awake.skeleton.filmstrip
    assert strip.count() == 2
    frame = strip.frames()[1]
    assert frame.picture is not None
    assert (frame.picture.width(), frame.picture.height()) == (5, 6)
    assert "bits a pixel" in frame.last
    qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualItemRect(strip.item(1)).center())
    assert shown(awake) == first
    assert awake.skeleton.seed == 1


def test_a_preset_takes_over_and_undo_brings_back_what_stood_there(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    choose(awake, "Two eyes")
    wait_for_rest(awake, qtbot)
    assert np.array(shown(awake)).ravel()[[11, 13]].tolist() == [5, 5], "the painted eyes"
    assert awake.session.sheet.canvas.covered == 28
    awake.skeleton.undo_action.trigger()
    assert shown(awake) == before


def test_finish_the_picture_keeps_its_upper_half(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    choose(awake, "Finish the picture")
    wait_for_rest(awake, qtbot)
    assert shown(awake)[:3] == before[:3]
    assert awake.session.sheet.canvas.covered == 15


def test_a_preset_without_its_model_is_not_offered(awake: DrawingPage) -> None:
    names = [action.text() for action in button(awake, "Presets").menu().actions()]
    assert names == ["A creature from nothing", "Finish the picture", "Two eyes", "Bold"]


def test_a_seed_that_fails_is_told_and_the_last_good_picture_stays(awake: DrawingPage, qtbot: QtBot) -> None:
    before, told = shown(awake), problems_of(awake)
    awake.skeleton._seed.setValue(fake.IMPOSSIBLE)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert shown(awake) == before
    assert not awake.player.is_playing
    assert awake.skeleton.seed == 1
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert shown(awake) != before
