"""The film along the path: asked for, played on the map and in the large image, in both maps where both are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop.latent_map.chart import Chart
from desktop.latent_map.player import Player
from desktop.latent_map.session import Session
from models.image_vae.codes import Film
from models.image_vae.scene import Point


class Cinema(QObject):
    """`shown` comes with each frame; `reached` carries the place at which a film ended."""

    shown = Signal()
    reached = Signal(float, float)

    def __init__(self, session: Session, charts: tuple[Chart, Chart]) -> None:
        super().__init__(session)
        self._session = session
        self._charts = charts
        self._is_wanted = False
        self._is_on = False
        self.player = Player(self)
        self.player.frame_changed.connect(self._on_frame)
        self.player.ended.connect(self._on_ended)
        for chart in charts:
            chart.answered.connect(self._on_answered)

    @property
    def is_on(self) -> bool:
        """Whether a frame of the film is shown in place of the cursor's image."""
        return self._is_on

    @property
    def is_waiting(self) -> bool:
        """Whether a film is wanted that is not decoded yet."""
        return self._is_wanted

    def film(self, chart: Chart) -> Film | None:
        """A chart's film along the present path."""
        shot = chart.film_of(self._session.scene) if self._session.scene.path else None
        return shot.film if shot is not None else None

    @Slot()
    def toggle(self) -> None:
        """Play, or pause."""
        if self.player.is_playing:
            self.player.pause()
        else:
            self.play()

    @Slot()
    def play(self) -> None:
        """Play the path as soon as it is decoded."""
        scene = self._session.scene
        if not scene.path:
            return
        self._is_wanted = True
        self._charts[0].shoot(scene)
        if scene.beside:
            self._charts[1].shoot(scene)
        self._begin()

    @Slot()
    def stop(self) -> None:
        """Something else is looked at."""
        self._is_wanted = False
        self.player.rewind()
        if self._is_on:
            self._is_on = False
            self._show_playhead(None)

    @Slot(str)
    def _on_answered(self, _kind: str) -> None:
        if self._is_wanted:
            self._begin()

    def _begin(self) -> None:
        film = self.film(self._charts[0])
        if film is not None:
            self._is_wanted = False
            self._is_on = True
            self.player.play(len(film.images))

    @Slot(int)
    def _on_frame(self, frame: int) -> None:
        film = self.film(self._charts[0])
        if film is None:
            self.stop()
            return
        if self._is_on:
            self._show_playhead(self._place(film, frame))
            self.shown.emit()

    def _place(self, film: Film, frame: int) -> Point:
        x, y = self._session.scene.plane.point(film.codes[min(frame, len(film.codes) - 1)].tolist())
        return x, y

    def _show_playhead(self, place: Point | None) -> None:
        for chart in self._charts:
            chart.view.set_playhead(place)

    @Slot()
    def _on_ended(self) -> None:
        film = self.film(self._charts[0])
        if film is not None:
            place = self._place(film, len(film.codes) - 1)
            self._is_on = False
            self._show_playhead(None)
            self.reached.emit(*place)
