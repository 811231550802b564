"""A plain page for tests of what is around pages: one line to type, and a model that counts its letters."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.engine import Arrival, Engine
from desktop.page import Page, Tab
from desktop.recipe import Recipe
from models.errors import InputError


@dataclass
class Counter:
    """The model. While its gate is shut it stays within a step."""

    device: str = "cpu"
    gate: threading.Event = field(default_factory=threading.Event)

    def letters(self, line: str) -> Iterator[int]:
        for count, _letter in enumerate(line, 1):
            yield count


class PlainPage(Page):
    """Asks at each key."""

    def __init__(self) -> None:
        super().__init__()
        self.started = self.stopped = 0
        self.line = QLineEdit()
        self.line.setAccessibleName("Line")
        self.line.textEdited.connect(self._on_edited)
        self.corner_label = QLabel("a model", self)
        self.skeleton.set_main(self.line)
        self.skeleton.set_presets(["Moon", "Sea"])
        self.save_action = self.skeleton.add_export("Save as text…", "Ctrl+S")
        self.engine: Engine[Counter] = Engine("Counter", Counter)
        self.engine.arrived.connect(self._on_arrived)
        self.engine.failed.connect(self.problem)
        self.adopt(self.engine)
        self.counted = 0

    def start(self) -> None:
        self.started += 1
        self.engine.start()

    def stop(self) -> None:
        self.stopped += 1

    def corner(self) -> QLabel:
        return self.corner_label

    def keyboard_home(self) -> QLineEdit:
        return self.line

    def ask(self, work: Callable[[Counter], Iterator[int]]) -> None:
        self.engine.submit(work)

    def recipe(self) -> Recipe:
        return Recipe("plain", self.skeleton.seed, inputs={"line": self.line.text()})

    def apply(self, recipe: Recipe) -> None:
        line = recipe.inputs.get("line")
        if not isinstance(line, str):
            raise InputError("The recipe has no line.")
        self.line.setText(line)
        self.skeleton.set_seed(recipe.seed)

    def save_state(self) -> Mapping[str, Any]:
        return {"line": self.line.text()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        line = state.get("line", "")
        self.line.setText(line if isinstance(line, str) else "")

    @Slot(str)
    def _on_edited(self, line: str) -> None:
        self.changed.emit()

        def count(model: Counter) -> Iterator[int]:
            yield from model.letters(line)

        self.ask(count)

    @Slot(object)
    def _on_arrived(self, arrival: Arrival) -> None:
        if arrival.last:
            self.counted = arrival.value or 0


def title() -> str:
    return "Plain"


def other_title() -> str:
    return "Other"


TABS = (Tab("plain", title, PlainPage), Tab("other", other_title, PlainPage))
