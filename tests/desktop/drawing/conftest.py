"""A page over a fake model: its own shelf, no torch, real threads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.drawing.page import DrawingPage
from desktop.drawing.player import AT_ONCE
from models import shelf
from models.pixel_rnn import examples, presets
from models.shelf import Card, ModelFolder
from models.sprites.form import Format
from tests.desktop.drawing import fake

SIZE = QSize(1000, 560)  # of the page in the smallest window
WAIT_MS = 5000
PRESETS = """[
  {"name": "A creature from nothing", "model": "first", "seed": 1},
  {"name": "Finish the picture", "model": "first", "seed": 2, "cover": ["bottom", 0.5]},
  {"name": "Two eyes", "model": "first", "seed": 4, "shape": ["y.y"], "colours": {"y": "#f0c828"}},
  {"name": "Bold", "model": "first", "seed": 8, "temperature": 1.2},
  {"name": "Slow", "model": "other", "seed": 1, "speed": 1},
  {"name": "Elsewhere", "model": "missing", "seed": 1}
]"""


@pytest.fixture(autouse=True)
def _own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the shipped models nor their ready-made drawings, so that nothing depends on what was trained."""
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "drawing_presets.json").write_text(PRESETS, encoding="utf-8")

    def examples_file(name: str) -> Path:
        return tmp_path / "examples" / name

    def shipped_models() -> Path:
        return tmp_path / "models"

    for module in (examples, presets):
        monkeypatch.setattr(module, "examples_file", examples_file)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)


@pytest.fixture(autouse=True)
def _fake_verbs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    drawing, model = ModuleType("drawing"), ModuleType("model")
    names = ("draw", "completions", "uncertainty", "surprise", "nearest")
    drawing.__dict__.update({name: getattr(fake, name) for name in names})
    model.__dict__.update(DrawingModel=fake.FakeModel)
    monkeypatch.setitem(sys.modules, "models.pixel_rnn.drawing", drawing)
    monkeypatch.setitem(sys.modules, "models.pixel_rnn.model", model)
    fake.FakeModel.gate.set()
    yield
    fake.FakeModel.gate.set()


def write_model(name: str, form: Format = fake.FORM) -> ModelFolder:
    """A model on the test's own shelf, with weights, and so a hash, of its own."""
    card = Card("pixel_rnn", name, f"The {name} model", form.to_configuration(), "made up", "none")
    return shelf.write(shelf.user_models() / name, card, {"w": np.full(2, sum(map(ord, name)), np.float32)}, {})


@pytest.fixture
def folder() -> ModelFolder:
    return write_model("first")


@pytest.fixture
def ready_made(folder: ModelFolder) -> None:
    """The first preset as the model itself draws it."""
    made = [preset.request(fake.FORM) for preset in presets.presets()[:1]]
    file = presets.examples_file("drawing.json")
    examples.write_drawn(file, [fake.drawn_for(request, model_hash=folder.hash) for request in made])


NewPage = Callable[[], DrawingPage]


@pytest.fixture
def new_page(qtbot: QtBot) -> Iterator[NewPage]:
    """Makes pages on screen that have not been started, and closes them as the window does."""
    built: list[DrawingPage] = []

    def build() -> DrawingPage:
        page = DrawingPage()
        qtbot.addWidget(page)
        page.resize(SIZE)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        built.append(page)
        return page

    yield build
    fake.FakeModel.gate.set()
    for page in built:
        page.stop()
        for engine in page.engines():
            assert engine.close(WAIT_MS)


@pytest.fixture
def page(new_page: NewPage) -> DrawingPage:
    return new_page()


@pytest.fixture
def awake(ready_made: None, new_page: NewPage, qtbot: QtBot) -> DrawingPage:
    """A page whose model is loaded, and whose first drawing is whole on screen and known; pixels come at once."""
    page = new_page()
    page._on_speed(AT_ONCE)
    page.start()
    wait_for_rest(page, qtbot)
    return page


def wait_for_rest(page: DrawingPage, qtbot: QtBot) -> None:
    """Until the model is awake, nothing plays, and all that is asked is answered."""

    def is_at_rest() -> bool:
        session = page.session
        is_known = session.drawn is not None or not session.sheet.canvas.covered
        is_quiet = not page.player.is_playing and not session.is_drawing
        is_judged = session.judgement is not None or not session.sheet.is_finished
        return session.is_awake and is_known and is_quiet and is_judged

    qtbot.waitUntil(is_at_rest, timeout=WAIT_MS)
