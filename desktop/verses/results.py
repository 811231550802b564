"""Paths that were drawn before, so that going back to one costs nothing."""

from __future__ import annotations

from collections.abc import Iterable

from models.sentence_vae.path import PathRequest, VersePath

MOST = 100


class Results:
    """The newest final paths by their request; ready-made ones come first and give way like the others."""

    def __init__(self, ready_made: Iterable[VersePath] = ()) -> None:
        self._paths: dict[PathRequest, VersePath] = {}
        for path in ready_made:
            self.keep(path)

    def keep(self, path: VersePath) -> None:
        """Remember a final path; a draft is passed over."""
        if not path.final:
            return
        self._paths.pop(path.request, None)
        self._paths[path.request] = path
        if len(self._paths) > MOST:
            self._paths.pop(next(iter(self._paths)))

    def find(self, request: PathRequest) -> VersePath | None:
        return self._paths.get(request)
