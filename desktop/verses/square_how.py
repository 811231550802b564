"""How four lines are mixed, in plain words, with the formula and this square's own numbers."""

from __future__ import annotations

from statistics import fmean

from PySide6.QtWidgets import QWidget

from desktop.widgets.explanation import Explanation
from models.sentence_vae.path import Square

MIXTURE = """z = (1 − v) ((1 − u) z<sub>A</sub> + u z<sub>B</sub>)<br>
+ v ((1 − u) z<sub>C</sub> + u z<sub>D</sub>)"""


class HowSquaresAreMixed(Explanation):
    """Four codes, and the codes between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_words(
            self.tr(
                "Each corner has a code: a row of numbers from which the model gives the line back. A line <i>u</i> of"
                " the way across and <i>v</i> of the way down is read from a mixture of the four, whose length is"
                " restored, for mixtures lose it:"
            ),
            MIXTURE,
        )
        self.add_words(
            self.tr(
                "Of several lines that the model has for a place, one stands there that is fluent, belongs to the place"
                " and is like those beside it. None comes twice where the model has another."
            )
        )
        self.add_number("distinct", self.tr("Different lines"))
        self.add_number("fluency", self.tr("Their fluency on average"))
        self.add_number("faithful", self.tr("Corners returned as typed"))

    def show_square(self, square: Square) -> None:
        cells = [cell for row in square.cells for cell in row]
        distinct = len({cell.text for cell in cells})
        self.set_number("distinct", self.tr("{count} of {all}").format(count=distinct, all=len(cells)))
        self.set_number("fluency", f"{fmean(cell.fluency for cell in cells):.2f}")
        faithful = sum(end.faithfulness >= 1 for end in square.ends)
        self.set_number("faithful", self.tr("{count} of {all}").format(count=faithful, all=len(square.ends)))
