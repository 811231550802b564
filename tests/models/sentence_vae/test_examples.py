"""The shipped pairs of lines are good to read, and ready-made paths come back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.sentence_vae import examples
from models.sentence_vae.examples import presets, read_paths, write_paths
from tests.desktop.verses import fake


def test_there_are_eight_to_twelve_pairs_and_each_has_its_own_name() -> None:
    names = [preset.name for preset in presets()]
    assert 8 <= len(names) <= 12
    assert len(set(names)) == len(names)


def test_every_line_is_a_verse_of_five_to_ten_words() -> None:
    for preset in presets():
        for line in (preset.first, preset.last):
            assert 5 <= len(line.split()) <= 10, line
            assert line[0].isupper(), line


def test_the_first_pair_is_the_one_of_the_handbook() -> None:
    first = presets()[0]
    assert first.first == "The moon is rising over the silent hill"
    assert first.last == "My heart is weary of the weight of love"


def test_paths_that_were_written_are_read(tmp_path: Path) -> None:
    file = tmp_path / "verses.json"

    assert write_paths(file, fake.verb, presets()) == len(presets())
    read = read_paths(file)

    assert [path.request for path in read] == [preset.request for preset in presets()]
    assert all(path.final for path in read)


@pytest.mark.parametrize("text", ["", "{", "3", "[3]", '[{"request": {}}]', "[" * 100_000, "\udcff"])
def test_a_damaged_file_holds_no_paths(tmp_path: Path, text: str) -> None:
    file = tmp_path / "verses.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_paths(file) == ()


def test_no_file_holds_no_paths(tmp_path: Path) -> None:
    assert read_paths(tmp_path / "none.json") == ()


def test_the_shipped_paths_belong_to_the_shipped_pairs() -> None:
    pairs = {preset.request for preset in examples.presets()}
    assert {path.request for path in read_paths()} <= pairs
