from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.errors import DataError
from models.sprites import picture_folder
from models.sprites.picture_folder import Entry, entries_of, read_fitted
from tests.models.sprites.files import TABLE, sprites, write_index, write_pictures


def test_pictures_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.png", "a.GIF", "c.jpeg", "notes.txt", "d.svg"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "e.png").touch()
    assert [entry.path.name for entry in entries_of(tmp_path)] == ["a.GIF", "b.png", "c.jpeg"]


def test_an_index_names_the_pictures_and_what_it_knows_of_them(tmp_path: Path) -> None:
    write_index(tmp_path, [("b.png", "cats", "test"), ("a.png", "", "")])
    assert entries_of(tmp_path) == [
        Entry("b.png", tmp_path / "b.png", "test", "cats"),
        Entry("a.png", tmp_path / "a.png"),
    ]
    (tmp_path / "png").mkdir()
    assert [entry.path for entry in entries_of(tmp_path)] == [tmp_path / "png" / "b.png", tmp_path / "png" / "a.png"]


def test_an_index_may_have_other_columns_and_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_bytes(b"\xef\xbb\xbfwidth,file\r\n32,a.png\r\n")
    assert entries_of(tmp_path) == [Entry("a.png", tmp_path / "a.png")]


@pytest.mark.parametrize(
    ("index", "told"),
    [
        ("", "holds no pictures"),
        ("file,split\n", "holds no pictures"),
        ("name,split\na.png,train\n", "row 2 names no file"),
        ("file,split\na.png,train\n,test\n", "row 3 names no file"),
        ("file,split\na.png,training\n", "row 2: training is no split"),
        ("file\n" + "a" * 200_000, "is not a table of text"),
    ],
)
def test_a_wrong_index_is_told_by_its_row(index: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text(index, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        entries_of(tmp_path)


def test_an_index_that_is_no_text_or_far_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="is not a table of text"):
        entries_of(tmp_path)
    monkeypatch.setattr(picture_folder, "MAX_INDEX_BYTES", 2)
    with pytest.raises(DataError, match="is far too large for an index"):
        entries_of(tmp_path)


def test_pictures_that_the_index_names_and_that_are_missing_are_told(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(2))
    write_index(tmp_path, [("000.png", "", ""), ("moon.png", "", ""), ("no\0name.png", "", "")])
    read = read_fitted(entries_of(tmp_path), 4, 4)
    assert [entry.path.name for entry in read.entries] == ["000.png"]
    assert (read.colours == TABLE[sprites(2)[:1]]).all()
    assert [name for name, _ in read.broken] == ["moon.png", "no\0name.png"]
    assert read.broken[0][1].endswith("moon.png: No such file or directory.")


def test_broken_pictures_of_the_same_name_are_told_each(tmp_path: Path) -> None:
    write_pictures(tmp_path, sprites(2))
    write_pictures(tmp_path / "png", sprites(2))
    for broken in (tmp_path / "000.png", tmp_path / "png" / "000.png"):
        broken.write_bytes(b"no")
    read = read_fitted(entries_of(tmp_path), 4, 4)
    assert [name for name, _ in read.broken] == ["000.png", "png/000.png"]
    assert [entry.name for entry in read.entries] == ["001.png", "png/001.png"]


@given(st.binary(max_size=80) | st.text(max_size=40).map(lambda text: b"file,split,family\n" + text.encode()))
@example(b"file,file\na,b\n")
@example(b"file\na,b,c\n")
@example(b'file\n"a')
@example(b"file\n\0")
def test_any_index_gives_pictures_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "indexed"
    folder.mkdir(exist_ok=True)
    (folder / "index.csv").write_bytes(data)
    try:
        read_fitted(entries_of(folder), 2, 2)
    except DataError:
        return
    pytest.fail("there was no picture to be read")


def test_pictures_of_every_size_are_brought_to_one(tmp_path: Path) -> None:
    for side in (2, 8, 32):
        write_pictures(tmp_path / str(side), sprites(1, side))
    entries = [Entry(str(side), tmp_path / str(side) / "000.png") for side in (2, 8, 32)]
    read = read_fitted(entries, 8, 8)
    assert read.colours.shape == (3, 8, 8, 3)
    assert (read.colours[0, 3:5, 3:5] == TABLE[sprites(1, 2)[0]]).all()
    assert (read.colours[1] == TABLE[sprites(1, 8)[0]]).all()
    assert {tuple(colour) for colour in read.colours[2].reshape(-1, 3).tolist()} <= set(map(tuple, TABLE.tolist()))
    assert np.ptp(read.colours[2]) > 0
