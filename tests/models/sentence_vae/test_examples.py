"""The shipped pairs of lines are good to read, and ready-made paths come back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import shelf
from models.sentence_vae import FAMILY
from models.sentence_vae.examples import presets, read_paths, write_paths
from models.sentence_vae.interpolation import final_path
from models.sentence_vae.language import CHINESE, ENGLISH, written_in
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import METHOD, Alternative, Verse, VersePath
from models.sentence_vae.script import share_of_han
from tests.desktop.verses import fake


def test_there_are_eight_to_twelve_pairs_and_each_has_its_own_name() -> None:
    names = [preset.name for preset in presets()]
    assert 8 <= len(names) <= 12
    assert len(set(names)) == len(names)


def test_both_languages_have_pairs_and_the_window_opens_on_an_english_one() -> None:
    languages = [preset.language for preset in presets()]
    assert set(languages) == {ENGLISH, CHINESE}
    assert languages[0] == ENGLISH


def lines_in(language: str) -> list[str]:
    return [line for preset in presets() if preset.language == language for line in (preset.first, preset.last)]


def test_every_english_line_is_a_verse_of_five_to_ten_words() -> None:
    for line in lines_in(ENGLISH):
        assert 5 <= len(line.split()) <= 10, line
        assert line[0].isupper(), line


def test_every_chinese_line_is_a_verse_of_five_or_seven_characters() -> None:
    for line in lines_in(CHINESE):
        assert len(line) in (5, 7), line
        assert share_of_han(line) == 1, line


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
    folders = [folder for folder in shelf.folders().models if folder.shipped and folder.family == FAMILY]
    shipped = read_paths()
    for folder in folders:
        own = [preset.request for preset in presets() if preset.language == written_in(folder)]
        drawn = [path for path in shipped if path.request in own]
        assert [path.request for path in drawn] == own
        assert {(path.model_hash, path.method) for path in drawn} == {(folder.hash, METHOD)}
        model = SentenceModel.load(folder)
        for path in drawn[:2]:
            today = final_path(model, path.request)
            assert said(today) == said(path)
            assert fluencies(today) == pytest.approx(fluencies(path), rel=1e-3)  # processors round otherwise


def lines_of(path: VersePath) -> list[Verse | Alternative]:
    return [*path.verses, *(other for verse in path.verses for other in verse.alternatives)]


def said(path: VersePath) -> list[str]:
    """Every line of a path."""
    ends = [line for end in path.ends for line in (end.typed, end.returned, end.refined)]
    return [*ends, *(line.text for line in lines_of(path))]


def fluencies(path: VersePath) -> list[float]:
    return [line.fluency for line in lines_of(path)]
