"""Training data that cannot be used is told in one sentence before anything is written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import torch

from models.errors import DataError
from models.sentence_vae import dataset
from models.sentence_vae.fitting import train_model
from tests.making import LINES, tiny_options

POEM = "\n".join(LINES).encode()
EMPTY = "DATA holds no lines of text."
NOT_UTF_8 = "DATA is not UTF-8 text: save it as UTF-8 first."
TOO_LONG = "DATA holds a row of 65536 bytes or more: give one line a row."


def refusal(data: Path, out: Path) -> str:
    """What a person is told; nothing may have been written."""
    with pytest.raises(DataError) as raised:
        train_model(data, out, tiny_options(1), torch.device("cpu"), "mine", resume=False)
    assert not out.exists()
    return str(raised.value).replace(str(data), "DATA")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param("a.txt", b"", EMPTY, id="empty"),
        pytest.param("a.txt", b" \n\t\n\0\n", EMPTY, id="blank"),
        pytest.param("a.txt", b"one\ntwo\n", "DATA holds 2 lines; at least 20 are needed to train.", id="few"),
        pytest.param(
            "a.txt", b"same\n" * 99, "DATA holds 1 lines; at least 20 are needed to train.", id="all the same"
        ),
        pytest.param("a.txt", POEM + b"\xff", NOT_UTF_8, id="bytes"),
        pytest.param("a.txt", POEM.decode().encode("utf-16"), NOT_UTF_8, id="utf-16"),
        pytest.param("a.txt", POEM + "é".encode("latin-1"), NOT_UTF_8, id="latin-1"),
        pytest.param("a.txt", b"z" * (1 << 17), TOO_LONG, id="one endless row"),
        pytest.param("a.txt.gz", POEM, "Cannot read DATA: Not a gzipped file (b'th').", id="no archive"),
        pytest.param("a.txt.gz", b"", EMPTY, id="empty archive"),
    ],
)
def test_a_file_that_cannot_be_used(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert refusal(tmp_path / name, tmp_path / "out") == expected


@pytest.mark.parametrize("kept", [15, 40, -9, -1])
def test_a_truncated_archive(kept: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(POEM)[:kept])
    assert refusal(tmp_path / "a.txt.gz", tmp_path / "out").startswith("Cannot read DATA: ")


def test_an_archive_with_a_flipped_bit(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(POEM * 50))
    data[len(data) // 2] ^= 16
    (tmp_path / "a.txt.gz").write_bytes(data)
    assert refusal(tmp_path / "a.txt.gz", tmp_path / "out")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.txt", tmp_path / "out") == "Cannot read DATA: No such file or directory."


def test_a_folder_without_its_splits(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    expected = "DATA has no train.txt and no train.txt.gz."
    assert refusal(tmp_path / "data", tmp_path / "out") == expected


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_more_text_than_fits_in_memory(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "MAX_BYTES", 1 << 20)
    data = POEM * 4000
    (tmp_path / f"a.txt{suffix}").write_bytes(gzip.compress(data) if suffix else data)
    assert refusal(tmp_path / f"a.txt{suffix}", tmp_path / "out") == "DATA holds more than 1 MiB of text: give less."


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no endless file")
    assert refusal(Path("/dev/zero"), tmp_path / "out") == TOO_LONG
