from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from models.sentence_vae import decoding
from models.sentence_vae.decoding import (
    MAX_STEPS,
    Decoder,
    Drawn,
    Line,
    LineNats,
    after,
    fluency_nats,
    greedy,
    leaning,
    means_of,
    nats,
    sample,
)
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.network import BEGIN, BLANK, END, PAD, SentenceVAE, kl
from tests.making import LINES

NO_BYTES = [PAD, BEGIN, BLANK]  # the random networks here have fewer tokens than there are bytes


@pytest.fixture
def decoder(network: SentenceVAE, monkeypatch: pytest.MonkeyPatch) -> Decoder:
    monkeypatch.setattr(decoding, "MARKS_AND_BYTES", NO_BYTES)
    return Decoder(network)


def make_likely(network: SentenceVAE, token: int) -> None:
    with torch.no_grad():
        network.bias[token] = 100.0


def logits_step_by_step(decoder: Decoder, codes: Tensor, tokens: Tensor) -> Tensor:
    """As the network's own forward pass gives them: (B, T + 1, V)."""
    line, rows = decoder.start(codes), []
    for token in F.pad(tokens, (1, 0), value=BEGIN).unbind(1):
        logits, line = decoder.step(line, token)
        rows.append(logits)
    return torch.stack(rows, 1)


def test_steps_give_the_logits_of_the_forward_pass(network: SentenceVAE) -> None:
    codes, tokens = 3 * torch.randn(50, 4), torch.randint(4, 30, (50, 20))
    torch.testing.assert_close(
        logits_step_by_step(Decoder(network), codes, tokens), network(codes, tokens), atol=1e-4, rtol=0
    )


def test_steps_give_the_logits_of_a_trained_network(tiny_model: SentenceModel) -> None:
    tokens = torch.tensor([tiny_model.tokens.encode(LINES[0])])
    code, _ = tiny_model.network.encode(tokens)
    expected = tiny_model.network(code, tokens)
    torch.testing.assert_close(logits_step_by_step(tiny_model.decoder, code, tokens), expected, atol=1e-4, rtol=0)


def greedy_by_forward_passes(network: SentenceVAE, code: Tensor) -> list[int]:
    """One whole forward pass for every token."""
    found: list[int] = []
    while len(found) < MAX_STEPS:
        logits = network(code[None], torch.tensor([found], dtype=torch.long))[0, -1].detach()
        logits[NO_BYTES] = -torch.inf
        number = int(logits.argmax())
        if number == END:
            break
        found.append(number)
    return found


def test_greedy_takes_the_likeliest_token_each_time(network: SentenceVAE, decoder: Decoder) -> None:
    with torch.no_grad():
        network.bias[END] = 1.0  # so that lines end at different steps
    codes = 3 * torch.randn(12, 4)
    found = greedy(decoder, codes)
    assert found == [greedy_by_forward_passes(network, code) for code in codes]
    assert len({len(line) for line in found}) > 1


def test_a_line_is_decoded_alike_alone_and_among_others(decoder: Decoder) -> None:
    codes = 3 * torch.randn(8, 4)
    together = greedy(decoder, codes)
    assert together == [greedy(decoder, code[None])[0] for code in codes]


def sampled(
    decoder: Decoder,
    codes: Tensor,
    leaning: float,
    temperature: float,
    seed: int = 1,
    homes: Tensor | None = None,
) -> list[Drawn]:
    each = torch.ones(len(codes))
    return sample(decoder, codes, leaning * each, temperature * each, torch.Generator().manual_seed(seed), homes)


def drawn(decoder: Decoder, codes: Tensor, leaning: float, temperature: float, seed: int = 1) -> list[list[int]]:
    return [line.tokens for line in sampled(decoder, codes, leaning, temperature, seed)]


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_decoding_stops_at_the_end_mark(temperature: float, network: SentenceVAE) -> None:
    make_likely(network, END)
    decoder = Decoder(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "MARKS_AND_BYTES", NO_BYTES)
        assert drawn(decoder, torch.randn(3, 4), 0.5, temperature) == [[], [], []]
    assert greedy(decoder, torch.randn(3, 4)) == [[], [], []]


