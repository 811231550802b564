"""The decoder at use: codes to lines, one token a step, with everything that a step does not change computed once.

What the embedding table contributes to the LSTM's gates is one table, what the code contributes one row a line; a
step is then one product with the recurrent weights. `tests/` holds it to the same numbers as the network's own
forward pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from models.packed import PackedLinear
from models.sentence_vae.network import BEGIN, BLANK, END, PAD, SentenceVAE, kl
from models.sentence_vae.tokens import FIRST_BYTE, LAST_BYTE, Tokens

MARKS = [PAD, BEGIN, BLANK]  # what no line holds
MARKS_AND_BYTES = [*MARKS, *range(FIRST_BYTE, LAST_BYTE + 1)]
MAX_STEPS = 64  # tokens of a decoded line
JOLT = 6.0  # nats of a token beyond which a reader of verse stumbles
MIN_P = 0.05  # of the likeliest token's weight: what a drawn token must at least have


class Decoder:
    """A network's decoder, prepared for use. B lines, H = decoder size, V = vocabulary, G = 4 H gates."""

    def __init__(self, network: SentenceVAE) -> None:
        c = network.configuration
        weights = {name: value.detach() for name, value in network.named_parameters()}
        inputs, outputs = weights["decoder.weight_ih_l0"], weights["output.weight"]
        bias = weights["decoder.bias_ih_l0"] + weights["decoder.bias_hh_l0"]
        self._table = weights["embedding.weight"]
        self._token_gates = F.linear(self._table, inputs[:, : c.embedding], bias)  # (V, G)
        self._code_gates = inputs[:, c.embedding :].contiguous()  # (G, Z)
        self._recurrent = PackedLinear(weights["decoder.weight_hh_l0"])
        self._likeness = PackedLinear(self._table, weights["bias"])
        self._state_features = outputs[:, : c.decoder].contiguous()  # (E, H)
        self._code_features = outputs[:, c.decoder :].contiguous()  # (E, Z)
        self._network = network

    def start(self, code: Tensor) -> Line:
        """Codes (B, Z) to the state before the first token."""
        hidden, cell = self._network.begin(code)
        gates = F.linear(code, self._code_gates)  # (B, G)
        features = F.linear(code, self._code_features, self._network.output.bias)  # (B, E)
        return Line(gates, features, hidden, cell)

    def step(self, line: Line, token: Tensor) -> tuple[Tensor, Line]:
        """Tokens (B,) to logits (B, V) of what follows, and the next state."""
        features, line = self.advance(line, token)
        return self.logits(features), line

    def advance(self, line: Line, token: Tensor) -> tuple[Tensor, Line]:
        """Tokens (B,) to features (B, E) of what follows, and the next state."""
        gates = self._token_gates[token] + line.gates + self._recurrent(line.hidden)
        enter, forget, candidate, out = gates.chunk(4, dim=-1)  # torch's own order
        cell = forget.sigmoid() * line.cell + enter.sigmoid() * candidate.tanh()
        hidden = out.sigmoid() * cell.tanh()
        features = F.linear(hidden, self._state_features) + line.features
        return features, Line(line.gates, line.features, hidden, cell)

    def logits(self, features: Tensor) -> Tensor:
        """Features (B, E) to logits (B, V)."""
        return self._likeness(features)

    @property
    def vocabulary(self) -> int:
        return len(self._table)

    @property
    def no_code(self) -> Tensor:
        """The learned vector (Z,) that makes the decoder a plain language model."""
        return self._network.no_code.detach()


class Line:
    """What the decoder carries along: gates (B, G) and features (B, E) of the code, hidden and cell (B, H)."""

    __slots__ = ("cell", "features", "gates", "hidden")

    def __init__(self, gates: Tensor, features: Tensor, hidden: Tensor, cell: Tensor) -> None:
        self.gates, self.features, self.hidden, self.cell = gates, features, hidden, cell

    def keep(self, rows: Tensor | slice) -> Line:
        return Line(self.gates[rows], self.features[rows], self.hidden[rows], self.cell[rows])


