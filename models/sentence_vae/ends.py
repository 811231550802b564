"""From typed lines to the codes that a path runs between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from models import metrics
from models.sentence_vae.decoding import greedy, means_of, sample
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import End
from models.sentence_vae.refinement import refine
from models.sentence_vae.typed import TypedLine, read_line, strange_spans

HOPELESS = 0.5  # faithfulness below which a line of verse stands in for what was typed
LEANING = 1.0  # on plain language, where a line is invented
DRAWS = 16  # prior codes that an invented line is chosen from


@dataclass(frozen=True)
class Anchor:
    """A line that the path passes through: its place `t`, its code (Z,), and what the decoder makes of it.

    `text` stands on the path here: the line that was read, or the one that was invented in its place. `rate` is the
    posterior's KL from the prior in nats, `steps` how many refinement steps were taken so far.
    """

    t: float
    line: TypedLine
    text: str
    code: Tensor = field(repr=False)
    rate: float
    returned: str
    refined: str
    steps: int = 0

    @property
    def exact(self) -> bool:
        return self.refined == self.text

    def end(self, model: SentenceModel) -> End:
        return End(
            typed=self.line.typed,
            read=self.line.read,
            returned=self.returned,
            refined=self.refined,
            faithfulness=metrics.faithfulness(self.line.read or self.text, self.refined),
            strange=strange_spans(model, self.line),
            notes=self.line.notes,
        )


def anchor_at(model: SentenceModel, t: float, typed: str, generator: torch.Generator) -> Anchor:
    """Encode a typed line to its posterior's mean; where nothing was typed, a line is invented."""
    line = read_line(model, typed)
    text = line.read or _invented(model, _drawn(model, generator))
    return _encoded(model, t, line, text)


def _encoded(model: SentenceModel, t: float, line: TypedLine, text: str) -> Anchor:
    code, rate = means_of(model.network, model.tokens, [text], model.device)
    returned = model.tokens.decode(greedy(model.decoder, code)[0])
    return Anchor(t, line, text, code[0], float(rate[0]), returned, returned)


def _drawn(model: SentenceModel, generator: torch.Generator) -> Tensor:
    """Codes (DRAWS, Z) from the prior."""
    return torch.randn(DRAWS, model.network.configuration.code, generator=generator).to(model.device)


def _invented(model: SentenceModel, codes: Tensor) -> str:
    """The first line that codes (N, Z) give when the decoder leans on plain language; empty lines are passed over."""
    leaning, cold = torch.full((len(codes),), LEANING), torch.zeros(len(codes))
    rows = sample(model.decoder, codes, leaning.to(codes.device), cold.to(codes.device), torch.Generator())
    lines = [model.tokens.decode(row) for row in rows]
    return next((line for line in lines if line), "\N{HORIZONTAL ELLIPSIS}")


def refined(model: SentenceModel, anchor: Anchor) -> Iterator[Anchor]:
    """Move the anchor's code until its line is returned; yields it now and then, and finished at last.

    Each line is refined alone, so that its code never depends on what stands at the other end. The model remembers the
    result. A line that stays far from what the decoder can say gets the nearest line of verse as its stand-in.
    """
    if anchor.exact:
        yield anchor
        return
    tokens = model.tokens.encode(anchor.text)
    key = tuple(tokens)
    if key not in model.refined_codes:
        for result in refine(model.decoder, anchor.code, tokens):
            yield replace(anchor, steps=result.steps)
        model.remember(key, result.code, result.steps)
    code, steps = model.refined_codes[key]
    text = model.tokens.decode(greedy(model.decoder, code[None])[0])
    if metrics.faithfulness(anchor.text, text) >= metrics.faithfulness(anchor.text, anchor.refined):
        anchor = replace(anchor, code=code, refined=text)
    if metrics.faithfulness(anchor.text, anchor.refined) < HOPELESS:
        anchor = _stand_in(model, anchor)
    yield replace(anchor, steps=steps)


def _stand_in(model: SentenceModel, anchor: Anchor) -> Anchor:
    """The line of verse that the code of a hopeless line gives, in its place."""
    own = _encoded(model, anchor.t, anchor.line, _invented(model, anchor.code[None]))
    return replace(own, returned=anchor.returned, refined=own.text)
