from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.errors import DataError
from models.sprites.dataset import read_data, read_for_evaluation
from models.sprites.form import Format
from models.sprites.idx import INK
from tests.models.sprites.files import TABLE, sprites, write_idx, write_index, write_lecture, write_pictures

PALETTE = tuple((int(r), int(g), int(b)) for r, g, b in TABLE)
Images = np.ndarray


def as_set(images: Images) -> set[bytes]:
    return {image.tobytes() for image in images}


def test_all_arrays_can_be_written_to_as_torch_wants(tmp_path: Path) -> None:
    images = sprites(20)
    folders = (
        write_lecture(tmp_path / "lecture", images),
        write_pictures(tmp_path / "pictures", images),
        write_idx(tmp_path / "idx", images, images),
    )
    for folder in folders:
        data = read_data(folder, side=4)
        read = read_for_evaluation(folder, data.form)
        assert all(array.flags.writeable for array in (data.train, data.valid, data.test, read.images))


# the lecture's files


def test_of_the_lectures_files_a_seeded_tenth_is_held_out(tmp_path: Path) -> None:
    images = sprites(50)
    folder = write_lecture(tmp_path, images)
    data = read_data(folder, seed=1)
    assert (len(data.train), len(data.valid), len(data.test)) == (45, 5, 0)
    assert as_set(data.train) | as_set(data.valid) == as_set(images)
    assert data.form == Format(4, 4, PALETTE)
    assert not data.grey
    assert data.hash == read_data(folder, seed=1).hash
    assert data.hash != read_data(folder, seed=2).hash


def test_the_file_of_images_can_be_given_in_place_of_its_folder(tmp_path: Path) -> None:
    folder = write_lecture(tmp_path, sprites(20))
    assert read_data(folder / "pixel_color.txt").hash == read_data(folder).hash


def test_a_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    assert len(read_data(write_pictures(tmp_path / "sprites.txt", sprites(20)), side=4).train) == 18


