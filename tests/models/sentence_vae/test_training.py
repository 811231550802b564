"""What is learned: the loss against its formula, its schedule at the corners, and which weights are kept."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from models.sentence_vae import tokens as tokens_module
from models.sentence_vae import training
from models.sentence_vae.dataset import LineTensors
from models.sentence_vae.network import BEGIN, BLANK, END, Configuration, SentenceVAE
from models.sentence_vae.tokens import Tokens
from models.sentence_vae.training import Recipe, VerseTask
from tests.making import LINES

CPU = torch.device("cpu")
RECIPE = Recipe(
    ceiling=0.5, ceiling_per_token=0.1, beta=0.6, beta_copying=0.2, blanks=0.0, word_dropout=0.0, without_code=4
)


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return tokens_module.train(LINES, 300)


@pytest.fixture
def network(tokens: Tokens) -> SentenceVAE:
    torch.manual_seed(3)
    sizes = Configuration(vocabulary=len(tokens), embedding=8, encoder=6, decoder=10, code=4, queries=2)
    network = SentenceVAE(sizes)
    with torch.no_grad():
        network.no_code.fill_(0.7)  # else it is as good as any code near 0
    return network


def task_of(network: SentenceVAE, tokens: Tokens, recipe: Recipe) -> VerseTask:
    lines = LineTensors(list(LINES), tokens, 64)
    return VerseTask(network, tokens, lines, list(LINES), recipe, 1, CPU)


@pytest.fixture
def fixed_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each code stands one standard deviation above its mean."""
    monkeypatch.setattr(torch, "randn_like", torch.ones_like)


@torch.no_grad()
def by_hand(task: VerseTask, batch: tuple[int, Tensor], beta: float) -> tuple[float, float, float]:
    """Loss, nats and KL, summed line by line and number by number."""
    recipe, network = task.recipe, task.network
    lines = task.lines.take(*batch)
    means, log_variances = network.encode(lines)
    nats, divergences = [], []
    without = len(lines) // recipe.without_code
    for i, line in enumerate(lines):
        code = network.no_code if i < without else means[i] + (log_variances[i] / 2).exp()
        logits = network.logits_after(code[None], torch.tensor([[BEGIN, *line.tolist()]]))[0]
        chances = logits.softmax(-1)
        nats.append(-sum(math.log(chances[t, token]) for t, token in enumerate([*line.tolist(), END])))
        pairs = zip(means[i].tolist(), log_variances[i].tolist(), strict=True)
        divergences.append(sum((math.exp(s) + m * m - 1 - s) / 2 for m, s in pairs))
    divergence = sum(divergences[without:]) / len(divergences[without:])
    over = max(0.0, divergence - recipe.ceiling - recipe.ceiling_per_token * lines.shape[1])
    loss = (sum(nats) / len(nats) + beta * over) / (lines.shape[1] + 1)
    return loss, sum(nats[without:]) / len(nats[without:]), divergence


@pytest.mark.parametrize("far", [0.0, 3.0])
@pytest.mark.parametrize(("progress", "beta"), [(0.0, 0.2), (0.28, 0.4), (1.0, 0.6)])
def test_the_loss_is_its_formula(
    far: float, progress: float, beta: float, network: SentenceVAE, tokens: Tokens, fixed_noise: None
) -> None:
    with torch.no_grad():
        network.posterior.bias[:4] += far  # far from the prior, KL stands above the ceiling
    task = task_of(network, tokens, RECIPE)
    batch = max(task.order(0), key=lambda found: len(found[1]))
    assert len(batch[1]) >= RECIPE.without_code
    loss, nats, divergence = by_hand(task, batch, beta)
    ceiling = RECIPE.ceiling + RECIPE.ceiling_per_token * batch[0]
    assert (divergence > ceiling) == (far > 0)
    found, figures = task.loss(batch, progress)
    assert found.item() == pytest.approx(loss, rel=1e-4)
    assert figures == pytest.approx({"nats": nats, "kl": divergence}, rel=1e-4)


def test_only_so_many_lines_are_decoded_without_their_code(
    network: SentenceVAE, tokens: Tokens, fixed_noise: None
) -> None:
    """`no_code` learns from one line in so many, and from none where there are fewer lines."""
    for share, learns in ((4, True), (10_000, False)):
        task = task_of(network, tokens, replace(RECIPE, without_code=share))
        network.zero_grad()
        task.loss(max(task.order(0), key=lambda found: len(found[1])), 1.0)[0].backward()
        gradient = network.no_code.grad
        assert (gradient is not None and bool(gradient.any())) == learns


