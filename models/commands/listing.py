"""`atelier models`: what stands on the shelf."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from models.commands import output
from models.commands.parsing import Subparsers, command

if TYPE_CHECKING:
    from models.shelf import ModelFolder


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    command(subparsers, "models", run, "lists the shelf: the models that came with the program and your own")


def run(arguments: argparse.Namespace) -> None:
    """List every model; a folder that cannot be used is told as a message and stops nothing."""
    from models import shelf

    found = shelf.folders()
    for error in found.broken:
        output.note(f"atelier: {output.sentence(error)}")
    if arguments.json:
        output.show_json([_value(model) for model in found.models])
        return
    if not found.models:
        output.note(f"The shelf is empty: train a model into a folder in {shelf.user_models()}.")
    for model in found.models:
        output.show(_line(model, max(len(other.name) for other in found.models)))


def _value(model: ModelFolder) -> dict[str, Any]:
    return {
        "name": model.name,
        "family": model.family,
        "shipped": model.shipped,
        "bytes": model.bytes,
        "figures": model.card.figures,
    }


def _line(model: ModelFolder, width: int) -> str:
    origin = "shipped" if model.shipped else "own"
    figures = "".join(f"\n  {name} {value:g}" for name, value in model.card.figures.items())
    return f"{model.name:{width}}  {model.family}  {origin}  {model.bytes / 1e6:.1f} MB{figures}"
