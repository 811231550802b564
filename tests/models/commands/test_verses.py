from __future__ import annotations

from pathlib import Path

import pytest

from models.shelf import ModelFolder
from tests.models.commands.conftest import Atelier

FIRST, LAST = "the sea is mine", "my love is old"
WORDS = ("verses", FIRST, LAST, "--points", "5", "--seed", "3")

pytestmark = pytest.mark.usefixtures("on_shelf")


def test_json_is_what_the_command_line_promises(atelier: Atelier) -> None:
    said = atelier(*WORDS, "--json")
    (path,) = said.json
    assert (said.status, said.err) == (0, "")
    assert path.keys() == {"model", "seed", "ends", "verses"}
    assert (path["model"], path["seed"]) == ("tiny", 3)
    assert [end.keys() for end in path["ends"]] == [{"typed", "returned", "refined"}] * 2
    assert [end["typed"] for end in path["ends"]] == [FIRST, LAST]
    assert [verse["t"] for verse in path["verses"]] == pytest.approx([i / 6 for i in range(1, 6)])
    for verse in path["verses"]:
        assert verse.keys() == {"t", "text", "fluency", "alternatives"}
        assert all(other.keys() == {"text", "fluency"} for other in verse["alternatives"])


def test_the_seed_makes_a_path_repeatable(atelier: Atelier) -> None:
    assert atelier(*WORDS, "--json").out == atelier(*WORDS, "--json").out


def test_without_a_seed_one_is_drawn_and_told(atelier: Atelier) -> None:
    words = ("verses", FIRST, LAST, "--points", "3")
    (path,) = atelier(*words, "--json").json
    (again,) = atelier(*words, "--json", "--seed", str(path["seed"])).json
    assert path == again
    said = atelier(*words)
    told = said.err.removeprefix("seed ").strip()
    assert atelier(*words, "--seed", told).out == said.out


def test_the_poem_stands_between_its_marked_ends_with_per_cent_at_the_left(atelier: Atelier) -> None:
    (path,) = atelier(*WORDS, "--json").json
    texts = [verse["text"] for verse in path["verses"]]
    rows = [f"  17%    {texts[0]}", f"  33%    {texts[1]}", f"  50%    {texts[2]}", f"  67%    {texts[3]}"]
    poem = [f"   0%  • {FIRST}", *rows, f"  83%    {texts[4]}", f" 100%  • {LAST}"]
    assert atelier(*WORDS) == (0, "\n".join(poem) + "\n", "")


def test_alternatives_are_shown_where_they_are_asked_for(atelier: Atelier) -> None:
    (path,) = atelier(*WORDS, "--json", "--alternatives", "2").json
    others = [other["text"] for verse in path["verses"] for other in verse["alternatives"]]
    assert all(len(verse["alternatives"]) <= 2 for verse in path["verses"])
    assert others
    shown = atelier(*WORDS, "--alternatives", "2").out.splitlines()
    assert [line.removeprefix("    or   ") for line in shown if line.startswith("    or   ")] == others


def test_options_reach_the_model(atelier: Atelier) -> None:
    unknown = ("verses", "the old sea is mine", "my day is far", "--points", "3", "--seed", "3", "--json")
    plain, unrefined, slerp = (atelier(*unknown, *more).json[0] for more in ((), ("--no-refine",), ("--slerp",)))
    assert [end["returned"] for end in unrefined["ends"]] == [end["refined"] for end in unrefined["ends"]]
    assert plain["ends"] != unrefined["ends"]
    assert slerp["ends"] == plain["ends"]


def test_dial_and_wishes_reach_the_model(atelier: Atelier) -> None:
    """The words of the tiny model's lines hardly rhyme, so most wishes for it cannot be kept."""
    (path,) = atelier(*WORDS, "--rhyme", "last", "--length", "--json").json
    unmet = [verse.get("unmet", []) for verse in path["verses"]]
    told = {"length": "another length", "rhyme": "no rhyme"}
    shown = atelier(*WORDS, "--rhyme", "last", "--length").out.splitlines()[1:-1]
    assert any("rhyme" in missed for missed in unmet)
    for row, missed in zip(shown, unmet, strict=True):
        assert row.endswith(f"  ({', '.join(told[wish] for wish in missed)})") == bool(missed)
    assert "unmet" not in atelier(*WORDS, "--json").out
    assert atelier(*WORDS, "--json", "--dial", "0.5").out == atelier(*WORDS, "--json").out