def test_the_price_of_kl_rises_between_copying_and_full() -> None:
    recipe = Recipe(beta=0.6, beta_copying=0.02, copy_until=0.2, beta_full_at=0.4)
    found = [recipe.beta_at(progress) for progress in (0.0, 0.2, 0.3, 0.4, 1.0)]
    assert found == pytest.approx([0.02, 0.02, 0.31, 0.6, 0.6])


def test_blanks_fall_to_nothing() -> None:
    recipe = Recipe(blanks=0.12, blanks_until=0.8)
    found = [recipe.blanks_at(progress) for progress in (0.0, 0.4, 0.8, 1.0)]
    assert found == pytest.approx([0.12, 0.06, 0.0, 0.0])


def read_by(task: VerseTask, progress: float, monkeypatch: pytest.MonkeyPatch) -> tuple[Tensor, Tensor]:
    """Shares of blanks in what the encoder and the decoder read."""
    read: list[Tensor] = []
    encode, logits_after = task.network.encode, task.network.logits_after

    def encoding(tokens: Tensor) -> tuple[Tensor, Tensor]:
        read.append((tokens == BLANK).float().mean())
        return encode(tokens)

    def decoding(code: Tensor, before: Tensor) -> Tensor:
        assert (before[:, 0] == BEGIN).all()
        read.append((before[:, 1:] == BLANK).float().mean())
        return logits_after(code, before)

    monkeypatch.setattr(task.network, "encode", encoding)
    monkeypatch.setattr(task.network, "logits_after", decoding)
    length, rows = max(task.order(0), key=lambda found: len(found[1]))
    task.loss((length, rows.repeat(200)), progress)
    monkeypatch.undo()
    return read[0], read[1]


def test_what_is_read_is_blanked_as_the_recipe_says(
    network: SentenceVAE, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = task_of(network, tokens, replace(RECIPE, blanks=0.4, blanks_until=0.8, word_dropout=0.1))
    assert torch.stack(read_by(task, 0.4, monkeypatch)).tolist() == pytest.approx([0.2, 0.1], abs=0.03)
    assert torch.stack(read_by(task, 0.9, monkeypatch)).tolist() == pytest.approx([0.0, 0.1], abs=0.03)


def test_lines_without_their_code_are_read_as_they_are(
    network: SentenceVAE, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blanks teach the decoder to trust the code; where there is none they would only hide the language."""
    task = task_of(network, tokens, replace(RECIPE, word_dropout=0.9))
    read: list[Tensor] = []
    logits_after = network.logits_after

    def decoding(code: Tensor, before: Tensor) -> Tensor:
        read.append(before == BLANK)
        return logits_after(code, before)

    monkeypatch.setattr(network, "logits_after", decoding)
    length, rows = max(task.order(0), key=lambda found: len(found[1]))
    task.loss((length, rows), 1.0)
    without = len(rows) // RECIPE.without_code
    assert without > 0
    assert not read[0][:without].any()
    assert read[0][without:].any(1).all()


@pytest.mark.parametrize(
    ("progress", "ratio", "selection"),
    [
        (0.1, 2.0, -1.9),  # before the rate has settled, later is better and all of it worse than after
        (0.39, 0.5, -1.61),
        (0.4, 2.0, 0.4),
        (1.0, 1.25, 0.64),
        (1.0, 0.5, 0.8),  # lines that are more fluent than real ones earn nothing
    ],
)
def test_weights_are_kept_for_ends_returned_times_fluency(
    progress: float,
    ratio: float,
    selection: float,
    network: SentenceVAE,
    tokens: Tokens,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def measured(*_: object) -> dict[str, float]:
        return {"ends_returned": 0.8, "ratio": ratio, "kl": 5.0}

    monkeypatch.setattr(training, "measure", measured)
    figures = task_of(network, tokens, Recipe(beta_full_at=0.4)).measure(progress)
    assert figures == pytest.approx({"selection": selection, "ends_returned": 0.8, "ratio": ratio, "kl": 5.0})


def test_only_the_lines_for_selection_are_measured(network: SentenceVAE, tokens: Tokens) -> None:
    assert task_of(network, tokens, replace(RECIPE, selection_lines=3)).valid == list(LINES[:3])


def test_the_hash_tells_data_from_other_data(network: SentenceVAE, tokens: Tokens) -> None:
    task = task_of(network, tokens, RECIPE)
    fewer = LineTensors(list(LINES[1:]), tokens, 64)
    assert task.data == task_of(network, tokens, RECIPE).data
    assert task.data != VerseTask(network, tokens, fewer, list(LINES), RECIPE, 1, CPU).data
    assert task.data != VerseTask(network, tokens, task.lines, list(LINES[1:]), RECIPE, 1, CPU).data
