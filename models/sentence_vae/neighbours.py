"""Lines near one line: codes drawn around the line's own, decoded."""

from __future__ import annotations

import torch

from models.errors import InputError
from models.sentence_vae.decoding import greedy
from models.sentence_vae.ends import anchor_at, refined
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.path import Neighbour
from models.sentence_vae.search import presentable

ROUNDS, DRAWN = 8, 32


def neighbours(model: SentenceModel, line: str, radius: float, count: int, seed: int) -> tuple[Neighbour, ...]:
    """Up to `count` distinct other lines whose codes lie within `radius` of the line's, nearest first.

    `radius` is Euclidean, in standard deviations of the prior. Codes are drawn with uniform direction and
    uniform distance, so that the near is asked as often as the far. Raises `InputError`.
    """
    if not 0 < radius <= 100 or not 1 <= count <= 1000:
        raise InputError("A radius lies in 0 to 100 and a count in 1 to 1000.")
    generator = torch.Generator().manual_seed(seed)
    *_, anchor = refined(model, anchor_at(model, 0.0, line, generator))
    if not anchor.line.read:
        raise InputError("An empty line has no neighbours: type one.")
    nearest: dict[str, float] = {}
    for _ in range(ROUNDS):
        direction = torch.nn.functional.normalize(torch.randn(DRAWN, len(anchor.code), generator=generator))
        distance = radius * torch.rand(DRAWN, 1, generator=generator)
        codes = anchor.code + (direction * distance).to(model.device)
        for row, away in zip(greedy(model.decoder, codes), distance[:, 0].tolist(), strict=True):
            text = model.tokens.decode(row)
            if presentable(text) and text != anchor.text:
                nearest[text] = min(away, nearest.get(text, away))
        if len(nearest) >= count:
            break
    found = sorted(nearest.items(), key=lambda item: item[1])[:count]
    return tuple(Neighbour(text, round(away, 4)) for text, away in found)
