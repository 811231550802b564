"""What the tab's numbers mean in words that a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from models.image_vae.codes import Landing, Neighbour
from models.image_vae.pictures import Conversion
from models.image_vae.presets import Preset
from models.sprites.form import Format
from models.sprites.idx import INK

FINEST = 4  # decimals


def number(value: float, decimals: int = 2) -> str:
    """A number with a true minus, never −0."""
    text = f"{value:.{decimals}f}"
    return f"{0.0:.{decimals}f}" if float(text) == 0 else text.replace("-", "−")


def code(numbers: Sequence[float], decimals: int = 2) -> str:
    """A code as it can be typed again."""
    return ", ".join(number(value, decimals) for value in numbers)


def neighbour(found: Neighbour) -> str:
    """One of the encoded data: what it is called, and how far its code lies."""
    label = found.label or QCoreApplication.translate("LatentMap", "picture")
    return QCoreApplication.translate("LatentMap", "{label}  {distance:.2f}").format(
        label=label, distance=found.distance
    )


def preset(found: Preset) -> str:
    """A place's name with its labels."""
    return QCoreApplication.translate("presets", found.name).format(**found.values)


def price(landing: Landing) -> str:
    """What a picture costs, in full."""
    if landing.kl_nats is None:
        sentence = QCoreApplication.translate("LatentMap", "Price {whole:.1f} nats, all of it for the picture")
        return sentence.format(whole=landing.price)
    sentence = QCoreApplication.translate(
        "LatentMap", "Price {whole:.1f} nats:\n{picture:.1f} for the picture\n+ {kl:.1f} for the place (KL)"
    )
    return sentence.format(whole=landing.price, picture=landing.reconstruction_nats, kl=landing.kl_nats)


def keys_of_map() -> tuple[tuple[str, str], ...]:
    """What the map does by key, each with its keys."""
    told = QCoreApplication.translate
    return (
        (told("LatentMap", "Move the cursor on the map"), told("LatentMap", "Arrow keys")),
        (told("LatentMap", "Move the cursor farther"), told("LatentMap", "Shift+arrow keys")),
        (told("LatentMap", "Move the map"), told("LatentMap", "Ctrl+arrow keys, or Space and drag")),
        (told("LatentMap", "Go deeper, or back"), "+  −"),
        (told("LatentMap", "Whole map"), told("LatentMap", "Home, or 0")),
    )


def conversion(done: Conversion, form: Format) -> str:
    """What was done to a picture before the model saw it; empty where nothing was."""
    parts = []
    if (done.height, done.width) != (form.height, form.width):
        sized = QCoreApplication.translate("LatentMap", "{width}×{height} pixels brought to {wide}×{high}")
        parts.append(sized.format(width=done.width, height=done.height, wide=form.width, high=form.height))
    if done.is_recoloured and form.palette == INK:
        parts.append(QCoreApplication.translate("LatentMap", "colours to grey"))
    elif done.is_recoloured:
        parts.append(QCoreApplication.translate("LatentMap", "colours to the palette's nearest"))
    if done.is_inverted:
        parts.append(QCoreApplication.translate("LatentMap", "light and dark exchanged"))
    if done.is_moved:
        parts.append(QCoreApplication.translate("LatentMap", "moved to the middle"))
    return ", ".join(parts)
