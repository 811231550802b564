"""The square: four lines at its corners, mixed in two directions (see `grid`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from models.errors import InputError
from models.sentence_vae import han
from models.sentence_vae.composing import fluency
from models.sentence_vae.dial import ways_for, weights_for
from models.sentence_vae.ends import Anchor, anchor_at, refined
from models.sentence_vae.grid import Cells, Grid
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_SIDE, METHOD, MIN_SIDE, Cell, Square, SquareRequest
from models.sentence_vae.row import Candidate, repeated
from models.sentence_vae.search import Pools, judged

AGAIN = 5  # times that cells which repeat a line are asked for more


def square_between(model: SentenceModel, request: SquareRequest) -> Iterator[Square | None]:
    """A draft and at last the final square; None is a pause to stop in.

    Raises `InputError` for an impossible request, and where the model finds no line for a cell.
    """
    _check(request)
    generator = torch.Generator().manual_seed(request.seed)
    anchors = [anchor_at(model, 0.0, line, generator) for line in request.corners]
    for i, anchor in enumerate(anchors):
        for anchors[i] in refined(model, anchor):
            yield None
    grid = Grid(torch.stack([anchor.code for anchor in anchors]), request.side)
    pools = _pools(model, request, grid, anchors)
    free = [cell for cell in range(request.side**2) if cell not in grid.corner_cells]
    ways = [way for way in ways_for(request.dial) if not way.shift]
    yield from pools.ask_pausing([(cell, way) for cell in free for way in ways])
    yield from pools.ask_where_few(1, free)
    chosen = _chosen(model, request, grid, pools)
    yield _square(model, request, anchors, chosen, final=False)
    for one, other in ((1, -1), (request.side, -request.side)):  # along the rows, then along the columns
        beside = {cell: (chosen[cell + other].text, chosen[cell + one].text) for cell in free if _has(grid, cell, one)}
        yield from pools.cross(beside)
        chosen = _chosen(model, request, grid, pools)
    for times in range(1, AGAIN):
        again = [cell for cell in repeated([candidate.text for candidate in chosen]) if cell in free]
        if not again:
            break
        yield from pools.ask_where_few(times * request.side**2, again)
        chosen = _chosen(model, request, grid, pools)
    yield _square(model, request, anchors, chosen, final=True)


def final_square(model: SentenceModel, request: SquareRequest) -> Square:
    """The square at the end of `square_between`."""
    return [square for square in square_between(model, request) if square is not None][-1]


def _check(request: SquareRequest) -> None:
    if not MIN_SIDE <= request.side <= MAX_SIDE:
        raise InputError(
            "A square has {least} to {most} lines a side, not {side}.",
            least=MIN_SIDE,
            most=MAX_SIDE,
            side=request.side,
        )


def _pools(model: SentenceModel, request: SquareRequest, grid: Grid, anchors: Sequence[Anchor]) -> Pools:
    """Of all cells, the corners with their own lines."""
    said = [anchor.text for anchor in anchors]
    pools = Pools(model, grid, request.side**2, said, torch.Generator().manual_seed(request.seed))
    for cell, anchor in zip(grid.corner_cells, anchors, strict=True):
        pools.put(cell, anchor.text)
    return pools


def _chosen(model: SentenceModel, request: SquareRequest, grid: Grid, pools: Pools) -> list[Candidate]:
    found = [pools.at(cell) for cell in range(request.side**2)]
    if not all(found):
        raise InputError("The model finds no line between these four: try other lines, or a model trained longer.")
    return Cells(found, grid, model.real_nats, weights_for(request.dial)).best()


def _has(grid: Grid, cell: int, step: int) -> bool:
    """Whether a cell has neighbours on both sides that are `step` cells away."""
    beside = grid.beside(cell)
    return cell - step in beside and cell + step in beside


def _square(
    model: SentenceModel, request: SquareRequest, anchors: Sequence[Anchor], chosen: Sequence[Candidate], final: bool
) -> Square:
    first, second, third, fourth = (anchor.end(model) for anchor in anchors)
    ends = (first, second, third, fourth)
    is_traditional = any("traditional" in end.notes for end in ends)
    said = [han.traditional(candidate.text) if is_traditional else candidate.text for candidate in chosen]
    side = request.side
    nats = [candidate.nats_a_character for candidate in chosen]
    for cell, anchor, end in zip((0, side - 1, side * (side - 1), side**2 - 1), anchors, ends, strict=True):
        said[cell] = end.typed if end.read else end.refined
        shown = end.read or end.refined  # what is measured, whatever line stands in for it
        nats[cell] = judged(model, anchor.code, shown).nats_a_character
    cells = [Cell(text, fluency(model, cost)) for text, cost in zip(said, nats, strict=True)]
    rows = tuple(tuple(cells[row * side : (row + 1) * side]) for row in range(side))
    return Square(request, model.folder.name, model.folder.hash, ends, rows, final, METHOD)
