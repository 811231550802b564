from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import torch

from models.errors import InputError
from models.sentence_vae import copies, decoding, han, lexicon, neighbours, pairs, screen
from models.sentence_vae.ends import HOPELESS, anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.neighbours import final_neighbours
from models.sentence_vae.path import METHOD, NeighbourRequest
from models.sentence_vae.row import heard
from models.sentence_vae.search import presentable
from tests.making import LINES

LINE = "the sea is mine"
REQUEST = NeighbourRequest(LINE, radius=3.0, count=6, seed=1)


def test_neighbours_are_other_lines_within_the_radius_nearest_first(tiny_model: SentenceModel) -> None:
    found = final_neighbours(tiny_model, REQUEST).neighbours
    distances = [other.distance for other in found]
    assert 1 <= len(found) <= 6
    assert distances == sorted(distances)
    assert all(0 <= distance <= 3.0 for distance in distances)
    assert len({other.text for other in found} | {LINE}) == len(found) + 1
    assert all(presentable(other.text) for other in found)


def test_a_larger_radius_only_adds_lines(tiny_model: SentenceModel) -> None:
    near, more, far = (
        {other.text: other.distance for other in final_neighbours(tiny_model, wide).neighbours}
        for wide in (replace(REQUEST, radius=radius, count=256) for radius in (2.2, 3.0, 8.0))
    )
    assert near.items() <= more.items() <= far.items()
    assert 0 < len(near) < len(far)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_of_many_lines_some_stand_from_the_nearest_to_the_farthest(count: int, tiny_model: SentenceModel) -> None:
    wide = replace(REQUEST, radius=8.0, count=256)
    every = final_neighbours(tiny_model, wide).neighbours
    some = final_neighbours(tiny_model, replace(wide, count=count)).neighbours
    assert len(every) > 8
    places = [every.index(other) for other in some]
    assert places[0] == 0
    assert len(places) == count
    steps = [after - before for before, after in pairwise(places)]
    assert count == 1 or (places[-1] == len(every) - 1 and max(steps) - min(steps) <= 1)


def test_the_seed_decides_the_neighbours(tiny_model: SentenceModel) -> None:
    assert final_neighbours(tiny_model, REQUEST) == final_neighbours(tiny_model, REQUEST)
    assert final_neighbours(tiny_model, REQUEST) != final_neighbours(tiny_model, replace(REQUEST, seed=2))


def test_very_near_a_line_there_is_no_other(tiny_model: SentenceModel) -> None:
    *_, anchor = refined(tiny_model, anchor_at(tiny_model, 0.0, LINE, torch.Generator()))
    assert anchor.exact
    assert final_neighbours(tiny_model, replace(REQUEST, radius=1e-6)).neighbours == ()


@pytest.mark.parametrize(("radius", "count"), [(0, 5), (-1, 5), (101, 5), (float("nan"), 5), (1, 0), (1, 257)])
def test_an_impossible_wish_is_told(radius: float, count: int, tiny_model: SentenceModel) -> None:
    with pytest.raises(InputError, match="A radius lies in 0 to 100 and a count in 1 to 256"):
        final_neighbours(tiny_model, NeighbourRequest(LINE, radius, count))


@pytest.mark.parametrize("line", ["", " \t", "\0\ud800"])
def test_an_empty_line_has_no_neighbours(line: str, tiny_model: SentenceModel) -> None:
    with pytest.raises(InputError, match="An empty line has no neighbours"):
        final_neighbours(tiny_model, NeighbourRequest(line))


def test_neighbours_are_distinct_to_a_reader_and_none_is_the_line_itself(tiny_model: SentenceModel) -> None:
    found = final_neighbours(tiny_model, replace(REQUEST, line="The sea is MINE!", count=50, radius=6.0)).neighbours
    said = {tuple(heard(line)) for line in (LINE, *(other.text for other in found))}
    assert len(said) == len(found) + 1


