"""`atelier train`: a model folder from a person's own data."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from models.commands import output
from models.commands.evaluate import show_figures
from models.commands.families import FAMILIES, Training, told_of_each
from models.commands.parsing import Subparsers, UsageError, add_seed, command, name, path, positive, seed_of, whole

if TYPE_CHECKING:
    from models.trainer import Options

MINUTES = 60.0
DEVICES = ("auto", "cpu", "cuda", "mps")


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "train", run, "trains a model folder on your own data")
    parser.add_argument("family", metavar="FAMILY", choices=list(FAMILIES), help=", ".join(FAMILIES))
    parser.add_argument("--data", metavar="PATH", type=path, required=True, help=told_of_each("data"))
    parser.add_argument("--out", metavar="DIR", type=path, required=True, help="the model folder to write")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=positive, help=f"how long to train (default: {MINUTES:g})")
    length.add_argument("--epochs", type=positive, help="how often to see all of the data")
    with_kinds = [family for family in FAMILIES.values() if family.kinds]
    told = "; ".join(f"{family.name}: {' or '.join(family.kinds)}" for family in with_kinds)
    kinds = [kind for family in with_kinds for kind in family.kinds]
    parser.add_argument("--kind", choices=kinds, help=f"which network ({told}; default: the first)")
    sides = told_of_each("side")
    told = f"how many pixels wide and high pictures are made; text and idx images keep their size (default: {sides})"
    parser.add_argument("--side", metavar="N", type=_side, help=told)
    told = f"how many numbers a code has (default: {told_of_each('dimensions')})"
    parser.add_argument("--dimensions", metavar="N", type=_dimensions, help=told)
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where to compute (default: %(default)s)")
    parser.add_argument("--resume", action="store_true", help="go on with the training in DIR, if one was begun there")
    parser.add_argument("--name", type=name, help="what the shelf calls the model (default: the name of DIR)")
    parser.add_argument("--title", metavar="TEXT", default="", help="a title for the model's card")
    parser.add_argument("--source", metavar="TEXT", default="", help="where the data comes from, for the model's card")
    parser.add_argument("--licence", metavar="TEXT", default="", help="the licence of the model, for its card")
    add_seed(parser)


def run(arguments: argparse.Namespace) -> None:
    """Train and show the card's figures. Raises `DataError`, `SaveError`, `InputError`, `UsageError`."""
    family = FAMILIES[arguments.family]
    if arguments.kind not in (None, *family.kinds):
        raise UsageError("{family} knows no --kind {kind}", family=family.name, kind=arguments.kind)
    for option in ("side", "dimensions"):
        if getattr(arguments, option) is not None and not getattr(family, option):
            raise UsageError("{family} knows no --{option}", family=family.name, option=option)

    from models import device
    from models.fitting import Origin
    from models.shelf import CARD

    asked = Training(
        data=arguments.data,
        out=arguments.out,
        name=arguments.name or arguments.out.absolute().name,
        options=_options(arguments),
        device=device.pick(arguments.device),
        resume=arguments.resume,
        origin=Origin(arguments.title, arguments.source, arguments.licence),
        kind=arguments.kind,
        side=arguments.side,
        dimensions=arguments.dimensions,
    )
    was_finished = (asked.out / CARD).exists()
    try:
        folder = family.train(asked)
    except KeyboardInterrupt:
        output.note("Interrupted: the same command with --resume goes on from the last checkpoint.")
        raise
    done = "was finished already, and is" if was_finished else "is"
    output.note(f"The model {done} in {folder.path}.")
    show_figures(folder.card.figures, arguments.json)


def _side(text: str) -> int:
    from models.sprites.form import MAX_SIDE

    return whole(1, MAX_SIDE)(text)


def _dimensions(text: str) -> int:
    from models.image_vae.codes import MAX_DIMENSIONS

    return whole(2, MAX_DIMENSIONS)(text)


def _options(arguments: argparse.Namespace) -> Options:
    """How to train: what was asked for and, where a training goes on, what it was begun with."""
    from models.fitting import begun_with
    from models.trainer import Options

    begun = begun_with(arguments.out) if arguments.resume else None
    asked = {"minutes": arguments.minutes, "epochs": arguments.epochs}
    if begun is None:
        seed = seed_of(arguments)
        if arguments.seed is None:
            output.note(f"seed {seed}")
        return Options(**(asked if any(asked.values()) else {"minutes": MINUTES}), seed=seed)
    if arguments.seed not in (None, begun.seed):
        raise UsageError("the training that is resumed was begun with --seed {seed}", seed=begun.seed)
    return replace(begun, **asked) if any(asked.values()) else begun
