"""What the window asks of a tab, and what it gives it: the same skeleton, one exporter, engines that end cleanly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.engine import Engine
from desktop.export import Exporter
from desktop.recipe import Recipe
from desktop.widgets.skeleton import Skeleton

MAIN = "main"  # the role of the engine whose state the window tells, until a page leads with another


class Page(QWidget):
    """One tab's content.

    A tab fills the skeleton and answers `start`, `recipe`, `apply`, `save_state` and `restore_state`.
    """

    changed = Signal()  # `save_state` would now give something else
    status_changed = Signal()  # another engine is in use, or its state changed
    problem = Signal(object)  # an AtelierError or a Failure that the window shall show
    problem_over = Signal(object)  # one that it need not show any longer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.skeleton = Skeleton(self)
        self.exporter = Exporter(self)
        self.exporter.saved.connect(self._on_saved)
        self.exporter.copied.connect(self._on_copied)
        self.exporter.failed.connect(self.problem)
        self._engines: dict[Engine[Any], str] = {}  # with their roles
        self._leading = MAIN
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.skeleton)

    def start(self) -> None:
        """Begin the slow part (load models). Called once, after the window's first paint."""

    def stop(self) -> None:
        """Stop timers: the window closes."""

    def corner(self) -> QWidget | None:
        """What stands beside the tabs while this page is shown: its model picker."""
        return None

    def keyboard_home(self) -> QWidget:
        """What has the keyboard where nobody has put it anywhere yet."""
        return self

    def recipe(self) -> Recipe:
        """What reproduces the screen."""
        raise NotImplementedError

    def apply(self, recipe: Recipe) -> None:
        """Show what a recipe says. Raises `InputError` where it cannot, and then changes nothing."""
        raise NotImplementedError

    def save_state(self) -> Mapping[str, Any]:
        """JSON values that keep what the person typed until the next start."""
        raise NotImplementedError

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back what `save_state` gave; values of the wrong kind are passed over one by one."""
        raise NotImplementedError

    def engines(self) -> tuple[Engine[Any], ...]:
        """All engines whose threads may run; the one in use comes last."""
        return tuple(sorted(self._engines, key=self._leads))

    def adopt(self, engine: Engine[Any], role: str = MAIN) -> None:
        """Take an engine into use; the one of the same role is stopped and forgotten once its thread has ended."""
        for old in [old for old, known in self._engines.items() if known == role]:
            old.stop()
        engine.setParent(self)
        engine.state_changed.connect(self.status_changed)
        engine.ended.connect(self._forget_ended)
        self._engines[engine] = role
        self._forget_ended()  # an engine that never ran ends without saying so

    def lead_with(self, role: str) -> None:
        """Have the window tell the state of this role's engine from now on."""
        if role != self._leading:
            self._leading = role
            self.status_changed.emit()

    def _leads(self, engine: Engine[Any]) -> bool:
        return self._engines[engine] == self._leading

    @Slot()
    def _forget_ended(self) -> None:
        for engine in [engine for engine in self._engines if engine.has_ended]:
            del self._engines[engine]
            engine.deleteLater()
        self.status_changed.emit()

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.skeleton.say(self.tr("Saved as {}").format(path.name))

    @Slot()
    def _on_copied(self) -> None:
        self.skeleton.say(self.tr("Copied"))


@dataclass(frozen=True)
class Tab:
    """How a tab is registered: `title` is a function because it is translated when the window is built."""

    key: str
    title: Callable[[], str]
    factory: Callable[[], Page]
