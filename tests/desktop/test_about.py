from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.about import about_box

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture
def told(qtbot: QtBot) -> str:
    parent = QWidget()
    qtbot.addWidget(parent)
    return about_box(parent).informativeText()


@pytest.mark.parametrize(
    "named",
    ["Noto Sans CJK SC (OFL 1.1)", "CMU Pronouncing Dictionary (BSD-2-Clause)", "pinyin-data (MIT)"],
)
def test_what_comes_from_others_is_named_with_its_licence(named: str, told: str) -> None:
    assert named in told


def test_every_licence_lies_in_a_folder_that_is_told(told: str) -> None:
    folders = {path.parent for path in RESOURCES.rglob("*.txt") if path.stem.startswith(("LICENSE", "OFL"))}
    assert len(folders) == 2
    assert folders <= {Path(line) for line in told.splitlines()}
