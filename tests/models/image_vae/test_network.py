import pytest
import torch
from torch.distributions import Normal, kl_divergence

from models.errors import DataError
from models.image_vae.building import build, configuration_of, sizes_of
from models.image_vae.network import divergence, drawn
from tests.mapping import map_data, tiny_network


def test_the_divergence_is_that_of_two_gaussians() -> None:
    mean, log_variance = torch.randn(5, 3), torch.randn(5, 3)
    told = kl_divergence(Normal(mean, torch.exp(log_variance / 2)), Normal(0.0, 1.0)).sum(1)
    assert torch.allclose(divergence(mean, log_variance), told, atol=1e-5)


def test_a_code_is_drawn_with_the_deviation_that_the_log_variance_tells() -> None:
    codes = drawn(torch.full((20_000, 1), 2.0), torch.full((20_000, 1), -2.0), torch.Generator().manual_seed(0))
    assert codes.mean().item() == pytest.approx(2.0, abs=0.02)
    assert codes.std().item() == pytest.approx(torch.exp(torch.tensor(-1.0)).item(), rel=0.03)


@pytest.mark.parametrize("ink", [True, False])
@pytest.mark.parametrize("dimensions", [2, 10])
def test_a_picture_has_a_code_and_a_code_has_a_picture(ink: bool, dimensions: int) -> None:
    network = tiny_network(map_data(ink=ink), dimensions).eval()
    pixels = network.configuration.height * network.configuration.width
    pictures = torch.rand(3, pixels) if ink else torch.randint(5, (3, pixels))
    mean, log_variance = network.encode(pictures)
    assert mean.shape == (3, dimensions)
    assert log_variance is not None
    assert log_variance.shape == (3, dimensions)
    assert network.decode(mean).shape == (3, pixels, 1 if ink else 6)
    reconstruction, kl = network(pictures)
    assert (reconstruction > 0).all()
    assert torch.allclose(kl, divergence(mean, log_variance))


def test_the_plain_autoencoder_tells_a_code_and_no_spread() -> None:
    network = tiny_network(map_data(ink=True), variational=False)
    pictures = torch.rand(3, 42)
    _, log_variance = network.encode(pictures)
    first, second = network(pictures), network(pictures)
    assert log_variance is None
    assert torch.equal(first[0], second[0])  # nothing is drawn
    assert (first[1] == 0).all()


def test_the_card_builds_the_same_network() -> None:
    data = map_data()
    network = tiny_network(data)
    sizes = sizes_of(configuration_of(network, data.form))
    assert sizes == network.configuration
    again = build(sizes, data.form, variational=True)
    assert {k: v.shape for k, v in again.state_dict().items()} == {k: v.shape for k, v in network.state_dict().items()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dimensions", 1),
        ("dimensions", 1000),
        ("encoder", []),
        ("encoder", "wide"),
        ("decoder", [0]),
        ("waves", -1),
        ("pitch", float("nan")),
        ("strays", 1.0),
        ("dropout", None),
        ("channels", 2.5),
        ("embedding", True),
    ],
)
def test_sizes_that_no_network_has_are_told(name: str, value: object) -> None:
    data = map_data()
    with pytest.raises(DataError):
        sizes_of({**configuration_of(tiny_network(data), data.form), name: value})


def test_a_card_without_a_size_is_told() -> None:
    data = map_data()
    told = configuration_of(tiny_network(data), data.form)
    del told["decoder"]
    with pytest.raises(DataError):
        sizes_of(told)