def test_decoding_ends_where_no_end_mark_comes(network: SentenceVAE, decoder: Decoder) -> None:
    make_likely(network, 7)
    assert greedy(decoder, torch.randn(1, 4)) == [[7] * MAX_STEPS]
    assert drawn(decoder, torch.randn(1, 4), 0.0, 1.0) == [[7] * MAX_STEPS]


@pytest.mark.parametrize("mark", NO_BYTES)
def test_marks_are_never_decoded(mark: int, network: SentenceVAE, decoder: Decoder) -> None:
    make_likely(network, mark)
    codes = torch.randn(4, 4)
    assert all(mark not in line for line in greedy(decoder, codes) + drawn(decoder, codes, 0.5, 1.0))


def test_single_bytes_are_never_drawn(tiny_model: SentenceModel) -> None:
    with torch.no_grad():
        tiny_model.network.bias[ord("~") + 4] = 100.0
    lines = drawn(tiny_model.decoder, torch.randn(4, 16), 0.5, 1.0)
    assert not any("~" in tiny_model.tokens.decode(line) for line in lines)


def test_without_leaning_or_temperature_drawing_is_greedy(decoder: Decoder) -> None:
    codes = 3 * torch.randn(8, 4)
    assert drawn(decoder, codes, leaning=0.0, temperature=0.0) == greedy(decoder, codes)


def test_the_seed_decides_what_is_drawn(decoder: Decoder) -> None:
    codes = torch.randn(8, 4)
    assert drawn(decoder, codes, 0.5, 1.0) == drawn(decoder, codes, 0.5, 1.0)
    assert drawn(decoder, codes, 0.5, 1.0) != drawn(decoder, codes, 0.5, 1.0, seed=2)


def test_drawing_leans_on_the_decoder_without_a_code_as_a_product_of_experts(decoder: Decoder) -> None:
    """The first token is the likeliest under log p(x | code) + leaning * log p(x | no code)."""
    codes, leaning = 3 * torch.randn(40, 4), 0.8
    begin = torch.full((len(codes),), BEGIN)
    under_code, _ = decoder.step(decoder.start(codes), begin)
    free, _ = decoder.step(decoder.start(decoder.no_code.expand_as(codes)), begin)
    both = under_code.log_softmax(-1) + leaning * free.log_softmax(-1)
    both[:, NO_BYTES] = -torch.inf
    firsts = [(line or [END])[0] for line in drawn(decoder, codes, leaning, temperature=0.0)]
    assert firsts == both.argmax(-1).tolist()


def test_what_is_far_less_likely_is_never_drawn(network: SentenceVAE, decoder: Decoder) -> None:
    """Tokens below a twentieth of the likeliest one's probability."""
    code = torch.randn(1, 4)
    logits, _ = decoder.step(decoder.start(code), torch.tensor([BEGIN]))
    logits[:, NO_BYTES] = -torch.inf
    allowed = {number for number in range(30) if logits[0, number] >= logits.amax() + torch.tensor(0.05).log()}
    firsts = {(line or [END])[0] for line in drawn(decoder, code.expand(2000, -1), leaning=0.0, temperature=1.0)}
    assert firsts <= allowed
    assert len(firsts) > 1


