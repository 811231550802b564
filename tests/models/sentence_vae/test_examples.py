"""The shipped pairs of lines are good to read, and ready-made paths come back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import shelf
from models.sentence_vae import FAMILY
from models.sentence_vae.examples import presets, read_paths, write_paths
from models.sentence_vae.interpolation import final_path
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import METHOD, to_json
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

    assert write_paths(file, fake.path_for, presets()) == len(presets())
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


def test_the_shipped_paths_are_what_the_shipped_model_draws_today() -> None:
    """After a change of search or model: count up `METHOD` and run `python -m models.sentence_vae.examples`."""
    shipped = read_paths()
    assert [path.request for path in shipped] == [preset.request for preset in presets()]
    model = SentenceModel.load(shelf.default(FAMILY))
    assert {(path.model_hash, path.method) for path in shipped} == {(model.folder.hash, METHOD)}
    for path in shipped[:3]:
        assert to_json(final_path(model, path.request)) == to_json(path)