@torch.inference_mode()
def greedy(decoder: Decoder, codes: Tensor) -> list[list[int]]:
    """The likeliest token at each step, for codes (B, Z); lines that ended leave the batch."""
    rows = Rows(len(codes), codes.device)
    line, token = decoder.start(codes), rows.begin()
    while not rows.ended:
        logits, line = decoder.step(line, token)
        token, still = rows.put(_without(logits, MARKS).argmax(-1))
        line = line if still is None else line.keep(still)
    return rows.found


class Drawn(NamedTuple):
    """A line of tokens that was drawn: its nats without a code, what of them is its end and what are jolts, its nats
    under the code that it was drawn from, and whether it came to an end within MAX_STEPS."""

    tokens: list[int]
    nats: float
    ending: float
    jolts: float
    under_code: float
    ended: bool


@torch.inference_mode()
def sample(
    decoder: Decoder,
    codes: Tensor,
    leaning: Tensor,
    temperature: Tensor,
    generator: torch.Generator,
    begun: Sequence[Sequence[int]] = (),
) -> list[Drawn]:
    """Lines for codes (B, Z), each with its own leaning and temperature (B,); at temperature 0 the likeliest token.

    A product of experts (Hinton 2002): to the decoder's log-probabilities under the code come `leaning` times those of
    the same decoder without a code, a plain language model. What is likely only under the code (a non-word between two
    codes) loses; single bytes, which verse hardly holds, are left out. `begun`: the tokens that each line begins with.
    """
    rows, plain = Rows(len(codes), codes.device), Plain(decoder, len(codes))
    given = _given(begun, len(codes), codes.device)  # (B, P), -1 where the line is free
    never = torch.tensor(MARKS_AND_BYTES, device=codes.device)
    line, token = decoder.start(codes), rows.begin()
    while not rows.ended:
        under_code, line = decoder.advance(line, token)
        beginnings, which = plain.advance(token)
        plain_logits, own_logits = decoder.logits(beginnings), decoder.logits(under_code)  # (U, V), (B, V)
        logits = own_logits + leaning[:, None] * plain_logits[which]
        token = _drawn(logits.index_fill_(1, never, -torch.inf), temperature, generator)
        if rows.steps < given.shape[1]:
            token = torch.where(given[:, rows.steps] < 0, token, given[:, rows.steps])
        chosen = token[:, None]
        plain_cost = plain_logits.logsumexp(-1)[which] - plain_logits[which, token]
        own_cost = own_logits.logsumexp(-1) - own_logits.gather(1, chosen)[:, 0]
        token, still = rows.put(token, plain_cost, own_cost)
        if still is not None:
            line, leaning, temperature, given = line.keep(still), leaning[still], temperature[still], given[still]
            plain.keep(still)
    told = zip(rows.found, rows.costs, rows.endings, rows.jolts, rows.own_costs, rows.complete, strict=True)
    return [Drawn(*row) for row in told]


def _given(begun: Sequence[Sequence[int]], count: int, device: torch.device) -> Tensor:
    """Beginnings as rows (B, P), filled up with -1."""
    longest = max(map(len, begun), default=0)
    filled = [[*row, *[-1] * (longest - len(row))] for row in begun] or [[]] * count
    return torch.tensor(filled, dtype=torch.long, device=device).view(count, longest)


def leaning(decoder: Decoder, codes: Tensor, weight: float) -> list[list[int]]:
    """The likeliest token at each step, for codes (B, Z), where plain language has a say of `weight` (see `sample`).

    A line that comes to no end has no tokens.
    """
    weights, cold = torch.full_like(codes[:, 0], weight), torch.zeros_like(codes[:, 0])
    return [drawn.tokens if drawn.ended else [] for drawn in sample(decoder, codes, weights, cold, torch.Generator())]


