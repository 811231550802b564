"""What is laid over the maps: asked for when the map rests, so that a drag never waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.latent_map.chart import Chart
from desktop.latent_map.session import Session
from desktop.latent_map.work import AskOverlay, Layer
from desktop.questions import Answer, Questions
from models.image_vae.scene import Overlay

KINDS = ("overlay", "other overlay")  # of questions, one for each map
REST_MS = 120


class Layers(QObject):
    """Asks the reader for density and holes, and the model for the encoder's spread."""

    def __init__(self, session: Session, charts: tuple[Chart, Chart], questions: Questions) -> None:
        super().__init__(session)
        self._session = session
        self._charts = charts
        self._questions = questions
        self._asked: tuple[object, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        session.scene_changed.connect(self.look_again)
        session.acted.connect(self.look_again)
        questions.answered.connect(self._on_answered)

    def stop(self) -> None:
        """Wait for nothing more."""
        self._rest.stop()

    @Slot()
    def look_again(self) -> None:
        """What is in sight, or what is known, may have changed."""
        if self._needed() != self._asked:
            self._rest.start()

    def _needed(self) -> tuple[object, ...]:
        """What the layers depend on; nothing where none is shown."""
        scene = self._session.scene
        if scene.overlay is None:
            return ()
        known = [(chart.data, chart.entry, chart.is_awake) for chart in self._charts]
        return (scene.overlay, scene.plane, scene.window, scene.beside, *known)

    def _note(self, chart: Chart) -> str:
        tells_nothing = self._session.scene.overlay is Overlay.SPREAD and not chart.is_variational
        return self.tr("An autoencoder tells no spread") if tells_nothing else ""

    @Slot()
    def _ask(self) -> None:
        scene, self._asked = self._session.scene, self._needed()
        for chart in self._charts:
            chart.view.set_note(self._note(chart))
        if scene.overlay is None:
            return
        shown = self._charts if scene.beside else self._charts[:1]
        for kind, chart in zip(KINDS, shown, strict=False):
            if scene.overlay is not Overlay.SPREAD:
                if chart.data is not None:
                    work = AskOverlay(scene.overlay, chart.data, scene.plane, chart.view.window())
                    self._questions.ask(kind, work)
            elif chart.is_variational:
                chart.ask_spread()
            else:
                chart.view.set_overlay(None)

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        layer = answer.value
        if answer.kind in KINDS and isinstance(layer, Layer) and layer.kind is self._session.scene.overlay:
            chart = self._charts[KINDS.index(answer.kind)]
            chart.view.set_overlay(layer.kind, layer.values, layer.window)
