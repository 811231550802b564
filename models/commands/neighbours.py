"""`atelier neighbours`: lines near one line."""

from __future__ import annotations

import argparse

from models.commands import output
from models.commands.parsing import Subparsers, add_model, add_seed, command, positive_up_to, seed_of, whole
from models.commands.verse_model import load_verses, verse_folder
from models.commands.verses import tell_notes
from models.errors import InputError
from models.sentence_vae.path import MAX_NEIGHBOURS, MAX_RADIUS, End, NeighbourRequest, neighbours_to_json


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "neighbours", run, "writes lines near one line")
    parser.add_argument("line", metavar="LINE", help="the line to stay near")
    told = f"how far away at most, in standard deviations of the prior, up to {MAX_RADIUS} (default: %(default)s)"
    within = positive_up_to(MAX_RADIUS)
    parser.add_argument("--radius", metavar="R", type=within, default=NeighbourRequest.radius, help=told)
    told = f"how many lines at most, 1 to {MAX_NEIGHBOURS} (default: %(default)s)"
    number = whole(1, MAX_NEIGHBOURS)
    parser.add_argument("--count", metavar="N", type=number, default=NeighbourRequest.count, help=told)
    add_seed(parser)
    add_model(parser)


def run(arguments: argparse.Namespace) -> None:
    """Write the neighbours, from near to far. Raises `InputError`, `ModelFolderError`."""
    if not arguments.line.strip():  # told before a model is loaded
        raise InputError("An empty line has no neighbours: type one.")
    request = NeighbourRequest(arguments.line, arguments.radius, arguments.count, seed_of(arguments))
    model = load_verses(verse_folder(arguments.model, [request.line]))

    from models.sentence_vae.neighbours import final_neighbours

    found = final_neighbours(model, request)
    if arguments.json:
        output.show_json(neighbours_to_json(found))
        return
    if arguments.seed is None:
        output.note(f"seed {request.seed}")
    if found.end is not None:
        _tell_end(found.end)
    if len(found.neighbours) < request.count:
        told = f"Only {len(found.neighbours)} of {request.count} lines were found so near"
        output.note(f"{told}: another --seed or a larger --radius may find more.")
    for other in found.neighbours:
        output.show(f"{other.distance:6.2f}  {other.text}")


def _tell_end(end: End) -> None:
    """Say what was done to the line, and of which other line these are the neighbours where it is not returned."""
    tell_notes([("typed", end)])
    if end.faithfulness < 1:
        output.note("The lines found are near that one.")
