"""A page over fake models: its own shelf, no torch, real threads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.latent_map.page import LatentMapPage
from models import shelf
from models.image_vae import FAMILY, PLAIN_FAMILY, encoded, examples
from models.shelf import Card, ModelFolder
from models.sprites.form import Format
from tests.desktop.latent_map import fake

SIZE = QSize(1000, 560)  # of the page in the smallest window
WAIT_MS = 20_000  # on a busy machine; nothing here is timed
VERBS = ("look", "tiles", "encode", "imagine", "film", "spread")


@pytest.fixture(autouse=True)
def _own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the shipped models nor their ready-made ground, so that nothing depends on what was trained."""

    def ground_files() -> tuple[Path, Path]:
        return tmp_path / "ground.png", tmp_path / "ground.json"

    def shipped_models() -> Path:
        return tmp_path / "models"

    monkeypatch.setattr(examples, "ground_files", ground_files)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)


@pytest.fixture(autouse=True)
def _no_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing plays that nobody asked for."""

    def motion_ms(_widget: object) -> int:
        return 0

    monkeypatch.setattr(theme, "motion_ms", motion_ms)


@pytest.fixture(autouse=True)
def _fake_verbs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    verbs, model = ModuleType("latent_map"), ModuleType("model")
    verbs.__dict__.update({name: getattr(fake, name) for name in VERBS})
    model.__dict__.update(MapModel=fake.FakeModel)
    monkeypatch.setitem(sys.modules, "models.image_vae.latent_map", verbs)
    monkeypatch.setitem(sys.modules, "models.image_vae.model", model)
    fake.FakeModel.gate.set()
    yield
    fake.FakeModel.gate.set()


def write_map(
    name: str,
    form: Format = fake.FORM,
    dimensions: int = 2,
    *,
    variational: bool = True,
    labels: bool = True,
    names: tuple[str, ...] = fake.NAMES,
    figures: dict[str, float] | None = None,
    **told: object,
) -> ModelFolder:
    """A map on the test's own shelf, with weights, and so a hash, of its own; `bare=True` for one without codes."""
    data = fake.data_of(dimensions, variational=variational, labels=labels)
    told = {"dimensions": dimensions, "labels": list(names if labels else ()), **told}
    configuration = {**form.to_configuration(), **told}
    family = FAMILY if variational else PLAIN_FAMILY
    card = Card(family, name, f"The {name} map", configuration, "made up", "none", figures=figures or {})
    weights = {"w": np.full(2, sum(map(ord, name)), np.float32)}
    return shelf.write(shelf.user_models() / name, card, weights, {} if told.get("bare") else encoded.file_of(data))


@pytest.fixture
def folder() -> ModelFolder:
    return write_map("first")


@pytest.fixture
def other_folder(folder: ModelFolder) -> ModelFolder:
    """The first one's other kind."""
    return write_map("plain", variational=False, figures={"test_random_frechet": 57.8, "test_holes": 0.21})


NewPage = Callable[[], LatentMapPage]


@pytest.fixture
def new_page(qtbot: QtBot) -> Iterator[NewPage]:
    """Makes pages on screen that have not been started, and closes them as the window does."""
    built: list[LatentMapPage] = []

    def build() -> LatentMapPage:
        page = LatentMapPage()
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
def awake(other_folder: ModelFolder, new_page: NewPage, qtbot: QtBot) -> LatentMapPage:
    """A page whose first model is loaded, whose codes are read, and that has nothing left to do."""
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    return page


def wait_for_rest(page: LatentMapPage, qtbot: QtBot) -> None:
    """Until the model is awake, all that is asked is answered, and no film plays."""

    def is_at_rest() -> bool:
        used = page.charts if page.session.scene.beside else page.charts[:1]
        quiet = all(chart.is_awake and not chart.is_busy for chart in used)
        return quiet and bool(page.waking.presets) and not page.cinema.is_waiting and not page.cinema.player.is_playing

    qtbot.waitUntil(is_at_rest, timeout=WAIT_MS)
