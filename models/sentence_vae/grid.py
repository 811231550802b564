"""The cells of a square: where they lie in the code, and which line each takes.

A cell's code is the corners' bilinear mixture, its length re-scaled to the mixture of their lengths, as on a path.
Lines are chosen as on a path too, but beside up to four neighbours: where there is no row for Viterbi's recursion to
run along, cells take turns, each choosing what is cheapest beside its neighbours as they stand, until none changes
(iterated conditional modes; Besag, J. R. Stat. Soc. B 1986).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from models.metrics import edit_distances
from models.sentence_vae.row import FORBIDDEN, Candidate, Floats, Weights, wording

SWEEPS = 8  # over all cells, at most
NEAR = 3.0  # words changed from each corner, in shares of the way, by what the corner weighs in the cell


@dataclass(frozen=True)
class Grid:
    """Cells in rows, `side` each way, between the codes of four corners (4, Z) in reading order."""

    corners: Tensor
    side: int
    shares: Tensor = field(init=False, repr=False)  # what each corner weighs in each cell, (side * side, 4)

    def __post_init__(self) -> None:
        t = torch.linspace(0, 1, self.side, device=self.corners.device)
        down, across = torch.meshgrid(t, t, indexing="ij")
        weights = [(1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across]
        object.__setattr__(self, "shares", torch.stack(weights, dim=-1).flatten(0, 1))

    @property
    def corner_cells(self) -> tuple[int, int, int, int]:
        """The numbers of the corners' cells, in reading order."""
        return 0, self.side - 1, self.side * (self.side - 1), self.side**2 - 1

    def codes(self, asked: Sequence[tuple[int, float]]) -> Tensor:
        """Codes (N, Z) of cells by their numbers; a square has no one way to shift along."""
        shares = self.shares[[cell for cell, _ in asked]]
        mixed = shares @ self.corners
        length = shares @ self.corners.norm(dim=1, keepdim=True)
        codes: Tensor = mixed * length / mixed.norm(dim=1, keepdim=True).clamp_min(1e-6)
        return codes

    def beside(self, cell: int) -> list[int]:
        """The cells to the left and right of one, above and below it."""
        row, column = divmod(cell, self.side)
        around = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
        return [r * self.side + c for r, c in around if 0 <= r < self.side and 0 <= c < self.side]


class Cells:
    """Chooses a line for each cell from its candidates; `pools` of corners hold one line each.

    Lines are compared with those of neighbouring cells and with the corners, never with all others: what is kept grows
    with the cells, not with their square.
    """

    def __init__(self, pools: Sequence[Sequence[Candidate]], grid: Grid, real_nats: float, weights: Weights) -> None:
        self._pools, self._grid = pools, grid
        corners = [pools[cell][0].words for cell in grid.corner_cells]
        whole = max(1.0, edit_distances(corners, corners).sum() / 12)  # from corner to corner, of 12 ways
        shares = grid.shares.cpu().numpy()
        self._own = [_own(pool, corners, NEAR * share / whole) for pool, share in zip(pools, shares, strict=True)]
        for costs, pool in zip(self._own, pools, strict=True):
            costs += [wording(candidate, real_nats, weights) for candidate in pool]
        self._steps: dict[tuple[int, int], Floats] = {}  # from each line of a cell to each of a neighbour
        for cell in range(len(pools)):
            self._compare(cell, whole, weights)

    def best(self) -> list[Candidate]:
        """One candidate a cell. No line stands twice where a cell has another."""
        chosen: dict[int, int] = {}
        for cell in range(len(self._pools)):
            chosen[cell] = self._cheapest(cell, {})
        for _ in range(SWEEPS):
            before = dict(chosen)
            for cell in chosen:
                chosen[cell] = self._cheapest(cell, {other: j for other, j in chosen.items() if other != cell})
            if chosen == before:
                break
        return [self._pools[cell][j] for cell, j in chosen.items()]

    def _compare(self, cell: int, whole: float, weights: Weights) -> None:
        """Price the steps between a cell's lines and those of the neighbours that follow it, both ways."""
        after = [other for other in self._grid.beside(cell) if other > cell]
        beside = [candidate.words for other in after for candidate in self._pools[other]]
        length = edit_distances([candidate.words for candidate in self._pools[cell]], beside) / whole
        costs = weights.step * length + weights.even * np.maximum(0.0, length - 2.0 / (self._grid.side - 1)) ** 2
        stops = np.cumsum([len(self._pools[other]) for other in after])
        for other, steps in zip(after, np.split(costs, stops[:-1], axis=1), strict=False):
            self._steps[cell, other], self._steps[other, cell] = steps, steps.T

    def _cheapest(self, cell: int, others: Mapping[int, int]) -> int:
        """The number of the candidate that is cheapest for a cell beside what stands in the others."""
        cost = self._own[cell]
        for beside in self._grid.beside(cell):
            if beside in others:
                cost = cost + self._steps[cell, beside][:, others[beside]]
        said = {self._pools[other][j].heard for other, j in others.items()}
        repeated = np.array([candidate.heard in said for candidate in self._pools[cell]])
        return int((cost + FORBIDDEN * repeated).argmin())


def _own(pool: Sequence[Candidate], corners: Sequence[tuple[str, ...]], weight: Floats) -> Floats:
    """What lines (C,) cost for the words that they change from each corner, which weighs so much each, (4,)."""
    costs: Floats = edit_distances([candidate.words for candidate in pool], corners) @ weight
    return costs
