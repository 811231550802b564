"""One pixel a step gives what the whole network gives, for any mask, also after going back."""

from __future__ import annotations

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor

from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.stepping import Stepper
from tests.drawing import HEIGHT, PALETTE, WIDTH

PLACES = HEIGHT * WIDTH
AGREES = 1e-5
anything = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def some_sprites(seed: int, share_known: float) -> tuple[Tensor, Tensor]:
    """Three sprites with the same known pixels, as completions of one canvas are."""
    random = torch.Generator().manual_seed(seed)
    known = torch.rand((1, HEIGHT, WIDTH), generator=random) < share_known
    pixels = torch.randint(0, len(PALETTE), (3, HEIGHT, WIDTH), generator=random)
    return torch.where(known, pixels[:1], pixels), known.expand(3, -1, -1)


def largest_difference(stepper: Stepper, pixels: Tensor, whole: Tensor, until: int) -> float:
    """Draw the given pixels up to a place; how far the logits of covered ones were from the whole network's."""
    worst = 0.0
    for place in range(stepper.place, until):
        if not stepper.known[0, place]:
            difference = stepper.logits() - whole.flatten(1, 2)[:, place]
            worst = max(worst, float(difference.abs().max()))
        stepper.put(pixels.flatten(1)[:, place])
    return worst


@pytest.mark.parametrize("name", ["drawing_model", "plain_model"])
@anything
@given(seed=st.integers(0, 10_000), share=st.sampled_from([0.0, 0.3, 0.8]), blind=st.booleans(), data=st.data())
def test_steps_agree_with_the_whole_network(
    name: str, seed: int, share: float, blind: bool, data: st.DataObject, request: pytest.FixtureRequest
) -> None:
    model: DrawingModel = request.getfixturevalue(name)
    pixels, known = some_sprites(seed, share)
    far, back = data.draw(st.integers(1, PLACES)), data.draw(st.integers(0, PLACES))
    other, _ = some_sprites(seed + 1, 0.0)
    with torch.inference_mode():
        whole, _ = model.network(pixels, torch.zeros_like(known) if blind else known)
        stepper = model.prepared.start(pixels, known, blind)
        wrong = torch.where(known, pixels, other)
        agreed = min(far, back)
        assert largest_difference(stepper, pixels, whole, agreed) < AGREES
        for place in range(agreed, far):  # a way that is given up again
            stepper.put(wrong.flatten(1)[:, place])
        stepper.back_to(agreed)
        assert largest_difference(stepper, pixels, whole, PLACES) < AGREES
