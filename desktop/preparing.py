"""Modules that a tab will need, imported before anybody opens it: opening it then need not wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Imports:
    """What an engine loads in place of a model."""

    names: tuple[str, ...]
    device: str = ""

    def load(self) -> Imports:
        """Import all of them, on the worker's thread."""
        for name in self.names:
            import_module(name)
        return self
