"""What `decode`, `encode` and `map` have in common: how images of a map are saved and shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.commands import output
from models.commands.parsing import Parser, UsageError, file_of_kind, whole

if TYPE_CHECKING:
    from models.sprites.palette import Colours

MAX_SCALE = 64
MAX_SIDE = 16_384  # pixels of a picture


def add_out(parser: Parser, what: str, required: bool = False) -> None:
    """Where the picture goes, and how large."""
    parser.add_argument("--out", metavar="FILE.png", type=file_of_kind(".png"), required=required, help=what)
    told = f"a square of N pixels a side for each pixel, 1 to {MAX_SCALE} (default: as large as can be seen well)"
    parser.add_argument("--scale", metavar="N", type=whole(1, MAX_SCALE), help=told)


def scale_of(asked: int | None, usual: int, height: int, width: int) -> int:
    """The scale that was asked for, else one by which the larger side has about `usual` pixels. Raises `UsageError`."""
    chosen = asked or max(1, min(MAX_SCALE, usual // max(height, width)))
    if max(height, width) * chosen > MAX_SIDE:
        raise UsageError(
            "a picture of {width}×{height} pixels would be too large: ask for fewer or smaller images",
            width=width * chosen,
            height=height * chosen,
        )
    return chosen


def save(file: Path, picture: Colours, scale: int, what: str) -> None:
    """Write a picture (H, W, 3), enlarged. Raises `SaveError`."""
    from models import atomic
    from models.sprites.enlarging import enlarged, png

    atomic.write_bytes(file, png(enlarged(picture, scale)))
    output.note(f"The {what} is in {file}.")


def show(images: Sequence[Colours], captions: Sequence[str]) -> None:
    """Images (H, W, 3) of at most 256 colours together side by side in the terminal, each above its caption."""
    import numpy as np

    from models.commands import half_blocks
    from models.sprites.form import Format

    every = np.stack(images)
    palette, indices = np.unique(every.reshape(-1, 3), axis=0, return_inverse=True)
    form = Format(every.shape[1], every.shape[2], tuple((r, g, b) for r, g, b in palette.tolist()))
    output.show(half_blocks.rows(form, list(indices.reshape(every.shape[:3])), captions))
