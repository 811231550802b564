"""How a line is set in a cell of the square: wrapped, and in the largest type at which all lines fit theirs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from desktop.verses.typography import serif
from models.sentence_vae.path import MAX_CHARACTERS

SMALLEST, LARGEST = 9, 24  # pixels


def wrapped(line: str, font: QFont, width: int, most: int) -> list[str]:
    """The rows of a line at a width, `most` of them at most; the last ends in "…" where the line goes on."""
    layout = QTextLayout(line[:MAX_CHARACTERS], font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
        starts.append(row.textStart())
    layout.endLayout()
    units = layout.text().encode("utf-16-le", "surrogatepass")  # Qt counts in units of these
    pieces = [_piece(units, start, stop) for start, stop in zip(starts, [*starts[1:], len(units) // 2], strict=True)]
    return pieces if len(pieces) <= most else _shortened(pieces, font, width, max(most, 1))


def size_for(lines: Iterable[str], width: int, height: int) -> int:
    """The type size in pixels at which every line fits a cell and no word is broken; the smallest where none does."""
    lines = tuple(lines)
    low, high = SMALLEST, LARGEST
    while low < high:
        middle = (low + high + 1) // 2
        if _fit(lines, serif(middle), width, height):
            low = middle
        else:
            high = middle - 1
    return low


def rows_in(font: QFont, height: int) -> int:
    """How many rows a cell has room for."""
    return max(height // QFontMetrics(font).height(), 1)


def _fit(lines: tuple[str, ...], font: QFont, width: int, height: int) -> bool:
    metrics = QFontMetrics(font)
    words = {word for line in lines for word in line[:MAX_CHARACTERS].split() if word.isascii()}
    if any(metrics.horizontalAdvance(word) > width for word in words):
        return False
    most = rows_in(font, height)
    return all(len(wrapped(line, font, width, most + 1)) <= most for line in lines)


def _piece(units: bytes, start: int, stop: int) -> str:
    return units[2 * start : 2 * stop].decode("utf-16-le", "replace").strip()


def _shortened(pieces: list[str], font: QFont, width: int, most: int) -> list[str]:
    rest = " ".join(pieces[most - 1 :])
    elided = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return [*pieces[: most - 1], elided]