def test_a_drawn_line_costs_what_it_costs_to_read(network: SentenceVAE) -> None:
    """Without a code, and under its home's, wherever it was drawn."""
    with torch.no_grad():
        network.bias[END] = 1.5  # so that lines end
        network.no_code.normal_()
    decoder = Decoder(network, [3.0] * 30)
    homes = 3 * torch.randn(8, 4)
    codes = homes + torch.tensor([0.0, 1.0] * 4)[:, None]  # every other line is drawn away from its home
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "MARKS_AND_BYTES", NO_BYTES)
        lines = sampled(decoder, codes, 0.8, 1.0, homes=homes)
    ended = [i for i, line in enumerate(lines) if len(line.tokens) < MAX_STEPS]
    assert {i % 2 for i in ended} == {0, 1}
    tokens = [lines[i].tokens for i in ended]
    read, at_home = plain_nats(decoder, tokens), nats(decoder, homes, tokens, ended).whole
    assert read.stumbles.any()
    for expected, name in (
        (read.whole, "nats"),
        (read.ending, "ending"),
        (read.stumbles, "stumbles"),
        (at_home, "under_code"),
    ):
        found = torch.tensor([getattr(lines[i], name) for i in ended])
        torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-4)


def test_where_a_line_is_at_home_changes_its_price_alone(decoder: Decoder) -> None:
    codes = 3 * torch.randn(6, 4)
    near, far = (sampled(decoder, codes, 0.5, 1.0, homes=homes) for homes in (codes, -codes))
    assert [line.tokens for line in near] == [line.tokens for line in far]
    assert [line.nats for line in near] == pytest.approx([line.nats for line in far], rel=1e-4)
    assert all(one.under_code != other.under_code for one, other in zip(near, far, strict=True))


def plain_nats(decoder: Decoder, lines: Sequence[Sequence[int]]) -> LineNats:
    return nats(decoder, decoder.no_code[None], lines, [0] * len(lines))


def test_nats_are_the_cross_entropy_of_the_forward_pass(network: SentenceVAE, decoder: Decoder) -> None:
    lines = [[5, 9, 4], [], [8], [7, 7, 7, 7, 20, 11], [6]]
    codes = torch.randn(len(lines), 4)
    expected = [
        F.cross_entropy(
            network(code[None], torch.tensor([line], dtype=torch.long))[0], torch.tensor([*line, END]), reduction="sum"
        )
        for code, line in zip(codes, lines, strict=True)
    ]
    torch.testing.assert_close(
        nats(decoder, codes, lines, range(5)).whole, torch.stack(expected).detach(), atol=1e-4, rtol=0
    )


def test_lines_under_the_same_code_are_read_as_if_each_were_alone(decoder: Decoder) -> None:
    lines = [[5, 9, 4], [], [5, 9, 8, 8], [7, 7, 7, 7, 20, 11], [5, 9, 4], [5, 9]]  # some share their beginnings
    codes, under = torch.randn(2, 4), [0, 0, 0, 1, 1, 0]
    together = nats(decoder, codes, lines, under)
    apart = nats(decoder, codes[under], lines, range(6))
    for one, other in zip(together, apart, strict=True):
        torch.testing.assert_close(one, other, atol=1e-4, rtol=0)


