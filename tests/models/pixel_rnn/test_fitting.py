"""From files to a model folder that draws, and what its card says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from models import shelf
from models.errors import DataError
from models.pixel_rnn import building
from models.pixel_rnn.drawing import completions, draw
from models.pixel_rnn.fitting import train_model
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.network import TOLD, Configuration
from models.pixel_rnn.plain import PlainConfiguration
from models.pixel_rnn.sprite import Canvas, DrawRequest, Format
from models.pixel_rnn.training import DrawingTask, Recipe, binarised, bits_per_pixel
from models.shelf import ModelFolder
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
    options = Options(epochs=epochs, warm_up=5, seed=1, measure_every=0.25)
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
    whole = train(tmp_path / "whole", epochs=4)
    calls = iter(range(100))
    real = DrawingTask.loss

    def interrupted(task: DrawingTask, batch: torch.Tensor, progress: float) -> tuple[torch.Tensor, dict[str, float]]:
        if next(calls) == 5:
            raise KeyboardInterrupt
        return real(task, batch, progress)

    with monkeypatch.context() as patch:
        patch.setattr(DrawingTask, "loss", interrupted)
        with pytest.raises(KeyboardInterrupt):
            train(tmp_path / "other", epochs=4)
    resumed = train(tmp_path / "other", epochs=4, resume=True)
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
