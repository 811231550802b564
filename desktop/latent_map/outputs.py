"""Every way in which the map leaves the tab: copied, as pictures, as a film, as a code."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop import images
from desktop.export import Exporter
from desktop.latent_map.chart import Chart
from desktop.latent_map.session import Session
from desktop.latent_map.work import MakeGif, MakePng
from desktop.questions import Answer, Questions
from desktop.widgets.skeleton import Skeleton
from models.image_vae.scene import Point

MAP, IMAGE, FILM, CODE = "latent-map", "image", "film", "code"  # names of files
PNG, GIF = "png", "gif"  # questions


class Outputs(QObject):
    """Gives the skeleton its exports; each takes what is on screen when a person asks."""

    making_film = Signal()

    def __init__(
        self, skeleton: Skeleton, exporter: Exporter, session: Session, chart: Chart, questions: Questions
    ) -> None:
        super().__init__(session)
        self._exporter = exporter
        self._session = session
        self._chart = chart
        self._questions = questions
        self._film_wanted: tuple[Point, ...] = ()  # the path of the film to be saved once it is decoded
        skeleton.copy_action.setToolTip(self.tr("Copy the image at the cursor"))
        skeleton.copy_action.triggered.connect(self._copy)
        self.map = skeleton.add_export(self.tr("Save the map as picture…"), "Ctrl+S")
        self.image = skeleton.add_export(self.tr("Save the image at the cursor…"), "Ctrl+Shift+S")
        self.film = skeleton.add_export(self.tr("Save the path as film…"), "Ctrl+Shift+G")
        self.code = skeleton.add_export(self.tr("Save the code as JSON…"), "Ctrl+Shift+J")
        self.map.triggered.connect(self._save_map)
        self.image.triggered.connect(self._save_image)
        self.film.triggered.connect(self._save_film)
        self.code.triggered.connect(self._save_code)
        questions.answered.connect(self._on_made)
        chart.answered.connect(self._on_chart)
        session.scene_changed.connect(self._enable)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        if self._session.scene.path != self._film_wanted:
            self._film_wanted = ()
        self.film.setEnabled(bool(self._session.scene.path))

    def _enlarged(self) -> QImage:
        """The image at the cursor, each pixel a square; empty while there is none."""
        look, form = self._chart.look, self._chart.form
        if look is None or form is None:
            return QImage()
        image = images.of_colours(look.image)
        return image.scaled(image.size() * images.export_scale(form))

    @Slot()
    def _copy(self) -> None:
        self._exporter.copy_picture(self._enlarged())

    @Slot()
    def _save_map(self) -> None:
        self._questions.ask(PNG, MakePng(self._chart.view.picture()))

    @Slot()
    def _save_image(self) -> None:
        self._exporter.save_picture(IMAGE, self._enlarged())

    @Slot()
    def _save_code(self) -> None:
        scene = self._session.scene
        self._exporter.save_json(CODE, {"model": scene.model, "code": list(scene.code)})

    @Slot()
    def _save_film(self) -> None:
        """Decode it if that was not done yet; the file is asked for once it is made."""
        scene = self._session.scene
        if not scene.path:
            return
        self._film_wanted = scene.path
        self.making_film.emit()
        self._chart.shoot(scene)
        self._make_gif()

    @Slot(str)
    def _on_chart(self, _kind: str) -> None:
        self._make_gif()

    def _make_gif(self) -> None:
        """The film that is wanted, where it is decoded and still the one of the path that is shown."""
        scene = self._session.scene
        shot = self._chart.film_of(scene) if scene.path and scene.path == self._film_wanted else None
        if shot is not None:
            self._film_wanted = ()
            self._questions.ask(GIF, MakeGif(shot.film.images))

    @Slot(object)
    def _on_made(self, answer: Answer) -> None:
        if answer.kind == GIF and answer.last:
            self._exporter.save_film(FILM, answer.value)
        elif answer.kind == PNG and answer.last:
            self._exporter.save_png(MAP, answer.value)
