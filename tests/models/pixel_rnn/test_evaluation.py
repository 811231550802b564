"""What pictures cost, by the formula, whatever they come in."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from models.errors import ModelFolderError
from models.pixel_rnn import evaluation, training
from models.pixel_rnn.drawing import draw, surprise
from models.pixel_rnn.evaluation import evaluate, scores
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.sprite import Canvas, DrawRequest
from models.pixel_rnn.training import binarised
from models.sprites.form import Pixels
from tests.drawing import HEIGHT, PALETTE, WIDTH, sprites, write_ink_model
from tests.models.sprites.files import write_idx, write_pictures

KINDS = {f"{kind}{sight}" for kind in ("", "_top", "_brush") for sight in ("", "_blind")}


def as_drawn(model: DrawingModel, pixels: Pixels) -> float:
    """Bits a pixel that drawing just this sprite (H, W) costs."""
    decided = dict(enumerate(pixels.ravel().tolist()))
    steps = draw(model, DrawRequest(Canvas.empty(model.form)).deciding(decided))
    return sum(step.bits for step in steps) / pixels.size


def write_sprites(folder: Path, images: Pixels, model: DrawingModel) -> Path:
    return write_pictures(folder, images, model.form.table)


@pytest.mark.parametrize("name", ["drawing_model", "plain_model"])
def test_a_score_is_what_drawing_the_picture_costs(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    model: DrawingModel = request.getfixturevalue(name)
    monkeypatch.setattr(training, "MEASURED_AT_ONCE", 2 * HEIGHT * WIDTH * len(PALETTE))
    batches = list(scores(model, sprites(5)))
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert np.concatenate(batches) == pytest.approx([as_drawn(model, image) for image in sprites(5)], abs=1e-4)


def test_the_figures_are_the_means_over_all_pixels_and_holes(
    drawing_model: DrawingModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MEASURED_AT_ONCE", 3 * HEIGHT * WIDTH * len(PALETTE))
    images = sprites(7, 3)
    figures = evaluate(drawing_model, write_sprites(tmp_path, images, drawing_model))
    assert figures.keys() == {"images", "bits_per_pixel", *(f"bits_per_covered_pixel{kind}" for kind in KINDS)}
    assert figures["images"] == 7
    assert figures["bits_per_pixel"] == pytest.approx(np.mean([as_drawn(drawing_model, i) for i in images]), abs=1e-4)
    top = np.zeros((HEIGHT, WIDTH), np.bool_)
    top[: HEIGHT // 2] = True
    for sight, blind in (("", False), ("_blind", True)):
        bits = [surprise(drawing_model, Canvas.of(image, top), blind).sum() for image in images]
        expected = sum(bits) / (7 * top.sum())
        assert figures[f"bits_per_covered_pixel_top{sight}"] == pytest.approx(expected, abs=1e-4)
        parts = [figures[f"bits_per_covered_pixel{kind}{sight}"] for kind in ("_top", "_brush")]
        assert min(parts) < figures[f"bits_per_covered_pixel{sight}"] < max(parts)


def test_who_sees_known_pixels_pays_otherwise_than_who_is_blind(
    drawing_model: DrawingModel, plain_model: DrawingModel, tmp_path: Path
) -> None:
    folder = write_sprites(tmp_path, sprites(6), drawing_model)
    seeing, blind = (evaluate(model, folder) for model in (drawing_model, plain_model))
    for kind in ("top", "brush"):
        name = f"bits_per_covered_pixel_{kind}"
        assert abs(seeing[name] - seeing[f"{name}_blind"]) > 1e-3
        assert blind[name] == pytest.approx(blind[f"{name}_blind"], abs=1e-6)


def test_images_of_ink_cost_what_their_black_and_white_costs(tmp_path: Path) -> None:
    ink_model = DrawingModel.load(write_ink_model(tmp_path / "ink"))
    ink = np.random.default_rng(0).integers(0, 256, (9, 4, 5), np.uint8)
    folder = write_idx(tmp_path / "data", ink[:3], ink)
    figures = evaluate(ink_model, folder)
    drawn = binarised(ink, evaluation.SEED)
    assert set(np.unique(drawn)) == {0, 1}
    bits = np.mean([as_drawn(ink_model, image) for image in drawn])
    assert figures["bits_per_pixel"] == pytest.approx(bits, abs=1e-4)
    assert figures["nats"] == pytest.approx(bits * 20 * math.log(2), abs=1e-3)
    assert evaluate(ink_model, folder) == figures


def test_a_single_row_of_pixels_can_be_measured(tmp_path: Path) -> None:
    model = DrawingModel.load(write_ink_model(tmp_path / "row", 1, 3))
    ink = np.zeros((2, 1, 3), np.uint8)
    figures = evaluate(model, write_idx(tmp_path / "data", ink, ink))
    assert all(map(math.isfinite, figures.values()))


def test_broken_files_are_told_and_the_rest_is_measured(drawing_model: DrawingModel, tmp_path: Path) -> None:
    folder = write_sprites(tmp_path, sprites(4), drawing_model)
    (folder / "002.png").write_bytes(b"no picture")
    told: list[str] = []
    assert evaluate(drawing_model, folder, told.append)["images"] == 3
    assert told == [f"Cannot read {folder / '002.png'}: not a picture."]


def test_weights_that_lead_to_no_numbers_are_told(drawing_model: DrawingModel) -> None:
    drawing_model.network.output.bias.fill_(math.nan)
    with pytest.raises(ModelFolderError, match="lead to no numbers"):
        list(scores(drawing_model, sprites(1)))
