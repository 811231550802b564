"""How a line is set where it has little room: wrapped, and in smaller type where it would not stand there whole."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QTextLayout, QTextOption

from desktop import theme
from desktop.verses.typography import serif
from models.sentence_vae.path import MAX_CHARACTERS

SMALLEST, LARGEST = 9, 24  # pixels, of the type in the square's cells
LONG = 80  # characters, twice those of a verse
CHARACTERS = 7  # of a line of Chinese verse, which stands in one row
FINE = 4  # pixels, to which rows are evened out


def wrapped(line: str, font: QFont, width: int, most: int) -> list[str]:
    """The rows of a line at a width, `most` of them at most; the last ends in "…" where the line goes on."""
    rows = _rows(_read(line), font, width)
    return rows if len(rows) <= most else _shortened(rows, font, width, max(most, 1))


def balanced(line: str, font: QFont, width: int, most: int) -> list[str]:
    """The rows of `wrapped`, as even as they can be: a word alone in the last one looks lost."""
    rows = wrapped(line, font, width, most)
    if len(rows) == 1 or rows[-1].endswith("…"):
        return rows
    line, low, high = _read(line), width // 2, width
    while high - low > FINE:
        middle = (low + high) // 2
        if len(_rows(line, font, middle)) == len(rows) and not _breaks_a_word(line, font, middle):
            high = middle
        else:
            low = middle
    return wrapped(line, font, high, most)


def _read(line: str) -> str:
    """What the model reads of a line, which may go on for pages."""
    return line if len(line) <= MAX_CHARACTERS else line[:MAX_CHARACTERS] + "…"


def _rows(line: str, font: QFont, width: int) -> list[str]:
    layout = QTextLayout(line, font)
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
    return [_piece(units, start, stop) for start, stop in zip(starts, [*starts[1:], len(units) // 2], strict=True)]


def size_for(lines: Iterable[str], width: int, height: int) -> int:
    """The type size in pixels at which every line fits a cell and no word is broken; the smallest where none does.

    A line that is far longer than a verse has no say, or all others would be small for it.
    """
    lines = tuple(line for line in lines if len(line) <= LONG) or ("",)
    low, high = SMALLEST, LARGEST
    while low < high:
        middle = (low + high + 1) // 2
        if _fit(lines, serif(middle), width, height):
            low = middle
        else:
            high = middle - 1
    return low


def fitted(line: str, font: QFont, width: int, height: int) -> tuple[QFont, list[str]]:
    """The type, no larger than `font`, in which a line stands whole, and its rows.

    Where it never does, it ends in "…" in the system's own size: smaller type could not be read.
    """
    line = _read(line)
    if QFontMetrics(font).horizontalAdvance(line) <= width:
        return font, [line]
    largest = QFontInfo(font).pixelSize()
    smallest = min(QFontInfo(theme.font(theme.Size.BODY)).pixelSize(), largest)
    pixels, rows = _fitted(line, smallest, largest, width, height)
    return serif(pixels), list(rows)


@lru_cache(maxsize=256)  # a line that fades in is painted many times
def _fitted(line: str, low: int, high: int, width: int, height: int) -> tuple[int, tuple[str, ...]]:
    """The largest size from `low` to `high` at which a line stands whole, and its rows there."""
    while low < high:
        middle = (low + high + 1) // 2
        if len(_rows(line, serif(middle), width)) <= rows_in(serif(middle), height):
            low = middle
        else:
            high = middle - 1
    return low, tuple(balanced(line, serif(low), width, rows_in(serif(low), height)))


def rows_in(font: QFont, height: int) -> int:
    """How many rows a cell has room for."""
    return max(height // QFontMetrics(font).height(), 1)


def _fit(lines: tuple[str, ...], font: QFont, width: int, height: int) -> bool:
    most = rows_in(font, height)
    return all(not _breaks_a_word(line, font, width) and len(_rows(line, font, width)) <= most for line in lines)


def _breaks_a_word(line: str, font: QFont, width: int) -> bool:
    """Whether a word is wider than a row; a short line of Chinese counts as a word."""
    metrics = QFontMetrics(font)
    words = (word for word in line.split() if word.isascii() or len(word) <= CHARACTERS)
    return any(metrics.horizontalAdvance(word) > width for word in words)


def _piece(units: bytes, start: int, stop: int) -> str:
    return units[2 * start : 2 * stop].decode("utf-16-le", "replace").strip()


def _shortened(pieces: list[str], font: QFont, width: int, most: int) -> list[str]:
    rest = " ".join(pieces[most - 1 :])
    elided = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return [*pieces[: most - 1], elided]
