from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models import creature_archive
from models.creature_archive import shown_sha256, unpack
from models.errors import DataError

PATHS = ("Nov/mon/bat.png", "Nov/mon/animals/cat.png", "Old/dc/bat.png")
LISTED = tuple(zip(("train", "test", "valid"), PATHS, strict=True))


def picture(seed: int, side: int = 4, **options: int) -> bytes:
    rgba = np.random.default_rng(seed).integers(0, 256, (side, side, 4), np.uint8)
    rgba[0, 0, 3] = 0
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, "PNG", **options)
    return file.getvalue()


PICTURES = {path: picture(number) for number, path in enumerate(PATHS)}


def archive(pictures: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, data in pictures.items():
            zipped.writestr(f"tiles-a6ea165/releases/{path}", data)
    return file.getvalue()


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three creatures in place of those that ship models were trained on."""
    monkeypatch.setattr(creature_archive, "listed", lambda: LISTED)
    monkeypatch.setattr(creature_archive, "SHOWN_SHA256", shown_sha256(PICTURES.items()))


def test_what_is_listed_is_taken_and_nothing_else() -> None:
    files = unpack(
        archive({"../../evil.png": b"x", "README.md": b"tiles", **PICTURES, "Nov/item/sword.png": picture(9)})
    )
    assert {name: files[name] for name in files if name != "index.csv"} == {
        "Nov-mon-bat.png": PICTURES[PATHS[0]],
        "Nov-mon-animals-cat.png": PICTURES[PATHS[1]],
        "Old-dc-bat.png": PICTURES[PATHS[2]],
    }
    rows = list(csv.DictReader(files["index.csv"].decode().splitlines()))
    assert [(row["file"], row["split"], row["source_path"]) for row in rows] == [
        ("Nov-mon-bat.png", "train", PATHS[0]),
        ("Nov-mon-animals-cat.png", "test", PATHS[1]),
        ("Old-dc-bat.png", "valid", PATHS[2]),
    ]


def test_how_a_picture_is_packed_does_not_matter() -> None:
    packed = {path: picture(number, compress_level=0) for number, path in enumerate(PATHS)}
    assert packed != PICTURES
    assert unpack(archive(packed))["Nov-mon-bat.png"] == packed[PATHS[0]]


def test_the_colour_of_what_is_transparent_does_not_matter() -> None:
    hashes = set()
    for hidden in (0, 200):
        file = io.BytesIO()
        Image.fromarray(np.array([[(hidden, 9, 9, 0), (1, 2, 3, 255)]], np.uint8)).save(file, "PNG")
        hashes.add(shown_sha256([("a.png", file.getvalue())]))
    assert len(hashes) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {**PICTURES, PATHS[1]: picture(7)},
        {**PICTURES, PATHS[0]: PICTURES[PATHS[1]], PATHS[1]: PICTURES[PATHS[0]]},
    ],
    ids=["another picture", "two changed places"],
)
def test_other_pictures_than_were_published_are_told(changed: dict[str, bytes]) -> None:
    with pytest.raises(DataError, match=r"not those that were published \(SHA-256 [0-9a-f]{64}\)"):
        unpack(archive(changed))


def test_what_the_archive_lacks_is_told() -> None:
    with pytest.raises(DataError, match=r"The archive lacks Nov/mon/animals/cat\.png and 1 more\."):
        unpack(archive({PATHS[0]: PICTURES[PATHS[0]]}))


@pytest.mark.parametrize("data", [b"no picture", PICTURES[PATHS[0]][:50], picture(0, side=300)])
def test_a_damaged_picture_is_told(data: bytes) -> None:
    with pytest.raises(DataError, match=r"Nov/mon/bat\.png in the archive is damaged"):
        unpack(archive({**PICTURES, PATHS[0]: data}))


def test_a_member_that_unpacks_without_end_is_told() -> None:
    with pytest.raises(DataError, match="too large for a picture"):
        unpack(archive({**PICTURES, PATHS[0]: bytes(50_000_000)}))


@given(st.data())
def test_a_damaged_archive_gives_all_or_a_sentence(data: st.DataObject) -> None:
    whole = bytearray(archive(PICTURES))
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=4)):
        whole[place] = value
    end = data.draw(st.integers(len(whole) // 2, len(whole)) | st.just(len(whole)))
    try:
        assert len(unpack(bytes(whole[:end]))) == 4
    except DataError:
        return


def test_the_list_that_ships_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    shipped = creature_archive.listed()
    assert Counter(split for split, _ in shipped) == {"train": 940, "valid": 118, "test": 78}
    assert len({path.replace("/", "-") for _, path in shipped}) == len(shipped)
    assert all(path.endswith(".png") and ".." not in path and not path.startswith("/") for _, path in shipped)
