"""`atelier draw`: sprites from nothing."""

from __future__ import annotations

import argparse

from models.commands import output, sprites
from models.commands.parsing import Subparsers, command, seed_of


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    sprites.add_sampling(command(subparsers, "draw", run, "draws sprites from nothing"))


def run(arguments: argparse.Namespace) -> None:
    """Draw, and show in the order of seeds. Raises `ModelFolderError`, `SaveError`."""
    from models.commands.loading import drawing_model
    from models.pixel_rnn.sprite import Canvas

    model, seed = drawing_model(arguments.model), seed_of(arguments)
    canvas = Canvas.empty(model.form)
    made = sprites.drawn(model, sprites.request_of(arguments, canvas, seed), arguments.count)
    sprites.save(arguments, model, made, canvas, with_canvas=False)
    if arguments.json:
        output.show_json([sprites.row(sprite, sprite.bits_per_pixel) for sprite in made])
        return
    sprites.show(arguments, model, made, seed, "bits a pixel")
