"""What loading a network has in common for all families: its weights must be those that its card promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from models.errors import DataError

Network = TypeVar("Network", bound=nn.Module)


def filled(build: Callable[[], Network], weights: Mapping[str, NDArray[np.float32]]) -> Network:
    """What `build` makes, with these weights, ready for use. Raises `DataError` where their shapes differ."""
    with torch.device("meta"):  # shapes without memory: a card may promise more than a computer holds
        promised = {name: tuple(tensor.shape) for name, tensor in build().state_dict().items()}
    if promised != {name: array.shape for name, array in weights.items()}:
        raise DataError("Its weights do not have the shapes that its card tells.")
    network = build()
    network.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
    return network.eval().requires_grad_(False)


def reason(error: Exception) -> str:
    """An error's sentence as a part of another one."""
    told = str(error).rstrip(".")
    return told[:1].lower() + told[1:]
