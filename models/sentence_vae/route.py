"""The way between codes: straight with re-scaled norm, or slerp (Shoemake, SIGGRAPH 1985), through every anchor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.sentence_vae.ends import Anchor


@dataclass(frozen=True)
class Route:
    """Anchors in order of their places, the first at t = 0 and the last at t = 1."""

    anchors: tuple[Anchor, ...]
    slerp: bool

    def codes(self, places: Sequence[float]) -> Tensor:
        """Codes (N, Z) at places t of the broken line through all anchors; places beyond an end are that end."""
        wanted = torch.tensor(places).clamp(0.0, 1.0)
        stops = torch.tensor([anchor.t for anchor in self.anchors])
        stretch = (torch.searchsorted(stops, wanted, right=True) - 1).clamp(0, len(stops) - 2)  # (N,)
        share = (wanted - stops[stretch]) / (stops[stretch + 1] - stops[stretch])
        found = torch.empty(len(places), len(self.anchors[0].code), device=self.anchors[0].code.device)
        for i in stretch.unique().tolist():
            rows = stretch == i
            found[rows] = between(self.anchors[i].code, self.anchors[i + 1].code, share[rows], self.slerp)
        return found


@dataclass(frozen=True)
class Places:
    """Places t along a route; `step` is the way between two points, in t."""

    route: Route
    places: Sequence[float]
    step: float

    def codes(self, asked: Sequence[tuple[int, float]]) -> Tensor:
        """Codes (N, Z) of places by their numbers, each shifted along the route by so many steps."""
        return self.route.codes([self.places[i] + shift * self.step for i, shift in asked])


def between(first: Tensor, last: Tensor, t: Tensor, slerp: bool) -> Tensor:
    """Codes (N, Z) at places t (N,) in [0, 1] from `first` to `last`, each (Z,).

    Straight: linear in the code, its length re-scaled to run evenly from |first| to |last| (a chord between two codes
    passes nearer to 0 than codes of verse lie). Slerp: even in angle instead.
    """
    t = t.to(first.device)[:, None]
    length = (1 - t) * first.norm() + t * last.norm()  # (N, 1)
    theta = angle(first, last)
    if slerp and 1e-4 < theta < math.pi - 1e-4:
        one, other = torch.nn.functional.normalize(torch.stack([first, last])).unbind()
        direction = (torch.sin((1 - t) * theta) * one + torch.sin(t * theta) * other) / math.sin(theta)
    else:
        direction = (1 - t) * first + t * last
    norm = direction.norm(dim=1, keepdim=True)
    return torch.where(norm > 1e-6, direction * length / norm.clamp_min(1e-6), direction)


def angle(first: Tensor, last: Tensor) -> float:
    """Between two codes (Z,), in radians."""
    return math.acos(max(-1.0, min(1.0, float(torch.cosine_similarity(first, last, dim=0)))))
