"""Turns what a person does in the tab into steps of the session, each of which can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.verses import changes
from desktop.verses.controls import PointsControl, RouteControl
from desktop.verses.poem_view import PoemView
from desktop.verses.session import Session
from desktop.widgets.skeleton import Skeleton
from models.sentence_vae.examples import Preset
from models.sentence_vae.path import PathRequest, VersePath

PAUSE_MS = 250  # without a key: the person wants to see what became of the line


class Steps(QObject):
    """`typed` comes with every key, `stepping` before each change that was not typed."""

    typed = Signal()
    stepping = Signal()

    def __init__(self, session: Session, poem: PoemView, presets: tuple[Preset, ...]) -> None:
        super().__init__(session)
        self._session = session
        self._poem = poem
        self._presets = presets
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        poem.edited.connect(self._on_edited)
        poem.settled.connect(self.settle)
        poem.written.connect(self._on_written)
        poem.lock_asked.connect(self._on_lock_asked)

    def listen_to(self, skeleton: Skeleton, points: PointsControl, route: RouteControl) -> None:
        """Take the wishes of these controls too."""
        points.changed.connect(self._on_points)
        route.slerp_changed.connect(self._on_slerp)
        route.refine_changed.connect(self._on_refine)
        skeleton.preset_chosen.connect(self._on_preset)
        skeleton.seed_changed.connect(self._on_seed)
        skeleton.undo_action.triggered.connect(self._on_undo)
        skeleton.redo_action.triggered.connect(self._on_redo)
        skeleton.filmstrip.restored.connect(self._on_restored)

    @property
    def request(self) -> PathRequest:
        """The request with what stands in the ends' editors, even if typing has not paused yet."""
        return changes.with_lines(self._session.request, *self._poem.lines)

    @property
    def unfinished(self) -> PathRequest:
        """The request with all that stands in editors, a verse that is still being typed too."""
        request = self.request
        for index, line in self._poem.unfinished:
            request = changes.with_lock(request, index, line)
        return request

    def finish(self) -> None:
        """Take all that was typed: what follows may put something else in its place."""
        self._poem.finish_verse()
        self.settle()

    @Slot()
    def settle(self) -> None:
        """Take what was typed at the ends as one step."""
        self._pause.stop()
        self._session.take(self.request)

    def stop(self) -> None:
        """Wait no longer for typing to pause."""
        self._pause.stop()

    def change(self, request: PathRequest) -> None:
        """A step that was not typed; a line that was being typed goes with it, or before it if it is replaced."""
        self._pause.stop()
        self.stepping.emit()
        self._session.take(request)

    @Slot()
    def _on_edited(self) -> None:
        self._pause.start()
        self.typed.emit()

    @Slot(int, str)
    def _on_written(self, index: int, line: str) -> None:
        self.change(changes.with_lock(self.request, index, line))

    @Slot(int, bool)
    def _on_lock_asked(self, index: int, locked: bool) -> None:
        line = self._poem.rows[index].text.line
        request = self.request
        self.change(changes.with_lock(request, index, line) if locked else changes.without_lock(request, index))

    @Slot(int)
    def _on_points(self, points: int) -> None:
        self.finish()
        self.change(changes.with_points(self.request, points))

    @Slot(bool)
    def _on_slerp(self, slerp: bool) -> None:
        self.change(changes.with_way(self.request, slerp=slerp))

    @Slot(bool)
    def _on_refine(self, refine: bool) -> None:
        self.change(changes.with_way(self.request, refine=refine))

    @Slot(int)
    def _on_seed(self, seed: int) -> None:
        self.change(changes.with_seed(self.request, seed))

    @Slot(int)
    def _on_preset(self, place: int) -> None:
        self.finish()
        self.change(self._presets[place].request)

    @Slot()
    def _on_undo(self) -> None:
        self.finish()
        self._session.undo()

    @Slot()
    def _on_redo(self) -> None:
        self.finish()
        self._session.redo()

    @Slot(object)
    def _on_restored(self, path: VersePath) -> None:
        self.finish()
        self.stepping.emit()
        self._session.bring_back(path)
