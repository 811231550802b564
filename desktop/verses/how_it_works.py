"""What happens between the two lines, in plain words, with the formulas and this path's own numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.widgets.explanation import Explanation
from models.sentence_vae.path import PathFigures

RATE = "KL = ½ Σ (exp(<i>s</i>) + <i>m</i>² − 1 − <i>s</i>)"
STRAIGHT = """z = r u / |u|<br>u = (1 − t) z<sub>A</sub> + t z<sub>B</sub><br>
r = (1 − t) |z<sub>A</sub>| + t |z<sub>B</sub>|"""
AROUND = """u = sin((1 − t) Ω) a + sin(t Ω) b<br>
a = z<sub>A</sub> / |z<sub>A</sub>| , b = z<sub>B</sub> / |z<sub>B</sub>|"""
CHEAPEST = "min Σ <sub>i</sub> ( p(x<sub>i</sub>) + q(x<sub>i</sub>, x<sub>i+1</sub>) )"


class HowItWorks(Explanation):
    """Codes, the walk between them, and the measures of a path."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_codes()
        self._add_walk()
        self._add_choice()
        self._add_measures()

    def show_figures(self, figures: PathFigures) -> None:
        """This path's numbers; of the two ends' the first line's stands first."""
        shown = {
            "nats": _pair("{:.1f}", figures.nats),
            "norms": _pair("{:.2f}", figures.norms),
            "refine_steps": _pair("{}", figures.refine_steps),
            "code_distance": f"{figures.code_distance:.2f}",
            "angle": f"{figures.angle:.0f}°",
            "smoothness": f"{figures.smoothness:.2f}",
            "progress": f"{figures.progress:.2f}",
            "evenness": f"{figures.evenness:.2f}",
        }
        for name, text in shown.items():
            self.set_number(name, text)

    def _add_codes(self) -> None:
        self.add_words(
            self.tr(
                "The model reads a line and notes a code for it: a row of numbers, each with a mean <i>m</i> and a"
                " spread. The more a code tells, the more it costs. This is its rate in nats, where <i>s</i> is the"
                " logarithm of the spread's square:"
            ),
            RATE,
        )
        self.add_number("nats", self.tr("Rate of the ends"))
        self.add_number("norms", self.tr("Length |z| of their codes"))
        self.add_words(
            self.tr("A few small steps then move each code z until the model gives the line back as it was typed.")
        )
        self.add_number("refine_steps", self.tr("Steps taken"))

    def _add_walk(self) -> None:
        self.add_words(
            self.tr(
                "Every place <i>t</i> between the two codes is a code as well, and so has a verse. <b>Straight</b>"
                " mixes the two and restores the length that a mixture loses:"
            ),
            STRAIGHT,
        )
        self.add_words(
            self.tr("<b>Around</b> turns evenly through the angle Ω between them instead (slerp):"),
            AROUND,
        )
        self.add_number("code_distance", self.tr("Distance of the codes"))
        self.add_number("angle", self.tr("Angle Ω"))

    def _add_choice(self) -> None:
        self.add_words(
            self.tr(
                "At each place many lines are tried. Each has a price <i>p</i>: for reading badly, for straying from"
                " its code and its place, for repeating a line that was learned, for a wish that it does not keep. Each"
                " step <i>q</i> to the next line has one as well. Of all rows of lines the cheapest is shown (Viterbi):"
            ),
            CHEAPEST,
        )
        self.add_words(
            self.tr(
                "<b>Faithful</b> weighs code, place and even steps more; <b>inventive</b> weighs them less, and looks"
                " further around each code. The picture shows the path in the two directions in which real lines"
                " differ most; what differs in other directions is not seen there."
            )
        )

    def _add_measures(self) -> None:
        self.add_words(
            self.tr(
                "A good path changes few words at a time and never turns back. <b>Smoothness</b> is how many words the"
                " ends differ by, over the sum of all steps. <b>Progress</b> τ is 1 where each verse is further from"
                " the first line than the one before it. <b>Evenness</b> is the largest step over the mean one."
            )
        )
        self.add_number("smoothness", self.tr("Smoothness"))
        self.add_number("progress", self.tr("Progress τ"))
        self.add_number("evenness", self.tr("Evenness"))


def _pair(form: str, values: tuple[float, float]) -> str:
    return " · ".join(form.format(value) for value in values)
