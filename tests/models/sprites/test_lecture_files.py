from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.errors import DataError
from models.sprites import lecture_files
from models.sprites.lecture_files import read_lecture_files
from tests.models.sprites.files import TABLE, sprites, write_lecture

ROWS = "0 1 2 3\n1 1 0 0\n3 2 1 0\n"
COLOURS = "255 255 255\n0 0 0\n200 30 30\n30 60 200\n"


def write(folder: Path, rows: str | bytes = ROWS, colours: str | bytes | None = COLOURS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("pixel_color.txt", rows), ("colormap.txt", colours)):
        if text is not None:
            (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / "pixel_color.txt"


@pytest.mark.parametrize("side", [2, 3, 20])
def test_images_of_any_side_are_read_as_published(side: int, tmp_path: Path) -> None:
    images = sprites(4, side)
    read = read_lecture_files(write_lecture(tmp_path, images) / "pixel_color.txt")
    assert (read.pixels == images).all()
    assert (read.table == TABLE).all()
    assert read.names == tuple(f"pixel_color.txt:{row}" for row in range(1, 5))


@pytest.mark.parametrize(
    ("rows", "colours"),
    [
        (ROWS + "\n\n  \n", COLOURS + "\n"),
        (ROWS.strip(), COLOURS.strip()),
        (ROWS.replace("\n", "\r\n"), COLOURS.replace("\n", "\r\n")),
        (b"\xef\xbb\xbf" + ROWS.encode(), b"\xef\xbb\xbf" + COLOURS.encode()),
        (ROWS.replace(" ", "  \t "), COLOURS.replace(" ", "\t")),
        (ROWS.replace("\n", " \n"), COLOURS.replace("\n", " \n ")),
    ],
    ids=["empty rows at the end", "no end of the last row", "Windows", "byte order mark", "blanks and tabs", "around"],
)
def test_what_editors_make_of_the_files_changes_nothing(
    rows: str | bytes, colours: str | bytes, tmp_path: Path
) -> None:
    read, plain = (read_lecture_files(file) for file in (write(tmp_path / "a", rows, colours), write(tmp_path / "b")))
    assert (read.pixels == plain.pixels).all()
    assert (read.table == plain.table).all()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("0 1 2 3\n0 1 2 4\n", "pixel_color.txt, row 2: the colour table has no colour 4."),
        ("0 1 2 3\n\n0 1 2 3\n", "pixel_color.txt, row 2 holds 0 numbers, where 4 belong."),
        ("0 1 2 3\n0 1 2\n", "pixel_color.txt, row 2 holds 3 numbers, where 4 belong."),
        ("0 1 2\n0 1 2 3\n", "pixel_color.txt: its first row holds 3 numbers, which is no square image of at most 256"),
        ("0 1 two 3\n", "pixel_color.txt, row 1: two is no colour number."),
        ("0 1 2.0 3\n", "pixel_color.txt, row 1: 2.0 is no colour number."),
        ("0 1 2 -3\n", "pixel_color.txt, row 1: -3 is no colour number."),
        ("0 1 ² 3\n", "pixel_color.txt, row 1: ² is no colour number."),
        ("9" * 5000, f"pixel_color.txt, row 1: {'9' * 20} is no colour number."),
        ("", "pixel_color.txt holds no images."),
        (" \n\n", "pixel_color.txt holds no images."),
        (b"\xff\xfe0\x00", "pixel_color.txt is not a text of colour numbers."),
        (" ".join(["0"] * 257**2), f"its first row holds {257**2} numbers, which is no square image of at most 256"),
    ],
)
def test_wrong_images_are_told_by_their_row(rows: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read_lecture_files(write(tmp_path, rows))
    assert told in str(error.value)
    assert str(tmp_path) in str(error.value)


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        (None, "colormap.txt is missing: images and their colour table belong in one folder."),
        ("", "colormap.txt holds 0 colours: a colour table has 2 to 256."),
        ("1 2 3\n", "colormap.txt holds 1 colours: a colour table has 2 to 256."),
        ("1 2 3\n" * 257, "colormap.txt holds 257 colours: a colour table has 2 to 256."),
        ("1 2 3\n1 2\n", "colormap.txt, row 2 holds 2 numbers, where 3 belong."),
        ("1 2 3\n1 2 256\n", "colormap.txt, row 2: 256 is no part of a colour, which goes from 0 to 255."),
        ("1 2 3\nred\n", "colormap.txt, row 2: red is no colour number."),
    ],
)
def test_a_wrong_colour_table_is_told(colours: str | None, told: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read_lecture_files(write(tmp_path, ROWS, colours))
    assert told in str(error.value)


def test_a_table_without_images_is_told(tmp_path: Path) -> None:
    write(tmp_path).unlink()
    with pytest.raises(DataError, match=r"pixel_color\.txt is missing"):
        read_lecture_files(tmp_path / "pixel_color.txt")


def test_a_folder_in_a_files_place_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "colormap.txt").unlink()
    (tmp_path / "colormap.txt").mkdir()
    with pytest.raises(DataError, match=r"Cannot read .*colormap\.txt: "):
        read_lecture_files(tmp_path / "pixel_color.txt")


def test_far_too_large_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecture_files, "MAX_BYTES", 1 << 20)
    with pytest.raises(DataError, match="is larger than 1 MiB: give less"):
        read_lecture_files(write(tmp_path, ROWS * 100_000))


WORDS = st.lists(st.integers(-2, 300) | st.sampled_from(["", "a", "1e3", "٣", "\x1c", "\x85", "1\x001"]), max_size=9)
TEXTS = st.lists(WORDS, max_size=5).map(lambda rows: "\n".join(" ".join(map(str, row)) for row in rows).encode())


@given(TEXTS | st.binary(max_size=60), TEXTS | st.binary(max_size=60))
@example(b"0", b"1 2 3\n4 5 6")
@example(b"\xef\xbb\xbf", b"1 2 3\n4 5 6")
def test_any_files_give_images_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, rows: bytes, colours: bytes
) -> None:
    file = write(tmp_path_factory.getbasetemp() / "lecture", rows, colours)
    try:
        read = read_lecture_files(file)
    except DataError:
        return
    count, height, width = read.pixels.shape
    assert count == len(read.names) >= 1
    assert height == width >= 1
    assert read.pixels.max() < len(read.table)
    assert read.pixels.dtype == read.table.dtype == np.uint8
