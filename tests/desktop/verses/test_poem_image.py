"""The poem as a picture."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from desktop.verses import poem_image
from models.sentence_vae.path import PathRequest
from tests.desktop.verses.fake import path_for


def ink_rows(image: QImage) -> list[int]:
    """Rows of pixels that are not all ground."""
    ground = poem_image.GROUND.rgb()
    across = range(0, image.width(), 2)
    return [y for y in range(image.height()) if any(image.pixel(x, y) != ground for x in across)]


def blocks(rows: list[int]) -> int:
    return sum(row - 1 not in rows for row in rows)


@pytest.mark.usefixtures("qtbot")
def test_it_is_drawn_at_twice_the_size_of_the_screen() -> None:
    image = poem_image.draw(path_for(PathRequest("The moon is rising", "My heart is weary")))
    assert image.devicePixelRatio() == poem_image.SCALE == 2


@pytest.mark.usefixtures("qtbot")
def test_every_line_is_there_and_nothing_touches_a_border() -> None:
    image = poem_image.draw(path_for(PathRequest("The moon is rising", "My heart is weary", points=5)))
    rows = ink_rows(image)
    assert blocks(rows) == 7
    assert rows[0] > 100
    assert rows[-1] < image.height() - 100


@pytest.mark.parametrize("line", ["x" * 10_000, "🌙" * 3000, "שלום עולם", "\x00\x01", " "])
@pytest.mark.usefixtures("qtbot")
def test_any_line_can_be_drawn(line: str) -> None:
    image = poem_image.draw(path_for(PathRequest(line, line)))
    assert not image.isNull()
    assert image.width() <= (poem_image.WIDEST + 2 * poem_image.MARGIN + 1) * poem_image.SCALE
