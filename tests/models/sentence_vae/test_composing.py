from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch

from models.errors import InputError
from models.sentence_vae import composing as composing_module
from models.sentence_vae import copies, lexicon, metre, pairs
from models.sentence_vae.composing import Composing, fluency, place_of
from models.sentence_vae.copies import NONE
from models.sentence_vae.dial import ways_for
from models.sentence_vae.ends import anchor_at
from models.sentence_vae.interpolation import final_path
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import FIRST, LAST, MAX_POINTS, PathRequest, VersePath, Wishes
from models.sentence_vae.row import heard
from models.sentence_vae.search import Pools
from tests.making import LINES

REQUEST = PathRequest("the sea is mine", "my love is old", points=5, seed=3, alternatives=4)
RHYME, LENGTH = Wishes(rhyme=FIRST), Wishes(length=True)


def composing(model: SentenceModel, request: PathRequest = REQUEST) -> Composing:
    generator = torch.Generator().manual_seed(request.seed)
    lines = ((0.0, request.first), (1.0, request.last))
    return Composing(model, request, [anchor_at(model, t, line, generator) for t, line in lines])


def through(work: Composing, request: PathRequest = REQUEST) -> tuple[VersePath, VersePath]:
    """The draft and the final path."""
    assert all(pause is None for pause in work.begin(ways_for(request.dial)))
    draft = work.path(final=False)
    assert all(pause is None for pause in work.improve())
    return draft, work.path(final=True)


def said(path: VersePath) -> list[tuple[str, ...]]:
    """What a reader hears of the verses."""
    return [tuple(heard(verse.text)) for verse in path.verses]


def test_places_divide_the_way_evenly() -> None:
    assert [place_of(replace(REQUEST, points=3), index) for index in range(3)] == [0.25, 0.5, 0.75]


def test_a_search_for_nearer_lines_changes_no_place_and_no_code(tiny_model: SentenceModel) -> None:
    draft, path = through(composing(tiny_model))
    assert (draft.final, path.final) == (False, True)
    assert [verse.t for verse in draft.verses] == [verse.t for verse in path.verses]
    assert (draft.codes == path.codes).all()


@pytest.mark.parametrize("alternatives", [0, 4])
@pytest.mark.parametrize("last", ["my love is old", "The sea is MINE."])
def test_no_line_stands_twice_and_none_repeats_an_end(alternatives: int, last: str, tiny_model: SentenceModel) -> None:
    """Though there are more verses than the tiny model has lines; marks and capitals make no other line."""
    request = replace(REQUEST, last=last, points=MAX_POINTS, alternatives=alternatives)
    path = final_path(tiny_model, request)
    ends = {tuple(heard(request.first)), tuple(heard(last))}
    assert len({*said(path), *ends}) == MAX_POINTS + len(ends)


def test_a_locked_verse_tells_the_wishes_that_it_does_not_keep(tiny_model: SentenceModel) -> None:
    wishes = Wishes(length=True, rhyme=FIRST)
    request = replace(REQUEST, wishes=wishes, locked=((1, "the sun was never mine to hold"), (3, "the day is fine")))
    path = final_path(tiny_model, request)
    assert [path.verses[i].unmet for i in (1, 3)] == [
        metre.unmet(path.verses[i].text, wishes, path.verses[i].t, REQUEST.first, REQUEST.last) for i in (1, 3)
    ]
    assert path.verses[1].unmet == ("length", "rhyme")


def test_the_best_alternative_comes_first(tiny_model: SentenceModel) -> None:
    """By what it costs under the code and without one; one that keeps all wishes before one that does not."""
    path = final_path(tiny_model, replace(REQUEST, wishes=RHYME, alternatives=8))
    for verse in path.verses:
        keeps = [metre.rhymes(other.text, REQUEST.first) for other in verse.alternatives]
        assert keeps == sorted(keeps, reverse=True)


def test_where_the_model_says_nothing_it_is_told(tiny_model: SentenceModel) -> None:
    with torch.no_grad():
        tiny_model.network.bias[2] = 1e4  # the end mark comes first
    with pytest.raises(InputError, match="The model finds no line between these two"):
        list(composing(tiny_model).begin(ways_for(0.5)))


def test_fluency_is_one_for_what_costs_as_much_as_real_verse(tiny_model: SentenceModel) -> None:
    real = tiny_model.real_nats
    assert fluency(tiny_model, real) == 1
    assert fluency(tiny_model, real + 1) < 1 < fluency(tiny_model, real / 2)


