"""How lines around a line are found, in plain words, with the formula and this search's own numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.widgets.explanation import NONE, Explanation
from models.sentence_vae.path import Neighbours

AROUND = "z′ = z + r u , |u| = 1 , 0 ≤ r ≤ R"


class HowNeighboursAreFound(Explanation):
    """A code, and codes around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_words(
            self.tr(
                "The model notes a code z for the line: a row of numbers, chosen so that it gives the line back. Then"
                " it steps from there in many directions u, by some way r up to the radius R, and reads a line at each"
                " place:"
            ),
            AROUND,
        )
        self.add_words(
            self.tr(
                "Many places give the same line; the nearest of them counts as its distance. The unit is the spread of"
                " all lines' codes. Between real lines lie non-words and broken sentences too: what reads much worse"
                " than your line is left out."
            )
        )
        self.add_number("found", self.tr("Lines found"))
        self.add_number("nearest", self.tr("Nearest"))
        self.add_number("farthest", self.tr("Farthest"))

    def show_found(self, found: Neighbours) -> None:
        distances = [neighbour.distance for neighbour in found.neighbours]
        self.set_number("found", str(len(distances)))
        self.set_number("nearest", f"{min(distances):.2f}" if distances else NONE)
        self.set_number("farthest", f"{max(distances):.2f}" if distances else NONE)
