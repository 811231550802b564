from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import replace

import numpy as np
import pytest
import torch

from models import metrics
from models.errors import InputError
from models.sentence_vae import ends, han, screen, script
from models.sentence_vae.decoding import fluency_nats, greedy, leaning
from models.sentence_vae.ends import HOPELESS, Anchor
from models.sentence_vae.interpolation import final_path, verse_at, verses_between
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_POINTS, MIN_POINTS, PathRequest, VersePath, to_json
from models.sentence_vae.refinement import Refined
from models.sentence_vae.search import presentable
from tests.making import LINES

REQUEST = PathRequest("the sea is mine", "my love is old", points=5, seed=3, alternatives=4)
UNKNOWN = replace(REQUEST, first="the old sea is mine", last="my day is far")  # ends that need refining


def paths(model: SentenceModel, request: PathRequest) -> list[VersePath]:
    """All that the verb yields, pauses left out."""
    return [path for path in verses_between(model, request) if path is not None]


def final(model: SentenceModel, request: PathRequest) -> VersePath:
    return final_path(model, request)


def test_verses_stand_evenly_and_strictly_between_the_ends(tiny_model: SentenceModel) -> None:
    for points in (MIN_POINTS, 7, MAX_POINTS):
        path = final(tiny_model, replace(REQUEST, points=points))
        assert [verse.t for verse in path.verses] == pytest.approx([i / (points + 1) for i in range(1, points + 1)])
        assert all(0 < verse.t < 1 for verse in path.verses)
        assert path.codes.shape == (points + 2, 16)
        assert path.final


@pytest.mark.parametrize("points", [MIN_POINTS - 1, MAX_POINTS + 1, 0, -1])
def test_other_numbers_of_verses_are_refused(points: int, tiny_model: SentenceModel) -> None:
    with pytest.raises(InputError, match=f"A path has 3 to 15 verses, not {points}"):
        next(verses_between(tiny_model, replace(REQUEST, points=points)))


def test_a_path_says_which_request_and_model_it_is_of(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, REQUEST)
    assert (path.request, path.model, path.model_hash) == (REQUEST, "tiny", tiny_model.folder.hash)


def test_verses_are_distinct_and_can_stand_on_the_page(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, REQUEST)
    texts = [verse.text for verse in path.verses]
    assert len({*texts, REQUEST.first, REQUEST.last}) == len(texts) + 2
    assert all(presentable(text) for text in texts)


def test_alternatives_are_other_lines_than_any_that_stands_on_the_path(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, REQUEST)
    standing = {verse.text for verse in path.verses} | {REQUEST.first, REQUEST.last}
    for verse in path.verses:
        others = {other.text for other in verse.alternatives}
        assert len(others) == len(verse.alternatives) <= 4
        assert not others & standing
    assert any(verse.alternatives for verse in path.verses)
    assert all(verse.alternatives == () for verse in final(tiny_model, replace(REQUEST, alternatives=0)).verses)


def test_fluency_compares_with_real_verse_and_agreement_is_a_probability(tiny_model: SentenceModel) -> None:
    for verse in final(tiny_model, REQUEST).verses:
        cost = fluency_nats(tiny_model.decoder, tiny_model.tokens, [verse.text]).item()
        assert verse.fluency == pytest.approx(np.exp(tiny_model.real_nats - cost), abs=1e-3)
        assert 0 < verse.agreement <= 1


def test_figures_are_those_of_the_whole_path(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, REQUEST)
    lines = [REQUEST.first, *(verse.text for verse in path.verses), REQUEST.last]
    assert path.figures.smoothness == metrics.smoothness(lines)
    assert path.figures.progress == metrics.progress(lines)
    assert path.figures.evenness == metrics.evenness(lines)
    assert path.figures.norms == pytest.approx(np.linalg.norm(path.codes[[0, -1]], axis=1).tolist(), rel=1e-4)
    assert path.figures.code_distance == pytest.approx(np.linalg.norm(path.codes[0] - path.codes[-1]), rel=1e-4)


def same(one: VersePath, other: VersePath) -> bool:
    return to_json(one) == to_json(other) and np.array_equal(one.codes, other.codes)


