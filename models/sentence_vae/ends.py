"""From typed lines to the codes that a path runs between."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from models import metrics
from models.sentence_vae import metre, screen
from models.sentence_vae.decoding import fluency_nats, greedy, leaning, means_of
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import End
from models.sentence_vae.refinement import refine
from models.sentence_vae.search import may_stand
from models.sentence_vae.typed import TypedLine, read_line, strange_spans

HOPELESS = 0.7  # faithfulness below which a line of verse stands in for what was typed
LEANING = 1.0  # on plain language, where a line is invented
STAND_IN_LEANINGS = (1.0, 2.0, 4.0)
NOT_SHOWN = "\N{HORIZONTAL ELLIPSIS}"  # for what the model makes of a line, where the word screen holds it back
DRAWS = 8  # prior codes that an invented line is chosen from


@dataclass(frozen=True)
class Anchor:
    """A line that the path passes through: its place `t`, its code (Z,), and what the decoder makes of it.

    `text` stands on the path here: the line that was read, or the one that was invented in its place; `own` is what
    a person sees here, the line that was read wherever there is one. `rate` is the posterior's KL from the prior in
    nats, `steps` how many refinement steps were taken so far.
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

    @property
    def own(self) -> str:
        return self.line.read or self.text

    def end(self, model: SentenceModel) -> End:
        return End(
            typed=self.line.typed,
            read=self.line.read,
            returned=self._shown(self.returned),
            refined=self._shown(self.refined),
            faithfulness=metrics.faithfulness(self.own, self.refined),
            strange=strange_spans(model, self.line),
            notes=self.line.notes,
            length=metre.length(self.own),
        )

    def _shown(self, line: str) -> str:
        """What the model says in place of a line; a person's own words are never screened, an invented line was."""
        return line if line == self.own or screen.is_fit(line) else NOT_SHOWN


def anchor_at(model: SentenceModel, t: float, typed: str, generator: torch.Generator) -> Anchor:
    """Encode a typed line to its posterior's mean; where nothing was typed, a line is invented."""
    line = read_line(model, typed)
    text = line.read or _plain(model, leaning(model.decoder, _drawn(model, DRAWS, generator), LEANING))
    return _encoded(model, t, line, text)


def _encoded(model: SentenceModel, t: float, line: TypedLine, text: str) -> Anchor:
    code, rate = means_of(model.network, model.tokens, [text], model.device)
    returned = model.tokens.decode(greedy(model.decoder, code)[0])
    return Anchor(t, line, text, code[0], float(rate[0]), returned, returned)


def _drawn(model: SentenceModel, count: int, generator: torch.Generator) -> Tensor:
    """Codes (count, Z) from the prior."""
    return torch.randn(count, model.network.configuration.code, generator=generator).to(model.device)


def _plain(model: SentenceModel, rows: list[list[int]]) -> str:
    """The first of decoded lines that is as fluent as verse and has no word that the model never met, else the nearest
    to that; a line that says nothing where none may be shown."""
    lines = list(filter(may_stand, (model.tokens.decode(row) for row in rows))) or [NOT_SHOWN]
    nats = fluency_nats(model.decoder, model.tokens, lines).tolist()
    return min(
        zip(lines, nats, strict=True),
        key=lambda pair: (len(model.lexicon.strange(pair[0])), max(pair[1], model.real_nats)),
    )[0]


def refined(model: SentenceModel, anchor: Anchor) -> Iterator[Anchor]:
    """Move the anchor's code until its line is returned; yields it now and then, and finished at last.

    A line that stays far from what the decoder can say gets a line of verse as its stand-in, where the path then ends.
    """
    moved = anchor
    for moved in _moved(model, anchor):
        yield moved
    if anchor.line.read and metrics.faithfulness(anchor.text, moved.refined) < HOPELESS:
        for own in _moved(model, _stand_in(model, anchor)):
            yield replace(own, returned=anchor.returned, steps=moved.steps + own.steps)


def _moved(model: SentenceModel, anchor: Anchor) -> Iterator[Anchor]:
    """Refine the anchor's code. Each line is refined alone, so that its code never depends on what stands at the other
    end, and the model remembers the result."""
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
    yield replace(anchor, steps=steps)


def _stand_in(model: SentenceModel, anchor: Anchor) -> Anchor:
    """A line of verse in the place of a hopeless one: what its code gives where plain language has most of the say, or
    one from the prior where that is plainer."""
    code = anchor.code[None]
    drawn = _drawn(model, DRAWS, torch.Generator().manual_seed(zlib.crc32(anchor.text.encode())))
    rows = [row for weight in STAND_IN_LEANINGS for row in leaning(model.decoder, code, weight)]
    rows += leaning(model.decoder, drawn, LEANING)
    return _encoded(model, anchor.t, anchor.line, _plain(model, rows))
