"""What a person does to a sheet, each act a function from one sheet to the next.

What is painted or opened stays; what is covered is the model's. A painted pixel leaves the others as they are drawn. A
new cover takes what stands around it for given.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from desktop.drawing.sheet import Places, Sheet
from models.pixel_rnn import masks
from models.pixel_rnn.sprite import Canvas, Completion, DrawRequest
from models.seed import MAX_SEED
from models.sprites.form import Mask, Pixels


def paint(sheet: Sheet, places: Places, colour: int) -> Sheet:
    """Give pixels a colour; from then on they are given."""
    pixels, mask = sheet.canvas.pixels.copy(), sheet.canvas.mask.copy()
    pixels.ravel()[places], mask.ravel()[places] = colour, False
    return _keeping(sheet, pixels, mask)


def uncover(sheet: Sheet, places: Places) -> Sheet:
    """Take the cover off pixels: what is seen there stays, what was under the cover appears."""
    pixels, mask = sheet.canvas.pixels.copy(), sheet.canvas.mask.copy()
    pixels.ravel()[places], mask.ravel()[places] = sheet.shown.ravel()[places], False
    return _keeping(sheet, pixels, mask)


def cover(sheet: Sheet, places: Places) -> Sheet:
    """Leave pixels to the model; all else that has a colour is given."""
    mask = sheet.to_come.copy()
    mask.ravel()[places] = True
    return _anew(sheet, sheet.shown, mask)


def cover_side(sheet: Sheet, side: str, share: float) -> Sheet:
    """Cover a share of the picture from one side, and no more than that, but for what an unfinished drawing lacks."""
    mask = masks.side(sheet.form.height, sheet.form.width, side, share)
    return _anew(sheet, sheet.shown, mask | sheet.to_come if sheet.count else mask)


def covered_side(sheet: Sheet, usual: str) -> tuple[str, float] | None:
    """From which side how much is covered, the `usual` one where that fits; None where the cover has another shape."""
    mask = sheet.canvas.mask
    for side in (usual, *masks.SIDES):
        lines = mask if side in ("top", "bottom") else mask.T
        share = float(lines.all(axis=1).mean())
        if np.array_equal(masks.side(sheet.form.height, sheet.form.width, side, share), mask):
            return side, share
    return None


def fill(sheet: Sheet, place: int, colour: int) -> Sheet:
    """Paint the whole patch of one colour, or of cover, in which a pixel lies."""
    return paint(sheet, patch(sheet, place), colour)


def patch(sheet: Sheet, place: int) -> Places:
    """The places that hang together with this one, side by side, and look the same."""
    looks = np.where(sheet.to_come, -1, sheet.shown.astype(np.int16))
    height, width = looks.shape
    start = divmod(place, width)
    found, waiting = {start}, deque([start])
    while waiting:
        row, column = waiting.popleft()
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            inside = 0 <= near[0] < height and 0 <= near[1] < width
            if inside and near not in found and looks[near] == looks[start]:
                found.add(near)
                waiting.append(near)
    return np.array(sorted(row * width + column for row, column in found), np.intp)


def decide(sheet: Sheet, colour: int) -> Sheet:
    """Choose the next pixel's colour in the model's stead; what was decided further on is forgotten."""
    place = sheet.next_place
    if place is None:
        return sheet
    before = {where: what for where, what in sheet.request.decided if where < place}
    drawn = bytearray(sheet.drawn)
    drawn[place] = colour
    request = sheet.request.deciding({**before, place: colour})
    return replace(sheet, request=request, drawn=bytes(drawn), until=place + 1, kept=min(sheet.kept, place))


def redraw(sheet: Sheet, seed: int) -> Sheet:
    """All that is covered once more, from another seed."""
    return replace(sheet, request=replace(sheet.request, seed=seed, decided=()), until=0, kept=0)


def with_request(sheet: Sheet, request: DrawRequest) -> Sheet:
    """The same canvas drawn in another way, seen as far as before; until it is drawn, what stands there stays."""
    return replace(sheet, request=request, kept=0)


def to_complete(sheet: Sheet) -> DrawRequest:
    """What is asked to finish the picture in several ways: what is drawn so far stands in all of them."""
    if sheet.is_finished:
        return replace(sheet.request, decided=())
    return replace(sheet, kept=sheet.until).asked


def keep_completion(sheet: Sheet, completion: Completion) -> Sheet:
    """Take one way to finish the picture; one of another size changes nothing."""
    if (completion.height, completion.width) != (sheet.form.height, sheet.form.width):
        return sheet
    request = replace(sheet.request, seed=completion.seed)
    every = sheet.form.pixels
    return replace(sheet, request=request, drawn=completion.colours, until=every, kept=every)


def open_picture(sheet: Sheet, pixels: Pixels) -> Sheet:
    """Another picture, nothing of it covered."""
    return _anew(sheet, pixels, np.zeros(pixels.shape, np.bool_))


def seen_to(sheet: Sheet, count: int) -> Sheet:
    """The same drawing, `count` pixels of it on screen."""
    return replace(sheet, until=sheet.place_of(min(max(count, 0), len(sheet.covered))))


def next_seed(seed: int, step: int) -> int:
    """Another seed."""
    return (seed + step) % (MAX_SEED + 1)


def _keeping(sheet: Sheet, pixels: Pixels, mask: Mask) -> Sheet:
    """Another canvas under what is drawn already."""
    decided = {place: colour for place, colour in sheet.request.decided if mask.ravel()[place]}
    request = replace(sheet.request, canvas=Canvas.of(pixels, mask)).deciding(decided)
    return replace(sheet, request=request, kept=sheet.until)


def _anew(sheet: Sheet, pixels: Pixels, mask: Mask) -> Sheet:
    """Another canvas on which nothing is drawn yet."""
    request = replace(sheet.request, canvas=Canvas.of(pixels, mask), decided=())
    return replace(sheet, request=request, until=0, kept=0)
