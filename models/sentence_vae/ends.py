"""From typed lines to the codes that a path runs between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from models import metrics
from models.sentence_vae.decoding import greedy, means_of
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import End
from models.sentence_vae.refinement import refine
from models.sentence_vae.typed import TypedLine, read_line, strange_spans


@dataclass(frozen=True)
class Anchor:
    """A line that the path passes through: its place `t`, its code (Z,), and what the decoder makes of it.

    `rate` is the posterior's KL from the prior in nats, `steps` how many refinement steps were taken so far.
    """

    t: float
    line: TypedLine
    code: Tensor = field(repr=False)
    rate: float
    returned: str
    refined: str
    steps: int = 0

    @property
    def text(self) -> str:
        """The line that stands on the path here: what was read, or what was invented where nothing was typed."""
        return self.line.read or self.returned

    @property
    def exact(self) -> bool:
        return self.refined == self.text

    def end(self, model: SentenceModel) -> End:
        return End(
            typed=self.line.typed,
            read=self.line.read,
            returned=self.returned,
            refined=self.refined,
            faithfulness=metrics.faithfulness(self.text, self.refined),
            strange=strange_spans(model, self.line),
            notes=self.line.notes,
        )


def anchor_at(model: SentenceModel, t: float, typed: str, generator: torch.Generator) -> Anchor:
    """Encode a typed line to its posterior's mean; where nothing was typed, a code is drawn from the prior."""
    line = read_line(model, typed)
    if not line.tokens:
        code = torch.randn(1, model.network.configuration.code, generator=generator).to(model.device)
        rate = 0.0
    else:
        code, rates = means_of(model.network, model.tokens, [line.read], model.device)
        rate = float(rates[0])
    returned = model.tokens.decode(greedy(model.decoder, code)[0])
    return Anchor(t, line, code[0], rate, returned, returned)


def refined(model: SentenceModel, anchor: Anchor) -> Iterator[Anchor]:
    """Move the anchor's code until its line is returned; yields it now and then, and finished at last.

    Each line is refined alone, so that its code never depends on what stands at the other end. The model remembers
    the result.
    """
    if anchor.exact:
        yield anchor
        return
    key = tuple(anchor.line.tokens)
    if key not in model.refined_codes:
        for result in refine(model.decoder, anchor.code, anchor.line.tokens):
            yield replace(anchor, steps=result.steps)
        model.remember(key, result.code, result.steps)
    code, steps = model.refined_codes[key]
    text = model.tokens.decode(greedy(model.decoder, code[None])[0])
    if metrics.faithfulness(anchor.text, text) < metrics.faithfulness(anchor.text, anchor.returned):
        yield replace(anchor, steps=steps)  # the walk went astray: the mean serves better
    else:
        yield replace(anchor, code=code, refined=text, steps=steps)
