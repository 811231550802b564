"""Brings what the session and the charts know to the eye: maps, images, figures, one sentence."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Slot

from desktop.latent_map import words
from desktop.latent_map.chart import Chart
from desktop.latent_map.cinema import Cinema
from desktop.latent_map.control_column import ControlColumn
from desktop.latent_map.desk import Desk
from desktop.latent_map.session import Session
from desktop.widgets.skeleton import Skeleton
from models.image_vae.codes import Code, Landing, Neighbour
from models.image_vae.examples import Ground
from models.image_vae.posterior import Posterior, noise
from models.image_vae.scene import Scene
from models.sprites.form import Format

RANDOM_DISTANCE = "test_random_frechet"  # as a card calls it
FAR = 3.5  # units from 0: one random code in five hundred lies farther out, of two numbers


class Telling(QObject):
    """Only reads. `is_missing`: the shelf has no map; `foreign`: a recipe's scene for another model."""

    def __init__(
        self,
        session: Session,
        charts: tuple[Chart, Chart],
        cinema: Cinema,
        desk: Desk,
        controls: ControlColumn,
        skeleton: Skeleton,
    ) -> None:
        super().__init__(session)
        self._session, self._charts, self._cinema = session, charts, cinema
        self._desk, self._controls, self._skeleton = desk, controls, skeleton
        self._noise_seed = 0
        self._names: tuple[str, ...] = ()
        self._landing: Landing | None = None  # as it is shown
        self.ground: Ground | None = None
        self.is_missing = False
        self.is_drawing_path = False
        self.foreign: Scene | None = None
        session.scene_changed.connect(self.show_scene)
        session.acted.connect(self.show_state)
        cinema.shown.connect(self.show_images)
        controls.explanation.opened.connect(self._show_numbers)
        cinema.player.playing_changed.connect(self.show_state)
        for chart in charts:
            chart.answered.connect(self._on_answered)
            chart.state_changed.connect(self._on_state)
            chart.hovered.connect(self._on_hovered)

    @property
    def landing(self) -> Landing | None:
        """Where the picture landed on the first map."""
        landed = self._charts[0].landing_of(self._session.scene)
        return landed.landing if landed is not None else None

    @property
    def posterior(self) -> Posterior | None:
        """Of the picture that landed, else of the nearest encoded one."""
        landing, chart = self.landing, self._charts[0]
        if landing is not None:
            return Posterior.of_landing(landing)
        look = chart.image_of(self._session.scene)
        if look is None or not look.neighbours or chart.data is None:
            return None
        return Posterior.of_row(chart.data, look.neighbours[0].row)

    def draw_noise(self) -> Code | None:
        """Fresh noise, and the code that it gives; None where no encoder tells a spread."""
        self._noise_seed += 1
        posterior = self.posterior
        return posterior.code(self._noise) if posterior is not None else None

    def show_format(self, form: Format) -> None:
        """Another model's pictures."""
        self._desk.side.picture.show_format(form)

    def show_names(self, names: tuple[str, ...]) -> None:
        """The labels of the encoded data."""
        if names != self._names:
            self._names = names
            self._controls.layers.legend.show_names(names)
        self._controls.layers.legend.show_hidden(self._session.scene.hidden)
        self.show_images()  # a neighbour's mark and numbers hang on the data

    @Slot(object)
    def show_scene(self, scene: Scene) -> None:
        """Everything, for another scene."""
        self._desk.mixer.show_scene(scene)
        if self._desk.is_compared != scene.beside:
            self._desk.compare(is_compared=scene.beside)
        self._charts[0].show(scene)
        if scene.beside:
            self._charts[1].show(scene)
        self._desk.side.place.show_scene(scene)
        self._controls.show_scene(scene)
        self._skeleton.set_seed(scene.seed)
        self._show_picture(scene)
        self.show_dreams()
        self.show_images()
        self.show_state()

    @Slot()
    def show_images(self) -> None:
        """The large image, the film's where it plays."""
        scene = self._session.scene
        if self._cinema.is_on:
            self._show_film()
            return
        for chart, column in zip(self._charts, self._desk.columns, strict=True):
            look = chart.image_of(scene)
            if look is not None:
                column.image.show_image(look.image)
                column.image.show_doubt(look.doubt if scene.doubt else None, self._most_doubt(chart))
        self._show_place(scene)

    def show_dreams(self) -> None:
        """Random codes by the present seed."""
        scene = self._session.scene
        if not scene.beside:
            self._charts[0].view.set_codes(())
            return
        for chart, column in zip(self._charts, self._desk.columns, strict=True):
            chart.imagine(scene.seed)
            codes = chart.dreams.codes.tolist() if chart.dreams is not None else []
            chart.view.set_codes(tuple((code[scene.across], code[scene.up]) for code in codes))
            column.show_kind(variational=chart.is_variational)
            column.show_distance(chart.figure(RANDOM_DISTANCE))
            column.row.show_imagined(chart.dreams)

    @Slot()
    def show_state(self) -> None:
        """What is under way, and what a person can do."""
        history = self._session.history
        self._skeleton.undo_action.setEnabled(history.can_undo)
        self._skeleton.redo_action.setEnabled(history.can_redo)
        self._controls.path.show_playing(is_playing=self._cinema.player.is_playing)
        self._skeleton.say(self._sentence(self._session.scene))

    @property
    def _noise(self) -> Code:
        return noise(self._session.scene.dimensions, self._noise_seed)

    def _most_doubt(self, chart: Chart) -> float:
        """Bits of a pixel of which nothing is known."""
        colours = len(chart.form.palette) if chart.form is not None else 2
        return math.log2(colours)

    def _show_picture(self, scene: Scene) -> None:
        panel, landing = self._desk.side.picture, self.landing
        if panel.pad.pixels.tobytes() != scene.picture:
            panel.show_picture(scene.picture)
        if not scene.picture:
            panel.forget_told()
        panel.clear.setEnabled(bool(scene.picture))
        if landing is not self._landing:
            self._landing = landing
            panel.show_landing(landing)

    def _show_place(self, scene: Scene) -> None:
        panel, chart = self._desk.side.place, self._charts[0]
        look = chart.image_of(scene)
        if look is not None:
            panel.show_look(look, self._names, self._most_doubt(chart), with_doubt=scene.doubt)
        elif chart.look is None:
            ready = self.ground.image(*scene.point) if self.ground is not None and scene.dimensions == 2 else None
            panel.show_nothing(ready)
            panel.image.show_words(self._words_for_no_image())
        self._show_numbers()

    @Slot()
    def _show_numbers(self) -> None:
        """Those of the formulas, where anybody sees them."""
        if self._controls.explanation.isVisible():
            told = (self.posterior, self._noise, self.landing)
            self._controls.explanation.show_numbers(self._session.scene, *told)

    def _show_film(self) -> None:
        for chart, column in zip(self._charts, self._desk.columns, strict=True):
            film = self._cinema.film(chart)
            if film is not None:
                image = film.images[min(self._cinema.player.frame, len(film.images) - 1)]
                column.image.show_image(image)
                column.image.show_doubt(None)
                if chart is self._charts[0]:
                    code = film.codes[min(self._cinema.player.frame, len(film.codes) - 1)]
                    self._desk.side.place.show_passing(image, tuple(code.tolist()))

    def _words_for_no_image(self) -> str:
        if self.is_missing or self._charts[0].is_broken:
            return self.tr("There is no model to decode with")
        return self.tr("The model is waking up")

    def _sentence(self, scene: Scene) -> str:
        chart = self._charts[0]
        if self.is_missing:
            return self.tr("There is no map on the shelf")
        if chart.is_broken:
            return self.tr("This model cannot be used: choose another")
        if not chart.is_awake:
            return self.tr("Ready-made; the model is waking up")
        if self._cinema.is_waiting:
            return self.tr("The film is being decoded")
        if self._cinema.player.is_playing:
            return self.tr("The path plays")
        if self.is_drawing_path:
            return self.tr("Draw a line on the map, or click two places")
        if scene == self.foreign:
            return self.tr("Made with another model: it may differ")
        return self._told_of_place(scene)

    def _told_of_place(self, scene: Scene) -> str:
        landing = self.landing
        if landing is not None and not any(scene.picture):
            return self.tr("Nothing is on this picture")
        if landing is not None and scene.code == landing.mean:
            where = words.code(scene.plane.point(landing.mean))
            return self.tr("It lands at {} for {} nats").format(where, words.number(landing.price, 1))
        if math.hypot(*scene.point) > FAR:
            return self.tr("Far out: random codes hardly ever come here")
        return self.tr("Click or drag; the wheel goes deeper")

    @Slot(object)
    def _on_hovered(self, found: Neighbour | None) -> None:
        """Which of the encoded pictures is pointed at."""
        if found is None:
            self.show_state()
            return
        label = self.tr("a picture") if not found.label else self.tr("“{}”").format(found.label)
        self._skeleton.say(self.tr("Here the encoder puts {}, one that it never learned from").format(label))

    @Slot()
    def _on_state(self) -> None:
        if self._charts[0].look is None:
            self.show_images()
        self.show_state()

    @Slot(str)
    def _on_answered(self, _kind: str) -> None:
        self.show_dreams()
        self.show_images()
        self._show_picture(self._session.scene)
        self.show_state()
