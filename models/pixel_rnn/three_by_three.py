"""Pictures of 3×3 pixels, all that follow a few plain rules: what the smallest shipped model learns.

The lecture explains the rule of pixel after pixel on a picture of this size. So few pictures can be thought through: a
person sees at once why the model is sure of a pixel, or not.

    python -m models.pixel_rnn.three_by_three FOLDER    writes them as the lecture publishes its sprites
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from models import atomic
from models.sprites.lecture_files import COLOURS, IMAGES

PALETTE = ((255, 255, 255), (230, 159, 0), (0, 114, 178), (0, 158, 115))  # paper and three colours of Okabe and Ito
SHAPES = (  # of one colour on paper
    "### ... ...", "... ### ...", "... ... ###",
    "#.. #.. #..", ".#. .#. .#.", "..# ..# ..#",
    "#.. .#. ..#", "..# .#. #..", "#.# .#. #.#",
    ".#. ### .#.", "### #.# ###", "#.# ... #.#",
)  # fmt: skip
STRIPES = ("### === ###", "#=# #=# #=#", "#=# =#= #=#")  # of two colours


def pictures() -> list[tuple[int, ...]]:
    """Every picture as nine colour indices."""
    inks = range(1, len(PALETTE))
    plain = [_painted(shape, ink, 0) for shape in SHAPES for ink in inks]
    return plain + [_painted(shape, *pair) for shape in STRIPES for pair in itertools.permutations(inks, 2)]


def write(folder: Path) -> None:
    """The two text files. Raises `SaveError`."""
    atomic.check_folder(folder)
    for name, rows in ((IMAGES, pictures()), (COLOURS, PALETTE)):
        atomic.write_text(folder / name, "".join(" ".join(map(str, row)) + "\n" for row in rows))


def _painted(shape: str, first: int, second: int) -> tuple[int, ...]:
    inks = {"#": first, "=": second, ".": 0}
    return tuple(inks[mark] for mark in shape if mark != " ")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
