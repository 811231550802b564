"""Which places are worth a frame in the filmstrip: those at which a person stayed for a moment."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPixmap

from desktop import images
from desktop.latent_map import words
from desktop.latent_map.chart import Chart
from desktop.latent_map.session import Session
from desktop.widgets.filmstrip import Filmstrip, Frame
from desktop.widgets.lingering import Lingering

NEAR = 0.3  # units: within it a neighbour says what the image shows


class Frames(Lingering):
    """Puts the places of the first map into a filmstrip, each once."""

    def __init__(self, session: Session, chart: Chart, strip: Filmstrip) -> None:
        super().__init__(session)
        self._session = session
        self._chart = chart
        self._strip = strip
        session.acted.connect(self._stay.start)

    @Slot()
    def _keep(self) -> None:
        scene = self._session.scene
        look = self._chart.image_of(scene)
        known = [frame.value for frame in self._strip.frames()]
        if look is None or any((kept.model, kept.code) == (scene.model, scene.code) for kept in known):
            return
        nearest = look.neighbours[0] if look.neighbours else None
        label = nearest.label if nearest is not None and nearest.distance < NEAR else ""
        picture = QPixmap.fromImage(images.of_colours(look.image))
        title = self.tr("Near “{}”").format(label) if label else self.tr("A place")
        decimals = 2 if scene.dimensions == 2 else 1
        self._strip.add(Frame(title, words.code(scene.code, decimals), scene, picture))
