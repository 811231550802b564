from __future__ import annotations

import sys
from pathlib import Path

import pytest

from models import cli, shelf
from models.errors import AtelierError
from models.shelf import ModelFolder
from tests.models.commands.conftest import Atelier

DRAWING, MAP = ["draw", "complete", "score"], ["decode", "encode", "map"]
COMMANDS = ["models", "verses", "square", "neighbours", *DRAWING, *MAP, "train", "evaluate", "data"]


def test_help_lists_what_works_and_no_more(atelier: Atelier, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        atelier("--help")
    told = capsys.readouterr().out
    listed = [
        line.split()[0]
        for line in told.split("COMMAND\n")[1].splitlines()
        if line.startswith("    ") and line[4] != " "
    ]
    assert listed == COMMANDS
    assert "--tab" in told
    assert "--recipe" in told


@pytest.mark.parametrize("command", [*COMMANDS[:-1], "data fetch"])
def test_every_command_has_help(command: str, atelier: Atelier, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        atelier(*command.split(), "--help")
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["foo"], "invalid choice: 'foo'"),
        (["models", "--loud"], "unrecognized arguments: --loud"),
        (["verses", "only one line"], "give two lines, or --pairs FILE and no line"),
        (["verses", "one", "two", "three"], "give two lines, or --pairs FILE and no line"),
        (["verses", "--", "-5", "b", "--json"], "behind -- all are lines, so options stand before it"),
        (["verses", "a", "b", "--points", "2"], "argument --points: 3 to 15 is possible, not 2"),
        (["verses", "a", "b", "--points", "99"], "argument --points: 3 to 15 is possible, not 99"),
        (["verses", "a", "b", "--points", "many"], "a whole number is needed, not 'many'"),
        (["verses", "a", "b", "--points", "9" * 5000], "a whole number is needed"),
        (["verses", "a", "b", "--seed", "-1"], "argument --seed: 0 to 2147483647 is possible, not -1"),
        (["verses", "a", "b", "--model", ""], "a name or path is needed, not ''"),
        (["verses", "a", "b", "--model", "mo\0on"], r"a name or path is needed, not 'mo\x00on'"),
        (["verses", "a", "b", "--dial", "2"], "argument --dial: 0 to 1 is possible, not 2"),
        (["verses", "a", "b", "--rhyme", "middle"], "argument --rhyme: invalid choice: 'middle'"),
        (["square", "a", "b", "c"], "the following arguments are required: LINE"),
        (["square", "a", "b", "c", "d", "--side", "8"], "argument --side: 3 to 7 is possible, not 8"),
        (["neighbours", "a", "--radius", "0"], "a number above 0 is needed, not 0"),
        (["neighbours", "a", "--radius", "nan"], "a number above 0 is needed, not nan"),
        (["neighbours", "a", "--radius", "1e9"], "argument --radius: at most 100 is possible, not 1e9"),
        (["neighbours", "a", "--count", "0"], "argument --count: 1 to 256 is possible, not 0"),
        (["evaluate", "moon"], "the following arguments are required: --data"),
        (["train", "dream_rnn", "--data", "a", "--out", "b"], "argument FAMILY: invalid choice: 'dream_rnn'"),
        (["train", "sentence_vae", "--data", "a"], "the following arguments are required: --out"),
        (["train", "sentence_vae", "--data", "a", "--out", "b", "--minutes", "0"], "a number above 0 is needed"),
        (["train", "sentence_vae", "--data", "a", "--out", "b", "--minutes", "1", "--epochs", "1"], "not allowed with"),
        (["train", "pixel_rnn", "--data", "a", "--out", "b", "--kind", "round"], "invalid choice: 'round'"),
        (["train", "sentence_vae", "--data", "a", "--out", "b", "--device", "abacus"], "invalid choice: 'abacus'"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(words: list[str], sentence: str, atelier: Atelier) -> None:
    said = atelier(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("atelier: ")
    assert sentence in said.err
    assert said.err.endswith(" --help)\n")
    assert said.err.count("\n") == 1


def test_an_error_is_one_sentence_and_a_traceback_only_where_it_is_asked_for(
    atelier: Atelier, on_shelf: ModelFolder
) -> None:
    words = ("verses", "a", "b", "--model", "nowhere")
    said = atelier(*words)
    assert said == (1, "", "atelier: no model for this is called nowhere: the shelf holds tiny\n")
    for loud in (("--debug", *words), (*words, "--debug")):
        assert "Traceback" in atelier(*loud).err


def test_a_sentence_that_begins_with_a_name_keeps_it(atelier: Atelier, on_shelf: ModelFolder, tmp_path: Path) -> None:
    (tmp_path / "Moon.txt").touch()
    said = atelier("evaluate", "tiny", "--data", str(tmp_path / "Moon.txt"))
    assert said == (1, "", f"atelier: {tmp_path / 'Moon.txt'} holds no lines of text\n")


@pytest.mark.parametrize("name", ["line\nbreak", "\udcff\ud800", "\x1b[31mred"])
def test_whatever_stands_in_an_error_it_stays_one_line_of_text(
    name: str, atelier: Atelier, on_shelf: ModelFolder
) -> None:
    said = atelier("verses", "a", "b", "--model", name)
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert said.err.strip().isprintable()


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `atelier models` fail."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(shelf, "folders", fail)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (AtelierError("Cannot read {path}: it burns.", path="moon"), "atelier: cannot read moon: it burns\n"),
        (ZeroDivisionError("by zero"), "an unexpected error, ZeroDivisionError: by zero (--debug shows where)\n"),
        (MemoryError(), "an unexpected error, MemoryError (--debug shows where)\n"),
        (BrokenPipeError(32, "Broken pipe"), "an unexpected error, BrokenPipeError"),  # not of standard output
    ],
)
def test_any_failure_has_status_1(
    error: Exception, sentence: str, atelier: Atelier, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(error, monkeypatch)
    said = atelier("models")
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err


def test_an_interruption_has_status_130_and_no_traceback(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(KeyboardInterrupt(), monkeypatch)
    assert atelier("models") == (130, "", "")


def test_without_words_those_of_the_process_count(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["atelier", "foo"])
    assert cli.main() == 2
    assert "'foo'" in capsys.readouterr().err