def test_a_line_that_the_word_screen_holds_back_is_no_neighbour(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_sun(text: str) -> bool:
        return "sun" not in text

    wide = replace(REQUEST, radius=6.0, count=50)
    assert any("sun" in other.text for other in final_neighbours(tiny_model, wide).neighbours)
    monkeypatch.setattr(screen, "is_fit", without_sun)
    assert not any("sun" in other.text for other in final_neighbours(tiny_model, wide).neighbours)


def test_a_neighbour_says_no_word_that_nobody_wrote_unless_the_line_says_it(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However well it reads otherwise."""
    monkeypatch.setattr(neighbours, "WORSE", 1e3)

    def some_say_sun(line: str, known: str) -> bool:
        model = replace(tiny_model, lexicon=lexicon.learn([known]))
        found = final_neighbours(model, replace(REQUEST, line=line, radius=6.0, count=50)).neighbours
        return any("sun" in other.text for other in found)

    words = " ".join({word for line in LINES for word in line.split()})
    without = words.replace("sun", "")
    assert some_say_sun(LINE, words)
    assert not some_say_sun(LINE, without)
    assert some_say_sun("the sun is mine", without)


def test_a_line_of_the_training_text_may_be_a_neighbour(tiny_model: SentenceModel) -> None:
    found = final_neighbours(replace(tiny_model, copies=copies.learn(LINES)), replace(REQUEST, radius=6.0, count=50))
    assert {other.text for other in found.neighbours} & set(LINES)


def test_a_line_that_reads_much_worse_than_the_line_itself_is_no_neighbour(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here for its pairs of words: two that nobody joins are too much."""
    model = replace(tiny_model, pairs=pairs.learn([line for line in LINES if "love" not in line], "other"))

    def most_strange() -> int:
        found = final_neighbours(model, replace(REQUEST, radius=8.0, count=50)).neighbours
        return max(model.pairs.strange([other.text for other in found]))

    assert most_strange() < 2
    monkeypatch.setattr(neighbours, "WORSE", 1e3)
    assert most_strange() >= 2


def test_a_line_that_comes_to_no_end_is_no_neighbour(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few steps to a line most are broken off: none of these is shown, whole as its last word may look."""
    wide = replace(REQUEST, line="the sea is old", radius=6.0, count=50)

    def lengths() -> list[int]:
        return [len(tiny_model.tokens.encode(other.text)) for other in final_neighbours(tiny_model, wide).neighbours]

    steps = 12  # one of them is the end's
    assert max(lengths()) >= steps
    monkeypatch.setattr(decoding, "MAX_STEPS", steps)
    assert lengths()
    assert max(lengths()) < steps


def test_a_line_in_traditional_script_has_neighbours_in_it(chinese_model: SentenceModel) -> None:
    found = final_neighbours(chinese_model, replace(REQUEST, line="小舟過橋去", radius=6.0)).neighbours
    assert found
    assert all(other.text == han.traditional(other.text) for other in found)


@pytest.mark.parametrize(
    ("line", "note"),
    [("the\u200b sea is mine", "cleaned"), ("the sea " * 60, "shortened"), ("床前明月光", "unfamiliar")],
)
def test_what_was_done_to_the_line_is_told(line: str, note: str, tiny_model: SentenceModel) -> None:
    end = final_neighbours(tiny_model, replace(REQUEST, line=line)).end
    assert end is not None
    assert end.typed == line
    assert note in end.notes


def test_where_another_line_stands_in_it_is_told_which(tiny_model: SentenceModel) -> None:
    end = final_neighbours(tiny_model, replace(REQUEST, line="z" * 10_000)).end
    assert end is not None
    assert end.faithfulness < HOPELESS
    assert presentable(end.refined)


def test_neighbours_say_which_request_and_model_they_are_of(tiny_model: SentenceModel) -> None:
    found = final_neighbours(tiny_model, REQUEST)
    assert (found.request, found.model, found.model_hash) == (REQUEST, "tiny", tiny_model.folder.hash)
    assert (found.method, found.final) == (METHOD, True)
