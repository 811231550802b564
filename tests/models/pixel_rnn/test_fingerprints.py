"""Fingerprints tell how near a sprite is, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import save

from models.errors import DataError
from models.pixel_rnn import fingerprints
from models.pixel_rnn.fingerprints import FILE, Fingerprints
from models.sprites.palette import oklab
from tests.drawing import sprite_data, sprites


def stored() -> Fingerprints:
    return Fingerprints.read(fingerprints.file_of(sprite_data())[FILE])


def test_distance_grows_with_every_pixel_that_is_painted_over() -> None:
    data, known = sprite_data(), stored()
    sprite = data.train[0].copy()
    distances = []
    for row in range(4):
        distances.append(known.nearest(sprite, data.form).distance)
        sprite[row] = np.arange(sprite.shape[1]) % 3 + 1
    assert distances[0] == 0.0
    assert distances == sorted(distances)
    assert distances[-1] > 0.1


def test_the_share_of_bits_is_the_angle_between_sprites() -> None:
    data = sprite_data()
    looks = oklab(data.form.table)
    drawn = [(looks - looks[data.form.paper])[sprite].ravel() for sprite in data.train[:2]]
    cosine = drawn[0] @ drawn[1] / (np.linalg.norm(drawn[0]) * np.linalg.norm(drawn[1]))
    one, other = np.unpackbits(fingerprints.fingerprints(data.train[:2], data.form), axis=1)
    assert (one != other).mean() == pytest.approx(np.arccos(cosine) / np.pi, abs=0.06)


def test_what_is_usual_is_measured_on_held_out_sprites() -> None:
    data = sprite_data()
    known = stored()
    distances = [known.nearest(sprite, data.form).distance for sprite in data.valid]
    assert known.usual == pytest.approx(float(np.median(distances)))


def test_projections_stay_the_same_for_ever() -> None:
    told = fingerprints.fingerprints(sprites(1, 1), sprite_data().form)
    assert told[0, :6].tolist() == [167, 99, 15, 14, 22, 116]


def test_grey_and_very_many_images_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "MOST_SPRITES", 10)
    assert fingerprints.file_of(sprite_data()) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        save({"bits": np.zeros((3, 64), np.uint8)}),
        save({"bits": np.zeros((3, 63), np.uint8), "usual": np.zeros(1, np.float32)}),
        save({"bits": np.zeros((3, 64), np.float32), "usual": np.zeros(1, np.float32)}),
        save({"bits": np.zeros((0, 64), np.uint8), "usual": np.zeros(1, np.float32)}),
        save({"bits": np.zeros((3, 64), np.uint8), "usual": np.zeros(0, np.float32)}),
    ],
)
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(DataError, match="fingerprints of the training sprites are damaged"):
        Fingerprints.read(data)