def test_a_text_of_lines_is_told_from_data(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("the sea is mine\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_data(file)
    told = f"{file} is no data for this model, which takes pictures: give a folder of pictures, of the lecture's"
    assert str(error.value).startswith(told)


def test_images_that_are_the_same_stay_on_one_side(tmp_path: Path) -> None:
    images = sprites(20)
    data = read_data(write_lecture(tmp_path, np.concatenate([images, images, images])))
    assert len(data.valid) == 6
    assert not as_set(data.train) & as_set(data.valid)


def test_where_no_kind_of_image_is_as_small_as_a_tenth_the_smallest_is_held_out(tmp_path: Path) -> None:
    images = sprites(2)[[0, 0, 0, 1, 1]]
    data = read_data(write_lecture(tmp_path, images))
    assert (len(data.train), len(data.valid)) == (3, 2)


def test_one_image_alone_is_too_little(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at least 2 different images are needed"):
        read_data(write_lecture(tmp_path, sprites(1)[[0, 0, 0]]))


def test_numbers_into_the_same_colour_table_stay_as_they_are(tmp_path: Path) -> None:
    twice = TABLE[[0, 1, 2, 3, 1]]  # colour 4 looks like colour 1
    images = sprites(20, colours=5)
    folder = write_lecture(tmp_path, images, twice)
    read = read_for_evaluation(folder, read_data(folder).form)
    assert (read.images == images).all()
    assert read.names[:2] == ("pixel_color.txt:1", "pixel_color.txt:2")


@pytest.mark.parametrize("rows", [[0, 1, 2, 3, 1], [0, 1, 2, 3, 1, 0], [0, 1, 2, 2, 1]])
def test_colours_that_look_alike_keep_their_numbers_where_other_rows_differ(rows: list[int], tmp_path: Path) -> None:
    images = sprites(20, colours=5)
    images[images == 3] = 0  # so that the row that differs is not used
    form = Format(4, 4, tuple(PALETTE[row] for row in (0, 1, 2, 3, 1, 2)))
    read = read_for_evaluation(write_lecture(tmp_path, images, TABLE[rows]), form)
    assert (read.images == images).all()


def test_numbers_into_another_colour_table_become_the_nearest_colours(tmp_path: Path) -> None:
    order = [3, 0, 2, 1]
    images = sprites(20)
    other = Format(4, 4, tuple(PALETTE[i] for i in order))
    read = read_for_evaluation(write_lecture(tmp_path, images), other)
    assert (other.table[read.images] == TABLE[images]).all()


def test_images_of_another_size_than_the_models_are_told(tmp_path: Path) -> None:
    folder = write_lecture(tmp_path, sprites(3))
    with pytest.raises(DataError, match=r"holds images of 4×4 pixels, and this model draws 5×6\.$"):
        read_for_evaluation(folder, Format(6, 5, PALETTE))


# a folder of pictures


@pytest.mark.parametrize("place", [".", "png"])
def test_a_folder_of_pictures_is_read_and_a_tenth_held_out(place: str, tmp_path: Path) -> None:
    images = sprites(30)
    write_pictures(tmp_path / place, images)
    (tmp_path / "README.md").write_text("no picture", encoding="utf-8")
    data = read_data(tmp_path, side=4)
    assert (len(data.train), len(data.valid), len(data.test)) == (27, 3, 0)
    assert set(data.form.palette) == set(PALETTE)
    shown = as_set(data.form.table[data.train]) | as_set(data.form.table[data.valid])
    assert shown == as_set(TABLE[images])


def test_an_index_decides_the_split(tmp_path: Path) -> None:
    images = sprites(6)
    write_pictures(tmp_path / "png", images)
    splits = ("train", "test", "train", "valid", "test", "train")
    write_index(tmp_path, [(f"{i:03}.png", f"family{i}", split) for i, split in enumerate(splits)])
    data = read_data(tmp_path, side=4)
    for split, numbers in (("train", [0, 2, 5]), ("valid", [3]), ("test", [1, 4])):
        assert (data.form.table[getattr(data, split)] == TABLE[images[numbers]]).all()
    read = read_for_evaluation(tmp_path, data.form)
    assert (read.images == data.test).all()
    assert read.names == ("001.png", "004.png")
    every = read_for_evaluation(tmp_path, data.form, every_split=True)
    assert (data.form.table[every.images] == TABLE[images]).all()


def test_an_index_without_splits_keeps_families_together(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(40))
    write_index(tmp_path, [(f"{i:03}.png", "even" if i % 2 == 0 else f"odd{i // 8}", "") for i in range(40)])
    data = read_data(tmp_path, side=4)
    assert len(data.valid) == 4
    kept = as_set(data.form.table[data.valid])
    assert kept in [as_set(TABLE[sprites(40)[start : start + 8 : 2]]) for start in (1, 9, 17, 25, 33)]
    assert len(read_for_evaluation(tmp_path, data.form).images) == 40


def test_only_what_is_learned_from_decides_the_palette(tmp_path: Path) -> None:
    write_pictures(tmp_path, np.array([[[0, 1], [1, 1]], [[0, 1], [1, 0]], [[3, 3], [3, 3]]]))
    write_index(tmp_path, [("000.png", "", "train"), ("001.png", "", "valid"), ("002.png", "", "test")])
    data = read_data(tmp_path, side=2)
    assert data.form.palette == ((255, 255, 255), (0, 0, 0))
    assert data.test.tolist() == [[[1, 1], [1, 1]]]  # dark blue is nearer to black than to white


def test_broken_files_among_many_are_told_and_the_rest_is_used(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(40))
    (tmp_path / "007.png").write_bytes((tmp_path / "007.png").read_bytes()[:60])
    (tmp_path / "011.png").write_bytes(b"")
    (tmp_path / "023.png").write_text("<html>", encoding="utf-8")
    data = read_data(tmp_path, side=4)
    assert len(data.train) + len(data.valid) == 37
    assert [file for file, _ in data.broken] == ["007.png", "011.png", "023.png"]
    assert all(reason.startswith(f"Cannot read {tmp_path / file}: ") for file, reason in data.broken)
    read = read_for_evaluation(tmp_path, data.form)
    assert (len(read.images), len(read.names), read.broken) == (37, 37, data.broken)


def test_a_folder_without_one_good_picture_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no pictures"):
        read_data(tmp_path)
    (tmp_path / "a.png").write_bytes(b"no")
    with pytest.raises(DataError, match=r"Cannot read .*a\.png: not a picture"):
        read_data(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    for read in (read_data, lambda path: read_for_evaluation(path, Format(4, 4, PALETTE))):
        with pytest.raises(DataError, match=r"Cannot read .*nowhere: No such file or directory"):
            read(tmp_path / "nowhere")


def test_pictures_of_one_kind_are_too_little(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at least 2 different images are needed"):
        read_data(write_pictures(tmp_path, sprites(1)[[0, 0, 0]]))


def test_an_index_that_gives_nothing_to_train_on_is_told(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(2))
    write_index(tmp_path, [("000.png", "", "valid"), ("001.png", "", "test")])
    with pytest.raises(DataError, match="too little to train on"):
        read_data(tmp_path)


def test_pictures_of_white_paper_are_told(tmp_path: Path) -> None:
    write_pictures(tmp_path, np.array([[[0, 0], [0, 0]], [[1, 0], [0, 1]]]))
    write_index(tmp_path, [("000.png", "", "train"), ("001.png", "", "valid")])
    with pytest.raises(DataError, match=r"holds nothing but white paper\."):
        read_data(tmp_path, side=2)


def test_one_picture_is_brought_to_the_models_format(tmp_path: Path) -> None:
    (image,) = sprites(1)
    form = Format(6, 6, PALETTE)
    read = read_for_evaluation(write_pictures(tmp_path, image[None]) / "000.png", form)
    assert (read.images[0, 1:5, 1:5] == image).all()
    assert read.names == ("000.png",)


# idx


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_idx_files_keep_their_ink_and_their_split(suffix: str, tmp_path: Path) -> None:
    ink = np.random.default_rng(0).integers(0, 256, (25, 5, 4), np.uint8)
    folder = write_idx(tmp_path, ink[:20], ink[20:], suffix)
    data = read_data(folder)
    assert data.grey
    assert data.form == Format(5, 4, INK)
    assert (data.train == ink[:18]).all()
    assert (data.valid == ink[18:20]).all()
    assert (data.test == ink[20:]).all()
    read = read_for_evaluation(folder, data.form)
    assert read.grey
    assert (read.images == data.test).all()
    every = read_for_evaluation(folder, data.form, every_split=True)
    assert (every.images == ink).all()
    assert every.names == tuple(
        f"{split}-images-idx3-ubyte{suffix}:{number}"
        for split, count in (("train", 20), ("t10k", 5))
        for number in range(count)
    )


def test_one_idx_file_alone_is_evaluated_whole(tmp_path: Path) -> None:
    ink = np.random.default_rng(0).integers(0, 256, (20, 4, 4), np.uint8)
    folder = write_idx(tmp_path, ink, ink[:1])
    file = folder / "train-images-idx3-ubyte.gz"
    assert len(read_data(file).train) == 18
    assert len(read_for_evaluation(file, Format(4, 4, INK)).images) == 20


def test_ink_becomes_grey_for_a_model_with_a_palette(tmp_path: Path) -> None:
    ink = np.array([[[0, 255], [120, 200]]], np.uint8)
    folder = write_idx(tmp_path, ink, ink)
    read = read_for_evaluation(folder, Format(2, 2, ((255, 255, 255), (130, 130, 130), (0, 0, 0))))
    assert not read.grey
    assert read.images.tolist() == [[[0, 2], [1, 1]]]


def test_idx_files_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    ink = np.zeros((4, 3, 3), np.uint8)
    with pytest.raises(DataError, match="hold images of different sizes"):
        read_data(write_idx(tmp_path, ink, ink[:, :2]))
    with pytest.raises(DataError, match="too little to train on"):
        read_data(write_idx(tmp_path, ink[:1], ink))
    with pytest.raises(DataError, match=r"images of 3×3 pixels, and this model draws 28×28"):
        read_for_evaluation(write_idx(tmp_path, ink, ink), Format(28, 28, INK))
