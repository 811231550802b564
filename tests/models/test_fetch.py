from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from models import creature_archive, fetch, shelf
from models.atomic import SaveError
from models.errors import DataError
from tests.models.origins import Origin, origin

__all__ = ["origin"]

TABLE = b"".join(b"%d 0 7\n" % number for number in range(167))
IMAGES = b"".join(b" ".join([b"%d" % (row % 167)] * 400) + b"\n" for row in range(792))
MNIST = {name: name.encode() for name in fetch.MNIST_SHA256}


@pytest.fixture
def lecture(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> Origin:
    monkeypatch.setattr(fetch, "LECTURE_ORIGINS", (f"{origin.address}gone/", origin.address))
    origin.files |= {"pixel_color.txt": IMAGES, "colormap.txt": TABLE}
    return origin


@pytest.fixture
def mnist(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> Origin:
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in MNIST.items()}
    monkeypatch.setattr(fetch, "MNIST_ORIGINS", (origin.address,))
    monkeypatch.setattr(fetch, "MNIST_SHA256", hashes)
    origin.files |= MNIST
    return origin


def test_the_lectures_files_come_from_the_first_origin_that_has_them(lecture: Origin, tmp_path: Path) -> None:
    fetched = fetch.fetch("lecture", tmp_path / "new" / "lecture")
    assert fetched.path == tmp_path / "new" / "lecture"
    assert {file.name: file.read_bytes() for file in fetched.path.iterdir()} == lecture.files
    lines = "".join(f"{hashlib.sha256(lecture.files[name]).hexdigest()}  {name}\n" for name in sorted(lecture.files))
    assert fetched.sha256 == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("pixel_color.txt", IMAGES[: len(IMAGES) // 2]),
        ("pixel_color.txt", IMAGES.replace(b"166", b"167")),
        ("pixel_color.txt", IMAGES.replace(b"\n", b" 1\n")),
        ("pixel_color.txt", b"<html>not found</html>"),
        ("pixel_color.txt", b"\xff\xfe"),
        ("colormap.txt", TABLE + b"1 2 3\n"),
        ("colormap.txt", TABLE.replace(b" 7\n", b" 256\n")),
        ("colormap.txt", b""),
    ],
)
def test_what_is_not_the_lectures_is_not_kept(file: str, data: bytes, lecture: Origin, tmp_path: Path) -> None:
    lecture.files[file] = data
    with pytest.raises(DataError, match="gives something else than the lecture's sprites"):
        fetch.fetch("lecture", tmp_path / "lecture")
    assert not (tmp_path / "lecture").exists()


@pytest.mark.parametrize("first", [b"<html>this page has moved</html>", IMAGES])
def test_an_origin_that_gives_something_else_is_passed_over_with_both_its_files(
    first: bytes, lecture: Origin, tmp_path: Path
) -> None:
    published = dict(lecture.files)
    lecture.files |= {"gone/pixel_color.txt": first, "gone/colormap.txt": TABLE.replace(b" 7\n", b" 256\n")}
    fetched = fetch.fetch("lecture", tmp_path)
    assert {file.name: file.read_bytes() for file in fetched.path.iterdir()} == published


def test_mnist_comes_as_published_into_the_users_data(mnist: Origin) -> None:
    fetched = fetch.fetch("mnist")
    assert fetched.path == shelf.user_data() / "data" / "mnist"
    assert {file.name: file.read_bytes() for file in fetched.path.iterdir()} == MNIST


def test_of_mnist_nothing_is_kept_where_one_file_is_another(mnist: Origin, tmp_path: Path) -> None:
    mnist.files["t10k-labels-idx1-ubyte.gz"] = b"other"
    with pytest.raises(DataError, match="gives something else than was published"):
        fetch.fetch("mnist", tmp_path / "mnist")
    assert not (tmp_path / "mnist").exists()


def test_creatures_are_taken_from_their_archive(
    origin: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "CREATURES_ORIGIN", f"{origin.address}zip")
    monkeypatch.setattr(creature_archive, "unpack", lambda archive: {"bat.png": archive})
    origin.files["zip"] = b"a zip file"
    fetch.fetch("creatures", tmp_path)
    assert (tmp_path / "bat.png").read_bytes() == b"a zip file"


def test_what_is_fetched_again_replaces_itself(mnist: Origin, tmp_path: Path) -> None:
    assert fetch.fetch("mnist", tmp_path) == fetch.fetch("mnist", tmp_path)


def test_no_file_of_a_persons_own_is_replaced(mnist: Origin, tmp_path: Path) -> None:
    own = tmp_path / "t10k-images-idx3-ubyte.gz"
    own.write_bytes(b"mine")
    with pytest.raises(DataError, match=r"t10k-images-idx3-ubyte\.gz is there already and something else"):
        fetch.fetch("mnist", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [own.name]
    assert own.read_bytes() == b"mine"


def test_a_file_that_cannot_be_compared_is_told_and_nothing_replaced(
    mnist: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "t10k-images-idx3-ubyte.gz"
    own.touch()

    def refused(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(DataError, match=r"^Cannot read .*t10k-images-idx3-ubyte\.gz: Permission denied\.$"):
        fetch.fetch("mnist", tmp_path)
    assert list(tmp_path.iterdir()) == [own]


def test_where_nothing_can_be_saved_nothing_is_fetched(mnist: Origin, tmp_path: Path) -> None:
    mnist.files.clear()
    (tmp_path / "file").touch()
    with pytest.raises(SaveError, match="it is a file; choose another place"):
        fetch.fetch("mnist", tmp_path / "file")


def test_every_origin_is_https_and_every_hash_a_sha256() -> None:
    origins = (*fetch.LECTURE_ORIGINS, *fetch.MNIST_ORIGINS, fetch.CREATURES_ORIGIN)
    assert all(url.startswith("https://") for url in origins)
    hashes = (*fetch.MNIST_SHA256.values(), creature_archive.SHOWN_SHA256)
    assert all(len(bytes.fromhex(told)) == 32 for told in hashes)
