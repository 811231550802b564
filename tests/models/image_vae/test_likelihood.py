import math

import numpy as np
import pytest
import torch

from models.image_vae.likelihood import Ink, PaletteSoftmax
from tests.drawing import PALETTE

COLOURS = np.array(PALETTE, np.uint8)


def softmax(strays: float = 0.0, pixels: int = 4) -> PaletteSoftmax:
    torch.manual_seed(0)
    return PaletteSoftmax(COLOURS, pixels, channels=6, embedding=4, strays=strays).requires_grad_(False)


def test_ink_costs_minus_the_log_of_its_chance() -> None:
    chances = torch.tensor([[0.9, 0.2, 0.5]])
    nats = Ink().nats(torch.logit(chances)[..., None], torch.tensor([[1.0, 0.0, 1.0]]))
    assert nats.item() == pytest.approx(-math.log(0.9) - math.log(0.8) - math.log(0.5))


def test_a_grey_pixel_costs_its_share_of_black_and_of_paper() -> None:
    nats = Ink().nats(torch.logit(torch.tensor([[0.25]]))[..., None], torch.tensor([[0.4]]))
    assert nats.item() == pytest.approx(-0.4 * math.log(0.25) - 0.6 * math.log(0.75))


def test_ink_is_shown_black_on_white() -> None:
    shown = Ink().colours(torch.tensor([[[-40.0], [0.0], [40.0]]]))
    assert shown[0, :, 0].tolist() == [255, 128, 0]
    assert (shown == shown[..., :1]).all()


@pytest.mark.parametrize(("chance", "bits"), [(0.5, 1.0), (1 - 1e-7, 0.0), (0.25, 0.8113)])
def test_doubt_in_ink_is_its_entropy(chance: float, bits: float) -> None:
    doubt = Ink().doubt(torch.logit(torch.tensor([[[chance]]])))
    assert doubt.item() == pytest.approx(bits, abs=1e-3)


@pytest.mark.parametrize("strays", [0.0, 0.25])
def test_the_chances_of_all_colours_add_up_to_one(strays: float) -> None:
    likelihood = softmax(strays, pixels=1)
    outputs = torch.randn(1, 1, 6).expand(len(PALETTE), -1, -1)
    nats = likelihood.nats(outputs, torch.arange(len(PALETTE))[:, None])
    assert torch.exp(-nats).sum().item() == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("strays", [0.0, 0.25])
def test_doubt_in_colours_is_the_entropy_of_their_chances(strays: float) -> None:
    likelihood = softmax(strays, pixels=1)
    outputs = torch.randn(1, 1, 6)
    nats = likelihood.nats(outputs.expand(len(PALETTE), -1, -1), torch.arange(len(PALETTE))[:, None])
    entropy = (torch.exp(-nats) * nats).sum().item() / math.log(2)
    assert likelihood.doubt(outputs).item() == pytest.approx(entropy, abs=1e-4)


@pytest.mark.parametrize("likelihood", [Ink(), softmax(0.25)], ids=["ink", "colours"])
def test_every_picture_is_priced_against_every_output_as_alone(likelihood: Ink | PaletteSoftmax) -> None:
    outputs = torch.randn(3, 4, likelihood.channels)
    ink = isinstance(likelihood, Ink)
    pictures = torch.rand(2, 4) if ink else torch.randint(len(PALETTE), (2, 4))
    alone = torch.stack([likelihood.nats(outputs, picture.expand(3, -1)) for picture in pictures])
    assert torch.allclose(likelihood.cross(outputs, pictures), alone, atol=1e-4)


def test_a_colour_begins_likelier_where_one_of_its_kind_is_meant() -> None:
    """The logits begin as a Gaussian's in Oklab: asked for orange, vermillion is nearer than blue."""
    table = np.array([(255, 255, 255), (230, 159, 0), (213, 94, 0), (0, 114, 178)], np.uint8)
    torch.manual_seed(1)
    likelihood = PaletteSoftmax(table, 1, channels=4, embedding=4, strays=0.0)
    orange = likelihood.rows[1].detach().clone()
    orange[3] = 6.0  # the Gaussian's own square
    logits = (likelihood.rows @ orange).tolist()
    assert logits[1] == max(logits)
    assert logits[2] > logits[3]


def test_a_pixel_that_strays_has_the_colours_of_its_place() -> None:
    likelihood = softmax(0.25, pixels=2)
    paper = likelihood.paper
    likelihood.learn_places(torch.tensor([[paper, 1], [paper, 1], [paper, 2]]))
    sure_of_other = torch.zeros(1, 2, 6)
    near, far = (likelihood.nats(sure_of_other, torch.tensor([[paper, colour]])).item() for colour in (1, 3))
    assert near < far
    assert likelihood.papers[0] > 0.5 > likelihood.papers[1]
    assert likelihood.commons.sum().item() == pytest.approx(1.0)


def test_what_is_shown_is_the_likeliest_colour() -> None:
    likelihood, outputs = softmax(), torch.randn(2, 4, 6)
    logits = outputs @ likelihood.rows.T + likelihood.bias
    assert np.array_equal(likelihood.colours(outputs).numpy(), COLOURS[logits.argmax(-1).numpy()])