@pytest.mark.parametrize("request_", [REQUEST, UNKNOWN, replace(REQUEST, first="", last="")])
def test_the_same_request_gives_the_same_path(request_: PathRequest, tiny_model: SentenceModel) -> None:
    first = final(tiny_model, request_)
    final(tiny_model, replace(request_, seed=99))  # what the model remembers changes nothing
    assert same(final(tiny_model, request_), first)
    assert same(final(SentenceModel.load(tiny_model.folder, "cpu"), request_), first)


def test_another_seed_draws_other_lines(tiny_model: SentenceModel) -> None:
    drawn = [to_json(final(tiny_model, replace(REQUEST, seed=seed)))["verses"] for seed in range(4)]
    assert any(verses != drawn[0] for verses in drawn)


def test_drafts_come_first_while_the_ends_are_refined(tiny_model: SentenceModel) -> None:
    *drafts, path = paths(tiny_model, UNKNOWN)
    assert len(drafts) >= 2
    assert not any(draft.final for draft in drafts)
    assert path.final
    steps = [sum(draft.figures.refine_steps) for draft in drafts]
    assert steps == sorted(steps)


def test_refined_ends_are_returned_better_and_never_worse(tiny_model: SentenceModel) -> None:
    request = replace(UNKNOWN, first="the sea is now mine")
    path, plain = final(tiny_model, request), final(tiny_model, replace(request, refine=False))
    for end, raw in zip(path.ends, plain.ends, strict=True):
        assert end.returned == raw.returned == raw.refined
        assert end.faithfulness >= raw.faithfulness or end.faithfulness < HOPELESS
    assert sum(path.figures.refine_steps) > 0
    assert plain.figures.refine_steps == (0, 0)


def test_a_line_that_no_code_returns_has_a_line_of_verse_in_its_place(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, replace(REQUEST, first="月光 月光 月光"))
    end, code = path.ends[0], torch.from_numpy(path.codes[:1])
    assert end.faithfulness < HOPELESS
    assert tiny_model.lexicon.strange(end.refined) == []
    assert tiny_model.tokens.decode(greedy(tiny_model.decoder, code)[0]) == end.refined, "the path runs to that line"


def test_without_refining_the_only_draft_is_the_first_search(tiny_model: SentenceModel) -> None:
    draft, path = paths(tiny_model, replace(UNKNOWN, refine=False))
    assert (draft.final, path.final) == (False, True)
    assert draft.figures.refine_steps == path.figures.refine_steps == (0, 0)
    np.testing.assert_array_equal(draft.codes, path.codes)


def test_faithfulness_is_one_where_the_line_is_returned(tiny_model: SentenceModel) -> None:
    for end in final(tiny_model, REQUEST).ends:
        assert (end.refined == end.read) == (end.faithfulness == 1)


def test_slerp_walks_another_way_between_the_same_codes(tiny_model: SentenceModel) -> None:
    straight, round_ = final(tiny_model, REQUEST), final(tiny_model, replace(REQUEST, slerp=True))
    np.testing.assert_allclose(straight.codes[[0, -1]], round_.codes[[0, -1]], rtol=1e-5)
    assert not np.allclose(straight.codes[1], round_.codes[1])


@pytest.mark.parametrize("pulls", [1, 2, 3, 5])
def test_work_can_be_stopped_between_any_two_results(pulls: int, tiny_model: SentenceModel) -> None:
    whole = final(SentenceModel.load(tiny_model.folder, "cpu"), UNKNOWN)
    steps = verses_between(tiny_model, UNKNOWN)
    assert isinstance(steps, Generator)
    for _ in range(pulls):
        next(steps)
    steps.close()
    assert same(final(tiny_model, UNKNOWN), whole)


LOCKED = replace(REQUEST, locked=((3, "The day is FAR, "), (1, "the sun is new")))


def test_a_locked_verse_stands_as_it_was_typed(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, LOCKED)
    assert [verse.locked for verse in path.verses] == [False, True, False, True, False]
    assert [path.verses[i].text for i in (1, 3)] == ["the sun is new", "The day is FAR, "]
    assert len({verse.text for verse in path.verses}) == 5


