"""Whatever a person does in whatever order: nothing breaks, and every step leads back."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.drawing.marks import View
from desktop.drawing.page import DrawingPage
from desktop.drawing.player import AT_ONCE
from desktop.drawing.tools import Tool
from models.sprites.form import Format
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import wait_for_rest, write_model
from tests.desktop.drawing.driving import LEFT, choose, click, drag, paint_with, pick, press_draw, problems_of, shown

KEYS = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Comma,
    Qt.Key.Key_Period,
    Qt.Key.Key_1,
    Qt.Key.Key_5,
    Qt.Key.Key_Up,
    Qt.Key.Key_Left,
)


class Visitor:
    """Does one thing after another, as chance will have it."""

    def __init__(self, page: DrawingPage, qtbot: QtBot, seed: int) -> None:
        self.page, self.qtbot, self.chance = page, qtbot, random.Random(seed)

    def act(self) -> None:
        acts = (self.stroke, self.click, self.press, self.key, self.slide, self.cover, self.style, self.several)
        rare = (
            self.undo,
            self.redo,
            self.preset,
            self.model,
            self.seed,
            self.view,
            self.restore,
            self.tool,
            self.colour,
        )
        self.chance.choice((*acts, *rare))()
        QApplication.processEvents()

    def place(self) -> int:
        return self.chance.randrange(self.page.session.sheet.form.pixels)

    def stroke(self) -> None:
        if not self.page.desk.shows_completions:
            drag(self.page, self.qtbot, self.place(), self.place(), self.place())

    def click(self) -> None:
        if not self.page.desk.shows_completions:
            click(self.page, self.qtbot, self.place())

    def press(self) -> None:
        press_draw(self.page, self.qtbot)

    def key(self) -> None:
        self.qtbot.keyClick(self.page.desk.canvas, self.chance.choice(KEYS))

    def slide(self) -> None:
        time = self.page.controls.draw.time
        time.setValue(self.chance.randint(0, time.maximum()))

    def cover(self) -> None:
        cover = self.page.controls.cover
        cover.side.setCurrentIndex(self.chance.randrange(4))
        cover.share.setValue(self.chance.randint(0, 100))

    def style(self) -> None:
        style = self.page.controls.style
        style.temperature.setValue(self.chance.randint(10, 200))
        style.top_p.setValue(self.chance.randint(5, 100))
        style.blind.setChecked(self.chance.random() < 0.5)

    def several(self) -> None:
        self.page.controls.draw.several_asked.emit(4)
        if self.chance.random() < 0.5:
            self.qtbot.waitUntil(self._is_ranked)
            self.qtbot.mouseClick(self.page.desk.completions.buttons[self.chance.randrange(4)], LEFT)

    def _is_ranked(self) -> bool:
        completions = self.page.session.completions
        return completions is None or completions.is_ranked

    def undo(self) -> None:
        self.page.skeleton.undo_action.trigger()

    def redo(self) -> None:
        self.page.skeleton.redo_action.trigger()

    def preset(self) -> None:
        choose(self.page, self.chance.choice([preset.name for preset in self.page.beginnings.presets]))

    def model(self) -> None:
        pick(self.page, self.chance.choice([model.name for model in self.page.picker.models]))
        self.qtbot.waitUntil(lambda: self.page.session.is_awake)

    def seed(self) -> None:
        self.page.skeleton._seed.setValue(self.chance.randrange(100))

    def view(self) -> None:
        self.page.desk.side.view.choose(self.chance.choice(list(View)))

    def restore(self) -> None:
        strip = self.page.skeleton.filmstrip
        if strip.count():
            strip.itemClicked.emit(strip.item(self.chance.randrange(strip.count())))

    def tool(self) -> None:
        self.page.desk.tools.choose(self.chance.choice(list(Tool)))

    def colour(self) -> None:
        paint_with(self.page, self.qtbot, self.chance.randrange(len(self.page.session.sheet.form.palette)))


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_acts_leads_somewhere_and_back(awake: DrawingPage, qtbot: QtBot, seed: int) -> None:
    write_model("second")
    write_model("other", Format(3, 3, fake.PALETTE[:4]))
    awake._read_shelf()
    told = problems_of(awake)
    first = shown(awake)
    visitor = Visitor(awake, qtbot, seed)
    for _ in range(120):
        awake._on_speed(visitor.chance.choice((3, 7, AT_ONCE)))
        visitor.act()
        sheet = awake.session.sheet
        assert sheet.shown.max() < len(sheet.form.palette)
        assert 0 <= sheet.count <= len(sheet.covered)
    assert told == []
    while awake.skeleton.undo_action.isEnabled():
        awake.skeleton.undo_action.trigger()
    qtbot.waitUntil(lambda: awake.session.is_awake)
    awake.steps.seek(30)
    assert shown(awake) == first
    press_draw(awake, qtbot)
    awake._on_speed(AT_ONCE)
    wait_for_rest(awake, qtbot)
    assert shown(awake) != first
