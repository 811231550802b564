"""The tiny models, for all tests of what computes."""

from __future__ import annotations

from tests.drawing import drawing_folder, drawing_model, plain_folder, plain_model
from tests.making import chinese_folder, tiny_folder, tiny_model
from tests.mapping import ink_map_folder, map_folder, map_model, plain_map_folder

__all__ = [
    "chinese_folder",
    "drawing_folder",
    "drawing_model",
    "ink_map_folder",
    "map_folder",
    "map_model",
    "plain_folder",
    "plain_map_folder",
    "plain_model",
    "tiny_folder",
    "tiny_model",
]