def test_the_path_passes_through_a_locked_verse(tiny_model: SentenceModel) -> None:
    alone = final(tiny_model, replace(REQUEST, first="the sun is new"))
    through = final(tiny_model, LOCKED)
    np.testing.assert_allclose(through.codes[2], alone.codes[0], rtol=1e-5)
    free = final(tiny_model, REQUEST)
    assert not np.allclose(through.codes[1], free.codes[1])
    np.testing.assert_allclose(through.codes[[0, -1]], free.codes[[0, -1]], rtol=1e-5)


def test_all_verses_can_be_locked(tiny_model: SentenceModel) -> None:
    texts = ("the sun is new", "the day is far", "my love is dim")
    path = final(tiny_model, replace(REQUEST, points=3, locked=tuple(enumerate(texts))))
    assert tuple(verse.text for verse in path.verses) == texts


@pytest.mark.parametrize("locked", [((5, "the sun"),), ((-1, "the sun"),), ((0, "  "),)])
def test_a_lock_without_line_or_place_is_refused(
    locked: tuple[tuple[int, str], ...], tiny_model: SentenceModel
) -> None:
    with pytest.raises(InputError, match="A locked verse must hold a line and stand at one of the path's 5 points"):
        next(verses_between(tiny_model, replace(REQUEST, locked=locked)))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("", ""),
        ("the sea is mine", ""),
        ("\0\x07", "my love is old"),
        ("z" * 10_000, "the sea " * 1250),
        ("🌊🌊🌊", "🌕"),
        ("שלום עולם", "مرحبا بالعالم"),
        ("床前明月光", "疑是地上霜"),
        ("the\0 sea", "\ud83d my \udcff love"),
        ("the sea is mine", "the sea is mine"),
        ("?", "…"),
    ],
)
def test_whatever_is_typed_gives_a_path(first: str, last: str, tiny_model: SentenceModel) -> None:
    path = final(tiny_model, replace(REQUEST, first=first, last=last, points=3))
    texts = [verse.text for verse in path.verses]
    assert [end.typed for end in path.ends] == [first, last]
    assert len(set(texts)) == 3
    assert all(presentable(text) for text in texts)
    assert np.isfinite(path.codes).all()
    assert all(0 <= end.faithfulness <= 1 for end in path.ends)
    json.dumps(to_json(path), allow_nan=False)


def test_where_nothing_was_typed_the_seed_decides_which_line_is_invented(tiny_model: SentenceModel) -> None:
    empty = replace(REQUEST, first="", last="")
    ends_of = [final(tiny_model, replace(empty, seed=seed)).ends for seed in range(5)]
    assert all("empty" in end.notes and end.refined for both in ends_of for end in both)
    assert len({both[0].refined for both in ends_of}) > 1


def test_between_a_line_and_itself_stand_its_neighbours(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, replace(REQUEST, last=REQUEST.first))
    said = [verse.text for verse in path.verses]
    assert len({*said, REQUEST.first}) == len(said) + 1
    assert np.allclose(path.codes, path.codes[0], atol=1e-5)


def test_at_its_points_the_slider_shows_the_verses_themselves(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, LOCKED)
    for verse in path.verses:
        assert verse_at(tiny_model, path, verse.t).text == verse.text
    assert verse_at(tiny_model, path, 0.0).text == LOCKED.first
    assert verse_at(tiny_model, path, 1.0).text == LOCKED.last


@pytest.mark.parametrize("t", [-0.5, 0.01, 0.3, 0.5, 0.99, 1.5])
def test_the_slider_shows_a_line_at_any_place(t: float, tiny_model: SentenceModel) -> None:
    shown = verse_at(tiny_model, final(tiny_model, REQUEST), t)
    assert shown.t == t
    assert shown.text


