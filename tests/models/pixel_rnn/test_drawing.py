"""What a person may rely on when a model draws."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import replace

import numpy as np
import pytest
import torch

from models.errors import InputError, ModelFolderError
from models.pixel_rnn.drawing import completions, draw, nearest, surprise, uncertainty
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.sprites.form import Pixels
from tests.drawing import HEIGHT, PALETTE, WIDTH, sprites

PLACES = HEIGHT * WIDTH


def half_covered(model: DrawingModel) -> Canvas:
    """A known upper half under which the model draws."""
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[HEIGHT // 2 :] = True
    return Canvas.of(sprites(1, 7)[0], mask)


def drawn(model: DrawingModel, request: DrawRequest) -> Pixels:
    pixels = request.canvas.pixels.copy()
    for step in draw(model, request):
        pixels.flat[step.place] = step.colour
    return pixels


@pytest.fixture
def request_for_half(drawing_model: DrawingModel) -> DrawRequest:
    return DrawRequest(half_covered(drawing_model), seed=3)


def test_every_covered_pixel_comes_once_in_raster_order(
    drawing_model: DrawingModel, request_for_half: DrawRequest
) -> None:
    places = [step.place for step in draw(drawing_model, request_for_half)]
    assert places == list(range(HEIGHT // 2 * WIDTH, PLACES))


def test_the_same_request_draws_the_same_whatever_was_drawn_before(drawing_model: DrawingModel) -> None:
    request = DrawRequest(Canvas.empty(drawing_model.form), seed=5)
    first = drawn(drawing_model, request)
    drawn(drawing_model, replace(request, seed=6, temperature=1.7))
    drawn(drawing_model, DrawRequest(half_covered(drawing_model), seed=5))
    assert (drawn(drawing_model, request) == first).all()
    assert (drawn(drawing_model, replace(request, seed=6)) != first).any()


def test_two_drawings_at_once_do_not_disturb_each_other(drawing_model: DrawingModel) -> None:
    requests = [DrawRequest(Canvas.empty(drawing_model.form), seed=seed) for seed in (1, 2)]
    alone = [[step.colour for step in draw(drawing_model, request)] for request in requests]
    both = zip(*(draw(drawing_model, request) for request in requests), strict=True)
    assert [list(colours) for colours in zip(*((a.colour, b.colour) for a, b in both), strict=True)] == alone


def test_a_drawing_that_is_left_is_taken_up_without_trace(drawing_model: DrawingModel) -> None:
    request = DrawRequest(Canvas.empty(drawing_model.form), seed=8)
    whole = drawn(drawing_model, request)
    drawing_model.last.clear()
    steps = draw(drawing_model, request)
    for _ in range(11):
        next(steps)
    assert isinstance(steps, Generator)
    steps.close()
    assert (drawn(drawing_model, request) == whole).all()


def test_what_agrees_is_not_computed_again(drawing_model: DrawingModel, monkeypatch: pytest.MonkeyPatch) -> None:
    request = DrawRequest(Canvas.empty(drawing_model.form), seed=8)
    drawn(drawing_model, request)
    stepper = type(drawing_model.last[0].stepper)
    asked: list[int] = []
    real = stepper.logits

    def counted(self: object) -> torch.Tensor:
        asked.append(1)
        return real(self)  # type: ignore[arg-type]

    monkeypatch.setattr(stepper, "logits", counted)
    drawn(drawing_model, request)
    assert not asked
    place = PLACES - 5
    colour = (drawn(drawing_model, request).flat[place] + 1) % len(PALETTE)
    drawn(drawing_model, request.deciding({place: int(colour)}))
    assert len(asked) == PLACES - 1 - place


def test_a_decided_pixel_stands_and_what_comes_before_it_stays(drawing_model: DrawingModel) -> None:
    request = DrawRequest(Canvas.empty(drawing_model.form), seed=4)
    before = drawn(drawing_model, request)
    for colour in range(len(PALETTE)):
        steps = list(draw(drawing_model, request.deciding({20: colour})))
        assert (steps[20].colour, steps[20].decided) == (colour, True)
        assert [step.colour for step in steps[:20]] == before.flat[:20].tolist()
        fresh = DrawingModel.load(drawing_model.folder)
        again = list(draw(fresh, request.deciding({20: colour})))
        assert [step.colour for step in again] == [step.colour for step in steps]


def test_bits_are_the_price_under_the_model_itself_whatever_the_temperature(
    drawing_model: DrawingModel, request_for_half: DrawRequest
) -> None:
    for request in (request_for_half, replace(request_for_half, temperature=0.4, top_p=0.7)):
        steps = list(draw(drawing_model, request))
        finished = Canvas(HEIGHT, WIDTH, drawn(drawing_model, request).tobytes(), request.canvas.covers)
        told = surprise(drawing_model, finished)
        assert told.sum() == pytest.approx(sum(step.bits for step in steps), abs=1e-3)
        assert (told[~request.canvas.mask] == 0).all()


def test_chances_follow_temperature_and_top_p(drawing_model: DrawingModel) -> None:
    request = DrawRequest(Canvas.empty(drawing_model.form), seed=1)
    plain = next(iter(draw(drawing_model, request))).chances
    hot = next(iter(draw(drawing_model, replace(request, temperature=2.0)))).chances
    narrow = next(iter(draw(drawing_model, replace(request, top_p=0.5)))).chances
    assert plain.sum() == pytest.approx(1.0)
    expected = np.sqrt(plain) / np.sqrt(plain).sum()
    assert hot == pytest.approx(expected, abs=1e-6)
    order = np.argsort(-plain)
    kept = order[: int(np.searchsorted(np.cumsum(plain[order]), 0.5)) + 1]
    assert set(np.flatnonzero(narrow)) == set(kept)
    assert narrow[kept] == pytest.approx(plain[kept] / plain[kept].sum(), abs=1e-6)


def test_colours_come_as_often_as_their_chances_say(drawing_model: DrawingModel) -> None:
    canvas = Canvas.empty(drawing_model.form)
    first = next(iter(draw(drawing_model, DrawRequest(canvas)))).chances
    many = 400
    seen = [next(iter(draw(drawing_model, DrawRequest(canvas, seed=seed)))).colour for seed in range(many)]
    shares = np.bincount(seen, minlength=len(PALETTE)) / many
    assert np.abs(shares - first).max() < 4 * math.sqrt(0.25 / many)  # four standard deviations


@pytest.mark.parametrize("name", ["drawing_model", "plain_model"])
def test_completions_are_what_their_seeds_draw_alone(name: str, request: pytest.FixtureRequest) -> None:
    model: DrawingModel = request.getfixturevalue(name)
    asked = DrawRequest(half_covered(model), seed=30)
    *_, ranked = completions(model, asked, 5)
    assert sorted(made.seed for made in ranked) == list(range(30, 35))
    bits = [made.bits_per_pixel for made in ranked]
    assert bits == sorted(bits)
    for made in ranked:
        alone = replace(asked, seed=made.seed)
        assert (drawn(model, alone) == made.pixels).all()
        steps = list(draw(model, alone))
        assert made.bits_per_pixel == pytest.approx(sum(step.bits for step in steps) / len(steps), abs=1e-4)


def test_completions_grow_row_by_row_and_leave_known_pixels_alone(drawing_model: DrawingModel) -> None:
    canvas = half_covered(drawing_model)
    *grown, last = completions(drawing_model, DrawRequest(canvas, seed=2), 3)
    assert len(grown) == HEIGHT
    for made in last:
        assert (made.pixels[~canvas.mask] == canvas.pixels[~canvas.mask]).all()
    finished = {made.seed: made.pixels for made in last}
    for row, snapshot in enumerate(grown):
        for made in snapshot:
            assert (made.pixels[: row + 1] == finished[made.seed][: row + 1]).all()


def test_where_nothing_is_covered_nothing_is_drawn(drawing_model: DrawingModel) -> None:
    canvas = Canvas.of(sprites(1)[0], np.zeros((HEIGHT, WIDTH), np.bool_))
    assert not list(draw(drawing_model, DrawRequest(canvas)))
    *_, last = completions(drawing_model, DrawRequest(canvas), 2)
    assert [made.bits_per_pixel for made in last] == [0.0, 0.0]
    assert all((made.pixels == canvas.pixels).all() for made in last)


def test_a_blind_model_does_not_see_below(drawing_model: DrawingModel) -> None:
    mask = np.ones((HEIGHT, WIDTH), np.bool_)
    mask[-2:] = False
    pictures = [Canvas.of(np.full((HEIGHT, WIDTH), colour, np.uint8), mask) for colour in range(len(PALETTE))]
    first = {
        blind: [next(iter(draw(drawing_model, DrawRequest(p, blind=blind)))).chances for p in pictures]
        for blind in (True, False)
    }
    assert all((chances == first[True][0]).all() for chances in first[True])
    assert any(np.abs(chances - first[False][0]).max() > 1e-3 for chances in first[False])


def test_one_model_draws_a_canvas_seeing_and_blind_as_fresh_ones_do(drawing_model: DrawingModel) -> None:
    mask = np.ones((HEIGHT, WIDTH), np.bool_)
    mask[-2:] = False
    seeing = DrawRequest(Canvas.of(sprites(1, 7)[0], mask), seed=3)
    for request in (seeing, replace(seeing, blind=True), seeing):
        steps = list(draw(drawing_model, request))
        fresh = list(draw(DrawingModel.load(drawing_model.folder), request))
        assert [step.colour for step in steps] == [step.colour for step in fresh]
        assert all((step.chances == other.chances).all() for step, other in zip(steps, fresh, strict=True))


def test_doubt_is_told_of_covered_pixels_only(drawing_model: DrawingModel) -> None:
    canvas = half_covered(drawing_model)
    doubt = uncertainty(drawing_model, canvas)
    assert doubt is not None
    assert (doubt[~canvas.mask] == 0).all()
    assert ((doubt[canvas.mask] > 0) & (doubt[canvas.mask] <= math.log2(len(PALETTE)) + 1e-6)).all()
    hidden = canvas.pixels.copy()
    hidden[canvas.mask] = 2  # what stands under the cover is not looked at
    again = uncertainty(drawing_model, Canvas.of(hidden, canvas.mask))
    assert again is not None
    assert (again == doubt).all()


def test_a_blind_doubt_knows_nothing_below(drawing_model: DrawingModel) -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[2] = True
    pictures = [np.full((HEIGHT, WIDTH), 1, np.uint8) for _ in range(2)]
    pictures[1][3:] = 3
    blind = [uncertainty(drawing_model, Canvas.of(picture, mask), blind=True) for picture in pictures]
    seeing = [uncertainty(drawing_model, Canvas.of(picture, mask)) for picture in pictures]
    assert np.array_equal(*blind)  # type: ignore[arg-type]
    assert not np.array_equal(*seeing)  # type: ignore[arg-type]


def test_the_plain_model_cannot_tell_of_pixels_to_come(plain_model: DrawingModel) -> None:
    assert uncertainty(plain_model, half_covered(plain_model)) is None


def test_a_training_sprite_is_at_no_distance_and_noise_is_far(drawing_model: DrawingModel) -> None:
    copied = nearest(drawing_model, sprites(1, 1)[0])
    noise = nearest(drawing_model, np.random.default_rng(0).integers(0, len(PALETTE), (HEIGHT, WIDTH)).astype(np.uint8))
    assert copied is not None
    assert noise is not None
    assert copied.distance == 0.0
    assert noise.distance > 0.2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": -1}, "seed must lie"),
        ({"temperature": 0.0}, "temperature must lie"),
        ({"temperature": math.nan}, "temperature must lie"),
        ({"top_p": 0.0}, "Top-p must lie"),
        ({"decided": ((PLACES, 0),)}, "cannot have colour"),
        ({"decided": ((0, len(PALETTE)),)}, "cannot have colour"),
        ({"canvas": Canvas(3, 3, bytes(9), bytes(9))}, "3×3 pixels, and this model draws 7×6"),
        ({"canvas": Canvas(HEIGHT, WIDTH, bytes(5), bytes(9))}, "this model draws"),
        ({"canvas": Canvas(HEIGHT, WIDTH, b"\x09" * PLACES, bytes(PLACES))}, "colour 9, and the palette ends at 4"),
    ],
)
def test_what_cannot_be_drawn_is_told(drawing_model: DrawingModel, change: dict[str, object], told: str) -> None:
    request = replace(DrawRequest(Canvas.empty(drawing_model.form)), **change)  # type: ignore[arg-type]
    with pytest.raises(InputError) as error:
        list(draw(drawing_model, request))
    assert told in str(error.value)


@pytest.mark.parametrize("count", [0, 65])
def test_too_many_completions_are_refused(drawing_model: DrawingModel, count: int) -> None:
    with pytest.raises(InputError, match="Between 1 and 64"):
        list(completions(drawing_model, DrawRequest(Canvas.empty(drawing_model.form)), count))


def test_weights_that_lead_to_no_numbers_are_told(drawing_model: DrawingModel) -> None:
    request = DrawRequest(Canvas.empty(drawing_model.form))
    prepared = drawing_model.prepared
    prepared.out_bias = torch.full_like(prepared.out_bias, math.nan)  # type: ignore[attr-defined]
    with pytest.raises(ModelFolderError, match="lead to no numbers"):
        list(draw(drawing_model, request))
    with pytest.raises(ModelFolderError, match="lead to no numbers"):
        list(completions(drawing_model, request, 2))
