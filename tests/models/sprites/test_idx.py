from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.errors import DataError
from models.sprites import idx
from models.sprites.idx import find, is_idx, read_idx
from tests.models.sprites.files import idx_bytes

INK = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
WHOLE = idx_bytes(INK)


@pytest.mark.parametrize("name", ["images", "images.gz"])
def test_images_are_read_plain_or_packed(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(gzip.compress(WHOLE) if name.endswith(".gz") else WHOLE)
    assert (read_idx(tmp_path / name) == INK).all()


@pytest.mark.parametrize("end", ["-images-idx3-ubyte", "-images-idx3-ubyte.gz", "-images.idx3-ubyte"])
def test_images_are_found_by_the_names_under_which_they_are_passed_on(end: str, tmp_path: Path) -> None:
    file = tmp_path / f"t10k{end}"
    file.write_bytes(WHOLE)
    assert find(tmp_path, "t10k") == file
    assert find(tmp_path, "train") is None
    assert is_idx(file)
    assert not is_idx(tmp_path / "t10k-labels-idx1-ubyte")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is no file of images in the idx format"),
        (b"\0\0\x08\x01" + WHOLE[4:], "is no file of images in the idx format"),
        (WHOLE[:-1], "is damaged: it is not as long as its head tells"),
        (WHOLE + b"\0", "is damaged: it is not as long as its head tells"),
        (WHOLE[:10], "tells of 2 images of 0×0 pixels"),
        (struct.pack(">4I", 0x803, 0, 28, 28), "tells of 0 images of 28×28 pixels: that cannot be used"),
        (struct.pack(">4I", 0x803, 1, 2**32 - 1, 2**32 - 1), "that cannot be used"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "images").write_bytes(data)
    with pytest.raises(DataError) as error:
        read_idx(tmp_path / "images")
    assert str(tmp_path / "images") in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(WHOLE)[:-9], gzip.compress(WHOLE)[:12] + b"\xff" * 20])
def test_a_damaged_packed_file_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "images.gz").write_bytes(data)
    with pytest.raises(DataError, match=r"Cannot read .*images\.gz: "):
        read_idx(tmp_path / "images.gz")


def test_a_small_file_that_unpacks_without_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idx, "MAX_BYTES", 1 << 20)
    (tmp_path / "images.gz").write_bytes(gzip.compress(bytes(5 << 20)))
    with pytest.raises(DataError, match="holds more than 1 MiB: give less"):
        read_idx(tmp_path / "images.gz")


@given(st.binary(max_size=80) | st.binary(max_size=40).map(lambda rest: WHOLE[:16] + rest))
@example(WHOLE)
def test_any_bytes_give_images_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    for name in ("idx", "idx.gz"):
        file = tmp_path_factory.getbasetemp() / name
        file.write_bytes(data)
        try:
            assert read_idx(file).size > 0
        except DataError:
            continue
