"""Results that were made before, so that going back to one costs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

MOST = 100


class Request(Protocol):
    """What every request says: the same one, seed and all, gives the same result."""

    @property
    def seed(self) -> int: ...


class Answer(Protocol):
    """What every result tells of itself: what it was made for, by which weights and search, and whether a better one
    follows."""

    @property
    def request(self) -> Any: ...

    @property
    def model_hash(self) -> str: ...

    @property
    def method(self) -> int: ...

    @property
    def final(self) -> bool: ...


R = TypeVar("R", bound=Request)
V = TypeVar("V", bound=Answer)


class Results(Generic[R, V]):
    """The newest final results by their request; ready-made ones come first and give way like the others."""

    def __init__(self, ready_made: Iterable[V] = ()) -> None:
        self._results: dict[R, V] = {}
        for result in ready_made:
            self.keep(result)

    def keep(self, result: V) -> None:
        """Remember a final result; a draft is passed over."""
        if not result.final:
            return
        self._results.pop(result.request, None)
        self._results[result.request] = result
        if len(self._results) > MOST:
            self._results.pop(next(iter(self._results)))

    def find(self, request: R) -> V | None:
        return self._results.get(request)
