from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

import pytest
import torch

from models.errors import InputError
from models.sentence_vae import han
from models.sentence_vae.composing import fluency
from models.sentence_vae.decoding import fluency_nats
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_SIDE, MIN_SIDE, Square, SquareRequest
from models.sentence_vae.search import AT_ONCE, Asked, Pools, presentable
from models.sentence_vae.square import final_square, square_between

CORNERS = ("the sea is mine", "my love is old", "the sun is new", "the day is far")
REQUEST = SquareRequest(CORNERS, side=3, seed=3)
UNKNOWN = replace(REQUEST, corners=("the old sea is mine", "my love is OLD", "the sun is now new", "my day is far"))


def texts(square: Square) -> list[list[str]]:
    return [[cell.text for cell in row] for row in square.cells]


def corners(square: Square) -> tuple[str, ...]:
    rows = texts(square)
    return rows[0][0], rows[0][-1], rows[-1][0], rows[-1][-1]


@pytest.mark.parametrize("side", range(MIN_SIDE, MAX_SIDE + 1))
def test_a_square_has_as_many_distinct_lines_as_asked_for_and_its_corners_as_typed(
    side: int, tiny_model: SentenceModel
) -> None:
    square = final_square(tiny_model, replace(REQUEST, side=side))
    rows = texts(square)
    assert [len(row) for row in rows] == [side] * side
    assert corners(square) == CORNERS
    assert len({text for row in rows for text in row}) == side**2
    assert all(presentable(text) for row in rows for text in row)


def test_a_square_says_which_request_and_model_it_is_of(tiny_model: SentenceModel) -> None:
    square = final_square(tiny_model, REQUEST)
    assert (square.request, square.model, square.model_hash) == (REQUEST, "tiny", tiny_model.folder.hash)
    assert tuple(end.typed for end in square.ends) == CORNERS
    assert square.final


@pytest.mark.parametrize("side", [MIN_SIDE - 1, MAX_SIDE + 1, 0, -1])
def test_other_sizes_are_refused(side: int, tiny_model: SentenceModel) -> None:
    with pytest.raises(InputError, match=f"A square has 3 to 7 lines a side, not {side}"):
        next(square_between(tiny_model, replace(REQUEST, side=side)))


@pytest.mark.parametrize("request_", [REQUEST, UNKNOWN, replace(REQUEST, corners=("", "", "", ""))])
def test_the_same_request_gives_the_same_square(request_: SquareRequest, tiny_model: SentenceModel) -> None:
    first = final_square(tiny_model, request_)
    final_square(tiny_model, replace(request_, seed=99))  # what the model remembers changes nothing
    assert final_square(tiny_model, request_) == first
    assert final_square(SentenceModel.load(tiny_model.folder), request_) == first


def test_a_draft_comes_first(tiny_model: SentenceModel) -> None:
    *drafts, square = [square for square in square_between(tiny_model, UNKNOWN) if square is not None]
    assert drafts
    assert not any(draft.final for draft in drafts)
    assert all(corners(draft) == UNKNOWN.corners for draft in (*drafts, square))
    assert square.final


@pytest.mark.parametrize("pulls", [1, 3, 6])
def test_work_can_be_stopped_between_any_two_results(pulls: int, tiny_model: SentenceModel) -> None:
    whole = final_square(SentenceModel.load(tiny_model.folder), UNKNOWN)
    steps = square_between(tiny_model, UNKNOWN)
    assert isinstance(steps, Generator)
    for _ in range(pulls):
        next(steps)
    steps.close()
    assert final_square(tiny_model, UNKNOWN) == whole


def test_fluency_compares_with_real_verse(tiny_model: SentenceModel) -> None:
    for row in final_square(tiny_model, REQUEST).cells:
        for cell in row:
            cost = fluency_nats(tiny_model.decoder, tiny_model.tokens, [cell.text]).item()
            assert cell.fluency == pytest.approx(fluency(tiny_model, cost), rel=0.01)


@pytest.mark.parametrize(
    "typed",
    [
        ("the sea is mine",) * 4,
        ("the sea is mine", "the sea is mine", "my love is old", ""),
        ("z" * 10_000, "\0\x07", "🌊🌊🌊", "?"),
        ("床前明月光", "שלום עולם", "the\0 sea", "\ud83d my \udcff love"),
    ],
    ids=["equal", "two equal", "hopeless", "other scripts"],
)
def test_whatever_is_typed_gives_a_square(typed: tuple[str, str, str, str], tiny_model: SentenceModel) -> None:
    square = final_square(tiny_model, replace(REQUEST, corners=typed))
    inner = [text for row in texts(square) for text in row]
    for corner in (8, 6, 2, 0):
        del inner[corner]
    assert len({*inner, *corners(square)}) == 5 + len(set(corners(square)))
    assert all(presentable(text) for text in inner)
    assert tuple(end.typed for end in square.ends) == typed
    assert all(shown == line for shown, line, end in zip(corners(square), typed, square.ends, strict=True) if end.read)


def test_where_the_model_says_nothing_it_is_told(tiny_model: SentenceModel) -> None:
    with torch.no_grad():
        tiny_model.network.bias[2] = 1e4  # the end mark comes first
    with pytest.raises(InputError, match="The model finds no line between these four"):
        final_square(tiny_model, REQUEST)


def test_corners_in_traditional_script_are_answered_in_it(chinese_model: SentenceModel) -> None:
    typed = ("小舟過橋去", "遠山雲裡見", "風落一天霜", "月滿東籬下")
    square = final_square(chinese_model, replace(REQUEST, corners=typed))
    lines = [text for row in texts(square) for text in row]
    assert corners(square) == typed
    assert all(line in typed or line == han.traditional(han.simplified(line)) for line in lines)
    assert len(set(lines)) == 9


def test_a_corner_that_no_code_returns_has_its_own_fluency(tiny_model: SentenceModel) -> None:
    typed = "月光 月光 月光"
    square = final_square(tiny_model, replace(REQUEST, corners=(typed, *CORNERS[1:])))
    cost = fluency_nats(tiny_model.decoder, tiny_model.tokens, [typed]).item()
    assert square.cells[0][0].text == typed
    assert square.cells[0][0].fluency == pytest.approx(fluency(tiny_model, cost), abs=1e-3)


def test_no_more_lines_are_asked_at_once_than_a_person_waits_for(
    tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, ask = [], Pools.ask

    def counted(pools: Pools, some: Sequence[tuple[int, Asked]]) -> None:
        asked.append(len(some))
        ask(pools, some)

    monkeypatch.setattr(Pools, "ask", counted)
    final_square(tiny_model, replace(REQUEST, side=MAX_SIDE))
    assert max(asked) <= AT_ONCE
