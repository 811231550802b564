"""The decoder at use: codes to lines, one token a step, with everything that a step does not change computed once.

What the embedding table contributes to the LSTM's gates is one table, what the code contributes one row a line; a
step is then one product with the recurrent weights. `tests/` holds it to the same numbers as the network's own
forward pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
MIN_P = 0.05  # of the likeliest token's weight: what a drawn token must at least have


class Decoder:
    """A network's decoder, prepared for use. B lines, H = decoder size, V = vocabulary, G = 4 H gates."""

    def __init__(self, network: SentenceVAE, rarities: Sequence[float] = ()) -> None:
        """`rarities`: nats of each token wherever it stands (see `stumbles`), if they are known."""
        c = network.configuration
        weights = {name: value.detach() for name, value in network.named_parameters()}
        inputs, outputs = weights["decoder.weight_ih_l0"], weights["output.weight"]
        bias = weights["decoder.bias_ih_l0"] + weights["decoder.bias_hh_l0"]
        self._table = weights["embedding.weight"]
        self._token_gates = F.linear(self._table, inputs[:, : c.embedding], bias)  # (V, G)
        self._code_gates = inputs[:, c.embedding :].contiguous()  # (G, Z)
        self._recurrent = PackedLinear(weights["decoder.weight_hh_l0"])
        self._likeness = PackedLinear(self._table, weights["bias"])
        self._state_features = PackedLinear(outputs[:, : c.decoder].contiguous())  # (E, H)
        self._code_features = outputs[:, c.decoder :].contiguous()  # (E, Z)
        self._network = network
        rare = torch.tensor(rarities or [torch.inf] * c.vocabulary)
        rare[END] = torch.inf  # where a line ends is told apart
        self._rarities = rare.to(self._table.device)

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
        gates = self._token_gates.index_select(0, token) + line.gates + self._recurrent(line.hidden)
        enter, forget, candidate, out = gates.chunk(4, dim=-1)  # torch's own order
        cell = forget.sigmoid() * line.cell + enter.sigmoid() * candidate.tanh()
        hidden = out.sigmoid() * cell.tanh()
        features = self._state_features(hidden) + line.features
        return features, Line(line.gates, line.features, hidden, cell)

    def logits(self, features: Tensor) -> Tensor:
        """Features (B, E) to logits (B, V)."""
        return self._likeness(features)

    def stumbles(self, token: Tensor, cost: Tensor) -> Tensor:
        """Nats (B,) at which a reader stumbles: by how much tokens (B,) cost more than they do wherever they stand.

        What is rare may stand in good verse; what is rarer here than anywhere else breaks the sentence. Acceptability
        as people judge it follows this difference, not the cost alone (Pauls and Klein, ACL 2012; Lau, Clark and
        Lappin, Cognitive Science 2017). A decoder that knows no rarities never stumbles.
        """
        return F.relu(cost - self._rarities[token])

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

    def keep(self, rows: Tensor) -> Line:
        """The lines of these numbers (N,). `index_select` is several times faster than indexing is."""
        parts = (self.gates, self.features, self.hidden, self.cell)
        return Line(*(part.index_select(0, rows) for part in parts))


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
    """A line of tokens that was drawn: its nats without a code, what of them is its end and where it stumbles, its nats
    under the code of its place, and whether it came to an end within MAX_STEPS."""

    tokens: list[int]
    nats: float
    ending: float
    stumbles: float
    under_code: float
    ended: bool


@torch.inference_mode()
def sample(
    decoder: Decoder,
    codes: Tensor,
    leaning: Tensor,
    temperature: Tensor,
    generator: torch.Generator,
    homes: Tensor | None = None,
) -> list[Drawn]:
    """Lines for codes (B, Z), each with its own leaning and temperature (B,); at temperature 0 the likeliest token.

    A product of experts (Hinton 2002): to the decoder's log-probabilities under the code come `leaning` times those of
    the same decoder without a code, a plain language model. What is likely only under the code (a non-word between two
    codes) loses; single bytes, which verse hardly holds, are left out. `homes` (B, Z): the codes of the places that the
    lines are for, where they are not drawn from these.
    """
    rows, readers = Rows(len(codes), codes.device), _Readers(decoder, codes, codes if homes is None else homes)
    never = torch.tensor(MARKS_AND_BYTES, device=codes.device)
    token = rows.begin()
    while not rows.ended:
        own, plain = readers.advance(token)  # (B, V)
        mixed = torch.addcmul(own, leaning[:, None], plain)
        token = _drawn(mixed.index_fill_(1, never, -torch.inf), temperature, generator)
        plain_cost = -plain.gather(1, token[:, None])[:, 0]
        token, still = rows.put(token, plain_cost, readers.at_home(token), decoder.stumbles(token, plain_cost))
        if still is not None:
            readers.keep(still)
            leaning, temperature = leaning[still], temperature[still]
    told = zip(rows.found, rows.costs, rows.endings, rows.stumbles, rows.home_costs, rows.complete, strict=True)
    return [Drawn(*row) for row in told]


