"""The sentence VAE: a line of tokens to a code and back.

Bowman et al., "Generating Sentences from a Continuous Space" (CoNLL 2016) gave the model; the encoder's pooling is
self-attention with several queries (Lin et al., "A Structured Self-Attentive Sentence Embedding", ICLR 2017). The
decoder sees the code at every step, as its initial state and at its output, without which a small decoder forgets the
code. A share of training lines is decoded without a code, from a vector that is trained for this alone; the decoder is
then a plain language model as well, and can say how fluent a line is whatever the code.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, BEGIN, END, BLANK = 0, 1, 2, 3  # BLANK hides a token in training; byte fallback leaves "unknown" no other use


@dataclass(frozen=True)
class Configuration:
    """Sizes of the network; everything that its shapes depend on."""

    vocabulary: int = 3000
    embedding: int = 192
    encoder: int = 256
    decoder: int = 512
    code: int = 96
    queries: int = 4


def shapes(c: Configuration) -> dict[str, tuple[int, ...]]:
    """Every weight's shape, told without memory for any: a card may promise more than a computer holds."""
    both = 2 * c.encoder
    return {
        "embedding.weight": (c.vocabulary, c.embedding),
        "convolution.weight": (c.embedding, c.embedding, 3),
        "convolution.bias": (c.embedding,),
        **_lstm("encoder", "l0", c.embedding, c.encoder),
        **_lstm("encoder", "l0_reverse", c.embedding, c.encoder),
        "queries": (c.queries, both),
        "posterior.weight": (2 * c.code, c.queries * both),
        "posterior.bias": (2 * c.code,),
        "initial.weight": (2 * c.decoder, c.code),
        "initial.bias": (2 * c.decoder,),
        **_lstm("decoder", "l0", c.embedding + c.code, c.decoder),
        "output.weight": (c.embedding, c.decoder + c.code),
        "output.bias": (c.embedding,),
        "bias": (c.vocabulary,),
        "no_code": (c.code,),
    }


def _lstm(name: str, layer: str, inputs: int, states: int) -> dict[str, tuple[int, ...]]:
    """Of the four gates of an LSTM, stacked."""
    wide = {"weight_ih": (4 * states, inputs), "weight_hh": (4 * states, states)}
    both = {**wide, "bias_ih": (4 * states,), "bias_hh": (4 * states,)}
    return {f"{name}.{part}_{layer}": shape for part, shape in both.items()}


State = tuple[Tensor, Tensor]


class SentenceVAE(nn.Module):
    """Encoder and decoder in one module. B lines, T tokens a line, Z = code size, V = vocabulary."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        c = self.configuration = configuration
        self.embedding = nn.Embedding(c.vocabulary, c.embedding)
        self.convolution = nn.Conv1d(c.embedding, c.embedding, 3, padding=1)
        self.encoder = nn.LSTM(c.embedding, c.encoder, batch_first=True, bidirectional=True)
        self.queries = nn.Parameter(torch.randn(c.queries, 2 * c.encoder) / (2 * c.encoder) ** 0.5)
        self.posterior = nn.Linear(c.queries * 2 * c.encoder, 2 * c.code)
        self.initial = nn.Linear(c.code, 2 * c.decoder)
        self.decoder = nn.LSTM(c.embedding + c.code, c.decoder, batch_first=True)
        self.output = nn.Linear(c.decoder + c.code, c.embedding)
        self.bias = nn.Parameter(torch.zeros(c.vocabulary))
        self.no_code = nn.Parameter(torch.zeros(c.code))
        nn.init.normal_(self.embedding.weight, std=c.embedding**-0.5)

    def encode(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log-variance, each (B, Z), of lines of equal length: tokens (B, T), T >= 1, no padding.

        A bidirectional encoder reads padding as text, so lines of unequal length must be encoded apart.
        """
        embedded = self.embedding(tokens)  # (B, T, E)
        local = self.convolution(embedded.transpose(1, 2)).transpose(1, 2)  # over (B, E, T), back to (B, T, E)
        states, _ = self.encoder(embedded + F.gelu(local))  # (B, T, 2H)
        attention = torch.einsum("bth,qh->bqt", states, self.queries).softmax(-1)  # (B, Q, T)
        pooled = torch.einsum("bqt,bth->bqh", attention, states).flatten(1)  # (B, Q * 2H)
        mean, log_variance = self.posterior(pooled).float().chunk(2, dim=-1)
        return mean, log_variance.clamp(-12.0, 4.0)

    def begin(self, code: Tensor) -> State:
        """The decoder's initial hidden and cell state, each (B, H), for codes (B, Z)."""
        hidden, cell = self.initial(code).tanh().chunk(2, dim=-1)
        return hidden, cell

    def forward(self, code: Tensor, tokens: Tensor) -> Tensor:
        """Logits (B, T + 1, V) of tokens (B, T) and the end mark, each position seeing the true tokens before it."""
        before = F.pad(tokens, (1, 0), value=BEGIN)  # (B, T + 1)
        return self.logits_after(code, before)

    def logits_after(self, code: Tensor, before: Tensor) -> Tensor:
        """As `forward`, with the decoder's inputs (B, T + 1) given, so that training can blank some of them."""
        spread = code[:, None].expand(-1, before.shape[1], -1)  # (B, T + 1, Z)
        hidden, cell = self.begin(code)
        inputs = torch.cat([self.embedding(before), spread.to(self.embedding.weight.dtype)], dim=-1)
        states, _ = self.decoder(inputs, (hidden[None].contiguous(), cell[None].contiguous()))
        return self._logits(states, spread)

    def _logits(self, states: Tensor, code: Tensor) -> Tensor:
        features = self.output(torch.cat([states, code.to(states.dtype)], dim=-1))  # (…, E)
        return F.linear(features, self.embedding.weight, self.bias)


def kl(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Nats (B,) from the posterior to the prior N(0, I): 1/2 sum(exp(s) + m^2 - 1 - s), s = log sigma^2."""
    return 0.5 * (log_variance.exp() + mean.square() - 1.0 - log_variance).sum(-1)
