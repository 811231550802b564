"""Networks from what a card says of them, and what a card must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError
from models.pixel_rnn.network import Configuration, PixelRNN
from models.pixel_rnn.plain import PlainConfiguration, PlainRNN
from models.sprites.form import Format

Network = PixelRNN | PlainRNN
Sizes = Configuration | PlainConfiguration
KINDS: dict[str, type[Sizes]] = {"two-way": Configuration, "plain": PlainConfiguration}
MOST_SIZE = 4096


def build(sizes: Sizes, palette: NDArray[np.uint8]) -> Network:
    """A network with random weights; `palette` (P, 3)."""
    return PixelRNN(sizes, palette) if isinstance(sizes, Configuration) else PlainRNN(sizes)


def configuration_of(network: Network, form: Format) -> dict[str, Any]:
    """What a card keeps: the kind of network, its sizes and its format."""
    kind = "two-way" if isinstance(network, PixelRNN) else "plain"
    sizes = {key: value for key, value in asdict(network.configuration).items() if key not in _TOLD_BY_FORMAT}
    return {"kind": kind, **sizes, **form.to_configuration()}


def sizes_of(configuration: Mapping[str, Any]) -> Sizes:
    """The sizes that a card keeps. Raises `DataError` where they make no sense."""
    form = Format.from_configuration(configuration)
    values = {key: value for key, value in configuration.items() if key not in ("kind", "palette")}
    try:
        sizes = KINDS[configuration["kind"]](**{**values, "colours": len(form.palette)})
    except (KeyError, TypeError) as error:
        raise DataError("The card does not say which network it belongs to.") from error
    if not all(_is_sane(key, value) for key, value in asdict(sizes).items()):
        raise DataError("The card tells sizes that no network can have.")
    return sizes


_TOLD_BY_FORMAT = ("height", "width", "colours")


def _is_sane(key: str, value: object) -> bool:
    if key == "copies":
        return isinstance(value, bool)
    if key == "dropout":
        return isinstance(value, float) and 0 <= value < 1
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_SIZE
