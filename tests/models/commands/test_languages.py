"""The model follows what is typed: `verses`, `square` and `neighbours` in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.sentence_vae.script import HAN, script_of
from models.shelf import ModelFolder
from tests.models.commands.conftest import Atelier

ENGLISH, CHINESE, TRADITIONAL = (
    ("the sea is mine", "my love is old"),
    ("小舟过桥去", "远山云里见"),
    ("小舟過橋去", "遠山雲裡見"),
)
WISHED = ("--points", "3", "--seed", "3", "--json")


@pytest.mark.parametrize(("lines", "model"), [(ENGLISH, "tiny"), (CHINESE, "tiny-chinese"), (("", "…"), "tiny")])
def test_lines_get_the_model_that_speaks_their_language(
    lines: tuple[str, str], model: str, atelier: Atelier, both_on_shelf: ModelFolder
) -> None:
    (path,) = atelier("verses", *lines, *WISHED).json
    assert path["model"] == model


def test_chinese_verses_are_chinese(atelier: Atelier, both_on_shelf: ModelFolder) -> None:
    (path,) = atelier("verses", *CHINESE, *WISHED).json
    assert all(script_of([verse["text"]]) == HAN for verse in path["verses"])


def test_pairs_of_two_languages_are_answered_by_two_models(
    atelier: Atelier, both_on_shelf: ModelFolder, tmp_path: Path
) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("\n".join(map("\t".join, (ENGLISH, CHINESE))), encoding="utf-8")
    paths = atelier("verses", "--pairs", str(file), *WISHED).json
    assert [path["model"] for path in paths] == ["tiny", "tiny-chinese"]
    assert paths[1:] == atelier("verses", *CHINESE, *WISHED).json


@pytest.mark.parametrize(
    "words",
    [
        ("verses", ENGLISH[0], CHINESE[0]),
        ("verses", "小舟 is 过 old", CHINESE[0]),
        ("neighbours", "小舟 is 过 old"),
        ("square", *ENGLISH, *CHINESE),
    ],
)
def test_two_scripts_at_once_are_told(words: tuple[str, ...], atelier: Atelier, both_on_shelf: ModelFolder) -> None:
    told = "atelier: two scripts at once: write all lines in one, or name a --model to read them all\n"
    assert atelier(*words) == (1, "", told)


@pytest.mark.parametrize("row", [(ENGLISH[0], CHINESE[0]), ("小舟 is 过 old", CHINESE[0])])
def test_the_row_of_a_file_that_is_in_two_scripts_is_named(
    row: tuple[str, str], atelier: Atelier, both_on_shelf: ModelFolder, tmp_path: Path
) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("\n".join(map("\t".join, (ENGLISH, CHINESE, row))), encoding="utf-8")
    told = f"row 3 of {file} is in two scripts: write it in one, or name a --model to read every row"
    assert atelier("verses", "--pairs", str(file)) == (1, "", f"atelier: {told}\n")
    assert len(atelier("verses", "--pairs", str(file), *WISHED, "--model", "tiny").json) == 3


def test_a_named_model_reads_any_script(atelier: Atelier, both_on_shelf: ModelFolder) -> None:
    said = atelier("verses", ENGLISH[0], CHINESE[0], "--points", "3", "--seed", "3", "--model", "tiny")
    assert said.status == 0
    assert "The last line holds many signs that the model hardly knows.\n" in said.err


def test_a_language_that_no_model_speaks_is_told(atelier: Atelier, on_shelf: ModelFolder) -> None:
    told = "atelier: no model on the shelf speaks Chinese; with --model tiny the lines are read all the same\n"
    assert atelier("verses", *CHINESE) == (1, "", told)
    assert atelier("neighbours", CHINESE[0]).err == told


def test_traditional_lines_are_shown_as_typed_and_answered_so(atelier: Atelier, both_on_shelf: ModelFolder) -> None:
    said = atelier("verses", *TRADITIONAL, "--points", "3", "--seed", "3")
    rows = said.out.splitlines()
    assert [rows[0], rows[-1]] == [f"   0%  • {TRADITIONAL[0]}", f" 100%  • {TRADITIONAL[1]}"]
    assert "The first line is in traditional characters: it was read in simplified ones.\n" in said.err
    (path,) = atelier("verses", *TRADITIONAL, *WISHED).json
    assert [end["typed"] for end in path["ends"]] == list(TRADITIONAL)


def test_neighbours_follow_the_language_too(atelier: Atelier, both_on_shelf: ModelFolder) -> None:
    assert atelier("neighbours", CHINESE[0], "--seed", "1", "--json").json["model"] == "tiny-chinese"


CORNERS = ("the sea is mine", "my love is old", "the day is new", "the sun is dim")


def test_a_square_has_its_lines_at_the_corners(atelier: Atelier, on_shelf: ModelFolder) -> None:
    square = atelier("square", *CORNERS, "--side", "3", "--seed", "3", "--json").json
    assert square.keys() == {"model", "seed", "ends", "cells"}
    assert [end["typed"] for end in square["ends"]] == list(CORNERS)
    texts = [[cell["text"] for cell in row] for row in square["cells"]]
    assert [len(row) for row in texts] == [3, 3, 3]
    assert (texts[0][0], texts[0][2], texts[2][0], texts[2][2]) == CORNERS
    shown = atelier("square", *CORNERS, "--side", "3", "--seed", "3")
    assert shown == (0, "\n\n".join("\n".join(row) for row in texts) + "\n", "")


def test_a_seed_that_was_drawn_for_a_square_is_told(atelier: Atelier, on_shelf: ModelFolder) -> None:
    said = atelier("square", *CORNERS, "--side", "3")
    told = said.err.splitlines()[0].removeprefix("seed ")
    assert atelier("square", *CORNERS, "--side", "3", "--seed", told).out == said.out


def test_what_was_done_to_a_corner_is_told(atelier: Atelier, on_shelf: ModelFolder) -> None:
    said = atelier("square", "", *CORNERS[1:], "--side", "3", "--seed", "3")
    assert said.err.startswith("The upper left line is empty: the model invents one.\n")


def test_that_tones_are_a_wish_for_chinese_is_told(atelier: Atelier, both_on_shelf: ModelFolder) -> None:
    told = "Tones in turn are a wish for Chinese verses: others are written as without it.\n"
    wished = ("--tones", "--points", "3", "--seed", "3")
    assert atelier("verses", *ENGLISH, *wished).err.startswith(told)
    assert told not in atelier("verses", *CHINESE, *wished).err
    assert told not in atelier("verses", *ENGLISH, "--points", "3", "--seed", "3").err
