"""What images of each kind of data are called, and that it is never mixed up between them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.errors import DataError
from models.sprites.dataset import SpriteData, UnseenData, read_data, read_for_evaluation
from models.sprites.picture_folder import MAX_LABEL
from tests.models.sprites.files import (
    TABLE,
    sprites,
    write_idx,
    write_idx_labels,
    write_index,
    write_lecture,
    write_pictures,
)

WHITE, BLACK, RED, BLUE = range(4)  # of TABLE


def told(data: SpriteData | UnseenData) -> dict[str, list[str]]:
    """The names of the images of each part."""
    assert data.labels is not None
    parts = ("train", "valid", "test") if isinstance(data, SpriteData) else ("numbers",)
    return {part: [data.labels.names[number] for number in getattr(data.labels, part)] for part in parts}


def of_one_colour(colours: list[int]) -> NDArray[np.uint8]:
    """Images with a square of a colour on paper, no two alike."""
    images = np.zeros((len(colours), 6, 6), np.uint8)
    for number, (image, colour) in enumerate(zip(images, colours, strict=True)):
        image[1:4, 1:4] = colour
        image[5, number % 6] = BLACK
        image[4, number // 6 % 6] = BLACK
    return images


def test_the_labels_beside_idx_images_stay_with_their_images(tmp_path: Path) -> None:
    labels = np.random.default_rng(0).integers(0, 10, 25)
    ink = np.repeat(labels.astype(np.uint8), 16).reshape(25, 4, 4)  # each image shows its label
    folder = write_idx(tmp_path, ink[:20], ink[20:])
    write_idx_labels(folder, labels[:20].tolist(), labels[20:].tolist())
    data = read_data(folder)
    assert told(data) == {
        part: [str(image[0, 0]) for image in images]
        for part, images in (("train", data.train), ("valid", data.valid), ("test", data.test))
    }
    assert data.labels is not None
    assert data.labels.names == tuple("0123456789")
    assert told(read_for_evaluation(folder, data.form))["numbers"] == [str(label) for label in labels[20:]]
    every = read_for_evaluation(folder, data.form, every_split=True)
    assert told(every)["numbers"] == [str(label) for label in labels]


def test_labels_may_be_packed_where_images_are_not(tmp_path: Path) -> None:
    ink = np.zeros((4, 3, 3), np.uint8)
    folder = write_idx(tmp_path, ink, ink, suffix="")
    write_idx_labels(folder, [0, 1, 2, 46], [3, 4, 5, 6], suffix=".gz")
    assert told(read_data(folder)) == {"train": ["0", "1", "2"], "valid": ["46"], "test": ["3", "4", "5", "6"]}


def test_labels_do_not_change_which_data_it_is(tmp_path: Path) -> None:
    ink = np.random.default_rng(0).integers(0, 256, (4, 3, 3), np.uint8)
    folder = write_idx(tmp_path, ink, ink)
    without = read_data(folder)
    assert without.labels is None
    assert read_for_evaluation(folder, without.form).labels is None
    write_idx_labels(folder, [0, 1, 2, 3], [4, 5, 6, 7])
    assert read_data(folder).hash == without.hash


def test_labels_of_which_a_file_is_missing_do_not_count(tmp_path: Path) -> None:
    ink = np.zeros((4, 3, 3), np.uint8)
    folder = write_idx_labels(write_idx(tmp_path, ink, ink), [0, 1, 2, 3], [4, 5, 6, 7])
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    assert read_data(folder).labels is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no file of labels in the idx format, or is damaged"),
        (b"\0\0\x08\x03\0\0\0\x04abcd", "is no file of labels in the idx format, or is damaged"),
        (b"\0\0\x08\x01\0\0\0\x04abc", "is no file of labels in the idx format, or is damaged"),
        (b"\0\0\x08\x01\0\0\0\x03abc", "holds 3 labels, and there are 4 images beside it"),
    ],
)
def test_labels_that_do_not_fit_are_told(content: bytes, reason: str, tmp_path: Path) -> None:
    ink = np.zeros((4, 3, 3), np.uint8)
    folder = write_idx_labels(write_idx(tmp_path, ink, ink, suffix=""), [0, 1, 2, 3], [4, 5, 6, 7], suffix="")
    (folder / "train-labels-idx1-ubyte").write_bytes(content)
    with pytest.raises(DataError, match=rf"train-labels-idx1-ubyte {reason}\.$"):
        read_data(folder)


def test_an_index_tells_what_its_pictures_show(tmp_path: Path) -> None:
    images = sprites(6)
    write_pictures(tmp_path / "png", images)
    splits = ("train", "test", "train", "valid", "test", "train")
    words = ("owl", "cat", " owl ", "", "bat", "b" * 99)
    write_index(tmp_path, [(f"{i:03}.png", "", splits[i], words[i]) for i in range(6)])
    data = read_data(tmp_path, side=4)
    assert told(data) == {"train": ["owl", "owl", "b" * MAX_LABEL], "valid": ["other"], "test": ["cat", "bat"]}
    assert told(read_for_evaluation(tmp_path, data.form)) == {"numbers": ["cat", "bat"]}


def test_a_broken_picture_takes_its_label_with_it(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(20))
    write_index(tmp_path, [(f"{i:03}.png", "", "train" if i < 15 else "valid", f"n{i}") for i in range(20)])
    (tmp_path / "003.png").write_bytes(b"")
    assert told(read_data(tmp_path, side=4))["train"] == [f"n{i}" for i in range(15) if i != 3]


def test_more_labels_than_can_be_told_apart_are_told(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(65))
    write_index(tmp_path, [(f"{i:03}.png", "", "", f"n{i}") for i in range(65)])
    with pytest.raises(DataError, match="tells 65 labels apart: at most 64 are possible"):
        read_data(tmp_path, side=4)
    ink = np.zeros((4, 3, 3), np.uint8)
    folder = write_idx_labels(write_idx(tmp_path / "idx", ink, ink), [0, 1, 2, 64], [4, 5, 6, 7])
    with pytest.raises(DataError, match="tells 65 labels apart"):
        read_data(folder)


def test_without_a_label_the_main_colour_is_told(tmp_path: Path) -> None:
    colours = [RED, BLUE, BLACK] * 10
    images = of_one_colour(colours)
    names = {RED: "red", BLUE: "blue", BLACK: "dark"}
    for folder, side in ((write_lecture(tmp_path / "text", images), 6), (write_pictures(tmp_path / "png", images), 6)):
        data = read_data(folder, side=side)
        parts = told(data)
        for part in ("train", "valid", "test"):
            shown = [TABLE.tolist().index(data.form.table[image[1, 1]].tolist()) for image in getattr(data, part)]
            assert parts[part] == [names[colour] for colour in shown]
        assert set(parts["train"]) == {"red", "blue", "dark"}
        assert told(read_for_evaluation(folder, data.form))["numbers"] == [names[colour] for colour in colours]