def test_between_its_points_the_slider_shows_the_likeliest_line(tiny_model: SentenceModel) -> None:
    """Where plain language has a say that grows towards the middle of the path."""
    path = final(tiny_model, REQUEST)
    halfway = torch.from_numpy(path.codes[2] + path.codes[3])
    norms = np.linalg.norm(path.codes[2:4], axis=1).mean()
    code = halfway / halfway.norm() * float(norms)
    likeliest = leaning(tiny_model.decoder, code[None], weight=2.5 / 6)[0]
    assert verse_at(tiny_model, path, 2.5 / 6).text == tiny_model.tokens.decode(likeliest)


def test_each_end_is_refined_alone_and_once(tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch) -> None:
    final(tiny_model, UNKNOWN)

    def refuse(*_: object) -> None:
        raise AssertionError("refined again")

    monkeypatch.setattr(ends, "refine", refuse)
    final(tiny_model, replace(UNKNOWN, seed=9, last=LINES[0]))


def test_an_end_that_refining_spoils_keeps_its_first_code(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    anchor: Anchor = ends.anchor_at(tiny_model, 0.0, "the sea is mine.", torch.Generator())

    def spoil(*_: object) -> list[Refined]:
        return [Refined(torch.full((16,), 50.0), 7)]

    monkeypatch.setattr(ends, "refine", spoil)
    *_, kept = ends.refined(tiny_model, anchor)
    assert torch.equal(kept.code, anchor.code)
    assert (kept.refined, kept.steps) == (anchor.returned, 7)


CHINESE = PathRequest("小舟过桥去", "远山云里见", points=5, seed=3, alternatives=4)
TYPED = ("小舟過橋去", "遠山雲裡見")  # the same in traditional script
TRADITIONAL = replace(CHINESE, first=TYPED[0], last=TYPED[1], locked=((2, "月滿東籬下"),))


def test_between_chinese_lines_stand_chinese_lines(chinese_model: SentenceModel) -> None:
    texts = [verse.text for verse in final(chinese_model, CHINESE).verses]
    assert len({*texts, CHINESE.first, CHINESE.last}) == 7
    assert all(script.script_of([text]) == script.HAN for text in texts)
    assert texts == [han.simplified(text) for text in texts]


def test_what_was_typed_in_traditional_script_is_answered_in_it(chinese_model: SentenceModel) -> None:
    path = final(chinese_model, TRADITIONAL)
    assert [end.typed for end in path.ends] == list(TYPED)
    assert all("traditional" in end.notes and end.faithfulness > HOPELESS for end in path.ends)
    assert path.verses[2].text == "月滿東籬下"
    lines = [text for verse in path.verses for text in (verse.text, *(other.text for other in verse.alternatives))]
    assert lines == [han.traditional(han.simplified(line)) for line in lines]
    assert any(han.is_traditional(line) for line in lines)
    for verse in path.verses:
        assert verse_at(chinese_model, path, verse.t).text == verse.text


def test_in_either_script_it_is_the_same_path(chinese_model: SentenceModel) -> None:
    simplified = final(chinese_model, replace(CHINESE, locked=((2, "月满东篱下"),)))
    traditional = final(chinese_model, TRADITIONAL)
    np.testing.assert_array_equal(simplified.codes, traditional.codes)
    texts = [[verse.text for verse in path.verses] for path in (simplified, traditional)]
    assert texts[0] == [han.simplified(text) for text in texts[1]]


@pytest.mark.parametrize("last", [TYPED[1], CHINESE.last])
def test_at_its_ends_the_slider_shows_the_lines_as_they_were_typed(last: str, chinese_model: SentenceModel) -> None:
    path = final(chinese_model, replace(TRADITIONAL, last=last))
    assert [verse_at(chinese_model, path, t).text for t in (0.0, 1.0)] == [TYPED[0], last]


def test_of_a_long_traditional_end_the_slider_shows_what_was_read(chinese_model: SentenceModel) -> None:
    path = final(chinese_model, replace(TRADITIONAL, first="小舟過橋去" * 100, locked=()))
    shown = verse_at(chinese_model, path, 0.0).text
    assert han.simplified(shown) == path.ends[0].read
    assert shown.startswith("小舟過橋去")


@pytest.mark.parametrize(
    ("first", "last"), [("", ""), ("the sea is old", "小舟过桥去"), ("龘", "霜" * 200), ("小舟過桥去", "小舟过橋去")]
)
def test_whatever_is_typed_to_a_chinese_model_gives_a_path(first: str, last: str, chinese_model: SentenceModel) -> None:
    path = final(chinese_model, replace(CHINESE, first=first, last=last, points=3))
    assert [end.typed for end in path.ends] == [first, last]
    assert len({verse.text for verse in path.verses}) == 3
    assert all(presentable(verse.text) for verse in path.verses)


UNREADABLE = "月光 月光 月光"


def fluency_of(model: SentenceModel, line: str) -> float:
    return float(np.exp(model.real_nats - fluency_nats(model.decoder, model.tokens, [line]).item()))


def test_a_locked_verse_that_no_code_returns_has_its_own_figures_and_it_is_told(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, replace(REQUEST, locked=((2, UNREADABLE),)))
    verse = path.verses[2]
    assert verse.text == UNREADABLE
    assert verse.fluency == pytest.approx(fluency_of(tiny_model, UNREADABLE), abs=1e-3)
    assert verse.agreement < 0.1
    assert verse.end is not None
    assert verse.end.faithfulness < HOPELESS
    assert "unfamiliar" in verse.end.notes
    told = to_json(path)["verses"][2]["end"]
    assert (told["typed"], told["refined"]) == (UNREADABLE, verse.end.refined)


def test_of_a_verse_that_nobody_fixed_no_end_is_told(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, replace(REQUEST, locked=((2, LINES[0]),)))
    assert [verse.end is not None for verse in path.verses] == [False, False, True, False, False]
    assert ["end" in verse for verse in to_json(path)["verses"]] == [False, False, True, False, False]


def screen_out(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    def is_fit(text: str) -> bool:
        return not set(text.split()) & set(words)

    monkeypatch.setattr(screen, "is_fit", is_fit)


def test_the_slider_shows_no_line_that_the_word_screen_holds_back(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = final(tiny_model, REQUEST)
    path = replace(path, verses=tuple(replace(verse, text="A verse") for verse in path.verses))
    before = verse_at(tiny_model, path, 2.5 / 6).text
    screen_out(monkeypatch, *before.split())
    after = verse_at(tiny_model, path, 2.5 / 6).text
    assert before != "A verse"
    assert after != before
    assert screen.is_fit(after)


def test_where_no_line_may_be_shown_the_slider_stays_at_the_nearest_verse(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = final(tiny_model, REQUEST)

    def nothing(_text: str) -> bool:
        return False

    monkeypatch.setattr(screen, "is_fit", nothing)
    assert verse_at(tiny_model, path, 2.6 / 6).text == path.verses[2].text


def test_the_slider_shows_no_line_that_comes_to_no_end(tiny_model: SentenceModel) -> None:
    path = final(tiny_model, REQUEST)
    with torch.no_grad():
        tiny_model.network.bias[2] = -1e4
    assert verse_at(tiny_model, path, 2.6 / 6).text == path.verses[2].text


@pytest.mark.parametrize("typed", ["", UNREADABLE])
def test_no_line_is_invented_that_the_word_screen_holds_back(
    typed: str, tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = torch.Generator()
    *_, before = ends.refined(tiny_model, ends.anchor_at(tiny_model, 0.0, typed, generator.manual_seed(1)))
    screen_out(monkeypatch, *before.text.split())
    *_, after = ends.refined(tiny_model, ends.anchor_at(tiny_model, 0.0, typed, generator.manual_seed(1)))
    assert after.text != before.text
    assert screen.is_fit(after.text)
    assert screen.is_fit(after.end(tiny_model).refined)


def test_what_the_model_returns_is_screened_and_what_was_typed_is_not(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    anchor = ends.anchor_at(tiny_model, 0.0, "the sea is mine", torch.Generator())
    screen_out(monkeypatch, "sea", "sun")
    other = replace(anchor, returned="the sun is mine", refined="the sea is mine").end(tiny_model)
    assert (other.typed, other.returned, other.refined) == ("the sea is mine", "…", "the sea is mine")
