"""`score`: a price for every image, in the order of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.pixel_rnn import training
from models.pixel_rnn.drawing import surprise
from models.pixel_rnn.model import DrawingModel
from models.pixel_rnn.sprite import Canvas
from tests.drawing import HEIGHT, PALETTE, sprites
from tests.models.commands.conftest import Atelier
from tests.models.sprites.files import write_index, write_lecture, write_pictures

pytestmark = pytest.mark.usefixtures("drawer")

IMAGES = sprites(6)


@pytest.fixture
def folder(tmp_path: Path, drawing_model: DrawingModel) -> Path:
    return write_pictures(tmp_path / "data", IMAGES, drawing_model.form.table)


@pytest.fixture
def prices(drawing_model: DrawingModel) -> list[float]:
    """What each of the images costs a pixel."""
    everything = Canvas.empty(drawing_model.form).mask
    return [float(surprise(drawing_model, Canvas.of(image, everything)).mean()) for image in IMAGES]


def test_every_picture_of_a_folder_has_its_price(atelier: Atelier, folder: Path, prices: list[float]) -> None:
    said = atelier("score", str(folder), "--json")
    assert (said.status, said.err) == (0, "")
    assert [row["image"] for row in said.json] == [f"{number:03}.png" for number in range(6)]
    assert [row["bits_per_pixel"] for row in said.json] == pytest.approx(prices, abs=1e-4)
    assert all(row.keys() == {"image", "bits_per_pixel"} for row in said.json)


def test_as_text_it_is_a_table_and_the_mean_a_message(atelier: Atelier, folder: Path, prices: list[float]) -> None:
    said = atelier("score", str(folder))
    assert said.out.splitlines() == [f"{price:7.3f}  {number:03}.png" for number, price in enumerate(prices)]
    assert said.err == f"6 images, {sum(prices) / 6:.3f} bits a pixel on average.\n"


def test_one_picture_can_be_given(atelier: Atelier, folder: Path, prices: list[float]) -> None:
    said = atelier("score", str(folder / "004.png"))
    assert said == (0, f"{prices[4]:7.3f}  004.png\n", "")


def test_every_split_of_a_folder_is_scored(atelier: Atelier, folder: Path) -> None:
    write_index(folder, [(f"{number:03}.png", "", ("train", "test")[number % 2]) for number in range(6)])
    assert len(atelier("score", str(folder), "--json").json) == 6


def test_images_of_another_size_than_the_models_are_told(
    atelier: Atelier, drawing_model: DrawingModel, tmp_path: Path
) -> None:
    folder = write_lecture(tmp_path / "lecture", IMAGES[:, :, :HEIGHT], drawing_model.form.table)
    said = atelier("score", str(folder), "--json")
    assert said.status == 1
    assert said.err == (
        f"atelier: {folder / 'pixel_color.txt'} holds images of {HEIGHT}×{HEIGHT} pixels, and this model draws 7×6\n"
    )


def test_many_images_show_how_far_it_has_come(
    atelier: Atelier, folder: Path, prices: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MEASURED_AT_ONCE", 2 * IMAGES[0].size * len(PALETTE))
    said = atelier("score", str(folder), "--json")
    assert [row["bits_per_pixel"] for row in said.json] == pytest.approx(prices, abs=1e-4)
    assert "3/3" in said.err


def test_broken_files_are_told_and_the_rest_scored(atelier: Atelier, folder: Path) -> None:
    (folder / "002.png").write_bytes(b"no picture")
    said = atelier("score", str(folder), "--json")
    assert said.status == 0
    assert len(said.json) == 5
    assert said.err == f"Cannot read {folder / '002.png'}: not a picture.\n"


def test_data_that_cannot_be_used_is_told(atelier: Atelier, tmp_path: Path) -> None:
    said = atelier("score", str(tmp_path / "nowhere"))
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("atelier: cannot read ")
