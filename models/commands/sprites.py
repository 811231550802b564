"""What `draw` and `complete` have in common: how the model shall draw, and how its sprites are saved and shown."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from models.commands import output
from models.commands.parsing import Parser, add_model, add_seed, between, file_of_kind, whole

if TYPE_CHECKING:
    from models.pixel_rnn.model import DrawingModel
    from models.pixel_rnn.sprite import Canvas, Completion, DrawRequest

COUNT, MOST = 8, 1024


def add_sampling(parser: Parser) -> None:
    """How many sprites, how they are drawn, and where they go."""
    told = f"how many sprites, each with a seed of its own, counted up from --seed: 1 to {MOST} (default: %(default)s)"
    parser.add_argument("--count", metavar="N", type=whole(1, MOST), default=COUNT, help=told)
    told = "below 1 likely colours come more often, above 1 less often (default: 1)"
    parser.add_argument("--temperature", metavar="T", type=_temperature, default=1.0, help=told)
    told = "draw only from the likeliest colours that together have this chance (default: 1)"
    parser.add_argument("--top-p", metavar="P", type=_top_p, default=1.0, help=told)
    add_seed(parser)
    add_model(parser)
    parser.add_argument("--out", metavar="SHEET.png", type=file_of_kind(".png"), help="saves all of them on one sheet")
    told = "saves how the first one was drawn, pixel after pixel"
    parser.add_argument("--gif", metavar="FILE.gif", type=file_of_kind(".gif"), help=told)


def _temperature(text: str) -> float:
    from models.pixel_rnn.sprite import MAX_TEMPERATURE, MIN_TEMPERATURE

    return between(MIN_TEMPERATURE, MAX_TEMPERATURE)(text)


def _top_p(text: str) -> float:
    from models.pixel_rnn.sprite import MIN_TOP_P

    return between(MIN_TOP_P, 1)(text)


def request_of(arguments: argparse.Namespace, canvas: Canvas, seed: int, blind: bool = False) -> DrawRequest:
    """What the options ask for."""
    from models.pixel_rnn.sprite import DrawRequest

    return DrawRequest(canvas, seed, arguments.temperature, arguments.top_p, blind)


def drawn(model: DrawingModel, request: DrawRequest, count: int) -> list[Completion]:
    """So many sprites, in the order of their seeds, which are counted up from the request's."""
    from dataclasses import replace

    from tqdm import tqdm

    from models.pixel_rnn.drawing import completions
    from models.pixel_rnn.sprite import MAX_COMPLETIONS
    from models.seed import MAX_SEED

    seeds = [(request.seed + number) % (MAX_SEED + 1) for number in range(count)]
    made = {}
    for start in tqdm(range(0, count, MAX_COMPLETIONS), file=sys.stderr, disable=count <= MAX_COMPLETIONS):
        asked = replace(request, seed=seeds[start])
        *_, finished = completions(model, asked, min(MAX_COMPLETIONS, count - start))
        made.update({sprite.seed: sprite for sprite in finished})
    return [made[seed] for seed in seeds]


def save(
    arguments: argparse.Namespace, model: DrawingModel, sprites: list[Completion], canvas: Canvas, with_canvas: bool
) -> None:
    """Write the sheet and the film that were asked for; `with_canvas` shows the canvas too. Raises `SaveError`."""
    from models import atomic
    from models.pixel_rnn.film import film
    from models.pixel_rnn.sheets import sheet

    if arguments.out:
        pictures = [sprite.pixels for sprite in sprites]
        atomic.write_bytes(arguments.out, sheet(model.form, pictures, canvas if with_canvas else None))
        output.note(f"The sheet is in {arguments.out}.")
    if arguments.gif:
        atomic.write_bytes(arguments.gif, film(model.form, sprites[0].pixels, canvas.mask, canvas.covered))
        output.note(f"The film is in {arguments.gif}.")


def row(sprite: Completion, bits_per_pixel: float) -> dict[str, Any]:
    """A sprite as JSON; `bits_per_pixel` is what it costs as a whole where nothing is known."""
    return {"seed": sprite.seed, "pixels": sprite.pixels.tolist(), "bits_per_pixel": bits_per_pixel}


def show(arguments: argparse.Namespace, model: DrawingModel, sprites: list[Completion], seed: int, price: str) -> None:
    """Seeds and prices as text; where the terminal has colours and no sheet was asked for, the sprites themselves."""
    from models.commands import half_blocks

    if arguments.seed is None:
        output.note(f"seed {seed}")
    if not arguments.out and half_blocks.can_be_shown():
        captions = [f"{sprite.seed}  {sprite.bits_per_pixel:.2f} bits" for sprite in sprites]
        output.show(half_blocks.rows(model.form, [sprite.pixels for sprite in sprites], captions))
        return
    for sprite in sprites:
        output.show(f"seed {sprite.seed}  {sprite.bits_per_pixel:.2f} {price}")
