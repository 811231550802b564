"""Several completions side by side take the room that there is."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.drawing.completions_view import CompletionsView
from desktop.drawing.work import Completions
from models.pixel_rnn.sprite import Canvas, Completion, DrawRequest
from models.sprites.form import Format
from tests.desktop.drawing.fake import PALETTE

FORM = Format(6, 5, PALETTE)


def ranked(count: int) -> Completions:
    pixels = np.zeros((6, 5), np.uint8)
    found = tuple(Completion(6, 5, pixels.tobytes(), 1.0 + seed, seed) for seed in range(count))
    return Completions(DrawRequest(Canvas.empty(FORM)), count, found, is_ranked=True)


@pytest.mark.parametrize(("count", "share"), [(4, 0.35), (16, 0.18)])
def test_few_are_shown_large(count: int, share: float, qtbot: QtBot) -> None:
    view = CompletionsView()
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show_completions(ranked(16), FORM)
    view.show_completions(ranked(count), FORM)
    view.show()
    qtbot.waitExposed(view)
    sizes = [(button.width(), button.height()) for button in view.buttons if button.isVisible()]
    assert len(sizes) == count
    assert all(width > share * 600 and height > share * 600 for width, height in sizes)
