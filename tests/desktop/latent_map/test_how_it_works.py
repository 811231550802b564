"""The formulas with this place's own numbers."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.latent_map.page import LatentMapPage
from desktop.widgets.fold_out import FoldOut
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import wait_for_rest
from tests.desktop.latent_map.driving import LEFT, click, type_code


@pytest.fixture(autouse=True)
def _open(awake: LatentMapPage) -> None:
    (fold_out,) = (one for one in awake.findChildren(FoldOut) if one.content is awake.controls.explanation)
    fold_out.set_open(True)


def numbers(page: LatentMapPage, name: str) -> list[float]:
    text = page.controls.explanation.values[name].text().replace("−", "-")
    return [float(part) for part in text.split(",")]


def test_it_tells_of_the_nearest_encoded_picture(awake: LatentMapPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 1.0, -0.8)
    wait_for_rest(awake, qtbot)
    row = fake.nearest(fake.data_of(2), awake.session.scene.code, 1)[0].row
    mean = fake.data_of(2).means[row]
    assert numbers(awake, "mean") == pytest.approx(mean.tolist(), abs=0.002)
    assert numbers(awake, "log_variance") == [-3, -3]
    assert numbers(awake, "deviation") == pytest.approx([math.exp(-1.5)] * 2, abs=0.001)
    kl = 0.5 * sum(math.exp(-3) + m * m - 1 + 3 for m in mean)
    assert numbers(awake, "kl") == pytest.approx([kl], abs=0.01)
    assert awake.controls.explanation.values["price"].text() == "–", "its picture is not known, so neither is its price"


def test_the_drawn_code_follows_the_formula(awake: LatentMapPage, qtbot: QtBot) -> None:
    told = {name: np.array(numbers(awake, name)) for name in ("mean", "log_variance", "noise", "drawn")}
    expected = told["mean"] + np.exp(told["log_variance"] / 2) * told["noise"]
    assert told["drawn"] == pytest.approx(expected, abs=0.005)


def test_fresh_noise_puts_the_cursor_on_the_code_that_it_gives(awake: LatentMapPage, qtbot: QtBot) -> None:
    type_code(awake, qtbot, "1, -0.8")
    wait_for_rest(awake, qtbot)
    explanation = awake.controls.explanation
    before = numbers(awake, "noise")
    mean = numbers(awake, "mean")
    qtbot.mouseClick(explanation.noise_button, LEFT)
    code = awake.session.scene.code
    assert np.abs(np.array(code) - mean).max() < 4 * math.exp(-1.5)
    wait_for_rest(awake, qtbot)
    assert numbers(awake, "noise") != before


def test_the_formulas_are_complete_and_mean_one_thing_by_sigma(awake: LatentMapPage) -> None:
    labels = awake.controls.explanation.findChildren(QLabel)
    text = re.sub(r"<[^>]*>", "", " ".join(label.text() for label in labels)).replace("&nbsp;", " ")
    for formula in (
        "s = log σ²",
        "σ = exp(s/2)",
        "c = m + exp(s/2) · e",
        "KL = ½ Σ (exp(s) + m² − 1 − s)",
        "price = reconstruction + KL",
    ):
        assert formula in text
    assert "Here σ always is the deviation" in text
