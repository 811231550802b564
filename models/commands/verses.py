"""`atelier verses`: the verses between two lines, or between the two lines of each row of a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from models.commands import output
from models.commands.parsing import (
    Parser,
    Subparsers,
    UsageError,
    add_dial,
    add_model,
    add_seed,
    command,
    path,
    seed_of,
    whole,
)
from models.commands.verse_model import load_verses, verse_folder
from models.errors import DataError
from models.sentence_vae.language import CHINESE, MIXED, language_of, written_in
from models.sentence_vae.path import (
    FIRST,
    LAST,
    MAX_POINTS,
    MIN_POINTS,
    End,
    PathRequest,
    Verse,
    VersePath,
    Wishes,
    to_json,
)

if TYPE_CHECKING:
    from models.shelf import ModelFolder

MAX_ALTERNATIVES = 64
MAX_PAIRS_BYTES = 1 << 24
NOTES = {
    "empty": "is empty: the model invents one",
    "shortened": "is too long: only its beginning was read",
    "cleaned": "holds what cannot be read: that was passed over",
    "unfamiliar": "holds many signs that the model hardly knows",
    "traditional": "is in traditional characters: it was read in simplified ones",
}
AS_TYPED = ("traditional",)  # all that was done to a line that is shown as it was typed
UNMET = {"length": "another length", "rhyme": "no rhyme", "tones": "other tones"}


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "verses", run, "writes the verses between two lines")
    parser.add_argument("lines", metavar="LINE", nargs="*", help="the first and the last line")
    told = "two lines a row with a tab between, instead of LINE LINE"
    parser.add_argument("--pairs", metavar="FILE", type=path, help=told)
    told = f"how many verses, {MIN_POINTS} to {MAX_POINTS} (default: %(default)s)"
    parser.add_argument(
        "--points", metavar="N", type=whole(MIN_POINTS, MAX_POINTS), default=PathRequest.points, help=told
    )
    told = f"up to K other lines for each verse (default: {PathRequest.alternatives}, and none shown as text)"
    parser.add_argument("--alternatives", metavar="K", type=whole(0, MAX_ALTERNATIVES), help=told)
    parser.add_argument("--no-refine", action="store_true", help="take both ends as the encoder gives them")
    parser.add_argument("--slerp", action="store_true", help="walk evenly in angle instead of straight")
    add_dial(parser)
    _add_wishes(parser)
    add_seed(parser)
    add_model(parser)


def _add_wishes(parser: Parser) -> None:
    wishes = parser.add_argument_group("wishes, kept where the model finds a line that keeps them")
    wishes.add_argument("--length", action="store_true", help="as many syllables, or Chinese characters, as the ends")
    wishes.add_argument("--rhyme", choices=(FIRST, LAST), default="", help="rhymes with the first or the last line")
    wishes.add_argument("--tones", action="store_true", help="in Chinese alone: level and oblique tones in turn")


def run(arguments: argparse.Namespace) -> None:
    """Write one path or, with `--pairs`, many. Raises `UsageError`, `DataError`, `ModelFolderError`, `InputError`."""
    requests = list(_requests(arguments))
    folders = [verse_folder(arguments.model, (request.first, request.last)) for request in requests]
    paths = _paths(list(zip(folders, requests, strict=True)))
    if arguments.json:
        output.show_json([to_json(found) for found in paths])
        return
    from models.sentence_vae.row import sound_alike

    if arguments.seed is None:
        output.note(f"seed {requests[0].seed}")
    if arguments.tones and any(written_in(folder) != CHINESE for folder in folders):
        output.note("Tones in turn are a wish for Chinese verses: others are written as without it.")
    for i, found in enumerate(paths):
        tell_notes(zip((FIRST, LAST), found.ends, strict=True))
        if found.ends[0].read and sound_alike(end.read for end in found.ends):
            output.note("Both lines are the same: the verses are lines near it.")
        output.show("\n" * (i > 0) + _poem(found, arguments.alternatives is not None))


def _requests(arguments: argparse.Namespace) -> Iterator[PathRequest]:
    if len(arguments.lines) != (0 if arguments.pairs else 2):
        told = "; behind -- all are lines, so options stand before it" if _has_option(arguments.lines) else ""
        raise UsageError("give two lines, or --pairs FILE and no line" + told + " (see atelier verses --help)")
    alternatives = PathRequest.alternatives if arguments.alternatives is None else arguments.alternatives
    seed = seed_of(arguments)
    pairs = _pairs(arguments.pairs, any_script=arguments.model is not None) if arguments.pairs else [arguments.lines]
    for first, last in pairs:
        yield PathRequest(
            first,
            last,
            points=arguments.points,
            seed=seed,
            alternatives=alternatives,
            refine=not arguments.no_refine,
            slerp=arguments.slerp,
            dial=arguments.dial,
            wishes=Wishes(arguments.length, arguments.rhyme, arguments.tones),
        )


def _has_option(lines: Iterable[str]) -> bool:
    return any(line.startswith("--") for line in lines)


def _pairs(file: Path, any_script: bool) -> list[list[str]]:
    """The rows of a file, each with its two columns, in one script or in `any_script`; empty rows are passed over.

    Raises `DataError`.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_PAIRS_BYTES + 1)
        if len(data) > MAX_PAIRS_BYTES:
            raise DataError("{file} is far too large to be a file of pairs.", file=file)
        rows = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise DataError("{file} is not UTF-8 text: save it as UTF-8 first.", file=file) from error
    except OSError as error:
        raise DataError("Cannot read {file}: {reason}.", file=file, reason=error.strerror or error) from error
    pairs = {number: row.split("\t") for number, row in enumerate(rows, 1) if row.strip()}
    for number, pair in pairs.items():
        if len(pair) != 2:
            raise DataError("Row {number} of {file} is not two lines with one tab between.", number=number, file=file)
        if not any_script and language_of(*pair) == MIXED:
            told = "Row {number} of {file} is in two scripts: write it in one, or name a --model to read every row."
            raise DataError(told, number=number, file=file)
    if not pairs:
        raise DataError("{file} holds no pairs of lines.", file=file)
    return list(pairs.values())