def test_each_verse_tells_its_length_and_the_ends_that_it_rhymes_with(tiny_model: SentenceModel) -> None:
    path = final_path(tiny_model, replace(REQUEST, wishes=RHYME, locked=((2, "The boat is FINE, "),)))
    for verse in path.verses:
        ends = ((FIRST, REQUEST.first), (LAST, REQUEST.last))
        assert verse.length == metre.length(verse.text) > 0
        assert verse.rhymes == tuple(name for name, line in ends if metre.rhymes(verse.text, line))
    assert path.verses[2].rhymes == (FIRST,)
    assert [end.length for end in path.ends] == [4, 4]


@pytest.mark.parametrize("wishes", [RHYME, LENGTH, Wishes(rhyme=LAST, length=True), Wishes(tones=True)])
def test_a_wish_that_a_verse_does_not_keep_is_told(wishes: Wishes, tiny_model: SentenceModel) -> None:
    request = replace(REQUEST, wishes=wishes, locked=((2, "a line of far too many syllables and words"),))
    verses = final_path(tiny_model, request).verses
    for verse in verses:
        assert verse.unmet == metre.unmet(verse.text, wishes, verse.t, request.first, request.last)


def test_a_wish_that_no_line_can_keep_is_told_of_each(tiny_model: SentenceModel) -> None:
    verses = final_path(tiny_model, replace(REQUEST, first="12 34", wishes=RHYME)).verses
    assert all(verse.unmet == ("rhyme",) for verse in verses)


def test_without_wishes_nothing_is_unmet(tiny_model: SentenceModel) -> None:
    assert all(verse.unmet == () for verse in final_path(tiny_model, REQUEST).verses)


def test_a_wish_is_kept_by_more_verses_than_keep_it_by_chance(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the wish: here that a line ends with "dim"."""

    def unmet(text: str, *_others: object) -> tuple[str, ...]:
        return () if text.endswith("dim") else ("tones",)

    monkeypatch.setattr(metre, "unmet", unmet)
    model = replace(tiny_model, copies=NONE)  # whose lines that make sense are all copies
    kept = []
    for wishes in (Wishes(), Wishes(tones=True)):
        verses = final_path(model, replace(REQUEST, points=3, wishes=wishes)).verses
        kept.append(sum(verse.text.endswith("dim") for verse in verses))
    assert kept[1] > kept[0]


def test_lines_of_the_training_text_are_avoided(tiny_model: SentenceModel) -> None:
    """Half of the lines are told to be copies; without being told, they stand where any other line does."""
    half = [line for line in LINES if line.split()[-1] in {"new", "dim"}]
    copied = []
    for known in (NONE, copies.learn(half)):
        model = replace(tiny_model, copies=known)
        paths = [final_path(model, replace(REQUEST, seed=seed)) for seed in range(3)]
        copied.append(sum(verse.text in half for path in paths for verse in path.verses))
    assert copied[0] > copied[1]


def test_another_line_for_a_place_reads_not_much_worse_than_the_one_there(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here for a word that no text holds, and for pairs of words that nobody joins."""
    poor = replace(
        tiny_model,
        lexicon=lexicon.learn(line.replace("sun", "") for line in LINES),
        pairs=pairs.learn([line for line in LINES if "day" not in line], "other"),
    )

    def others() -> list[str]:
        path = final_path(poor, replace(REQUEST, alternatives=16))
        return [other.text for verse in path.verses for other in verse.alternatives]

    usual = others()
    assert usual
    assert not any("sun" in text for text in usual)
    assert max(poor.pairs.strange(usual)) < 4
    monkeypatch.setattr(composing_module, "WORSE", 1e3)
    assert not any("sun" in text for text in others())
    assert max(poor.pairs.strange(others())) >= 4


@pytest.mark.parametrize("last", ["the sea is mine", "The sea is MINE!"])
def test_between_lines_that_differ_in_marks_alone_stand_neighbours(
    last: str, tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to cross one with."""

    def crossed(*_: object) -> Iterator[None]:
        raise AssertionError

    monkeypatch.setattr(Pools, "cross", crossed)
    _, path = through(composing(tiny_model, replace(REQUEST, last=last)))
    assert len(set(said(path))) == REQUEST.points
