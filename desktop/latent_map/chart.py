"""One model and its map: what is asked of the one, and what is drawn on the other.

The tab has two, of a VAE and of an autoencoder; the second sleeps until both shall be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import Engine, State
from desktop.latent_map.catalogue import Entry
from desktop.latent_map.map_view import MapView
from desktop.latent_map.work import AskSpread, DecodeTiles, Imagine, Land, Landed, Layer, LookAt, Shoot, Shot
from desktop.questions import Answer, Questions
from models.image_vae.codes import EncodedData, Imagined, Look, Neighbour, TileKey
from models.image_vae.posterior import Posterior
from models.image_vae.scene import Overlay, Point, Scene
from models.sprites.form import Format

if TYPE_CHECKING:
    from models.image_vae.model import MapModel

LOOK, LAND, IMAGINE, SHOOT, TILES, SPREAD = "look", "land", "imagine", "shoot", "tiles", "spread"
FRAMES_PER_UNIT, FEWEST_FRAMES, MOST_FRAMES = 30, 40, 300
NO_ROOM = (0.0, 0.0)


class Chart(QObject):
    """`answered` comes with whatever the model said; `look`, `landed`, `dreams` and `shot` are its newest words."""

    answered = Signal(str)  # the kind
    failed = Signal(object)  # Failure
    state_changed = Signal()
    hovered = Signal(object)  # Neighbour: one of the encoded data under the pointer, or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = MapView()
        self.entry: Entry | None = None
        self.data: EncodedData | None = None
        self.look: Look | None = None
        self.landed: Landed | None = None
        self.dreams: Imagined | None = None
        self.shot: Shot | None = None
        self._engine: Engine[MapModel] | None = None
        self._scene: Scene | None = None
        self._wanted: dict[TileKey, None] = {}  # an ordered set
        self._questions = Questions((LOOK, LAND, IMAGINE, SHOOT, TILES, SPREAD), self)
        self._questions.answered.connect(self._on_answered)
        self._questions.failed.connect(self.failed)
        self._questions.failed.connect(self.state_changed)
        self.view.tiles_wanted.connect(self._on_tiles_wanted)
        self.view.hovered.connect(self._on_hovered)

    @property
    def is_awake(self) -> bool:
        return self._engine is not None and self._engine.state in (State.READY, State.WORKING)

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked is not answered yet."""
        return self._questions.is_any_open

    @property
    def form(self) -> Format | None:
        """What its model draws."""
        return self.entry.form if self.entry is not None else None

    @property
    def is_variational(self) -> bool:
        """Whether its encoder tells a spread."""
        return self.entry is not None and self.entry.variational

    def figure(self, name: str) -> float | None:
        """What its card says was measured; None where it says nothing of this."""
        return self.entry.folder.card.figures.get(name) if self.entry is not None else None

    @property
    def is_broken(self) -> bool:
        return self._engine is not None and self._engine.state is State.BROKEN

    def use(self, engine: Engine[MapModel], entry: Entry, scene: Scene) -> None:
        """Ask this model from now on, first about a scene; it may still have to load."""
        if self._engine is not None:
            self._engine.state_changed.disconnect(self.state_changed)
        self._engine, self.entry, self.data = engine, entry, None
        self.look = self.landed = self.dreams = self.shot = None
        self._wanted.clear()
        engine.state_changed.connect(self.state_changed)
        self._questions.use(engine)
        self.view.set_model(entry.form, None)
        self.show(scene)
        engine.start()  # after the first question, lest a model that does not load is told twice

    def show_data(self, data: EncodedData | None) -> None:
        """The encoded data, read apart from the model."""
        self.data = data
        if self.entry is not None:
            self.view.set_model(self.entry.form, data)

    def show(self, scene: Scene) -> None:
        """Bring a scene to the map, and ask the model what it needs; nothing is asked twice."""
        before, self._scene = self._scene, scene
        if before is None or before.plane != scene.plane:
            self.view.set_plane(scene.plane)
        if before is None or before.window != scene.window:
            self.view.show_window(scene.window)
        self.view.set_cursor(*scene.point)
        self.view.set_points_shown(scene.points)
        self.view.set_circles(scene.circles)
        if before is None or before.hidden != scene.hidden:
            self.view.set_hidden(scene.hidden)
        if before is None or before.path != scene.path:
            self.view.set_path(scene.path)
        if scene.overlay is None:
            self.view.set_overlay(None)
        self._show_landing(scene)
        self._ask_about(scene)

    def follow(self, scene: Scene) -> None:
        """The same scene, of which only the part in sight is another."""
        if self._scene is not None:
            self._scene = scene

    def ask_spread(self) -> None:
        """The encoder's spread in the part that is in sight."""
        if self._scene is not None and self._is_asked:
            self._questions.ask(SPREAD, AskSpread(self._scene.plane, self.view.window()))

    def imagine(self, seed: int) -> None:
        """Codes of the prior."""
        if self._is_asked and (self.dreams is None or self.dreams.seed != seed):
            self._questions.ask(IMAGINE, Imagine(seed))

    def shoot(self, scene: Scene) -> None:
        """A film along the scene's path."""
        asked = Shoot(scene.plane, scene.path, frames_for(scene.path))
        if self._is_asked and (self.shot is None or self.shot.asked != asked):
            self._questions.ask(SHOOT, asked)

    def film_of(self, scene: Scene) -> Shot | None:
        """The film along the scene's path, where it was made."""
        asked = Shoot(scene.plane, scene.path, frames_for(scene.path))
        return self.shot if self.shot is not None and self.shot.asked == asked else None

    def landing_of(self, scene: Scene) -> Landed | None:
        """Where the scene's picture landed, once that is known."""
        landed = self.landed
        return landed if landed is not None and scene.picture and landed.picture == scene.picture else None

    def image_of(self, scene: Scene) -> Look | None:
        """The model's word on the scene's code; None until it has come."""
        return self.look if self.look is not None and self.look.code == scene.code else None

    @property
    def _is_asked(self) -> bool:
        return self._engine is not None and not self.is_broken

    def _ask_about(self, scene: Scene) -> None:
        if not self._is_asked or self.entry is None or scene.dimensions != self.entry.dimensions:
            return
        if self.image_of(scene) is None:
            self._put_off_tiles()
            self._questions.ask(LOOK, LookAt(scene.code))
        if scene.picture and self.landing_of(scene) is None:
            self._questions.ask(LAND, Land(scene.picture))

    def _put_off_tiles(self) -> None:
        """What is asked in between stops the tiles: those that came need not come again."""
        if self._questions.is_open(TILES) and self._wanted:
            self._questions.ask(TILES, DecodeTiles(tuple(self._wanted)))

    def _show_landing(self, scene: Scene) -> None:
        landed = self.landing_of(scene)
        if landed is None:
            self.view.set_landing(None, NO_ROOM)
            return
        free = (scene.across, scene.up)
        posterior = Posterior.of_landing(landed.landing)
        mean = _two(landed.landing.mean, free)
        self.view.set_landing(mean, _two(posterior.deviation, free) if posterior is not None else NO_ROOM)

    @Slot(object)
    def _on_tiles_wanted(self, keys: tuple[TileKey, ...]) -> None:
        self._wanted = dict.fromkeys(keys)
        if self._wanted and self._is_asked:
            self._questions.ask(TILES, DecodeTiles(tuple(keys)))
        else:
            self._questions.forget(TILES)

    @Slot(object)
    def _on_hovered(self, row: int | None) -> None:
        data = self.data
        if row is None or data is None or row >= len(data):
            self.hovered.emit(None)
            return
        label = data.names[data.labels[row]] if data.labels is not None else ""
        self.hovered.emit(Neighbour(row, label, 0.0))

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        value = answer.value
        if answer.kind == TILES:
            self._take_tile(value)
            return
        if answer.kind != SPREAD:
            self._questions.forget(answer.kind)  # there is one answer, and no need to be told that it was the last
        self._take(value)
        self.answered.emit(answer.kind)

    def _take(self, value: Any) -> None:
        if isinstance(value, Look):
            self.look = value
        elif isinstance(value, Imagined):
            self.dreams = value
        elif isinstance(value, Shot):
            self.shot = value
        elif isinstance(value, Landed):
            self.landed = value
            if self._scene is not None:
                self._show_landing(self._scene)
        elif isinstance(value, Layer) and self._scene is not None and self._scene.overlay is Overlay.SPREAD:
            self.view.set_overlay(value.kind, value.values, value.window)

    def _take_tile(self, value: tuple[TileKey, NDArray[np.uint8]] | None) -> None:
        if value is not None and value[0] in self._wanted:
            key, image = value
            del self._wanted[key]
            self.view.take_tile(key, image)


def frames_for(path: tuple[Point, ...]) -> int:
    """So many images that a walk goes at an even, calm pace."""
    steps = np.diff(np.array(path, np.float64).reshape(-1, 2), axis=0)
    units = float(np.linalg.norm(steps, axis=1).sum())
    return min(max(round(units * FRAMES_PER_UNIT), FEWEST_FRAMES), MOST_FRAMES)


def _two(numbers: tuple[float, ...], free: tuple[int, int]) -> Point:
    return numbers[free[0]], numbers[free[1]]
