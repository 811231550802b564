"""Undo and redo over snapshots: what a page shows is small and frozen, so each step keeps all of it."""

from __future__ import annotations

from typing import Generic, TypeVar

S = TypeVar("S")
MOST_STEPS = 200


class History(Generic[S]):
    """The snapshots of one page, oldest first, and the place of the one that is on screen."""

    def __init__(self, present: S, most: int = MOST_STEPS) -> None:
        self._steps = [present]
        self._place = 0
        self._most = most

    @property
    def present(self) -> S:
        return self._steps[self._place]

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place < len(self._steps) - 1

    def push(self, snapshot: S) -> None:
        """A new present; what was undone is forgotten. The same snapshot again is no step."""
        if snapshot == self.present:
            return
        self._steps = [*self._steps[: self._place + 1], snapshot][-self._most :]
        self._place = len(self._steps) - 1

    def replace(self, snapshot: S) -> None:
        """Another present within the same step: it only came further."""
        self._steps[self._place] = snapshot

    def undo(self) -> S:
        """Step back where possible; returns the present."""
        self._place = max(self._place - 1, 0)
        return self.present

    def redo(self) -> S:
        """Step forward where possible; returns the present."""
        self._place = min(self._place + 1, len(self._steps) - 1)
        return self.present
