from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from models.sentence_vae import refinement
from models.sentence_vae.decoding import greedy
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.network import BEGIN, BLANK, END, PAD
from models.sentence_vae.refinement import MARGIN, SPRING, STEPS, _gradient, refine
from tests.making import LINES


def code_of(model: SentenceModel, line: str) -> Tensor:
    """The posterior's mean (Z,)."""
    mean, _ = model.network.encode(torch.tensor([model.tokens.encode(line)]))
    return mean[0]


def returned(model: SentenceModel, code: Tensor) -> str:
    return model.tokens.decode(greedy(model.decoder, code[None])[0])


def known_line(model: SentenceModel) -> str:
    """A line that the model returns as it is."""
    return next(line for line in LINES if returned(model, code_of(model, line)) == line)


def test_a_line_that_is_returned_already_takes_no_step(tiny_model: SentenceModel) -> None:
    line = known_line(tiny_model)
    start = code_of(tiny_model, line)
    (result,) = refine(tiny_model.decoder, start, tiny_model.tokens.encode(line))
    assert result.steps == 0
    assert torch.equal(result.code, start)


def test_a_code_that_lies_astray_is_moved_until_its_line_is_returned(tiny_model: SentenceModel) -> None:
    line, other = "the sea is mine", "my love is old"
    *_, result = refine(tiny_model.decoder, code_of(tiny_model, other), tiny_model.tokens.encode(line))
    assert 0 < result.steps < STEPS
    assert returned(tiny_model, result.code) == line


def test_refining_can_be_stopped_between_two_pauses(tiny_model: SentenceModel) -> None:
    steps = refine(
        tiny_model.decoder, code_of(tiny_model, "my love is old"), tiny_model.tokens.encode("the sea is mine")
    )
    first, second = next(steps), next(steps)
    assert 0 < first.steps < second.steps


@pytest.mark.parametrize(("most", "read"), [(11, 10**6), (10**6, 11 * 14 + 13)], ids=["steps", "what is read"])
def test_a_line_that_cannot_be_returned_takes_all_its_steps_and_no_more(
    most: int, read: int, tiny_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = tiny_model.tokens.encode("🌊🌊🌊")
    assert len(line) == 13
    monkeypatch.setattr(refinement, "STEPS", most)
    monkeypatch.setattr(refinement, "READ", read)
    *_, result = refine(tiny_model.decoder, torch.zeros(16), line)
    assert result.steps == 11
    assert torch.isfinite(result.code).all()


def test_refining_is_repeatable_and_leaves_the_network_alone(tiny_model: SentenceModel) -> None:
    before = {name: value.clone() for name, value in tiny_model.network.state_dict().items()}
    start, line = code_of(tiny_model, "my love is old"), tiny_model.tokens.encode("the sea is mine")
    results = [list(refine(tiny_model.decoder, start, line))[-1].code for _ in range(2)]
    assert torch.equal(*results)
    assert all(torch.equal(value, before[name]) for name, value in tiny_model.network.state_dict().items())


def test_refining_works_where_gradients_are_switched_off(tiny_model: SentenceModel) -> None:
    with torch.no_grad():
        start = code_of(tiny_model, "my love is old")
        *_, result = refine(tiny_model.decoder, start, tiny_model.tokens.encode("the sea is mine"))
    assert returned(tiny_model, result.code) == "the sea is mine"


def test_the_gradient_is_that_of_the_margin_loss_with_its_spring(tiny_model: SentenceModel) -> None:
    start, line = code_of(tiny_model, "my love is old"), tiny_model.tokens.encode("the sea is mine")
    code = (start + 0.3 * torch.randn(16)).requires_grad_()
    target = torch.tensor([*line, END])
    logits = tiny_model.network(code[None], torch.tensor([line]))[0]
    own = logits.gather(1, target[:, None])[:, 0]
    hidden = F.one_hot(target, logits.shape[1]).bool()
    hidden[:, [PAD, BEGIN, BLANK]] = True
    best_other = logits.masked_fill(hidden, -torch.inf).amax(1)
    loss = F.relu(best_other - own + MARGIN).sum() + SPRING * (code - start).square().sum()
    (expected,) = torch.autograd.grad(loss, code)
    gradient, lost = _gradient(tiny_model.decoder, code.detach(), start, target)
    torch.testing.assert_close(gradient, expected, atol=1e-4, rtol=1e-4)
    assert lost == int((own <= best_other).sum()) > 0


def test_a_hopeless_line_is_given_up_early(tiny_model: SentenceModel) -> None:
    *_, result = refine(tiny_model.decoder, torch.zeros(16), tiny_model.tokens.encode("🌊" * 12))
    assert result.steps < STEPS