def test_a_model_may_be_a_folder(atelier: Atelier, tiny_folder: ModelFolder) -> None:
    said = atelier(*WORDS, "--json", "--model", str(tiny_folder.path))
    assert said.json[0]["model"] == "tiny"


def test_pairs_come_from_the_rows_of_a_file(atelier: Atelier, tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_bytes(b"\xef\xbb\xbfthe sea is mine\tmy love is old\r\n\r\nthe day is new\tthe sun is dim")
    said = atelier("verses", "--pairs", str(file), "--points", "5", "--seed", "3", "--json")
    ends = [[end["typed"] for end in path["ends"]] for path in said.json]
    assert ends == [[FIRST, LAST], ["the day is new", "the sun is dim"]]
    assert said.json[:1] == atelier(*WORDS, "--json").json
    poems = atelier("verses", "--pairs", str(file), "--points", "5", "--seed", "3").out
    assert poems.startswith(atelier(*WORDS).out + "\n")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "FILE holds no pairs of lines"),
        (b"one\ttwo\n\nthree\n", "row 3 of FILE is not two lines with one tab between"),
        (b"one\ttwo\tthree", "row 1 of FILE is not two lines with one tab between"),
        (b"\xff\t\xfe", "FILE is not UTF-8 text: save it as UTF-8 first"),
        (b"a\tb\n" * (1 << 23), "FILE is far too large to be a file of pairs"),
    ],
)
def test_a_file_that_holds_no_pairs_is_told(data: bytes, sentence: str, atelier: Atelier, tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_bytes(data)
    said = atelier("verses", "--pairs", str(file))
    assert said == (1, "", f"atelier: {sentence}\n".replace("FILE", str(file)))


@pytest.mark.parametrize("name", [".", "nowhere.tsv", "n" * 5000])
def test_a_file_that_cannot_be_read_is_told(name: str, atelier: Atelier, tmp_path: Path) -> None:
    said = atelier("verses", "--pairs", str(tmp_path / name))
    assert said.status == 1
    assert said.err.startswith(f"atelier: cannot read {tmp_path}")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("", "The first line is empty: the model invents one.\n"),
        ("\0\udcff", "The first line is empty: the model invents one.\n"),
        ("the\0 \ud800sea is old", "The first line holds what cannot be read: that was passed over.\n"),
        ("the sea is old " * 700, "The first line is too long: only its beginning was read.\n"),
        ("🌊 🌊", "The first line holds many signs that the model hardly knows.\n"),
        ("мой дом стоит у моря", "The first line holds many signs that the model hardly knows.\n"),
    ],
)
def test_any_line_gives_verses_and_what_was_done_to_it_is_told(line: str, note: str, atelier: Atelier) -> None:
    said = atelier("verses", line, LAST, "--points", "3", "--seed", "3")
    assert said.status == 0
    assert len(said.out.splitlines()) == 5
    assert note in said.err
    (path,) = atelier("verses", line, LAST, "--points", "3", "--seed", "3", "--json").json
    assert path["ends"][0]["typed"] == line
    assert len(path["verses"]) == 3


@pytest.mark.parametrize("last", [" the sea is mine", "The sea is MINE!"])
def test_of_two_equal_lines_it_is_told_what_stands_between(last: str, atelier: Atelier) -> None:
    done = atelier("verses", "the sea is mine", last, "--seed", "1")
    assert done.status == 0
    assert "Both lines are the same" in done.err


def test_json_is_ascii_whatever_was_typed(atelier: Atelier) -> None:
    assert atelier("verses", "月 \ud800", "🌊", "--points", "3", "--json").out.isascii()


def test_an_end_that_is_not_quite_returned_is_told(atelier: Atelier) -> None:
    said = atelier("verses", "the sea is mine.", LAST, "--no-refine", "--seed", "3")
    (path,) = atelier("verses", "the sea is mine.", LAST, "--no-refine", "--seed", "3", "--json").json
    assert f"The model does not quite return the first line, but: {path['ends'][0]['refined']}\n" in said.err
    assert "• the sea is mine.\n" in said.out


@pytest.mark.parametrize("first", ["-5", "-1,2", "-the sea"])
def test_behind_two_dashes_a_line_may_begin_with_one(first: str, atelier: Atelier) -> None:
    for options in ((), ("--points", "3")):
        rows = atelier("verses", *options, "--", first, LAST).out.splitlines()
        assert rows[0] == f"   0%  • {first}"
