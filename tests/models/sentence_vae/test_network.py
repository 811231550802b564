from __future__ import annotations

import torch
from torch.distributions import Normal, kl_divergence

from models.sentence_vae.network import SentenceVAE, kl, shapes


def test_kl_is_that_of_two_gaussians() -> None:
    mean, log_variance = torch.randn(5, 4), torch.randn(5, 4)
    posterior = Normal(mean, (0.5 * log_variance).exp())
    expected = kl_divergence(posterior, Normal(0.0, 1.0)).sum(-1)
    torch.testing.assert_close(kl(mean, log_variance), expected)


def test_the_prior_costs_nothing() -> None:
    assert kl(torch.zeros(1, 4), torch.zeros(1, 4)).item() == 0


def test_shapes_are_those_that_are_promised(network: SentenceVAE) -> None:
    tokens = torch.randint(4, 30, (3, 7))
    mean, log_variance = network.encode(tokens)
    assert mean.shape == log_variance.shape == (3, 4)
    assert network(mean, tokens).shape == (3, 8, 30)


def test_the_shapes_of_all_weights_are_known_without_them(network: SentenceVAE) -> None:
    weights = {name: tuple(value.shape) for name, value in network.state_dict().items()}
    assert shapes(network.configuration) == weights


def test_no_logit_depends_on_its_own_or_a_later_token(network: SentenceVAE) -> None:
    """By gradient with respect to each embedded token of the input."""
    tokens = torch.randint(4, 30, (1, 7))
    embedded: list[torch.Tensor] = []

    def keep(_module: torch.nn.Module, _arguments: object, output: torch.Tensor) -> torch.Tensor:
        embedded.append(output.detach().requires_grad_())
        return embedded[-1]

    handle = network.embedding.register_forward_hook(keep)
    logits = network(torch.randn(1, 4), tokens)  # (1, T + 1, V)
    handle.remove()
    for position in range(8):
        (gradient,) = torch.autograd.grad(logits[0, position].square().sum(), embedded[0], retain_graph=True)
        reached = gradient[0].abs().sum(1) > 0  # of the begin mark and the tokens before
        assert reached.tolist() == [place <= position for place in range(8)]


def test_every_logit_depends_on_the_code(network: SentenceVAE) -> None:
    code = torch.randn(1, 4, requires_grad=True)
    logits = network(code, torch.randint(4, 30, (1, 7)))
    for position in range(8):
        (gradient,) = torch.autograd.grad(logits[0, position].square().sum(), code, retain_graph=True)
        assert (gradient != 0).all()


def test_a_line_is_encoded_alike_alone_and_among_others(network: SentenceVAE) -> None:
    tokens = torch.randint(4, 30, (3, 7))
    together, _ = network.encode(tokens)
    alone, _ = network.encode(tokens[1:2])
    torch.testing.assert_close(together[1:2], alone)


def test_the_variance_stays_in_bounds(network: SentenceVAE) -> None:
    with torch.no_grad():
        network.posterior.bias.fill_(1e4)
    _, log_variance = network.encode(torch.randint(4, 30, (1, 7)))
    assert log_variance.max().item() == 4
