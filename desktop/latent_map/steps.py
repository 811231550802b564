"""Turns what a person does in the tab into steps of the session, each of which can be undone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from desktop.latent_map.chart import Chart
from desktop.latent_map.controls import CompareControl, LayersControl
from desktop.latent_map.desk import Desk
from desktop.latent_map.session import Session
from desktop.widgets.skeleton import Skeleton
from models.errors import AtelierError, InputError
from models.image_vae.codes import Code, Window, checked
from models.image_vae.posterior import noise
from models.image_vae.scene import MAX_PATH, Overlay, Point, Scene, inscribed
from models.image_vae.stored import code_from_text

ALIKE = 1e-4  # of a window's side: no other window


class Steps(QObject):
    """`stepping` comes before what stands there is left for something else; `path_changed` with another path."""

    stepping = Signal()
    path_changed = Signal()
    picture_given = Signal()
    problem = Signal(object)  # AtelierError

    def __init__(self, session: Session, charts: tuple[Chart, Chart]) -> None:
        super().__init__(session)
        self._session = session
        self._charts = charts
        self._is_dragging = False
        self._is_linking = False  # one map follows the other

    def listen_to(self, desk: Desk, layers: LayersControl, compare: CompareControl, skeleton: Skeleton) -> None:
        """All that a person can do."""
        for chart, column in zip(self._charts, desk.columns, strict=True):
            chart.view.pointed.connect(self.point)
            chart.view.settled.connect(self.settle)
            chart.view.path_drawn.connect(self.take_path)
            chart.view.window_changed.connect(self._on_window)
            column.row.chosen.connect(self._on_random)
        place, picture, mixer = desk.side.place, desk.side.picture, desk.mixer
        place.code_typed.connect(self._on_code_typed)
        place.neighbour_chosen.connect(self._on_neighbour)
        place.doubt_toggled.connect(self._on_doubt)
        picture.pad.stroke_began.connect(self._on_stroke_began)
        picture.pad.stroke_went.connect(self._on_stroke_went)
        picture.pad.stroke_ended.connect(self.settle)
        picture.cleared.connect(self._on_cleared)
        picture.undone.connect(self._on_undo)
        mixer.code_changed.connect(self._on_mixed)
        mixer.drag_ended.connect(self.settle)
        mixer.free_changed.connect(self._on_free)
        mixer.dice.clicked.connect(self.spin)
        layers.changed.connect(self._on_layers)
        layers.legend.hidden_changed.connect(self._on_hidden)
        compare.toggled.connect(self._on_compare)
        skeleton.undo_action.triggered.connect(self._on_undo)
        skeleton.redo_action.triggered.connect(self._on_redo)
        skeleton.filmstrip.restored.connect(self.change)
        skeleton.seed_changed.connect(self._on_seed)
        self._pad, self._mixer = picture.pad, mixer

    @Slot(object)
    def change(self, scene: Scene) -> None:
        """One step to another scene."""
        self._is_dragging = False
        if scene != self._session.scene:
            self.stepping.emit()
            self._session.take(scene)

    @Slot(float, float)
    def point(self, x: float, y: float) -> None:
        """The cursor follows the finger; the whole drag is one step."""
        self._drag(self._session.scene.at(x, y))

    @Slot()
    def settle(self) -> None:
        """The finger lifts."""
        self._is_dragging = False
        self._session.settle()

    @Slot(object)
    def take_path(self, path: tuple[Point, ...]) -> None:
        """A path that was drawn; a single point is none."""
        if len(path) < 2:
            self.problem.emit(InputError("A path needs at least two points: draw a line, or click two places."))
            return
        self.change(replace(self._session.scene, path=_thinned(path)))
        self.path_changed.emit()

    @Slot()
    def take_path_away(self) -> None:
        self.change(replace(self._session.scene, path=()))
        self.path_changed.emit()

    def take_picture(self, picture: bytes) -> None:
        """One's own picture; it is asked where it lands."""
        self.change(replace(self._session.scene, picture=picture))
        self.picture_given.emit()

    def go_to(self, code: Code) -> None:
        """The cursor to a code, into sight if it lies outside."""
        scene = self._session.scene.at_code(code)
        self.change(seen(scene, code))

    def land_on(self, code: Code) -> None:
        """The cursor follows the picture that was just given, within the same step."""
        self._session.amend(seen(self._session.scene.at_code(code), code))

    @Slot()
    def spin(self) -> None:
        """Other numbers for those that the map does not show."""
        scene = self._session.scene
        seed = scene.seed + 1
        drawn = list(noise(scene.dimensions, seed))
        for place in (scene.across, scene.up):
            drawn[place] = scene.code[place]
        self.change(replace(scene, code=tuple(drawn), seed=seed))

    def _drag(self, scene: Scene) -> None:
        if self._is_dragging:
            self._session.amend(scene)
        elif scene != self._session.scene:
            self.stepping.emit()
            self._is_dragging = True
            self._session.begin(scene)

    @Slot(object)
    def _on_window(self, window: Window) -> None:
        """The other map follows; the part in sight belongs to the step that stands."""
        if self._is_linking:
            return
        square = inscribed(window)
        self._is_linking = True
        for chart in self._charts:
            if chart.view is not self.sender() and chart.view.isVisible():
                chart.view.show_window(square)
        self._is_linking = False
        if not _alike(square, self._session.scene.window):
            self._session.see(square)
            for chart in self._charts:
                chart.follow(self._session.scene)

    @Slot(str)
    def _on_code_typed(self, text: str) -> None:
        try:
            code = code_from_text(text, self._session.scene.dimensions)
        except InputError as error:
            self.problem.emit(error)
        else:
            self.go_to(code)

    @Slot(int)
    def _on_neighbour(self, row: int) -> None:
        data = self._charts[0].data
        if data is not None and row < len(data):
            self._go_to_numbers(data.means[row].tolist())

    @Slot(int)
    def _on_random(self, place: int) -> None:
        for chart in self._charts:
            if chart.dreams is not None:
                self._go_to_numbers(chart.dreams.codes[place].tolist())
                return

    def _go_to_numbers(self, numbers: list[float]) -> None:
        try:
            self.go_to(checked(numbers, self._session.scene.dimensions))
        except AtelierError as error:
            self.problem.emit(error)

    @Slot(bool)
    def _on_doubt(self, is_shown: bool) -> None:
        self.change(replace(self._session.scene, doubt=is_shown))

    @Slot()
    def _on_stroke_began(self) -> None:
        self.stepping.emit()
        self._is_dragging = False

    @Slot()
    def _on_stroke_went(self) -> None:
        self._drag(replace(self._session.scene, picture=self._pad.pixels.tobytes()))
        self.picture_given.emit()

    @Slot()
    def _on_cleared(self) -> None:
        self.change(replace(self._session.scene, picture=b""))

    @Slot(object)
    def _on_mixed(self, code: Code) -> None:
        scene = self._session.scene.at_code(code)
        if any(slider.isSliderDown() for slider in self._mixer.sliders):
            self._drag(scene)
        else:
            self.change(scene)

    @Slot(int, int)
    def _on_free(self, across: int, up: int) -> None:
        self.change(replace(self._session.scene, across=across, up=up, path=()))

    @Slot(object, bool, bool)
    def _on_layers(self, overlay: Overlay | None, points: bool, circles: bool) -> None:
        self.change(replace(self._session.scene, overlay=overlay, points=points, circles=circles))

    @Slot(object)
    def _on_hidden(self, hidden: frozenset[str]) -> None:
        self.change(replace(self._session.scene, hidden=hidden))

    @Slot(bool)
    def _on_compare(self, is_compared: bool) -> None:
        self.change(replace(self._session.scene, beside=is_compared))

    @Slot(int)
    def _on_seed(self, seed: int) -> None:
        """A random code of the prior."""
        scene = self._session.scene
        code = noise(scene.dimensions, seed)
        self.change(seen(replace(scene, code=code, seed=seed), code))

    @Slot()
    def _on_undo(self) -> None:
        self._is_dragging = False
        self.stepping.emit()
        self._session.undo()

    @Slot()
    def _on_redo(self) -> None:
        self._is_dragging = False
        self.stepping.emit()
        self._session.redo()


def seen(scene: Scene, code: Code) -> Scene:
    """The scene with its window moved so that a code is in sight."""
    x, y = code[scene.across], code[scene.up]
    window = scene.window
    if window.left <= x <= window.right and window.bottom <= y <= window.top:
        return scene
    return scene.around((x, y), (window.right - window.left) / 2)


def _alike(first: Window, second: Window) -> bool:
    side = second.right - second.left
    pairs = zip(_sides(first), _sides(second), strict=True)
    return all(abs(one - other) <= ALIKE * side for one, other in pairs)


def _sides(window: Window) -> tuple[float, float, float, float]:
    return window.left, window.bottom, window.right, window.top


def _thinned(path: tuple[Point, ...]) -> tuple[Point, ...]:
    """At most so many points as are kept, the ends among them."""
    step = -(-len(path) // (MAX_PATH - 1))
    return (*path[:-1:step], path[-1])