def _paths(requests: list[tuple[ModelFolder, PathRequest]]) -> Iterator[VersePath]:
    """Each request's path by the model in its folder; a model is loaded once."""
    from tqdm import tqdm

    from models.sentence_vae.interpolation import final_path

    models = {folder.path: load_verses(folder) for folder, _ in requests}
    for folder, request in tqdm(requests, unit="path", file=sys.stderr, disable=len(requests) == 1):
        yield final_path(models[folder.path], request)


def _poem(path: VersePath, with_alternatives: bool) -> str:
    """The lines under each other, per cent of the way at the left, a mark before those that were typed."""
    rows = [_row(0, path.ends[0])]
    for verse in path.verses:
        rows.append(_row(verse.t, verse))
        if with_alternatives:
            rows += [f"    or   {other.text}" for other in verse.alternatives]
    return "\n".join([*rows, _row(1, path.ends[1])])


def _row(t: float, line: Verse | End) -> str:
    if isinstance(line, End):
        return f"{t:5.0%}  • {line.typed.strip() if line.notes == AS_TYPED else line.read or line.refined}"
    missed = ", ".join(UNMET[wish] for wish in line.unmet)
    return f"{t:5.0%}    {line.text}" + (f"  ({missed})" if missed else "")


def tell_notes(ends: Iterable[tuple[str, End]]) -> None:
    """Say what was done to each typed line, which is called by a name."""
    for name, end in ends:
        for note in end.notes:
            output.note(f"The {name} line {NOTES[note]}.")
        if end.read and end.faithfulness < 1:
            output.note(f"The model does not quite return the {name} line, but: {end.refined}")
