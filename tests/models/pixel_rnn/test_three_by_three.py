"""The pictures that the smallest model learns."""

from __future__ import annotations

from pathlib import Path

from models.pixel_rnn import three_by_three
from models.sprites.dataset import read_data
from models.sprites.form import Format


def test_every_picture_is_another_and_has_nine_pixels() -> None:
    made = three_by_three.pictures()
    assert len(made) == len(set(made)) == 12 * 3 + 3 * 6
    assert all(len(picture) == 9 and max(picture) < len(three_by_three.PALETTE) for picture in made)
    assert (2, 2, 2, 0, 0, 0, 0, 0, 0) in made
    assert (1, 3, 1, 3, 1, 3, 1, 3, 1) in made


def test_they_are_written_as_training_reads_them(tmp_path: Path) -> None:
    three_by_three.write(tmp_path / "pictures")
    data = read_data(tmp_path / "pictures")
    assert data.form == Format(3, 3, three_by_three.PALETTE)
    read = {tuple(image.ravel().tolist()) for images in (data.train, data.valid) for image in images}
    assert read == set(three_by_three.pictures())
