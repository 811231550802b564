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

from desktop.verses.page import VersesPage
from models import shelf
from models.sentence_vae import examples
from models.sentence_vae.script import OTHER
from models.shelf import Card, ModelFolder
from tests.desktop.verses import fake

SIZE = QSize(1000, 560)  # of the page in the smallest window
WAIT_MS = 2000
PATIENCE_MS = 30_000  # with a model on a machine that has much else to do


@pytest.fixture(autouse=True)
def _own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the shipped model nor its ready-made paths, so that nothing depends on what was trained."""
    presets = examples.examples_file("verse_presets.json").read_text(encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "verse_presets.json").write_text(presets, encoding="utf-8")

    def examples_file(name: str) -> Path:
        return tmp_path / "examples" / name

    def shipped_models() -> Path:
        return tmp_path / "models"

    monkeypatch.setattr(examples, "examples_file", examples_file)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)


@pytest.fixture(autouse=True)
def _fake_verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    interpolation, model = ModuleType("interpolation"), ModuleType("model")
    square, neighbours = ModuleType("square"), ModuleType("neighbours")
    interpolation.__dict__.update(verses_between=fake.verses_between, verse_at=fake.verse_at)
    model.__dict__.update(SentenceModel=fake.FakeModel)
    square.__dict__.update(square_between=fake.square_between)
    neighbours.__dict__.update(neighbours=fake.neighbours)
    monkeypatch.setitem(sys.modules, "models.sentence_vae.interpolation", interpolation)
    monkeypatch.setitem(sys.modules, "models.sentence_vae.square", square)
    monkeypatch.setitem(sys.modules, "models.sentence_vae.neighbours", neighbours)
    monkeypatch.setitem(sys.modules, "models.sentence_vae.model", model)


def write_model(name: str, value: float = 1.0, script: str = OTHER) -> ModelFolder:
    """A model on the test's own shelf; another value gives another hash."""
    card = Card("sentence_vae", name, f"The {name} verses", {}, "made up", "none", {"script": script})
    return shelf.write(shelf.user_models() / name, card, {"w": np.full(2, value, np.float32)}, {})


@pytest.fixture
def folder() -> ModelFolder:
    return write_model("first")


NewPage = Callable[[], VersesPage]


@pytest.fixture
def new_page(qtbot: QtBot) -> Iterator[NewPage]:
    """Makes pages on screen that have not been started, and closes them as the window does."""
    built: list[VersesPage] = []

    def build() -> VersesPage:
        page = VersesPage()
        qtbot.addWidget(page)
        page.resize(SIZE)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        built.append(page)
        return page

    yield build
    for page in built:
        page.stop()
        for engine in page.engines():
            assert engine.close(WAIT_MS)


@pytest.fixture
def page(new_page: NewPage) -> VersesPage:
    return new_page()


@pytest.fixture
def awake(page: VersesPage, folder: ModelFolder, qtbot: QtBot) -> VersesPage:
    """A page whose model is loaded and whose first path is on screen."""
    page.start()
    wait_for_path(page, qtbot)
    return page


def wait_for_path(page: VersesPage, qtbot: QtBot) -> None:
    """Until the path of the present request is on screen."""

    def is_there() -> bool:
        path = page.path.session.result
        return (
            path is not None and path.final and path.request == page.path.session.request and page.path.session.is_awake
        )

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
