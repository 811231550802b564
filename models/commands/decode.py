"""`atelier decode`: the image that a code stands for."""

from __future__ import annotations

import argparse

from models.commands import maps, output
from models.commands.parsing import Subparsers, UsageError, add_model, command, numbers

SIDE = 280  # pixels of the picture, about


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "decode", run, "draws the image that a code stands for")
    told = "the code: as many numbers as the model's codes have, in units of the prior's standard deviation"
    parser.add_argument("--code", metavar="X,Y[,…]", type=numbers, required=True, help=told)
    maps.add_out(parser, "saves the image")
    add_model(parser)


def run(arguments: argparse.Namespace) -> None:
    """Decode, save and show. Raises `UsageError`, `ModelFolderError`, `InputError`, `SaveError`."""
    from models.commands import half_blocks
    from models.commands.loading import load_map, map_folder

    if not (arguments.out or arguments.json or half_blocks.can_be_shown()):
        raise UsageError("say where the image shall go, --out FILE.png or --json: it cannot be shown here")
    model = load_map(map_folder(arguments.model))

    import numpy as np

    from models.image_vae.codes import checked
    from models.image_vae.latent_map import decode

    (image,) = decode(model, np.array([checked(arguments.code, model.dimensions)], np.float32))
    if arguments.out:
        maps.save(arguments.out, image, maps.scale_of(arguments.scale, SIDE, *image.shape[:2]), "image")
    if arguments.json:
        output.show_json({"model": model.folder.name, "code": list(arguments.code), "pixels": image.tolist()})
    elif not arguments.out:
        maps.show([image], [",".join(f"{number:g}" for number in arguments.code)])
