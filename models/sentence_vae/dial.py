"""One dial from faithful to inventive: what it changes in the search for lines."""

from __future__ import annotations

from models.sentence_vae.row import Weights
from models.sentence_vae.search import Asked

LEANINGS = (0.5, 4.0)  # of the likeliest lines on plain language
SAMPLED = 1.0  # and of the line that is drawn
SHIFT = 0.35  # of the likeliest lines before and behind a point, in steps
SPREAD = 0.35  # of the drawn line around its point, in standard deviations of the prior


def weights_for(dial: float) -> Weights:
    """A faithful path holds to the code, small steps and its place; an inventive one takes what is most fluent."""
    usual, bold = Weights(), 2 * dial - 1
    return Weights(
        agreement=usual.agreement * 4**-bold,
        step=usual.step * 1.6**-bold,
        place=usual.place * 1.6**-bold,
        even=usual.even * 1.6**-bold,
        copied=usual.copied * 2**bold,
    )


def ways_for(dial: float) -> tuple[Asked, ...]:
    """How each point is asked first: the further the dial, the farther around it and the warmer."""
    bold = 2 * dial - 1
    likeliest = [Asked(leaning=weight) for weight in LEANINGS]
    shifted = [Asked(shift, 1.0) for shift in (-SHIFT, SHIFT)]
    drawn = Asked(0.0, SAMPLED, 1.0 + 0.3 * bold, SPREAD * 2**bold)
    return (*likeliest, *shifted, drawn)
