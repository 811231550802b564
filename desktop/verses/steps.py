"""Turns what a person does to a poem into steps of its session, each of which can be undone."""

from __future__ import annotations

from PySide6.QtCore import Slot

from desktop.verses import changes
from desktop.verses.controls import RouteControl
from desktop.verses.number_slider import NumberSlider
from desktop.verses.poem_view import PoemView
from desktop.verses.session import Session
from desktop.verses.stepping import Stepping
from desktop.verses.wishes_control import DialControl, WishesControl
from models.sentence_vae.path import PathRequest, VersePath, Wishes


class Steps(Stepping[PathRequest, VersePath]):
    """Takes what the poem and its controls say."""

    def __init__(self, session: Session, poem: PoemView, points: NumberSlider, route: RouteControl) -> None:
        super().__init__(session)
        self._poem = poem
        poem.edited.connect(self._on_edited)
        poem.settled.connect(self.settle)
        poem.written.connect(self._on_written)
        poem.lock_asked.connect(self._on_lock_asked)
        points.changed.connect(self._on_points)
        route.slerp_changed.connect(self._on_slerp)
        route.refine_changed.connect(self._on_refine)

    def listen_to(self, dial: DialControl, wishes: WishesControl) -> None:
        """Take what these say too."""
        dial.changed.connect(self._on_dial)
        wishes.changed.connect(self._on_wishes)

    @property
    def request(self) -> PathRequest:
        return changes.with_lines(self._session.request, *self._poem.lines)

    @property
    def unfinished(self) -> PathRequest:
        """The request with all that stands in editors, a verse that is still being typed too."""
        request = self.request
        for index, line in self._poem.unfinished:
            request = changes.with_lock(request, index, line)
        return request

    def take_seed(self, seed: int) -> None:
        self.change(changes.with_seed(self.request, seed))

    def put(self, first: str, last: str) -> None:
        """Walk between other lines."""
        self.replace(changes.with_lines(self.request, first, last))

    def finish(self) -> None:
        self._poem.finish_verse()
        super().finish()

    @Slot(int, str)
    def _on_written(self, index: int, line: str) -> None:
        self.change(changes.with_lock(self.request, index, line))

    @Slot(int, bool)
    def _on_lock_asked(self, index: int, locked: bool) -> None:
        line = self._poem.rows[index].text.line
        request = self.request
        self.change(changes.with_lock(request, index, line) if locked else changes.without_lock(request, index))

    @Slot(float)
    def _on_points(self, points: float) -> None:
        self.finish()
        self.change(changes.with_points(self.request, round(points)))

    @Slot(bool)
    def _on_slerp(self, slerp: bool) -> None:
        self.change(changes.with_way(self.request, slerp=slerp))

    @Slot(bool)
    def _on_refine(self, refine: bool) -> None:
        self.change(changes.with_way(self.request, refine=refine))

    @Slot(float)
    def _on_dial(self, dial: float) -> None:
        self.change(changes.with_dial(self.request, dial))

    @Slot(object)
    def _on_wishes(self, wishes: Wishes) -> None:
        self.change(changes.with_wishes(self.request, wishes))
