"""How a sprite comes about, in plain words, with the formulas and this drawing's own numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.drawing.sheet import Sheet
from desktop.widgets.explanation import NONE, Explanation
from models.pixel_rnn.drawn import Drawn

PRODUCT = """<i>p</i>({}) = <i>p</i>(x<sub>1</sub>) · <i>p</i>(x<sub>2</sub> | x<sub>1</sub>) · …<br>
· <i>p</i>(x<sub>n</sub> | x<sub>1</sub> … x<sub>n−1</sub>)"""
PRICE = "bits = − log<sub>2</sub> <i>p</i>"
ENTROPY = "H = − Σ <i>p</i> log<sub>2</sub> <i>p</i>"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class HowItWorks(Explanation):
    """A drawing pixel by pixel, its price, and what the model sees."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_product()
        self._add_price()
        self._add_sight()

    def show_numbers(self, sheet: Sheet, drawn: Drawn | None) -> None:
        """The drawing as far as it has come."""
        count = sheet.count
        known = drawn is not None and len(drawn) >= count > 0
        self.set_number("place", f"{count} / {len(sheet.covered)}")
        price = float(drawn.bits[count - 1]) if drawn is not None and known else None
        self.set_number("chance", f"{100 * 2**-price:.3g} %" if price is not None else NONE)
        self.set_number("cost", f"{price:.2f}" if price is not None else NONE)
        total = float(drawn.bits[:count].sum()) if drawn is not None and known else None
        self.set_number("bits", f"{total:.1f}" if total is not None else NONE)
        self.set_number("sprite", _one_in(total) if total is not None else NONE)
        ahead = drawn is not None and count < len(drawn)
        self.set_number("entropy", f"{drawn.entropies[count]:.2f}" if drawn is not None and ahead else NONE)

    def _add_product(self) -> None:
        self.add_words(
            self.tr(
                "The model draws one pixel after the other, row by row. For each it gives every colour a chance, and"
                " draws lots. The chance of the whole sprite is the product of all these chances:"
            ),
            PRODUCT.format(self.tr("sprite")),
        )
        self.add_number("place", self.tr("Pixels drawn"))
        self.add_number("chance", self.tr("Chance of the last colour"))

    def _add_price(self) -> None:
        self.add_words(
            self.tr("Products of small chances are tiny, so one adds what each pixel <b>costs</b> instead:"), PRICE
        )
        self.add_number("cost", self.tr("The last pixel, in bits"))
        self.add_number("bits", self.tr("All so far, in bits"))
        self.add_number("sprite", self.tr("That is a chance of"))
        self.add_words(
            self.tr(
                "How open a pixel still is, is its <b>entropy</b>: the bits that it will cost on average. 0 means sure,"
                " 1 a coin, 3 a choice of eight."
            ),
            ENTROPY,
        )
        self.add_number("entropy", self.tr("The next pixel, in bits"))

    def _add_sight(self) -> None:
        self.add_words(
            self.tr(
                "What is not covered is known before the first pixel is drawn, and the model sees it, also below and to"
                " the right of a hole. <b>Blind</b>, it sees only what lies above and to the left, as a plain raster"
                " model does: what it draws then often does not meet what is below.<br><br><b>Temperature</b> under 1"
                " makes likely colours likelier, over 1 the rare ones. <b>Top-p</b> leaves out the rarest."
            )
        )


def _one_in(bits: float) -> str:
    """A chance of so many bits, as a power of ten where it is small."""
    digits = bits * 0.30103  # log10(2)
    power = "".join(RAISED[int(digit)] for digit in f"{digits:.0f}")
    return f"1 : {2**bits:.3g}" if digits < 4 else f"1 : 10{power}"
