"""`atelier map`: a plane of codes as one picture of decoded images."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from models.commands import maps, output
from models.commands.parsing import Subparsers, UsageError, add_model, command, numbers, whole

if TYPE_CHECKING:
    from models.image_vae.codes import Plane, Window

GRID, MAX_GRID = 20, 200
RANGE = (-3.0, 3.0)
SIDE = 1_200  # pixels of the picture, about


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "map", run, "draws the map: the images of codes at even steps")
    told = f"how many images along the wider side of the map, 1 to {MAX_GRID} (default: %(default)s)"
    parser.add_argument("--grid", metavar="N", type=whole(1, MAX_GRID), default=GRID, help=told)
    shown = parser.add_mutually_exclusive_group()
    told = f"from where to where the map goes both across and up (default: {RANGE[0]:g},{RANGE[1]:g})"
    shown.add_argument("--range", metavar="FROM,TO", type=numbers, default=RANGE, help=told)
    told = "the part of the plane that is drawn"
    shown.add_argument("--window", metavar="LEFT,BOTTOM,RIGHT,TOP", type=numbers, help=told)
    told = "which two numbers of the code vary, across and up, counted from 1 (default: 1,2)"
    parser.add_argument("--dims", metavar="A,B", type=numbers, default=(1.0, 2.0), help=told)
    told = "a whole code, from which all other numbers are taken (default: 0)"
    parser.add_argument("--rest", metavar="X,Y,…", type=numbers, help=told)
    maps.add_out(parser, "saves the map", required=True)
    add_model(parser)


def run(arguments: argparse.Namespace) -> None:
    """Decode a grid of codes and save it. Raises `UsageError`, `ModelFolderError`, `InputError`, `SaveError`."""
    window = _window(arguments)
    columns, rows = _grid(window, arguments.grid)

    from models.commands.loading import load_map, map_folder

    model = load_map(map_folder(arguments.model))
    form, plane = model.form, _plane(arguments, model.dimensions)
    scale = maps.scale_of(arguments.scale, SIDE, rows * form.height, columns * form.width)

    from models.image_vae.latent_map import decode
    from models.image_vae.overlays import places
    from models.sprites.enlarging import side_by_side

    picture = side_by_side(decode(model, plane.codes(places(window, rows, columns))), columns)
    maps.save(arguments.out, picture, scale, "map")
    if arguments.json:
        told = [window.left, window.bottom, window.right, window.top]
        output.show_json({"model": model.folder.name, "window": told, "columns": columns, "rows": rows})


def _window(arguments: argparse.Namespace) -> Window:
    """The part of the plane. Raises `UsageError`."""
    from models.image_vae.codes import FARTHEST, Window

    option = "--window" if arguments.window else "--range"
    told = arguments.window or [number for number in arguments.range for _ in range(2)]
    if len(told) != 4:
        wanted = "four numbers" if arguments.window else "two numbers"
        raise UsageError("{option} needs {wanted} with commas between", option=option, wanted=wanted)
    window = Window(*told)
    if not (
        -FARTHEST <= window.left < window.right <= FARTHEST and -FARTHEST <= window.bottom < window.top <= FARTHEST
    ):
        raise UsageError(
            "{option} goes from less to more, between -{farthest:g} and {farthest:g}", option=option, farthest=FARTHEST
        )
    return window


def _grid(window: Window, most: int) -> tuple[int, int]:
    """Columns and rows of images with the same steps both ways, as nearly as can be."""
    wide, high = window.right - window.left, window.top - window.bottom
    step = max(wide, high) / most
    return max(1, round(wide / step)), max(1, round(high / step))


def _plane(arguments: argparse.Namespace, dimensions: int) -> Plane:
    """Which two numbers vary, and what the others are. Raises `UsageError`, `InputError`."""
    from models.image_vae.codes import Plane, checked

    chosen = arguments.dims
    if len(set(chosen)) != 2 or len(chosen) != 2 or not set(chosen) <= set(range(1, dimensions + 1)):
        raise UsageError("--dims needs two different whole numbers from 1 to {most}", most=dimensions)
    rest = Plane.flat(dimensions).rest if arguments.rest is None else checked(arguments.rest, dimensions)
    across, up = (int(number) - 1 for number in chosen)
    return Plane(rest, across, up)
