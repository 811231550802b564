"""Images as a GIF."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageSequence

from models.sprites.moving import gif


def test_it_goes_there_and_back_and_never_stops() -> None:
    images = np.zeros((4, 5, 10, 3), np.uint8)
    images[np.arange(4), :, np.arange(4)] = 255  # a bar that moves
    with Image.open(io.BytesIO(gif(images))) as film:
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(film)]
        assert film.info["loop"] == 0
    assert frames[0].shape == (160, 320, 3), "each pixel is a square of whole pixels"
    places = [int(frame[0].max(axis=-1).argmax()) // 32 for frame in frames]
    assert places == [0, 1, 2, 3, 2, 1]
    assert set(np.unique(frames[0])) == {0, 255}
