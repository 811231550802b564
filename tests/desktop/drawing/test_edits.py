"""What a person's acts make of a sheet: the rule is that what was painted stays and what is covered is the model's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from desktop.drawing import edits
from desktop.drawing.sheet import Sheet
from models.pixel_rnn.sprite import Canvas, Completion, DrawRequest
from models.seed import MAX_SEED
from tests.desktop.drawing.fake import FORM, drawn_for

ALL = np.arange(FORM.pixels)
BLANK = Sheet.fresh("first", FORM, DrawRequest(Canvas.empty(FORM), 1))


def drawn(count: int = FORM.pixels, sheet: Sheet = BLANK) -> Sheet:
    """The sheet with so many of its covered pixels drawn."""
    colours = np.zeros(FORM.pixels, np.uint8)
    made = drawn_for(sheet.asked)
    colours[made.places] = made.colours
    return edits.seen_to(replace(sheet, drawn=colours.tobytes()), count)


def places(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.array(numbers, np.intp)


def test_a_fresh_sheet_waits_for_its_first_pixel() -> None:
    assert (BLANK.count, BLANK.next_place, BLANK.is_finished) == (0, 0, False)
    assert BLANK.to_come.all()
    assert BLANK.asked == BLANK.request


def test_a_sheet_shows_what_is_drawn_and_under_it_what_was_there() -> None:
    sheet = edits.open_picture(BLANK, (np.arange(30) % 11).astype(np.uint8).reshape(6, 5))
    half = edits.cover_side(sheet, "bottom", 0.5)
    assert half.next_place == 15
    some = drawn(4, half)
    made = drawn_for(half.asked)
    assert some.shown.ravel()[15:19].tolist() == made.colours[:4].tolist()
    assert (some.shown.ravel()[19:] == sheet.shown.ravel()[19:]).all()
    assert (some.count, some.next_place) == (4, 19)
    assert some.to_come.sum() == 11


def test_painting_gives_a_pixel_and_leaves_the_others_as_they_are_drawn() -> None:
    before = drawn()
    after = edits.paint(before, places(3, 12), 9)
    assert after.shown.ravel()[[3, 12]].tolist() == [9, 9]
    assert (np.delete(after.shown, [3, 12]) == np.delete(before.shown, [3, 12])).all()
    assert after.is_finished
    assert after.canvas.covered == 28
    assert len(after.asked.decided) == 28, "the model is told what stands there"
    assert dict(after.asked.decided)[4] == before.shown.ravel()[4]


def test_painting_ahead_of_a_drawing_leaves_its_place() -> None:
    after = edits.paint(drawn(10), places(20), 9)
    assert (after.count, after.next_place) == (10, 10)
    assert not after.to_come.ravel()[20]
    assert {place for place, _ in after.asked.decided} == set(range(10))


def test_uncovering_keeps_what_is_seen() -> None:
    before = drawn(10)
    after = edits.uncover(before, places(2, 25))
    assert after.canvas.pixels.ravel()[2] == before.shown.ravel()[2]
    assert after.canvas.pixels.ravel()[25] == FORM.paper
    assert not after.canvas.mask.ravel()[[2, 25]].any()


def test_covering_takes_the_rest_for_given_and_forgets_decisions() -> None:
    decided = replace(drawn(), request=BLANK.request.deciding({4: 2}))
    after = edits.cover(decided, places(7, 8))
    assert np.flatnonzero(after.canvas.mask).tolist() == [7, 8]
    assert (np.delete(after.canvas.pixels, [7, 8]) == np.delete(decided.shown, [7, 8])).all()
    assert (after.count, after.asked.decided) == (0, ())


def test_covering_in_an_unfinished_drawing_leaves_what_is_to_come() -> None:
    after = edits.cover(drawn(25), places(0))
    assert np.flatnonzero(after.canvas.mask).tolist() == [0, 25, 26, 27, 28, 29]


@pytest.mark.parametrize(
    ("side", "share", "rows", "columns"),
    [
        ("bottom", 0.5, slice(3, 6), slice(0, 5)),
        ("top", 0.5, slice(0, 3), slice(0, 5)),
        ("left", 0.4, slice(0, 6), slice(0, 2)),
        ("right", 1.0, slice(0, 6), slice(0, 5)),
    ],
)
def test_a_side_is_covered_and_nothing_else(side: str, share: float, rows: slice, columns: slice) -> None:
    mask = np.zeros((6, 5), np.bool_)
    mask[rows, columns] = True
    assert (edits.cover_side(drawn(), side, share).canvas.mask == mask).all()


def test_a_cover_gives_back_what_it_hides() -> None:
    before = drawn()
    after = edits.cover_side(edits.cover_side(before, "bottom", 1.0), "bottom", 0.0)
    assert (after.shown == before.shown).all()
    assert not after.canvas.covered


def test_a_cover_over_an_unfinished_drawing_keeps_the_gap_covered() -> None:
    assert edits.cover_side(drawn(12), "bottom", 0.25).canvas.covered == 18


def test_fill_stops_at_another_colour_and_at_the_cover() -> None:
    sheet = edits.paint(BLANK, places(*range(10, 15)), 4)
    assert edits.patch(sheet, 0).tolist() == list(range(10))
    assert edits.patch(sheet, 12).tolist() == list(range(10, 15))
    filled = edits.fill(sheet, 29, 7)
    assert (filled.shown[3:] == 7).all()
    assert (filled.shown[2] == 4).all()
    assert filled.to_come[:2].all()


def test_a_patch_does_not_leap_over_corners() -> None:
    sheet = edits.paint(edits.paint(BLANK, ALL, 1), places(0, 6), 2)
    assert edits.patch(sheet, 0).tolist() == [0]


def test_a_decision_holds_for_the_next_pixel_and_what_was_decided_later_is_forgotten() -> None:
    sheet = replace(drawn(8), request=BLANK.request.deciding({2: 5, 20: 5}))
    after = edits.decide(sheet, 9)
    assert after.request.decided == ((2, 5), (8, 9))
    assert after.shown.ravel()[8] == 9
    assert after.next_place == 9
    assert edits.decide(drawn(), 9) == drawn(), "where nothing is to come, nothing can be decided"


def test_a_decision_before_what_was_kept_lets_the_rest_go() -> None:
    kept = edits.paint(drawn(), places(29), 3)
    after = edits.decide(edits.seen_to(kept, 5), 9)
    assert {place for place, _ in after.asked.decided} == {0, 1, 2, 3, 4, 5}


def test_drawing_again_forgets_decisions_and_what_was_kept() -> None:
    sheet = edits.paint(replace(drawn(), request=BLANK.request.deciding({2: 5})), places(29), 3)
    after = edits.redraw(sheet, 8)
    assert after.asked == DrawRequest(sheet.canvas, 8)
    assert after.count == 0
    assert after.shown.ravel()[29] == 3


def test_a_completion_stands_as_it_is() -> None:
    found = Completion(6, 5, bytes(range(11)) + bytes(19), 1.5, 42)
    after = edits.keep_completion(drawn(10), found)
    assert after.shown.tobytes() == found.colours
    assert after.is_finished
    assert after.request.seed == 42
    assert len(after.asked.decided) == 30


def test_a_completion_of_another_size_changes_nothing() -> None:
    assert edits.keep_completion(BLANK, Completion(8, 8, bytes(64), 1.0, 7)) is BLANK


def test_what_is_drawn_so_far_is_common_to_all_completions() -> None:
    assert {place for place, _ in edits.to_complete(drawn(3)).decided} == {0, 1, 2}
    assert edits.to_complete(drawn()).decided == ()


@pytest.mark.parametrize(("count", "until"), [(-3, 0), (0, 0), (7, 7), (30, 30), (99, 30)])
def test_a_moment_of_the_drawing_lies_between_its_ends(count: int, until: int) -> None:
    assert edits.seen_to(drawn(), count).until == until


def test_moments_are_counted_in_covered_pixels() -> None:
    sheet = edits.cover(drawn(), places(4, 9, 20))
    assert [edits.seen_to(sheet, count).until for count in range(4)] == [0, 5, 10, 21]


def test_seeds_stay_in_their_bounds() -> None:
    assert edits.next_seed(MAX_SEED, 1) == 0
    assert edits.next_seed(5, 3) == 8
