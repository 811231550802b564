from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_vae.copies import Copies, learn

LINES = [f"the {i} waves are under the {i * i % 977} moons" for i in range(5000)]
UNSEEN = [f"a {i} ship upon {i * i % 991} seas" for i in range(5000)]


def test_every_line_of_the_text_is_held_and_few_others() -> None:
    copies = learn(LINES)
    assert copies.hold(LINES).all()
    assert copies.hold(UNSEEN).mean() < 0.06  # of seven bits a line, 0.03 is usual


def test_it_takes_seven_bits_a_line() -> None:
    assert len(learn(LINES).serialized) == 5000 * 7 // 8


@pytest.mark.parametrize(
    ("line", "same"),
    [("The sea, the old sea!", "the sea the old sea"), ("风过东篱，月满楼。", "风过东篱月满楼")],
)
def test_marks_and_capitals_make_no_other_line(line: str, same: str) -> None:
    assert learn([line]).holds(same)


def test_what_has_no_words_is_no_copy() -> None:
    copies = learn(["", "the sea"])
    assert not copies.holds("")
    assert not learn([]).holds("the sea")


@given(st.lists(st.text(min_size=1, max_size=20), max_size=10))
def test_it_is_the_same_once_stored(lines: list[str]) -> None:
    learned = learn(lines)
    again = Copies(learned.serialized)
    assert again.hold(lines).tolist() == learned.hold(lines).tolist()
    assert again.hold([]).shape == (0,)


def test_a_damaged_set_is_told() -> None:
    with pytest.raises(ValueError, match="it is too short for a set"):
        Copies(b"abc")
