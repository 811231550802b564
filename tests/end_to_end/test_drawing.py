"""The whole program as a person meets it: the real `main()`, a small real model, a hand on the canvas."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.drawing.page import DrawingPage
from desktop.drawing.player import AT_ONCE
from desktop.drawing.tools import Tool
from models import shelf
from models.pixel_rnn import examples, presets
from models.sprites.form import Pixels
from tests.drawing import HEIGHT, WIDTH, write_drawing_model
from tests.end_to_end.person import PATIENCE_BEATS, Person, Steps

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first preset's model is a tiny one, and nothing is ready-made."""

    def shipped_models() -> Path:
        return tmp_path / "shipped"

    write_drawing_model(tmp_path / "shipped" / presets.presets()[0].model)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)
    monkeypatch.setattr(examples, "read_drawn", tuple)


@dataclass
class Seen:
    """What stood on the canvas at the end of each step, by the step's name."""

    pictures: dict[str, Pixels] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)

    def look(self, name: str, page: DrawingPage) -> None:
        self.pictures[name] = page.session.sheet.shown.copy()


def run(seen: Seen, script: Callable[[DrawingPage, Seen], Steps]) -> int:
    def steps(page: DrawingPage) -> Steps:
        return script(page, seen)

    person = Person(DrawingPage, steps)
    status = app.main(["--tab", "drawing"])
    assert person.beats <= PATIENCE_BEATS, "a step was never answered"
    return status


def spot(page: DrawingPage, place: int) -> QPoint:
    return page.desk.canvas.grid.square(place).center().toPoint()


def drag(page: DrawingPage, first: int, last: int) -> None:
    canvas = page.desk.canvas
    QTest.mousePress(canvas, LEFT, pos=spot(page, first))
    QTest.mouseMove(canvas, spot(page, last))
    QTest.mouseRelease(canvas, LEFT, pos=spot(page, last))


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def at_rest(page: DrawingPage) -> Callable[[], bool]:
    def check() -> bool:
        session = page.session
        return session.is_awake and not page.player.is_playing and not session.is_drawing and session.sheet.is_finished

    return check


def draw_and_override(page: DrawingPage, seen: Seen) -> Steps:
    page.controls.draw.speed.setValue(4)  # 30 pixels a second
    page.session.sheet_changed.connect(lambda sheet: seen.counts.append(sheet.count))
    yield lambda: page.session.is_awake and page.session.sheet.count >= 3
    press(page.controls.draw.draw)
    assert not page.player.is_playing
    place = page.session.sheet.next_place
    assert place is not None
    yield lambda: page.desk.side.next_pixel.chances is not None
    chances = page.desk.side.next_pixel.chances
    assert chances is not None
    seen.notes.update(place=place, chosen=chances.colours[2][0], chances=[chance for _, chance in chances.colours])
    press(page.desk.side.next_pixel.swatches[2])
    page.controls.draw.speed.setValue(AT_ONCE)
    press(page.controls.draw.draw)
    yield at_rest(page)
    seen.look("overridden", page)
    page.skeleton.undo_action.trigger()
    yield lambda: not page.session.is_drawing
    seen.look("undone", page)
    page.skeleton.redo_action.trigger()
    yield at_rest(page)
    seen.look("redone", page)


def test_draw_pause_decide_a_pixel_undo(qtbot: QtBot) -> None:
    seen = Seen()
    assert run(seen, draw_and_override) == 0
    place, chosen = seen.notes["place"], seen.notes["chosen"]
    assert isinstance(place, int)
    assert seen.counts[:3] == sorted(seen.counts[:3]), "pixel after pixel"
    assert seen.pictures["overridden"].ravel()[place] == chosen
    assert (seen.pictures["redone"] == seen.pictures["overridden"]).all()
    before = slice(0, place)
    assert (seen.pictures["undone"].ravel()[before] == seen.pictures["overridden"].ravel()[before]).all()
    chances = seen.notes["chances"]
    assert isinstance(chances, list)
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=0.01), "five colours in all"


def brush_and_complete(page: DrawingPage, seen: Seen) -> Steps:
    page.controls.draw.speed.setValue(AT_ONCE)
    yield at_rest(page)
    seen.look("whole", page)
    (cover,) = (found for found in page.desk.tools.findChildren(QWidget) if found.accessibleName() == "Cover")
    press(cover)
    assert page.desk.tools.tool is Tool.COVER
    drag(page, WIDTH + 1, WIDTH + 4)
    seen.notes["mask"] = page.session.sheet.canvas.mask.copy()
    yield lambda: not page.session.is_drawing
    menu = page.controls.draw.several.menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    yield lambda: page.session.completions is not None and page.session.completions.is_ranked
    found = page.session.completions.found if page.session.completions is not None else ()
    seen.notes["bits"] = [completion.bits_per_pixel for completion in found]
    seen.pictures["second"] = found[1].pixels
    press(page.desk.completions.buttons[1])
    yield at_rest(page)
    seen.look("kept", page)
    page.outputs.small.trigger()
    yield lambda: any(dialog.isVisible() for dialog in page.findChildren(QFileDialog))
    (dialog,) = (dialog for dialog in page.findChildren(QFileDialog) if dialog.isVisible())
    dialog.setDirectory(str(seen.notes["folder"]))
    dialog.accept()
    yield at_rest(page)


def look_again(page: DrawingPage, seen: Seen) -> Steps:
    seen.look("at once", page)
    yield at_rest(page)
    seen.look("again", page)


def test_brush_a_mask_complete_keep_export_and_find_it_again_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seen, later = Seen(), Seen()
    seen.notes["folder"] = tmp_path
    with caplog.at_level(logging.WARNING, logger="qt"):  # what the screenless platform says of a dialog's size
        assert run(seen, brush_and_complete) == 0
    mask = seen.notes["mask"]
    assert isinstance(mask, np.ndarray)
    assert np.flatnonzero(mask).tolist() == [WIDTH + 1, WIDTH + 2, WIDTH + 3, WIDTH + 4]
    whole, kept = seen.pictures["whole"], seen.pictures["kept"]
    assert kept.shape == (HEIGHT, WIDTH)
    assert (kept[~mask] == whole[~mask]).all()
    assert (kept == seen.pictures["second"]).all()
    bits = seen.notes["bits"]
    assert isinstance(bits, list)
    assert len(bits) == 4
    assert bits == sorted(bits)
    with Image.open(tmp_path / "sprite.png") as image:
        assert image.size == (WIDTH, HEIGHT)
    assert run(later, look_again) == 0
    assert (later.pictures["at once"] == kept).all(), "before the model is awake"
    assert (later.pictures["again"] == kept).all()
