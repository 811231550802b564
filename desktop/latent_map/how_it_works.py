"""How a code comes about and what it costs, in plain words, with the formulas and this place's own numbers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.latent_map import words
from desktop.widgets.explanation import NONE, Explanation
from models.image_vae.codes import Code, Landing
from models.image_vae.posterior import Posterior
from models.image_vae.scene import Scene

DEVIATION = "<i>s</i> = log <i>σ</i>² , <i>σ</i> = exp(<i>s</i>/2)"
DRAWN = "<i>c</i> = <i>m</i> + exp(<i>s</i>/2) · <i>e</i> , <i>e</i> ~ N(0, 1)"
KL = "KL = ½ Σ (exp(<i>s</i>) + <i>m</i>² − 1 − <i>s</i>)"


class HowItWorks(Explanation):
    """`noise_asked` asks for another e; `opened` comes when the numbers are seen again, which nobody kept up."""

    noise_asked = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.noise_button = QPushButton(self.tr("Draw another e"))
        self._add_map()
        self._add_code()
        self._add_price()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()

    def show_numbers(self, scene: Scene, posterior: Posterior | None, noise: Code, landing: Landing | None) -> None:
        """Those of the picture that landed, else of the nearest encoded one; none of an autoencoder."""
        free = (scene.across, scene.up)
        self.noise_button.setEnabled(posterior is not None)
        told = {
            "mean": posterior.mean if posterior is not None else None,
            "log_variance": posterior.log_variance if posterior is not None else None,
            "deviation": posterior.deviation if posterior is not None else None,
            "noise": noise if posterior is not None else None,
            "drawn": posterior.code(noise) if posterior is not None else None,
        }
        for name, numbers in told.items():
            text = words.code([numbers[place] for place in free], 3) if numbers is not None else NONE
            self.set_number(name, text)
        self.set_number("kl", _nats(posterior.kl_nats if posterior is not None else None))
        self.set_number("reconstruction", _nats(landing.reconstruction_nats if landing is not None else None))
        self.set_number("price", _nats(landing.price if landing is not None else None))

    def _add_map(self) -> None:
        self.add_words(
            self.tr(
                "The encoder makes of each picture a <b>code</b>, two numbers or ten. The decoder makes a picture of"
                " each code. The map shows what it makes of every place, also of those where no picture ever was."
            )
        )

    def _add_code(self) -> None:
        self.add_words(
            self.tr(
                "A VAE's encoder gives two things for each number of the code: its <b>mean</b> m and its"
                " <b>log-variance</b> s, from which the deviation σ follows:"
            ),
            DEVIATION,
        )
        self.add_number("mean", self.tr("m"))
        self.add_number("log_variance", self.tr("s"))
        self.add_number("deviation", self.tr("σ"))
        self.add_words(self.tr("In training the code is drawn from there, with fresh noise e each time:"), DRAWN)
        self.add_number("noise", self.tr("e"))
        self.add_number("drawn", self.tr("c"))
        self.noise_button.setToolTip(self.tr("Draw fresh noise and put the cursor on the code that it gives"))
        self.noise_button.clicked.connect(self.noise_asked)
        self.add_widget(self.noise_button)
        self.add_words(
            self.tr(
                "Some slides write exp(σ)·e here and let σ mean the log-variance in one place and the logarithm of the"
                " deviation in another. Here σ always is the deviation."
            )
        )

    def _add_price(self) -> None:
        self.add_words(
            self.tr(
                "What is learned is to pay little for all pictures together: for what the decoder gets wrong, and for"
                " codes that differ from the random ones of the prior (the <b>KL</b>):"
            ),
            self.tr("price = reconstruction + KL") + "<br>" + KL,
        )
        self.add_number("kl", self.tr("KL, in nats"))
        self.add_number("reconstruction", self.tr("Reconstruction, in nats"))
        self.add_number("price", self.tr("Price, in nats"))
        self.add_words(
            self.tr(
                "The numbers are of your picture once it has landed, else of the nearest encoded one. An autoencoder"
                " has m alone: no s, no KL, and so nothing that keeps its codes together."
            )
        )


def _nats(value: float | None) -> str:
    return words.number(value, 2) if value is not None else NONE