def likeliest(decoder: Decoder, codes: Tensor, weight: float, homes: Tensor | None = None) -> list[Drawn]:
    """`sample` with the likeliest token at each step, for codes (B, Z), where plain language has a say of `weight`."""
    weights, cold = torch.full_like(codes[:, 0], weight), torch.zeros_like(codes[:, 0])
    return sample(decoder, codes, weights, cold, torch.Generator(), homes)


def leaning(decoder: Decoder, codes: Tensor, weight: float) -> list[list[int]]:
    """The tokens of `likeliest`; a line that comes to no end has none."""
    return [drawn.tokens if drawn.ended else [] for drawn in likeliest(decoder, codes, weight)]


class _Readers:
    """The decoder in three ways at once, in the same products: for B lines under their codes; for those that are drawn
    elsewhere, under their homes'; and without a code, for each of their distinct beginnings."""

    def __init__(self, decoder: Decoder, codes: Tensor, homes: Tensor) -> None:
        self._decoder = decoder
        self._away = (codes != homes).any(1).nonzero()[:, 0]  # (A,) lines that are drawn elsewhere
        self._line = decoder.start(torch.cat([codes, homes[self._away], decoder.no_code[None]]))  # (B + A + U), U = 1
        rows = torch.arange(len(self._line.hidden), device=codes.device)
        self._own, self._home, self._plain = rows.split([len(codes), len(self._away), 1])
        self._which = torch.zeros_like(self._own)  # each line's beginning, of U
        self._told = self._told_at_home = torch.empty(0)

    def advance(self, token: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens (B,) to log-probabilities (B, V) of what follows, under the codes and without."""
        size = self._decoder.vocabulary
        grown, self._which = torch.unique(self._which * size + token, return_inverse=True)
        before = torch.cat([self._own, self._home, self._plain[grown // size]])
        tokens = torch.cat([token, token[self._away], grown % size])
        features, self._line = self._decoder.advance(self._line.keep(before), tokens)
        sizes = [len(token), len(self._away), len(grown)]
        self._own, self._home, self._plain = torch.arange(len(tokens), device=tokens.device).split(sizes)
        self._told, self._told_at_home, plain = self._decoder.logits(features).log_softmax(-1).split(sizes)
        return self._told, plain.index_select(0, self._which)

    def at_home(self, token: Tensor) -> Tensor:
        """Nats (B,) of the tokens that were chosen then, under their homes' codes."""
        nats = -self._told.gather(1, token[:, None])[:, 0]
        nats[self._away] = -self._told_at_home.gather(1, token[self._away, None])[:, 0]
        return nats

    def keep(self, lines: Tensor) -> None:
        """Go on with these of the lines, by their numbers."""
        places = torch.full_like(self._own, -1).index_copy_(0, lines, torch.arange(len(lines), device=lines.device))
        stays = places[self._away] >= 0
        self._home, self._away = self._home[stays], places[self._away[stays]]
        self._own, self._which = self._own[lines], self._which[lines]


class Rows:
    """The lines of a batch while they grow: a line that ended leaves the batch. `costs` adds up what is told of each
    token, `home_costs` and `stumbles` what else is told, `endings` keeps the cost of the end mark. `complete` are the
    lines that ended."""

    def __init__(self, count: int, device: torch.device) -> None:
        self.found: list[list[int]] = [[] for _ in range(count)]
        self.costs, self.home_costs = [0.0] * count, [0.0] * count
        self.endings, self.stumbles = [0.0] * count, [0.0] * count
        self.complete = [False] * count
        self.steps = 0
        self._device = device
        self._rows = list(range(count))

    def begin(self) -> Tensor:
        return torch.full((len(self._rows),), BEGIN, device=self._device)

    @property
    def ended(self) -> bool:
        return not self._rows or self.steps >= MAX_STEPS

    def put(self, token: Tensor, *told: Tensor) -> tuple[Tensor, Tensor | None]:
        """Add a token to each growing line, with its cost, its cost at home and its stumbles, if they are told; gives
        the tokens of those that go on, and which those are unless all."""
        self.steps += 1
        numbers = token.tolist()
        prices = [some.tolist() for some in told] or [[0.0] * len(numbers)] * 3
        for row, number, cost, at_home, stumbles in zip(self._rows, numbers, *prices, strict=True):
            self.costs[row] += cost
            self.home_costs[row] += at_home
            self.stumbles[row] += stumbles
            if number == END:
                self.endings[row], self.complete[row] = cost, True
            else:
                self.found[row].append(number)
        if END not in numbers:
            return token, None
        goes_on = [k for k, number in enumerate(numbers) if number != END]
        self._rows = [self._rows[k] for k in goes_on]
        still = torch.tensor(goes_on, dtype=torch.long, device=token.device)
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
    """Nats (B,) of whole lines, their end mark included, of the end mark alone, and those at which a reader stumbles
    (see `Decoder.stumbles`)."""

    whole: Tensor
    ending: Tensor
    stumbles: Tensor


@torch.inference_mode()
def nats(decoder: Decoder, codes: Tensor, lines: Sequence[Sequence[int]], under: Sequence[int]) -> LineNats:
    """What B token lines of any lengths cost, each under the code of `codes` (C, Z) that `under` names by its number.

    What lines under the same code have in common at their beginnings is read once.
    """
    state = decoder.start(codes)
    whole, ending, stumbles = torch.zeros(3, len(lines), device=codes.device)
    for step in _reading(lines, under, codes.device):
        features, state = decoder.advance(state.keep(step.before), step.tokens)
        costs = -decoder.logits(features).log_softmax(-1)[step.at, step.following]  # (L,)
        whole[step.lines] += costs
        ending[step.lines] = costs  # the last one written is the end mark's
        stumbles[step.lines] += decoder.stumbles(step.following, costs)
    return LineNats(whole, ending, stumbles)


@torch.inference_mode()
def after(decoder: Decoder, lines: Sequence[Sequence[int]], places: Sequence[Sequence[int]]) -> list[Tensor]:
    """Nats (P, V) of every token after the first p tokens of each line, for its P places p, without a code."""
    code = decoder.no_code[None]
    state, told = decoder.start(code), []
    for step in _reading(lines, [0] * len(lines), code.device):
        features, state = decoder.advance(state.keep(step.before), step.tokens)
        told.append(features.new_zeros(len(lines), features.shape[1]).index_copy_(0, step.lines, features[step.at]))
    seen = torch.stack(told, 1) if told else code.new_zeros(0, 1, 1)  # (B, T + 1, E)
    return [-decoder.logits(seen[i, list(some)]).log_softmax(-1) for i, some in enumerate(places)]


class _Step(NamedTuple):
    """One step of reading lines together.

    `tokens` (N,) are read, each after one of the last step's beginnings, `before` (N,), at first after a code. Then
    the `lines` (L,) that have read so far stand `at` one of the N beginnings each, and there the token `following`
    (L,) comes.
    """

    before: Tensor
    tokens: Tensor
    lines: Tensor
    at: Tensor
    following: Tensor


def _reading(lines: Sequence[Sequence[int]], under: Sequence[int], device: torch.device) -> Iterator[_Step]:
    """Read lines token by token up to their end marks, each distinct beginning under the same code once."""
    at = list(under)
    for t in range(max(map(len, lines), default=-1) + 1):
        still = [i for i, line in enumerate(lines) if len(line) >= t]
        known: dict[tuple[int, int], int] = {}
        for i in still:
            at[i] = known.setdefault((at[i], lines[i][t - 1] if t else BEGIN), len(known))
        before, tokens = zip(*known, strict=True)
        following = [lines[i][t] if t < len(lines[i]) else END for i in still]
        told = (before, tokens, still, [at[i] for i in still], following)
        yield _Step(*(torch.tensor(some, device=device) for some in told))


def fluency_nats(decoder: Decoder, tokens: Tokens, lines: list[str]) -> Tensor:
    """Nats a character (B,) of lines under the decoder without a code."""
    numbers = [tokens.encode(line) for line in lines]
    lengths = torch.tensor([len(line) + 1.0 for line in lines], device=decoder.no_code.device)
    return nats(decoder, decoder.no_code[None], numbers, [0] * len(lines)).whole / lengths


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
