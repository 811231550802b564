"""The tiny model, for all tests of what computes."""

from __future__ import annotations

from tests.drawing import drawing_folder, drawing_model, plain_folder, plain_model
from tests.making import tiny_folder, tiny_model

__all__ = ["drawing_folder", "drawing_model", "plain_folder", "plain_model", "tiny_folder", "tiny_model"]
