"""`atelier evaluate`: a family's measures on data that the model has not seen."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from models.commands import output
from models.commands.parsing import Subparsers, command, name, path


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "evaluate", run, "measures a model on data that it has not seen")
    parser.add_argument("model", metavar="MODEL", type=name, help="a name from the shelf, or a model folder")
    told = "a text file (or .gz) with a line a row, or a folder with test.txt or test.txt.gz"
    parser.add_argument("--data", metavar="PATH", type=path, required=True, help=told)


def run(arguments: argparse.Namespace) -> None:
    """Measure, always on the same lines of the same data. Raises `DataError`, `ModelFolderError`."""
    from models.commands.loading import sentence_model

    model = sentence_model(arguments.model)

    from models.sentence_vae.evaluation import evaluate

    show_figures(evaluate(model, arguments.data), arguments.json)


def show_figures(figures: Mapping[str, float], as_json: bool) -> None:
    """Figures as a JSON value, or as a table."""
    if as_json:
        output.show_json(figures)
        return
    width = max(map(len, figures), default=0)
    for figure, value in figures.items():
        output.show(f"{figure:{width}}  {value:g}")
