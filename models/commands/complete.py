"""`atelier complete`: what is covered of a picture, drawn anew in several ways."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from models.commands import output, sprites
from models.commands.parsing import Subparsers, command, path, seed_of
from models.errors import InputError

if TYPE_CHECKING:
    from models.pixel_rnn.model import DrawingModel
    from models.pixel_rnn.sprite import Canvas, Completion
    from models.sprites.form import Format, Mask

COVER = ("bottom", 0.5)


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "complete", run, "draws what is covered of a picture, the likeliest way first")
    told = "a picture of any size: it is brought to the size and the palette of the model's sprites"
    parser.add_argument("image", metavar="IMAGE", type=path, help=told)
    cover = parser.add_mutually_exclusive_group()
    told = f"what is covered: top, bottom, left or right, and which share (default: {COVER[0]}:{COVER[1]})"
    cover.add_argument("--cover", metavar="SIDE:SHARE", type=_cover, default=COVER, help=told)
    told = "a picture of what is covered: white is, black is not; of the size of the model's sprites or of that shape"
    cover.add_argument("--mask", metavar="MASK.png", type=path, help=told)
    parser.add_argument("--blind", action="store_true", help="let the model not see what lies below and to the right")
    sprites.add_sampling(parser)
    parser.epilog = (
        "As JSON, bits_per_covered_pixel is what the new pixels cost where the others are known, and decides the "
        "order; bits_per_pixel is what the whole sprite costs where nothing is known, as atelier score tells it."
    )


def run(arguments: argparse.Namespace) -> None:
    """Draw, and show the likeliest first. Raises `DataError`, `InputError`, `ModelFolderError`, `SaveError`."""
    from models.commands.loading import drawing_folder, load_drawing
    from models.sprites.form import Format

    folder, seed = drawing_folder(arguments.model), seed_of(arguments)
    canvas = _canvas(arguments, Format.from_configuration(folder.card.configuration))
    model = load_drawing(folder)  # last, for it takes seconds to load torch: a picture that is none is told at once
    asked = sprites.request_of(arguments, canvas, seed, arguments.blind)
    made = sorted(sprites.drawn(model, asked, arguments.count), key=_price)
    sprites.save(arguments, model, made, canvas, with_canvas=True)
    if arguments.json:
        output.show_json(_rows(model, made))
        return
    sprites.show(arguments, model, made, seed, "bits a covered pixel")


def _price(sprite: Completion) -> float:
    return sprite.bits_per_pixel


def _cover(text: str) -> tuple[str, float]:
    """A side and a share."""
    from models.pixel_rnn.masks import SIDES

    which, _, told = text.partition(":")
    try:
        share = float(told)
    except ValueError:
        share = 0.0
    if which not in SIDES or not 0 < share <= 1:
        sides = ", ".join(SIDES)
        raise argparse.ArgumentTypeError(
            f"one of {sides} and a share up to 1 are needed, such as bottom:0.5, not {text!r}"
        )
    return which, share


def _canvas(arguments: argparse.Namespace, form: Format) -> Canvas:
    """The picture in the model's format, and its cover."""
    from models.pixel_rnn.sprite import Canvas
    from models.sprites.pictures import fit, read_picture, to_palette

    picture, mask = read_picture(arguments.image), _mask(arguments, form)
    if (picture.height, picture.width) != (form.height, form.width):
        output.note(f"The picture was brought to {form.width}×{form.height} pixels; the cover lies over that.")
    return Canvas.of(to_palette(fit(picture, form.height, form.width), form), mask)


def _mask(arguments: argparse.Namespace, form: Format) -> Mask:
    from models.pixel_rnn import masks
    from models.sprites.pictures import read_mask

    if arguments.mask:
        mask = read_mask(arguments.mask, form.height, form.width)
    else:
        mask = masks.side(form.height, form.width, *arguments.cover)
    if not mask.any():
        raise InputError("Nothing of the picture is covered: cover more of it.")
    if mask.all():
        output.note("All of the picture is covered: the model sees nothing of it.")
    return mask


def _rows(model: DrawingModel, made: list[Completion]) -> list[dict[str, Any]]:
    import numpy as np

    from models.pixel_rnn.evaluation import scores

    whole = np.concatenate(list(scores(model, np.stack([sprite.pixels for sprite in made]))))
    return [
        sprites.row(sprite, bits) | {"bits_per_covered_pixel": sprite.bits_per_pixel}
        for sprite, bits in zip(made, whole.tolist(), strict=True)
    ]
