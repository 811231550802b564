"""Networks from what a card says of them, and what a card must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from models.errors import DataError
from models.image_vae.codes import MAX_DIMENSIONS
from models.image_vae.network import Configuration, ImageVAE
from models.sprites.form import Format
from models.sprites.idx import INK

MOST_SIZE, MOST_LAYERS = 4096, 16
_WIDTHS = ("encoder", "decoder")
_TOLD_BY_FORMAT = ("height", "width")


def build(sizes: Configuration, form: Format, variational: bool) -> ImageVAE:
    """A network with random weights for pictures of this format."""
    return ImageVAE(sizes, form.table, variational, form.palette == INK)


def configuration_of(network: ImageVAE, form: Format) -> dict[str, Any]:
    """What a card keeps: the network's sizes and its format."""
    sizes = {key: value for key, value in asdict(network.configuration).items() if key not in _TOLD_BY_FORMAT}
    return {**sizes, **{name: list(sizes[name]) for name in _WIDTHS}, **form.to_configuration()}


def sizes_of(configuration: Mapping[str, Any]) -> Configuration:
    """The sizes that a card keeps. Raises `DataError` where they make no sense."""
    try:
        told = {item.name: configuration[item.name] for item in fields(Configuration)}
        told |= {name: tuple(told[name]) for name in _WIDTHS}
    except (KeyError, TypeError) as error:
        raise DataError("The card does not say which network it belongs to.") from error
    if not all(_is_sane(name, value) for name, value in told.items()):
        raise DataError("The card tells sizes that no network can have.")
    return Configuration(**told)


def _is_sane(name: str, value: object) -> bool:
    if name in _WIDTHS:
        return isinstance(value, tuple) and 1 <= len(value) <= MOST_LAYERS and all(_is_size(width) for width in value)
    if name in ("dropout", "strays"):
        return isinstance(value, float) and 0 <= value < 1
    if name == "pitch":
        return isinstance(value, int | float) and 0 <= value <= MOST_SIZE
    if name == "waves":
        return value == 0 or _is_size(value)
    return _is_size(value) and (name != "dimensions" or 2 <= int(str(value)) <= MAX_DIMENSIONS)


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_SIZE
