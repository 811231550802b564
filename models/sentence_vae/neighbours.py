"""Lines near one line: codes drawn around the line's own, decoded."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import torch

from models.errors import InputError
from models.sentence_vae import han
from models.sentence_vae.decoding import leaning
from models.sentence_vae.ends import anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import MAX_NEIGHBOURS, MAX_RADIUS, METHOD, Neighbour, NeighbourRequest, Neighbours
from models.sentence_vae.row import heard
from models.sentence_vae.search import may_stand

ROUNDS, DRAWN = 8, 32
LEANING = 0.5  # on plain language: what is drawn lies where verse is thin


def neighbours(model: SentenceModel, request: NeighbourRequest) -> Iterator[Neighbours | None]:
    """Up to `request.count` distinct other lines, decoded from codes within its radius of the line's, nearest first;
    before them None, a pause to stop in.

    The radius is Euclidean, in standard deviations of the prior. Codes are drawn with uniform direction and
    uniform distance, so that the near is asked as often as the far. A line that is met again is as near as the nearest
    code that gave it. Raises `InputError` for an impossible request and for an empty line.
    """
    if not 0 < request.radius <= MAX_RADIUS or not 1 <= request.count <= MAX_NEIGHBOURS:
        raise InputError(
            "A radius lies in 0 to {radius} and a count in 1 to {count}.", radius=MAX_RADIUS, count=MAX_NEIGHBOURS
        )
    generator = torch.Generator().manual_seed(request.seed)
    anchor = anchor_at(model, 0.0, request.line, generator)
    for moved in refined(model, anchor):
        anchor = moved
        yield None
    if not anchor.line.read:
        raise InputError("An empty line has no neighbours: type one.")
    own = {tuple(heard(line)) for line in (anchor.line.read, anchor.text)}
    nearest: dict[tuple[str, ...], tuple[float, str]] = {}  # by what is heard: marks and capitals make no other line
    for _ in range(ROUNDS):
        direction = torch.nn.functional.normalize(torch.randn(DRAWN, len(anchor.code), generator=generator))
        distance = request.radius * torch.rand(DRAWN, 1, generator=generator)
        codes = anchor.code + (direction * distance).to(model.device)
        for row, away in zip(leaning(model.decoder, codes, LEANING), distance[:, 0].tolist(), strict=True):
            text = model.tokens.decode(row)
            said = tuple(heard(text))
            if may_stand(text) and said not in own and away < nearest.get(said, (inf, ""))[0]:
                nearest[said] = (away, text)
        if len(nearest) >= request.count:
            break
        yield None
    found = sorted(nearest.values())[: request.count]
    is_traditional = "traditional" in anchor.line.notes
    told = [Neighbour(han.traditional(text) if is_traditional else text, round(away, 4)) for away, text in found]
    yield Neighbours(
        request, model.folder.name, model.folder.hash, anchor.end(model), neighbours=tuple(told), method=METHOD
    )


def final_neighbours(model: SentenceModel, request: NeighbourRequest) -> Neighbours:
    """What `neighbours` comes to."""
    return [found for found in neighbours(model, request) if found is not None][-1]
