"""Sprites in a terminal: two pixels a letter, the upper one as the colour of a half block, the lower one behind it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby

from models.sprites.form import Format, Pixels

HALF, GAP, PLAIN = "▀", 2, "\x1b[0m"


def can_be_shown() -> bool:
    """Whether standard output is a terminal that knows all colours (https://no-color.org, COLORTERM) and the sign."""
    colours = os.environ.get("COLORTERM") in ("truecolor", "24bit") or "WT_SESSION" in os.environ
    is_wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return sys.stdout.isatty() and colours and is_wanted and _has_sign(sys.stdout.encoding)


def _has_sign(encoding: str) -> bool:
    try:
        HALF.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def rows(form: Format, sprites: Sequence[Pixels], captions: Sequence[str], room: int | None = None) -> str:
    """The sprites (H, W) side by side, as many as fit a line of `room` letters, each above its caption."""
    wide = max(form.width, *map(len, captions))
    room = shutil.get_terminal_size().columns if room is None else room
    beside = max(1, (room + GAP) // (wide + GAP))
    lines = []
    for start in range(0, len(sprites), beside):
        pictures = [_lines(form, sprite) for sprite in sprites[start : start + beside]]
        lines += [_beside(parts, [form.width] * len(parts), wide) for parts in zip(*pictures, strict=True)]
        under = captions[start : start + beside]
        lines += [_beside(under, [len(caption) for caption in under], wide), ""]
    return "\n".join(lines[:-1])


def _beside(parts: Sequence[str], lengths: Sequence[int], wide: int) -> str:
    """Texts in columns; `lengths` are those that are to be seen."""
    padded = (part + " " * (wide - length) for part, length in zip(parts, lengths, strict=True))
    return (" " * GAP).join(padded).rstrip(" ")


def _lines(form: Format, pixels: Pixels) -> list[str]:
    """One sprite, two rows a line."""
    lines: list[list[int | None]] = pixels.tolist()
    if len(lines) % 2:
        lines.append([None] * form.width)
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [_line(form, zip(upper, lower, strict=True)) for upper, lower in pairs]


def _line(form: Format, pairs: Iterable[tuple[int | None, ...]]) -> str:
    text = ""
    for (upper, lower), same in groupby(pairs):
        text += f"\x1b[{_colour(form, 3, upper)};{_colour(form, 4, lower)}m" + HALF * len(list(same))
    return text + PLAIN


def _colour(form: Format, ground: int, index: int | None) -> str:
    """The number of a colour for the fore- (3) or background (4); None stands for the terminal's own."""
    return f"{ground}9" if index is None else ";".join(map(str, (f"{ground}8;2", *form.palette[index])))