class Plain:
    """The decoder without a code, for lines that share their beginnings: each beginning is computed once."""

    def __init__(self, decoder: Decoder, count: int) -> None:
        self._decoder = decoder
        self._line = decoder.start(decoder.no_code[None])
        self._which = torch.zeros(count, dtype=torch.long, device=decoder.no_code.device)  # each line's beginning

    def advance(self, token: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens (B,) to features (U, E) of what follows the U distinct beginnings, and which is each line's (B,)."""
        size = self._decoder.vocabulary
        grown, self._which = torch.unique(self._which * size + token, return_inverse=True)
        features, self._line = self._decoder.advance(self._line.keep(grown // size), grown % size)
        return features, self._which

    def keep(self, lines: Tensor | slice) -> None:
        self._which = self._which[lines]


class Rows:
    """The lines of a batch while they grow: a line that ended leaves the batch. `costs` adds up what is told of each
    token, `jolts` what of it lies beyond JOLT, `endings` keeps what was told of the end mark; `own_costs` adds up a
    second price. `complete` are the lines that ended."""

    def __init__(self, count: int, device: torch.device) -> None:
        self.found: list[list[int]] = [[] for _ in range(count)]
        self.costs, self.own_costs = [0.0] * count, [0.0] * count
        self.endings, self.jolts = [0.0] * count, [0.0] * count
        self.complete = [False] * count
        self.steps = 0
        self._device = device
        self._rows = list(range(count))

    def begin(self) -> Tensor:
        return torch.full((len(self._rows),), BEGIN, device=self._device)

    @property
    def ended(self) -> bool:
        return not self._rows or self.steps >= MAX_STEPS

    def put(
        self, token: Tensor, cost: Tensor | None = None, own_cost: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        """Add a token to each growing line; gives the tokens of those that go on, and which those are unless all."""
        self.steps += 1
        numbers = token.tolist()
        prices = cost.tolist() if cost is not None else [0.0] * len(numbers)
        own = own_cost.tolist() if own_cost is not None else prices
        for row, number, price, own_price in zip(self._rows, numbers, prices, own, strict=True):
            self.costs[row] += price
            self.own_costs[row] += own_price
            self.jolts[row] += max(0.0, price - JOLT)
            if number == END:
                self.endings[row], self.complete[row] = price, True
            else:
                self.found[row].append(number)
        if END not in numbers:
            return token, None
        self._rows = [row for row, number in zip(self._rows, numbers, strict=True) if number != END]
        still = token != END
        return token[still], still


def _without(logits: Tensor, numbers: list[int]) -> Tensor:
    """Logits (B, V) with some tokens made impossible."""
    return logits.index_fill(1, torch.tensor(numbers, device=logits.device), -torch.inf)


def _drawn(logits: Tensor, temperature: Tensor, generator: torch.Generator) -> Tensor:
    """The likeliest token of each row (B, V) where temperature (B,) is 0, else a drawn one that is not far less likely.

    Min-p sampling (Nguyen et al., ICLR 2025) keeps the unlikely tail out.
    """
    token, hot = logits.argmax(-1), temperature > 0
    scaled = logits[hot] / temperature[hot, None]  # (N, V), N rows to draw in
    weights = (scaled - scaled.amax(-1, keepdim=True)).exp()
    sums = torch.where(weights < MIN_P, 0.0, weights).cumsum(-1)
    draw = torch.rand(len(sums), 1, generator=generator).to(sums.device) * sums[:, -1:]
    token[hot] = torch.searchsorted(sums, draw, right=True)[:, 0].clamp_max(sums.shape[1] - 1)
    return token


class LineNats(NamedTuple):
    """Nats (B,) of whole lines, their end mark included, of the end mark alone, and those that are jolts."""

    whole: Tensor
    ending: Tensor
    jolts: Tensor


@torch.inference_mode()
def nats(decoder: Decoder, codes: Tensor | None, lines: list[list[int]]) -> LineNats:
    """What token lines of any lengths cost, each under its code (B, Z), or all of them without a code."""
    device = decoder.no_code.device
    order = sorted(range(len(lines)), key=lambda i: -len(lines[i]))  # longest first: lines that end leave at the back
    longest = len(lines[order[0]]) + 1 if lines else 0
    padded = [[*lines[i], END] + [PAD] * (longest - len(lines[i]) - 1) for i in order]
    target = torch.tensor(padded, device=device)  # (B, T)
    lengths = [len(lines[i]) + 1 for i in order]
    reader = _Reader(decoder, codes[order]) if codes is not None else _PlainReader(decoder, len(lines))
    token = torch.full((len(lines),), BEGIN, device=device)
    whole, ending, jolts = torch.zeros(3, len(lines), device=device)
    for t in range(longest):
        still = sum(length > t for length in lengths)
        if still < len(token):
            reader.keep(slice(still))
            token = token[:still]
        ending[:still] = reader.cost(token, target[:still, t])  # the last one written is the end mark's
        whole[:still] += ending[:still]
        jolts[:still] += (ending[:still] - JOLT).clamp_min(0.0)
        token = target[:still, t]
    places = torch.tensor(order, dtype=torch.long, device=device)
    return LineNats(*(torch.empty_like(values).index_copy_(0, places, values) for values in (whole, ending, jolts)))


@torch.inference_mode()
def after(decoder: Decoder, lines: Sequence[Sequence[int]], places: Sequence[Sequence[int]]) -> list[Tensor]:
    """Nats (P, V) of every token after the first p tokens of each line, for its P places p, without a code."""
    if not lines:
        return []
    device = decoder.no_code.device
    longest = max(map(len, lines))
    tokens = torch.tensor([[BEGIN, *line, *[PAD] * (longest - len(line))] for line in lines], device=device)
    plain, features = Plain(decoder, len(lines)), []
    for token in tokens.unbind(1):
        beginnings, which = plain.advance(token)
        features.append(beginnings[which])
    told = torch.stack(features, 1)  # (B, T + 1, E)
    return [-decoder.logits(told[i, list(some)]).log_softmax(-1) for i, some in enumerate(places)]


class _Reader:
    """Reads lines token by token, each under its code."""

    def __init__(self, decoder: Decoder, codes: Tensor) -> None:
        self._decoder, self._line = decoder, decoder.start(codes)

    def cost(self, token: Tensor, after: Tensor) -> Tensor:
        """Nats (B,) of the tokens `after` (B,) that follow `token` (B,)."""
        logits, self._line = self._decoder.step(self._line, token)
        return F.cross_entropy(logits, after, reduction="none")

    def keep(self, lines: slice) -> None:
        self._line = self._line.keep(lines)


class _PlainReader:
    """Reads lines token by token without a code."""

    def __init__(self, decoder: Decoder, count: int) -> None:
        self._decoder, self._plain = decoder, Plain(decoder, count)

    def cost(self, token: Tensor, after: Tensor) -> Tensor:
        """Nats (B,) of the tokens `after` (B,) that follow `token` (B,)."""
        beginnings, which = self._plain.advance(token)
        return -self._decoder.logits(beginnings).log_softmax(-1)[which, after]

    def keep(self, lines: slice) -> None:
        self._plain.keep(lines)


def fluency_nats(decoder: Decoder, tokens: Tokens, lines: list[str]) -> Tensor:
    """Nats a character (B,) of lines under the decoder without a code."""
    numbers = [tokens.encode(line) for line in lines]
    lengths = torch.tensor([len(line) + 1.0 for line in lines], device=decoder.no_code.device)
    return nats(decoder, None, numbers).whole / lengths


@torch.inference_mode()
def means_of(network: SentenceVAE, tokens: Tokens, lines: list[str], device: torch.device) -> tuple[Tensor, Tensor]:
    """Posterior means (B, Z) and KL (B,) of lines of any lengths; equal lengths are encoded together."""
    numbers = [tokens.encode(line) for line in lines]
    means = torch.zeros(len(lines), network.configuration.code, device=device)
    nats_ = torch.zeros(len(lines), device=device)
    for length in sorted({len(row) for row in numbers}):
        rows = [i for i, row in enumerate(numbers) if len(row) == length]
        mean, log_variance = network.encode(torch.tensor([numbers[i] for i in rows], device=device))
        means[rows], nats_[rows] = mean, kl(mean, log_variance)
    return means, nats_
