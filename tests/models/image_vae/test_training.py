import numpy as np
import pytest
import torch

from models.image_vae.training import MapTask, Recipe, as_pictures, black_and_white, measure, searched_bound
from tests.mapping import map_data, tiny_network

CPU = torch.device("cpu")


def task(recipe: Recipe = Recipe(batch=16), *, ink: bool = False, variational: bool = True) -> MapTask:  # noqa: B008
    data = map_data(ink=ink)
    return MapTask(tiny_network(data, variational=variational), data, recipe, 0, CPU)


def test_an_epoch_visits_every_picture_but_a_last_small_batch() -> None:
    order = task(Recipe(batch=20)).order(0)
    rows = torch.cat(list(order)).tolist()
    assert [len(batch) for batch in order] == [20, 20]
    assert len(set(rows)) == 40
    assert torch.cat(list(task(Recipe(batch=20)).order(1))).tolist() != rows


def test_data_smaller_than_a_batch_is_one_batch() -> None:
    assert [len(batch) for batch in task(Recipe(batch=500)).order(0)] == [48]


@pytest.mark.parametrize("ink", [True, False])
@pytest.mark.parametrize("variational", [True, False])
def test_training_lowers_the_price_of_unseen_pictures(ink: bool, variational: bool) -> None:
    learner = task(ink=ink, variational=variational)
    torch.manual_seed(0)
    before = learner.measure(0.0)
    optimizer = torch.optim.Adam(learner.network.parameters(), 1e-2)
    for epoch in range(25):
        for batch in learner.order(epoch):
            loss, _ = learner.loss(batch, 1.0)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    learner.network.eval()
    after = learner.measure(1.0)
    assert after["neg_elbo"] < 0.8 * before["neg_elbo"]
    assert after["selection"] > before["selection"]
    assert (after["kl"] > 0.1) == variational


def test_the_codes_are_free_at_first_and_priced_in_full_later() -> None:
    learner = task(Recipe(batch=16, kl_warm_up=0.5))
    batch = learner.order(0)[0]
    losses = []
    for progress in (0.0, 0.25, 0.5, 1.0):
        torch.manual_seed(3)
        loss, told = learner.loss(batch, progress)
        losses.append(loss.item() * learner.train[0].numel() - told["reconstruction"])
    kl = told["kl"]
    assert losses == pytest.approx([0.0, kl / 2, kl, kl], rel=1e-3, abs=1e-3)


def test_grey_ink_is_drawn_to_black_and_white_in_its_share() -> None:
    ink = np.full((400, 5, 5), 64, np.uint8)
    drawn = black_and_white(ink)
    assert set(np.unique(drawn)) == {0, 255}
    assert (drawn > 0).mean() == pytest.approx(64 / 255, abs=0.02)
    assert np.array_equal(drawn, black_and_white(ink))
    assert not np.array_equal(drawn, black_and_white(ink, 5))


def test_the_encoder_is_shown_paper_in_place_of_some_pixels() -> None:
    learner = task(Recipe(batch=16, blanks=0.5))
    seen: list[torch.Tensor] = []
    encode = learner.network.encode

    def listening(pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        seen.append(pictures)
        return encode(pictures)

    learner.network.encode = listening  # type: ignore[method-assign]
    batch = learner.order(0)[0]
    learner.loss(batch, 1.0)
    whole = learner.train[batch].long().flatten(1)
    changed = seen[0] != whole
    assert (seen[0][changed] == learner.paper).all()
    assert changed.float().sum() / (whole != learner.paper).sum() == pytest.approx(0.5, abs=0.1)


def test_a_measurement_repeats_and_leaves_the_random_numbers_alone() -> None:
    learner = task(ink=True)
    learner.network.eval()
    torch.manual_seed(1)
    expected = torch.rand(1)
    torch.manual_seed(1)
    images = black_and_white(learner.valid)
    first = measure(learner.network, images, CPU)
    assert torch.equal(torch.rand(1), expected)
    assert measure(learner.network, images, CPU) == first
    assert first["neg_elbo"] == pytest.approx(first["reconstruction"] + first["kl"])


def test_searching_does_not_change_what_is_learned() -> None:
    learner = task(ink=True)
    before = {name: value.clone() for name, value in learner.network.state_dict().items()}
    searched_bound(learner.network, black_and_white(learner.valid), CPU)
    assert all(torch.equal(before[name], value) for name, value in learner.network.state_dict().items())
    assert all(parameter.grad is None for parameter in learner.network.parameters())


def test_pictures_are_shares_of_ink_or_colour_indices() -> None:
    images = np.array([[[0, 255], [51, 102]]], np.uint8)
    assert as_pictures(images, ink=True).tolist() == [pytest.approx([0.0, 1.0, 0.2, 0.4])]
    assert as_pictures(images, ink=False).tolist() == [[0, 255, 51, 102]]
