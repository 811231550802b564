"""`atelier encode`: where a picture lands on the map, and what it costs."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING

from models.commands import maps, output
from models.commands.parsing import Subparsers, add_model, command, path

if TYPE_CHECKING:
    from models.image_vae.codes import Landing
    from models.image_vae.pictures import Conversion
    from models.sprites.form import Format
    from models.sprites.palette import Colours

SIDE = 640  # pixels of the two pictures side by side, about


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "encode", run, "tells the code of a picture, and its price in nats")
    told = "a picture of any size and colours: it is brought to what the model reads"
    parser.add_argument("image", metavar="IMAGE", type=path, help=told)
    maps.add_out(parser, "saves the picture as the model reads it and, to its right, its reconstruction")
    add_model(parser)
    parser.epilog = (
        "As JSON, log_variance and kl_nats are null for an autoencoder, which has neither. reconstruction_nats and "
        "kl_nats together are the picture's −ELBO."
    )


def run(arguments: argparse.Namespace) -> None:
    """Encode, save and tell. Raises `UsageError`, `DataError`, `ModelFolderError`, `SaveError`."""
    from models.commands import half_blocks
    from models.commands.loading import load_map, map_folder
    from models.image_vae.pictures import brought_to
    from models.sprites.form import Format
    from models.sprites.pictures import read_picture

    folder = map_folder(arguments.model)
    form = Format.from_configuration(folder.card.configuration)
    brought = brought_to(read_picture(arguments.image), form)
    _tell(brought.facts, form)
    model = load_map(folder)  # last, for it takes seconds to load torch: a picture that is none is told at once

    from models.image_vae.latent_map import encode

    landing = encode(model, brought.pixels)
    if arguments.out:
        both = _side_by_side(landing)
        maps.save(arguments.out, both, maps.scale_of(arguments.scale, SIDE, *both.shape[:2]), "reconstruction")
    if arguments.json:
        output.show_json(_value(folder.name, landing))
        return
    if not arguments.out and half_blocks.can_be_shown():
        maps.show([landing.picture, landing.reconstruction], ["as it is read", "reconstruction"])
    output.show(_text(landing))


def _tell(facts: Conversion, form: Format) -> None:
    """What was done to the picture."""
    if facts.is_scaled or (facts.height, facts.width) != (form.height, form.width):
        output.note(f"The picture was brought from {facts.width}×{facts.height} to {form.width}×{form.height} pixels.")
    if facts.is_recoloured:
        output.note("Its colours were brought to those that the model knows.")
    if facts.is_inverted:
        output.note("It was light on dark and was inverted.")
    if facts.is_moved:
        output.note("Its figure was brought to the middle, where the training data has it.")


def _side_by_side(landing: Landing) -> Colours:
    """Picture, gap of paper and reconstruction (H, 2·W + gap, 3)."""
    import numpy as np

    picture = landing.picture
    gap = np.full((picture.shape[0], max(1, picture.shape[1] // 8), 3), 255, np.uint8)
    return np.concatenate([picture, gap, landing.reconstruction], axis=1)


def _value(model: str, landing: Landing) -> dict[str, object]:
    return {
        "model": model,
        "mean": list(landing.mean),
        "log_variance": None if landing.log_variance is None else list(landing.log_variance),
        "reconstruction_nats": landing.reconstruction_nats,
        "kl_nats": landing.kl_nats,
    }


def _text(landing: Landing) -> str:
    rows = [("mean", " ".join(f"{number:7.3f}" for number in landing.mean))]
    if landing.log_variance is not None:
        deviations = (math.exp(number / 2) for number in landing.log_variance)
        rows.append(("deviation", " ".join(f"{deviation:7.3f}" for deviation in deviations)))
    rows.append(("reconstruction", f"{landing.reconstruction_nats:7.2f} nats"))
    if landing.kl_nats is not None:
        rows += [("kl", f"{landing.kl_nats:7.2f} nats"), ("−ELBO", f"{landing.price:7.2f} nats")]
    return "\n".join(f"{what:14}  {value}" for what, value in rows)
