"""Endpoint refinement: move a line's code by gradient until the decoder returns the line.

The encoder's guess is one pass over the line; a few steps on the code alone, the decoder fixed, do better
(semi-amortised inference; Kim et al., ICML 2018). What is lowered is the sum over positions of how far the line's own
token lies below the best other one (a margin loss), so positions that are already right pull at nothing; a weak
spring holds the code near its start, where the neighbourhood is made of verse. Teacher forcing gives the exact stop:
once each token of the line is the likeliest after those before it, greedy decoding returns the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from models.sentence_vae.decoding import Decoder
from models.sentence_vae.network import BEGIN, BLANK, END, PAD

STEPS, READ = 200, 4000  # steps at most, and positions that are read in them: a long line has fewer steps
RATE = 0.12
MARGIN = 1.0  # in logits; what is asked for while moving, so that the stop at 0 is reached with room
SPRING = 0.002
STEPS_BETWEEN_PAUSES = 8
PATIENCE, HOPELESS = 40, 0.4  # after so many steps, a line that loses at more than this share of positions is given up


@dataclass(frozen=True)
class Refined:
    """A code (Z,) after some steps."""

    code: Tensor
    steps: int


def refine(decoder: Decoder, start: Tensor, line: list[int]) -> Iterator[Refined]:
    """Refine the code (Z,) of a token line; yields now and then, so that it can be stopped, and at last the result."""
    target = torch.tensor([*line, END], device=start.device)  # (T,)
    steps = min(STEPS, READ // len(target))
    code = start.clone()
    moments = (torch.zeros_like(code), torch.zeros_like(code))
    for step in range(steps):
        gradient, lost = _gradient(decoder, code, start, target)
        if lost == 0 or (step >= PATIENCE and lost > HOPELESS * len(target)):
            break
        code = _adam(code, gradient, *moments, step)
        if step % STEPS_BETWEEN_PAUSES == STEPS_BETWEEN_PAUSES - 1:
            yield Refined(code, step + 1)
    else:
        step = steps
    yield Refined(code, step)


def _gradient(decoder: Decoder, code: Tensor, start: Tensor, target: Tensor) -> tuple[Tensor, int]:
    """The loss's gradient (Z,) at `code`, and at how many positions another token is likelier than the line's own."""
    with torch.inference_mode(False), torch.enable_grad():
        free = code.detach().clone().requires_grad_()
        shortfall = _shortfall(decoder, free[None], target)  # (T,)
        loss = F.relu(shortfall + MARGIN).sum() + SPRING * (free - start).square().sum()
        (gradient,) = torch.autograd.grad(loss, free)
    return gradient, int((shortfall >= 0).sum())


def _shortfall(decoder: Decoder, code: Tensor, target: Tensor) -> Tensor:
    """How far each target token's logit lies below the best other one (T,); below 0 where it is the likeliest."""
    state = decoder.start(code)
    before = F.pad(target[:-1], (1, 0), value=BEGIN)
    rows = []
    for token in before:
        features, state = decoder.advance(state, token[None])
        rows.append(features)
    logits = decoder.logits(torch.cat(rows))  # (T, V)
    wanted = target[:, None]
    others = logits.scatter(1, wanted, -torch.inf)
    others[:, [PAD, BEGIN, BLANK]] = -torch.inf
    return others.amax(1) - logits.gather(1, wanted)[:, 0]


def _adam(code: Tensor, gradient: Tensor, mean: Tensor, mean_square: Tensor, step: int) -> Tensor:
    """One step of Adam (Kingma and Ba, ICLR 2015), moments in place."""
    mean.mul_(0.8).add_(gradient, alpha=0.2)
    mean_square.mul_(0.95).addcmul_(gradient, gradient, value=0.05)
    scale = (mean_square / (1 - 0.95 ** (step + 1))).sqrt() + 1e-6
    return code - RATE * mean / (1 - 0.8 ** (step + 1)) / scale
