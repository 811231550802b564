"""What a pixel may hang on, asked of the gradient; and what the network is told of its surroundings."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.network import EARLIER, LATER, PixelRNN, counts, known_counts, known_nearby, nearby
from tests.drawing import HEIGHT, PALETTE, WIDTH

COLOURS = len(PALETTE)


def changed_places(model: DrawingModel, pixels: Tensor, known: Tensor, place: int) -> set[int]:
    """The places whose logits move when the pixel at `place` takes any other colour."""
    moved: set[int] = set()
    with torch.inference_mode():
        before, _ = model.network(pixels, known)
        for colour in range(COLOURS):
            other = pixels.clone()
            other.view(-1)[place] = colour
            after, _ = model.network(other, known)
            differs = ((after - before).abs().amax(-1) > 1e-6).flatten()
            moved |= set(differs.nonzero().flatten().tolist())
    return moved


@pytest.mark.parametrize("name", ["drawing_model", "plain_model"])
def test_no_logit_hangs_on_its_own_pixel_or_a_later_one(name: str, request: pytest.FixtureRequest) -> None:
    model: DrawingModel = request.getfixturevalue(name)
    pixels = torch.randint(0, COLOURS, (1, HEIGHT, WIDTH), generator=torch.Generator().manual_seed(1))
    nothing = torch.zeros_like(pixels, dtype=torch.bool)
    for place in range(HEIGHT * WIDTH):
        moved = changed_places(model, pixels, nothing, place)
        assert all(other > place for other in moved)
        if place < HEIGHT * WIDTH - 1:
            assert place + 1 in moved


def test_unknown_pixels_reach_nothing_before_them_whatever_is_known(drawing_model: DrawingModel) -> None:
    random = torch.Generator().manual_seed(2)
    pixels = torch.randint(0, COLOURS, (1, HEIGHT, WIDTH), generator=random)
    known = torch.rand(pixels.shape, generator=random) < 0.5
    covered = set((~known).flatten().nonzero().flatten().tolist())
    for place in covered:
        moved = changed_places(drawing_model, pixels, known, place) & covered
        assert all(other > place for other in moved)


def test_known_pixels_reach_what_stands_above_them(drawing_model: DrawingModel) -> None:
    pixels = torch.zeros(1, HEIGHT, WIDTH, dtype=torch.long)
    known = torch.zeros_like(pixels, dtype=torch.bool)
    known[:, -1] = True
    moved = changed_places(drawing_model, pixels, known, HEIGHT * WIDTH - 3)
    assert set(range((HEIGHT - 1) * WIDTH)) <= moved


def test_no_gradient_flows_from_a_logit_to_a_later_pixel(drawing_model: DrawingModel) -> None:
    """The same rule asked of the gradient: each pixel's embedding is a leaf of its own."""
    network = drawing_model.network
    assert isinstance(network, PixelRNN)
    seen = torch.randn(1, HEIGHT, WIDTH, network.configuration.embedding, requires_grad=True)
    nothing = torch.zeros(1, HEIGHT, WIDTH, dtype=torch.bool)
    around = network.look_around(torch.zeros_like(seen), nothing, None)
    for place in (0, 9, 17, HEIGHT * WIDTH - 1):
        features = network.features(seen, around, network.colours()[-1])
        (gradient,) = torch.autograd.grad(features.flatten(1, 2)[0, place].sum(), seen)
        reached = gradient.abs().sum(-1).flatten() > 0
        assert reached[:place].any() == (place > 0)
        assert not reached[place:].any()


def naive_nearby(pixels: NDArray[np.int64], known: NDArray[np.bool_], y: int, x: int) -> list[int]:
    """Where a pixel looks, place by place."""
    places = [(y + down, x + right) for down, right in EARLIER + LATER]
    places += [(y, WIDTH - 1 - x), (y - 1, WIDTH - 1 - x)]
    found = []
    for row, column in places:
        inside = 0 <= row < HEIGHT and 0 <= column < WIDTH
        seen = inside and ((row, column) < (y, x) or known[row, column])
        found.append(int(pixels[row, column]) if seen else COLOURS)
    return found


def test_a_pixel_looks_at_the_earlier_and_the_known_places_near_it() -> None:
    random = np.random.default_rng(3)
    pixels, known = random.integers(0, COLOURS, (HEIGHT, WIDTH)), random.random((HEIGHT, WIDTH)) < 0.4
    near = nearby(torch.from_numpy(pixels)[None], torch.from_numpy(known)[None], COLOURS)[0]
    for y, x in np.argwhere(~known):
        assert near[y, x].tolist() == naive_nearby(pixels, known, y, x)


def test_where_nothing_was_drawn_only_known_places_are_near() -> None:
    random = np.random.default_rng(4)
    pixels, known = random.integers(0, COLOURS, (HEIGHT, WIDTH)), random.random((HEIGHT, WIDTH)) < 0.4
    hidden = np.where(known, pixels, COLOURS)
    near = known_nearby(torch.from_numpy(pixels)[None], torch.from_numpy(known)[None], COLOURS)[0]
    assert set(near.unique().tolist()) <= set(np.unique(hidden).tolist()) | {COLOURS}
    assert near[2, 3, 0] == hidden[2, 2]
    assert near[0, 0, 0] == COLOURS


def test_colours_are_counted_among_the_earlier_and_the_known_pixels() -> None:
    random = np.random.default_rng(5)
    pixels, known = random.integers(0, COLOURS, (HEIGHT, WIDTH)), random.random((HEIGHT, WIDTH)) < 0.4
    counted = counts(torch.from_numpy(pixels)[None], torch.from_numpy(known)[None], COLOURS)[0]
    order = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
    for y, x in np.argwhere(~known):
        seen = known | (order < order[y, x])
        assert counted[y, x].tolist() == np.bincount(pixels[seen], minlength=COLOURS).tolist()
    among = known_counts(torch.from_numpy(pixels)[None], torch.from_numpy(known)[None], COLOURS)
    assert among.flatten().tolist() == np.bincount(pixels[known], minlength=COLOURS).tolist()
