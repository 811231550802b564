"""The tiny model, for all tests of what computes."""

from __future__ import annotations

from tests.making import tiny_folder, tiny_model

__all__ = ["tiny_folder", "tiny_model"]