def test_a_shared_beginning_is_read_once(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    advance = decoder.advance

    def counting(line: Line, token: Tensor) -> tuple[Tensor, Line]:
        read.append(len(token))
        return advance(line, token)

    monkeypatch.setattr(decoder, "advance", counting)
    nats(decoder, torch.randn(2, 4), [[5, 9, 4], [5, 9, 8], [5, 9, 8]], [0, 0, 1])
    assert read == [2, 2, 2, 3]  # under two codes: nothing, 5, 5 9, then 4 and 8 under one and 8 under the other


def test_a_reader_stumbles_where_a_token_costs_more_than_anywhere(network: SentenceVAE) -> None:
    rarities = [2.0] * 30
    rarities[21] = 4.0
    with torch.no_grad():
        network.bias[21] = -9.0
    decoder = Decoder(network, rarities)
    code, line = torch.randn(1, 4), [5, 21, 8, 21]
    costs = F.cross_entropy(network(code, torch.tensor([line]))[0], torch.tensor([*line, END]), reduction="none")
    expected = F.relu(costs[:-1] - torch.tensor([rarities[token] for token in line])).sum().detach()
    assert expected > 0
    torch.testing.assert_close(nats(decoder, code, [line], [0]).stumbles[0], expected, atol=1e-4, rtol=0)
    assert nats(Decoder(network), code, [line], [0]).stumbles[0] == 0, "without rarities nothing is told"


def test_no_lines_have_no_nats(decoder: Decoder) -> None:
    assert nats(decoder, torch.empty(0, 4), [], []).whole.shape == (0,)
    assert nats(decoder, torch.randn(1, 4), [], []).whole.shape == (0,)
    assert after(decoder, [], []) == []
    assert sampled(decoder, torch.empty(0, 4), 0.5, 1.0) == []


def test_what_follows_each_beginning_costs_what_the_network_says(network: SentenceVAE, decoder: Decoder) -> None:
    with torch.no_grad():
        network.no_code.normal_()
    lines = [[5, 9, 4], [], [5, 9, 8, 8, 12], [5]]
    places = [[0, 2, 3], [0], [5, 1], []]
    for line, some, costs in zip(lines, places, after(decoder, lines, places), strict=True):
        logits = network(network.no_code[None], torch.tensor([line], dtype=torch.long))[0, some]
        torch.testing.assert_close(costs, -logits.log_softmax(-1).detach(), atol=1e-4, rtol=0)


def test_the_end_marks_nats_are_those_after_the_last_token(network: SentenceVAE, decoder: Decoder) -> None:
    codes, lines = torch.randn(3, 4), [[7, 8], [9], [5, 6, 7, 8]]
    for code, line, ending in zip(codes, lines, nats(decoder, codes, lines, range(3)).ending, strict=True):
        logits = network(code[None], torch.tensor([line]))[0, -1]
        torch.testing.assert_close(ending, -logits.log_softmax(-1)[END].detach(), atol=1e-4, rtol=0)


def test_fluency_counts_the_end_of_a_line_as_a_character(tiny_model: SentenceModel) -> None:
    line = LINES[0]
    whole = plain_nats(tiny_model.decoder, [tiny_model.tokens.encode(line)]).whole
    torch.testing.assert_close(fluency_nats(tiny_model.decoder, tiny_model.tokens, [line]), whole / (len(line) + 1))


def test_what_was_learned_is_more_fluent_than_what_was_not(tiny_model: SentenceModel) -> None:
    known, strange = fluency_nats(tiny_model.decoder, tiny_model.tokens, ["the sea is old", "xyz zyx qqq jjj"]).tolist()
    assert known < strange


def test_means_of_lines_of_many_lengths_are_those_of_each_alone(tiny_model: SentenceModel) -> None:
    lines = [LINES[0], "the sea", LINES[7], "x", LINES[0]]
    means, rates = means_of(tiny_model.network, tiny_model.tokens, lines, tiny_model.device)
    for line, mean, rate in zip(lines, means, rates, strict=True):
        expected, log_variance = tiny_model.network.encode(torch.tensor([tiny_model.tokens.encode(line)]))
        torch.testing.assert_close(mean, expected[0])
        torch.testing.assert_close(rate, kl(expected, log_variance)[0])


def test_a_line_that_comes_to_no_end_is_known(decoder: Decoder, network: SentenceVAE) -> None:
    make_likely(network, 7)
    weights, cold = torch.zeros(2), torch.zeros(2)
    drawn = sample(decoder, torch.zeros(2, 4), weights, cold, torch.Generator())
    assert [(len(line.tokens), line.ended) for line in drawn] == [(MAX_STEPS, False)] * 2
    assert leaning(decoder, torch.zeros(2, 4), 0.5) == [[], []]
    make_likely(network, END)
    with torch.no_grad():
        network.bias[7] = 0.0
    assert all(line.ended for line in sample(decoder, torch.zeros(2, 4), weights, cold, torch.Generator()))
