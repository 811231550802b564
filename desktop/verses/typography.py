"""How the poem is set: one serif, sized to the room that its lines have."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo

from desktop import theme

GUTTER, TOOLS = 56, 200  # the columns beside the poem: places in per cent; length, marks, fluency and tools
COUNT = 32  # of the tools' column: the line's syllables or characters
LARGEST = 2  # of the system's type size, which is the smallest
VERSE_HEIGHT = 1.5  # of the type size: a verse and the air around it
OTHER_LINES = 3 * 1.3  # of the type size: both ends and the slider's verse
BESIDES = 140  # pixels for what does not grow: remarks, the slider, gaps
LINE_LETTERS = 46  # a long verse, which should still fit across
LETTER_WIDTH = 0.5  # of the type size, for an average letter


def serif(pixels: int) -> QFont:
    """The poem's type at a size."""
    font = theme.font(theme.Size.BODY, serif=True)
    font.setPixelSize(pixels)
    return font


def size_for(points: int, height: int, text_width: int) -> int:
    """The type size at which the poem fills its room, with air above and below, and verses rarely run out of theirs."""
    smallest = QFontInfo(theme.font(theme.Size.BODY)).pixelSize()
    down = (height - BESIDES) / (VERSE_HEIGHT * points + OTHER_LINES)
    across = text_width / (LINE_LETTERS * LETTER_WIDTH)
    return int(min(max(min(down, across), smallest), smallest * LARGEST))
