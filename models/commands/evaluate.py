"""`atelier evaluate`: a family's measures on data that the model has not seen."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from models.commands import output
from models.commands.families import family_of, told_of_each
from models.commands.parsing import Subparsers, command, name, path


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "evaluate", run, "measures a model on data that it has not seen")
    parser.add_argument("model", metavar="MODEL", type=name, help="a name from the shelf, or a model folder")
    told = f"where it carries its own split, its test part is taken, else all of it. {told_of_each('data')}"
    parser.add_argument("--data", metavar="PATH", type=path, required=True, help=told)


def run(arguments: argparse.Namespace) -> None:
    """Measure, always in the same way on the same data. Raises `DataError`, `ModelFolderError`."""
    from models import shelf

    folder = shelf.find(arguments.model)
    show_figures(family_of(folder).evaluate(folder, arguments.data), arguments.json)


def show_figures(figures: Mapping[str, float], as_json: bool) -> None:
    """Figures as a JSON value, or as a table."""
    if as_json:
        output.show_json(figures)
        return
    width = max(map(len, figures), default=0)
    for figure, value in figures.items():
        output.show(f"{figure:{width}}  {value:g}")
