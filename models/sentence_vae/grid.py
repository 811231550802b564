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
from models.sentence_vae.row import FORBIDDEN, Candidate, Weights, wording

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
    """Chooses a line for each cell from its candidates; `pools` of corners hold one line each."""

    def __init__(self, pools: Sequence[Sequence[Candidate]], grid: Grid, real_nats: float, weights: Weights) -> None:
        self._pools, self._grid = pools, grid
        self._flat = [candidate for pool in pools for candidate in pool]
        self._starts = np.cumsum([0, *map(len, pools)])  # of each cell's candidates among all
        apart = edit_distances(*[[candidate.words for candidate in self._flat]] * 2)  # (C, C)
        corners = [self._starts[cell] for cell in grid.corner_cells]
        whole = max(1.0, apart[np.ix_(corners, corners)].sum() / 12)  # from corner to corner, of 12 ways
        length = apart / whole
        self._steps = weights.step * length + weights.even * np.maximum(0.0, length - 2.0 / (grid.side - 1)) ** 2
        self._own = np.array([wording(candidate, real_nats, weights) for candidate in self._flat])
        weight = np.repeat(grid.shares.cpu().numpy(), [len(pool) for pool in pools], axis=0)  # (C, 4)
        self._own += NEAR * (length[:, corners] * weight).sum(1)

    def best(self) -> list[Candidate]:
        """One candidate a cell. No line stands twice where a cell has another."""
        chosen = [self._cheapest(cell, {}) for cell in range(len(self._pools))]
        for _ in range(SWEEPS):
            before = list(chosen)
            for cell in range(len(chosen)):
                chosen[cell] = self._cheapest(cell, {other: row for other, row in enumerate(chosen) if other != cell})
            if chosen == before:
                break
        return [self._flat[row] for row in chosen]

    def _cheapest(self, cell: int, others: Mapping[int, int]) -> int:
        """The candidate's row that is cheapest for a cell beside what stands in the others."""
        rows = np.arange(self._starts[cell], self._starts[cell + 1])
        cost = self._own[rows]
        for beside in self._grid.beside(cell):
            if beside in others:
                cost = cost + self._steps[rows, others[beside]]
        said = {self._flat[row].heard for row in others.values()}
        repeated = np.array([self._flat[row].heard in said for row in rows])
        return int(rows[(cost + FORBIDDEN * repeated).argmin()])
