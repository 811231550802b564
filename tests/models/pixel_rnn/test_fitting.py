"""From files to a model folder that draws, and what its card says."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from models import shelf, trainer
from models.errors import DataError
from models.pixel_rnn import building
from models.pixel_rnn.drawing import completions, draw
from models.pixel_rnn.fitting import train_model
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.network import TOLD, Configuration
from models.pixel_rnn.plain import PlainConfiguration
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.pixel_rnn.training import DrawingTask, Recipe, binarised, bits_per_pixel
from models.shelf import ModelFolder
from models.sprites.form import Format
from models.trainer import Options
from tests.drawing import HEIGHT, PALETTE, WIDTH, sprite_data, sprites, write_drawing_model

SMALL = Configuration(embedding=8, around=12, blocks=1, above=16, along=24, features=24, dropout=0.0)
PLAIN = Recipe(batch=8, rate=0.01, plain=1.0)
CPU = torch.device("cpu")


def write_lecture_files(folder: Path, count: int = 60) -> Path:
    """Square sprites as the lecture publishes its own."""
    folder.mkdir(parents=True)
    images = sprites(count)[:, :, :HEIGHT].reshape(count, -1)
    rows = "\n".join(" ".join(map(str, image)) for image in images)
    (folder / "pixel_color.txt").write_text(rows + "\n", encoding="ascii")
    table = "\n".join(" ".join(map(str, colour)) for colour in PALETTE)
    (folder / "colormap.txt").write_text(table + "\n", encoding="ascii")
    return folder


def train(out: Path, *, epochs: float = 30, resume: bool = False, **told: object) -> ModelFolder:
    data = out.with_name(f"{out.name}-data")
    if not data.exists():
        write_lecture_files(data)
    options = Options(epochs=epochs, warm_up=5, seed=1, measure_every=0.25, save_seconds=0.0)
    return train_model(data, out, options, CPU, "mine", resume, **{"sizes": SMALL, "recipe": PLAIN, **told})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return train(tmp_path_factory.mktemp("trained") / "model")


def entropy_of_colours(images: NDArray[np.uint8]) -> float:
    """Bits a pixel of a code that knows only how often each colour comes."""
    shares = np.bincount(images.ravel()) / images.size
    return float(-(shares[shares > 0] * np.log2(shares[shares > 0])).sum())


def test_it_learns_what_the_sprites_look_like(trained: ModelFolder) -> None:
    assert trained.card.figures["bits_per_pixel"] < 0.25 * entropy_of_colours(sprites(60))


def test_the_card_says_how_it_was_made(trained: ModelFolder) -> None:
    card = shelf.open_folder(trained.path).card
    assert card.family == "pixel_rnn"
    assert Format.from_configuration(card.configuration) == Format(HEIGHT, HEIGHT, PALETTE)
    assert card.recipe["options"]["seed"] == 1
    assert card.recipe["recipe"]["batch"] == PLAIN.batch
    assert "selection" not in card.figures
    assert set(card.files) == {"weights.safetensors", "fingerprints.safetensors"}


def test_what_it_draws_is_like_what_it_learned(trained: ModelFolder) -> None:
    model = DrawingModel.load(trained)
    *_, made = completions(model, DrawRequest(Canvas.empty(model.form)), 8)
    first_rows = np.stack([sprite.pixels[0] for sprite in made])
    assert (first_rows == 0).mean() > 0.95  # no sprite has anything in its first row
    assert np.mean([4 in sprite.pixels for sprite in made]) > 0.7  # and each an outline


def test_training_can_be_taken_up_and_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = replace(PLAIN, plain=0.5)
    whole = train(tmp_path / "whole", epochs=4, recipe=recipe)
    calls = iter(range(100))
    real = DrawingTask.loss

    def interrupted(task: DrawingTask, batch: torch.Tensor, progress: float) -> tuple[torch.Tensor, dict[str, float]]:
        if next(calls) == 17:  # of 28 batches, in the midst of the third epoch
            raise KeyboardInterrupt
        return real(task, batch, progress)

    with monkeypatch.context() as patch:
        patch.setattr(DrawingTask, "loss", interrupted)
        with pytest.raises(KeyboardInterrupt):
            train(tmp_path / "other", epochs=4, recipe=recipe)
    tensors, meta = trainer.read(tmp_path / "other" / "training" / trainer.CHECKPOINT)
    assert json.loads(meta["place"])["step"] == 17
    assert any(name.startswith("optimizer.") for name in tensors)
    resumed = train(tmp_path / "other", epochs=4, recipe=recipe, resume=True)
    assert resumed.card.files == whole.card.files


def test_a_plain_network_is_trained_the_same_way(tmp_path: Path) -> None:
    folder = train(
        tmp_path / "plain", sizes=PlainConfiguration(along=48), recipe=Recipe(rate=0.01, guessing=0.0, plain=1.0)
    )
    assert folder.card.configuration["kind"] == "plain"
    assert folder.card.figures["bits_per_pixel"] < 0.5 * entropy_of_colours(sprites(60))
    assert len(list(draw(DrawingModel.load(folder), DrawRequest(Canvas.empty(Format(HEIGHT, HEIGHT, PALETTE)))))) == 36


def test_a_folder_with_a_model_is_left_alone(trained: ModelFolder) -> None:
    with pytest.raises(DataError, match="already holds a model"):
        train(trained.path)


class Pretender(torch.nn.Module):
    """In a network's place: the same chances for every pixel, even ones as guesses; keeps which pixels it knew."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[torch.Tensor] = []

    def forward(self, sprites: torch.Tensor, known: torch.Tensor, _: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        self.shown.append(known)
        logits = torch.zeros(*sprites.shape, len(PALETTE))
        logits[..., 4] = math.log(4)  # colour 4 has a chance of 1/2, each of the four others one of 1/8
        return logits, torch.zeros_like(logits)


def task_for(network: torch.nn.Module, recipe: Recipe) -> DrawingTask:
    return DrawingTask(network, sprite_data(), recipe, 0, CPU)  # type: ignore[arg-type]


def test_the_loss_is_the_mean_of_each_images_covered_pixels_and_a_share_of_the_guesses() -> None:
    task = task_for(Pretender(), replace(PLAIN, covered_whole=0.0, guessing=0.3))
    images = torch.zeros(2, HEIGHT, WIDTH, dtype=torch.uint8)
    images[0, 0, 0] = 4
    images[1, :2] = 4
    task.train = images
    mask = torch.zeros(HEIGHT, WIDTH, dtype=torch.bool)
    mask[0, :4] = True  # of these one has colour 4 in the first image, and all have it in the second
    task.masks = mask[None]
    loss, figures = task.loss(torch.arange(2), 0.0)
    bits = ((1 * 1 + 3 * 3) / 4 + 1) / 2
    assert figures["bits"] == pytest.approx(bits)
    assert loss.item() == pytest.approx(bits * math.log(2) + 0.3 * math.log(5))


def test_small_holes_count_as_much_as_large_ones() -> None:
    task = task_for(Pretender(), replace(PLAIN, covered_whole=0.0))
    task.train = torch.zeros(1, HEIGHT, WIDTH, dtype=torch.uint8)
    task.train[0, 0, 0] = 4
    masks = torch.zeros(2, HEIGHT, WIDTH, dtype=torch.bool)
    masks[0, 0, 0] = True  # costs 1 bit
    masks[1, 1:] = True  # costs 3 bits a pixel
    task.masks = masks
    torch.manual_seed(0)
    network = task.network
    assert isinstance(network, Pretender)
    _, figures = task.loss(torch.zeros(100, dtype=torch.long), 0.0)
    small = int((~network.shown[0]).sum((1, 2)).eq(1).sum())
    assert 0 < small < 100
    assert figures["bits"] == pytest.approx((small * 1 + (100 - small) * 3) / 100)


def test_known_pixels_are_shown_in_as_many_images_as_the_recipe_says() -> None:
    task = task_for(Pretender(), Recipe())
    network = task.network
    assert isinstance(network, Pretender)
    torch.manual_seed(0)
    task.masks = torch.zeros_like(task.masks[:1])
    task.masks[0, 2:4] = True
    task.loss(torch.zeros(1000, dtype=torch.long), 0.0)
    (known,) = network.shown
    seeing = known.any(2).any(1)
    assert (known[seeing] == ~task.masks).all()
    assert float(seeing.float().mean()) == pytest.approx(0.5, abs=0.07)  # more than four standard deviations


def test_augmentation_says_what_it_did() -> None:
    data = sprite_data()
    network = building.build(replace(SMALL, height=HEIGHT, width=WIDTH, colours=len(PALETTE)), data.form.table)
    task = DrawingTask(network, data, Recipe(plain=0.0, flips=1.0, shifts=1, hues=0.0), 0, CPU)
    torch.manual_seed(0)
    images = task.train[:16]
    made, told = task._augmented(images)
    assert told.shape == (16, TOLD)
    for image, sprite, row in zip(images.long(), made, told, strict=True):
        down, right = int(row[1:6].argmax()) - 2, int(row[6:11].argmax()) - 2
        expected = torch.full_like(image, data.form.paper)
        mirrored = image.flip(1)
        for y in range(HEIGHT):
            for x in range(WIDTH):
                if 0 <= y - down < HEIGHT and 0 <= x - right < WIDTH:
                    expected[y, x] = mirrored[y - down, x - right]
        assert (sprite == expected).all()
        assert row[0] == 1


def test_plain_sprites_are_told_nothing() -> None:
    data = sprite_data()
    network = building.build(replace(SMALL, height=HEIGHT, width=WIDTH, colours=len(PALETTE)), data.form.table)
    task = DrawingTask(network, data, Recipe(plain=1.0), 0, CPU)
    made, told = task._augmented(task.train[:8])
    assert (made == task.train[:8].long()).all()
    assert not told.any()


def test_bits_count_covered_pixels_only(tmp_path: Path) -> None:
    model = DrawingModel.load(write_drawing_model(tmp_path / "random"))
    images = sprites(5, 9)
    cover = np.zeros(images.shape, np.bool_)
    cover[:, 2, 3] = True
    other = images.copy()
    other[:, 4:] = 1  # neither covered nor seen by a blind reader
    bits = [bits_per_pixel(model.network, some, cover, CPU, blind=True) for some in (images, other)]
    assert bits[0] == pytest.approx(bits[1])
    assert bits_per_pixel(model.network, other, cover, CPU) != pytest.approx(bits[0])


def test_ink_is_drawn_with_its_chance_and_the_same_for_a_seed() -> None:
    ink = np.tile(np.array([0, 64, 255], np.uint8), (20_000, 1))
    drawn = binarised(ink, 3)
    assert drawn.mean(0) == pytest.approx([0.0, 64 / 255, 1.0], abs=0.01)
    assert (binarised(ink, 3) == drawn).all()
