"""`atelier square`: four lines at the corners, mixed in two directions."""

from __future__ import annotations

import argparse

from models.commands import output
from models.commands.parsing import Subparsers, add_dial, add_model, add_seed, command, seed_of, whole
from models.commands.verse_model import load_verses, verse_folder
from models.commands.verses import tell_notes
from models.sentence_vae.path import MAX_SIDE, MIN_SIDE, SquareRequest, square_to_json

CORNERS = ("upper left", "upper right", "lower left", "lower right")


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "square", run, "mixes four lines at the corners of a square")
    told = f"the four lines: {', '.join(CORNERS)}"
    parser.add_argument("lines", metavar="LINE", nargs=len(CORNERS), help=told)
    told = f"how many lines there are in each direction, {MIN_SIDE} to {MAX_SIDE} (default: %(default)s)"
    parser.add_argument("--side", metavar="N", type=whole(MIN_SIDE, MAX_SIDE), default=SquareRequest.side, help=told)
    add_dial(parser)
    add_seed(parser)
    add_model(parser)


def run(arguments: argparse.Namespace) -> None:
    """Write the square, a row of it in each paragraph. Raises `ModelFolderError`, `InputError`."""
    one, two, three, four = arguments.lines
    request = SquareRequest((one, two, three, four), arguments.side, seed_of(arguments), arguments.dial)
    model = load_verses(verse_folder(arguments.model, request.corners))

    from models.sentence_vae.square import final_square

    square = final_square(model, request)
    if arguments.json:
        output.show_json(square_to_json(square))
        return
    if arguments.seed is None:
        output.note(f"seed {request.seed}")
    tell_notes(zip(CORNERS, square.ends, strict=True))
    output.show("\n\n".join("\n".join(cell.text for cell in row) for row in square.cells))
