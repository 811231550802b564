"""How the sentence VAE learns: first to copy, then at a rate just under a line's entropy.

The loss is reconstruction + beta * max(0, KL - ceiling) (a one-sided form of free bits, Kingma et al. 2016): KL below
the ceiling costs nothing. The ceiling grows with the line, since a long line needs more nats than a short one. While
the decoder learns to copy, beta is near 0; then it rises. The encoder's input is noisy (blanks) to nothing at the
end, which keeps near codes near in words (denoising; Hill et al., NAACL 2016); the decoder's input too, which makes
it trust the code (word dropout, Bowman et al. 2016).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from models.sentence_vae.dataset import LineTensors
from models.sentence_vae.decoding import Decoder, fluency_nats, greedy, leaning, means_of
from models.sentence_vae.network import BEGIN, BLANK, END, SentenceVAE, kl
from models.sentence_vae.tokens import Tokens

PLAINLY = 1.0  # leaning on plain language


@dataclass(frozen=True)
class Recipe:
    """Every number of the training that is not the network's size; stands in the card."""

    batch: int = 128
    ceiling: float = 8.0  # nats that any line may use …
    ceiling_per_token: float = 5.1  # … and more for each token
    beta: float = 0.6
    beta_copying: float = 0.02
    copy_until: float = 0.16
    beta_full_at: float = 0.40
    blanks: float = 0.12
    blanks_until: float = 0.85
    word_dropout: float = 0.10
    without_code: int = 6  # one line in so many is decoded without its code
    selection_lines: int = 400

    def beta_at(self, progress: float) -> float:
        rise = (progress - self.copy_until) / (self.beta_full_at - self.copy_until)
        return self.beta_copying + (self.beta - self.beta_copying) * min(1.0, max(0.0, rise))

    def blanks_at(self, progress: float) -> float:
        return self.blanks * max(0.0, 1.0 - progress / self.blanks_until)


CHINESE = Recipe(batch=256, ceiling=4.5, ceiling_per_token=6.4, blanks=0.08, blanks_until=0.75, word_dropout=0.08)


class VerseTask:
    """The sentence VAE's side of `models.trainer`."""

    def __init__(
        self,
        network: SentenceVAE,
        tokens: Tokens,
        lines: LineTensors,
        valid: list[str],
        recipe: Recipe,
        seed: int,
        device: torch.device,
    ) -> None:
        self.network, self.tokens, self.lines, self.recipe = network, tokens, lines, recipe
        self.valid = valid[: recipe.selection_lines]
        self.seed, self.device = seed, device

    @property
    def data(self) -> str:
        told = "\n".join([self.lines.hash, *self.valid])
        return hashlib.sha256(told.encode()).hexdigest()

    def order(self, epoch: int) -> list[tuple[int, Tensor]]:
        return self.lines.order(self.seed, epoch)

    def loss(self, batch: tuple[int, Tensor], progress: float) -> tuple[Tensor, dict[str, float]]:
        """Nats a token of a batch of (length, row numbers)."""
        recipe, network = self.recipe, self.network
        tokens = self.lines.take(*batch).to(self.device)  # (B, T)
        without = len(tokens) // recipe.without_code
        plain, coded = tokens[:without], tokens[without:]
        mean, log_variance = network.encode(_blanked(coded, recipe.blanks_at(progress)))
        code = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        code = torch.cat([network.no_code.expand(without, -1).to(code.dtype), code])  # (B, Z)
        noisy = torch.cat([plain, _blanked(coded, recipe.word_dropout)])  # without a code there is none to trust
        before = F.pad(noisy, (1, 0), value=BEGIN)
        logits = network.logits_after(code, before)
        target = F.pad(tokens, (0, 1), value=END)
        nats = F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), reduction="none")
        by_line = nats.view(target.shape).sum(1)  # (B,)
        divergence = kl(mean, log_variance).mean()
        ceiling = recipe.ceiling + recipe.ceiling_per_token * tokens.shape[1]
        price = recipe.beta_at(progress) * F.relu(divergence - ceiling)
        loss = (by_line.mean() + price) / target.shape[1]
        return loss, {"nats": by_line[without:].mean().item(), "kl": divergence.item()}

    def measure(self, progress: float) -> dict[str, float]:
        """Held-out lines returned by decode(mean), and how fluent the lines halfway between two of them are.

        Selection is ends returned times fluency, once the rate is what it will be at the end; before that, progress.
        """
        figures = measure(self.network, self.tokens, self.valid, self.device)
        settled = progress >= self.recipe.beta_full_at
        selection = figures["ends_returned"] / max(figures["ratio"], 1.0) if settled else progress - 2.0
        return {"selection": selection, **figures}


def measure(network: SentenceVAE, tokens: Tokens, lines: list[str], device: torch.device) -> dict[str, float]:
    """`ends_returned`: share of lines that decode(mean) gives back; `ratio`: what a character of a line halfway between
    two of them, said as plainly as the path search says it, costs over what it costs in them, as a ratio of
    perplexities; `kl`: nats a line."""
    means, nats = means_of(network, tokens, lines, device)
    decoder = Decoder(network)
    halfway = 0.5 * (means + means.roll(1, 0))
    halfway = halfway / halfway.norm(dim=1, keepdim=True) * means.norm(dim=1, keepdim=True)
    between = [tokens.decode(row) for row in leaning(decoder, halfway, PLAINLY)]
    real, made = (fluency_nats(decoder, tokens, some) for some in (lines, between))
    return {
        "ends_returned": share_returned(decoder, tokens, lines, means),
        "ratio": float((made - real).mean().exp()),
        "kl": float(nats.mean()),
    }


def share_returned(decoder: Decoder, tokens: Tokens, lines: Sequence[str], means: Tensor) -> float:
    """Share of lines that the decoder returns exactly from their means (B, Z)."""
    texts = [tokens.decode(row) for row in greedy(decoder, means)]
    return sum(a == b for a, b in zip(texts, lines, strict=True)) / len(lines)


def _blanked(tokens: Tensor, share: float) -> Tensor:
    if share <= 0:
        return tokens
    return tokens.masked_fill(torch.rand(tokens.shape, device=tokens.device) < share, BLANK)
