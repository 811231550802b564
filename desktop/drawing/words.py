"""What the tab's numbers mean in words that a person reads."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop import images
from desktop.drawing.sheet import Sheet
from models.pixel_rnn.sprite import Nearest


def bits(value: float) -> str:
    """A price."""
    return QCoreApplication.translate("Drawing", "{value:.2f} bits").format(value=value)


def bits_per_pixel(value: float) -> str:
    """A mean price."""
    return QCoreApplication.translate("Drawing", "{value:.2f} bits a pixel").format(value=value)


def nearest(found: Nearest) -> str:
    """How near a training sprite is, and what is usual."""
    sentence = QCoreApplication.translate("Drawing", "{distance:.2f} away, usually {usual:.2f}")
    return sentence.format(distance=found.distance, usual=found.usual)


def nearest_explained(found: Nearest) -> str:
    """The same as a sentence."""
    sentence = QCoreApplication.translate(
        "Drawing",
        "The nearest sprite that the model learned from is {distance:.2f} away, from 0 for the same to 0.5."
        " For sprites that it never saw that is usually {usual:.2f}: much less would be a copy.",
    )
    return sentence.format(distance=found.distance, usual=found.usual)


def pixel(sheet: Sheet, place: int, price: float | None, doubt: float | None) -> str:
    """One pixel of the canvas: its place, its colour, what it cost or how open it is."""
    row, column = divmod(place, sheet.form.width)
    where = QCoreApplication.translate("Drawing", "Row {row}, column {column}")
    parts = [where.format(row=row + 1, column=column + 1)]
    if not sheet.to_come[row, column]:
        parts.append(images.colour(sheet.form, int(sheet.shown[row, column])).name())
    elif doubt is None:
        parts.append(QCoreApplication.translate("Drawing", "still to come"))
    if price is not None:
        parts.append(QCoreApplication.translate("Drawing", "cost {value:.2f} bits").format(value=price))
    if doubt is not None:
        parts.append(QCoreApplication.translate("Drawing", "open by {value:.2f} bits").format(value=doubt))
    return " · ".join(parts)
