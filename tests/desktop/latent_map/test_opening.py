"""How the tab opens and closes: alive, honest, and with what was there last time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import recipe, theme
from desktop.latent_map.page import LatentMapPage
from models import shelf
from models.errors import InputError
from models.image_vae import examples
from models.image_vae.codes import CELLS
from models.image_vae.examples import Ground, tile_keys
from models.image_vae.scene import Overlay
from models.shelf import ModelFolder
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import WAIT_MS, NewPage, wait_for_rest, write_map
from tests.desktop.latent_map.driving import (
    button,
    choose,
    click,
    draw_path,
    image,
    pick,
    problems_of,
    said,
    sentence,
    type_code,
)


def write_ground(folder: ModelFolder, model_hash: str = "") -> Ground:
    """Tiles that no model would decode."""
    shape = (CELLS * fake.FORM.height, CELLS * fake.FORM.width, 3)
    random = np.random.default_rng(1)
    tiles = {key: random.integers(0, 255, shape, np.uint8) for key in tile_keys()}
    ground = Ground(folder.name, model_hash or folder.hash, fake.FORM, tiles)
    examples.write_ground(ground)
    return ground


def test_a_ready_made_ground_shows_before_the_model_is_awake(
    folder: ModelFolder, new_page: NewPage, qtbot: QtBot
) -> None:
    ground = write_ground(folder)
    fake.FakeModel.gate.clear()
    page = new_page()
    QApplication.processEvents()  # all finds its place
    view = page.charts[0].view
    before = view.picture()
    expected = ground.image(0, 0)
    assert expected is not None
    assert (image(page) == expected).all()
    page.start()
    assert "waking up" in sentence(page)
    qtbot.waitUntil(lambda: page.charts[0].data is not None, timeout=WAIT_MS)
    page.controls.layers.points.click()
    assert view.picture() == before, "the ground stays until the model decodes its own"
    fake.FakeModel.gate.set()
    wait_for_rest(page, qtbot)
    assert (image(page) != expected).any()


def test_at_the_first_start_it_walks_past_every_kind_by_itself(
    folder: ModelFolder, new_page: NewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "motion_ms", some_motion)
    page = new_page()
    page.start()
    qtbot.waitUntil(lambda: page.cinema.player.frame > 3, timeout=WAIT_MS)
    assert len(page.session.scene.path) == len(fake.NAMES)
    assert not page.skeleton.undo_action.isEnabled(), "nobody has done anything"
    click(page, qtbot, 1, 1)
    assert not page.cinema.is_on
    state = page.save_state()
    again = new_page()
    again.restore_state(state)
    again.start()
    wait_for_rest(again, qtbot)
    assert not again.cinema.is_on, "a person goes on where they were"
    wait_for_rest(page, qtbot)


def some_motion(_widget: object) -> int:
    return 200


def test_a_ground_of_another_model_gives_way(folder: ModelFolder, new_page: NewPage, qtbot: QtBot) -> None:
    ground = write_ground(folder, "0" * 12)
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    keys = set(ground.tiles)
    assert not keys & set(page.charts[0]._wanted)
    expected = fake.images_of(fake.FakeModel.load(folder), np.zeros((1, 2), np.float32))[0]
    assert (image(page) == expected).all()


def test_without_any_map_it_says_so_and_stays_usable(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page()
    told = problems_of(page)
    page.start()
    assert "no map on the shelf" in sentence(page)
    assert "There is no image_vae model on the shelf" in said(told[0])
    click(page, qtbot, 1, 1)
    type_code(page, qtbot, "0.5, 0.5")
    page.skeleton.dice_action.trigger()
    button(page, "Undo").click()
    assert page.session.scene.code == (0.5, 0.5)
    page.intake.open_file(Path("digit.png"))
    assert said(told[-1]) == "There is no model that could look at the picture."
    page.skeleton.copy_action.trigger()
    assert "cannot be copied" in said(told[-1])


def test_a_model_that_does_not_load_is_told_once(new_page: NewPage, qtbot: QtBot) -> None:
    write_map("bad", broken=True)
    write_map("good")
    page = new_page()
    told = problems_of(page)
    page.start()
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.charts[0].is_broken, timeout=WAIT_MS)
    click(page, qtbot, 1, 1)
    assert [said(one) for one in told] == ["This model is broken."]
    assert "choose another" in sentence(page)
    pick(page, "good")
    wait_for_rest(page, qtbot)
    assert page.charts[0].image_of(page.session.scene) is not None


def test_a_map_without_labels_has_no_legend_and_fewer_presets(new_page: NewPage, qtbot: QtBot) -> None:
    write_map("bare", labels=False)
    page = new_page()
    told = problems_of(page)
    page.start()
    wait_for_rest(page, qtbot)
    assert told == []
    assert not page.controls.layers.legend.isVisible()
    assert page.desk.side.place.neighbours[0].text().startswith("picture ")
    assert len(page.waking.presets) >= 5
    choose(page, "The emptiest place")
    assert page.session.scene.overlay is Overlay.HOLES


def test_a_card_without_codes_is_told_in_a_sentence_and_the_map_goes_on(new_page: NewPage, qtbot: QtBot) -> None:
    write_map("bare", bare=True)
    page = new_page()
    told = problems_of(page)
    page.start()
    wait_for_rest(page, qtbot)
    assert [said(one) for one in told] == ["The model bare came without the codes of its data: its map has no points."]
    for kind in Overlay:
        page.controls.layers.overlay.setCurrentIndex(page.controls.layers.overlay.findData(kind))
        click(page, qtbot, 1, 1)
        wait_for_rest(page, qtbot)
    assert page.charts[0].image_of(page.session.scene) is not None
    assert len(told) == 1


def test_all_is_as_it_was_at_the_next_start(awake: LatentMapPage, new_page: NewPage, qtbot: QtBot) -> None:
    draw_path(awake, qtbot, (-2, -1), (2, 1))
    awake.cinema.stop()
    click(awake, qtbot, 1.0, -0.5)
    awake.controls.layers.legend.boxes[0].click()
    awake.controls.layers.overlay.setCurrentIndex(2)
    awake.skeleton._seed.setValue(99)
    wait_for_rest(awake, qtbot)
    state = json.loads(json.dumps(awake.save_state()))
    page = new_page()
    page.restore_state(state)
    page.start()
    wait_for_rest(page, qtbot)
    assert page.session.scene == awake.session.scene
    assert page.controls.layers.legend.boxes[0].isChecked() is False
    assert page.skeleton.seed == 99
    assert not page.skeleton.undo_action.isEnabled()


def test_what_was_saved_is_kept_where_the_tab_is_never_started(awake: LatentMapPage, new_page: NewPage) -> None:
    state = awake.save_state()
    page = new_page()
    page.restore_state(state)
    assert page.save_state() == state


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"model": 3, "scene": {}},
        {"model": "first", "scene": []},
        {"model": "gone", "scene": {"code": [1, 2]}},
        {"model": "first", "seed": -4, "scene": {"code": [1e9, 0], "window": "x", "path": [[0]], "hidden": [1]}},
    ],
)
def test_a_damaged_state_falls_back(folder: ModelFolder, new_page: NewPage, qtbot: QtBot, state: object) -> None:
    page = new_page()
    assert isinstance(state, dict)
    page.restore_state(state)
    page.start()
    wait_for_rest(page, qtbot)
    assert page.session.scene.model == "first"
    assert len(page.session.scene.code) == 2


def test_a_recipe_brings_everything_back(awake: LatentMapPage, new_page: NewPage, qtbot: QtBot) -> None:
    choose(awake, "Autoencoder beside VAE")
    click(awake, qtbot, 0.5, -1.5)
    wait_for_rest(awake, qtbot)
    text = recipe.to_text(awake.recipe())
    page = new_page()
    page.apply(recipe.from_text(text))
    page.start()
    wait_for_rest(page, qtbot)
    assert page.session.scene == awake.session.scene
    assert page.desk.is_compared
    button(page, "Undo").click()
    assert not page.desk.is_compared


def test_a_recipe_for_a_model_of_another_shape_changes_nothing(awake: LatentMapPage, qtbot: QtBot) -> None:
    before = awake.session.scene
    made = awake.recipe()
    for wrong in (
        replace(made, model="gone", model_hash=""),
        replace(made, inputs={**made.inputs, "code": [1.0, 2.0, 3.0]}),
        replace(made, inputs={**made.inputs, "code": [float("nan"), 0.0]}),
        replace(made, inputs={**made.inputs, "code": [1e9, 0.0]}),
        replace(made, inputs={**made.inputs, "window": [0, 0, 0, 0]}),
        replace(made, inputs={**made.inputs, "path": [[0, 0]]}),
        replace(made, inputs={**made.inputs, "overlay": "fog"}),
        replace(made, inputs={**made.inputs, "free": [0, 7]}),
    ):
        with pytest.raises(InputError):
            awake.apply(wrong)
    assert awake.session.scene == before


def test_a_recipe_by_other_weights_says_so(awake: LatentMapPage, qtbot: QtBot) -> None:
    made = awake.recipe()
    awake.apply(replace(made, model_hash="f" * 12, inputs={**made.inputs, "code": [0.5, 0.5]}))
    wait_for_rest(awake, qtbot)
    assert "another model" in sentence(awake)
    click(awake, qtbot, 1, 1)
    assert "another model" not in sentence(awake)


def test_undo_leads_back_to_the_model_before(awake: LatentMapPage, qtbot: QtBot) -> None:
    write_map("ten", dimensions=10)
    awake.waking._entries = None
    awake.waking.read_shelf()
    told = problems_of(awake)
    click(awake, qtbot, 1, 1)
    code = awake.session.scene.code
    pick(awake, "ten")
    wait_for_rest(awake, qtbot)
    assert awake.session.scene.dimensions == 10
    button(awake, "Undo").click()
    wait_for_rest(awake, qtbot)
    assert awake.session.scene.code == code
    assert awake.picker.current is not None
    assert awake.picker.current.name == "first"
    assert told == []
    awake.skeleton.redo_action.trigger()
    wait_for_rest(awake, qtbot)
    assert awake.session.scene.dimensions == 10
    assert told == []


def test_a_damaged_card_is_told_and_not_offered(folder: ModelFolder, new_page: NewPage, qtbot: QtBot) -> None:
    write_map("odd")
    card = shelf.user_models() / "odd" / "card.json"
    values = json.loads(card.read_text())
    values["configuration"]["dimensions"] = "many"
    card.write_text(json.dumps(values))
    page = new_page()
    told = problems_of(page)
    page.start()
    wait_for_rest(page, qtbot)
    assert [model.name for model in page.picker.models] == ["first"]
    assert said(told[0]) == "The card of odd does not say how many numbers its codes have."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nan, 0", "A number of a code must lie between"),
        ("1e9, 0", "A number of a code must lie between"),
        ("-inf, 0", "A number of a code must lie between"),
        ("1", "A code of this model has 2 numbers, and 1 were given."),
        ("1, 2, 3", "A code of this model has 2 numbers, and 3 were given."),
        ("", "A code of this model has 2 numbers, and 0 were given."),
        ("left, right", "A code is a row of numbers"),
    ],
)
def test_a_code_that_is_none_is_told_in_a_sentence(awake: LatentMapPage, qtbot: QtBot, text: str, told: str) -> None:
    problems = problems_of(awake)
    before = awake.session.scene
    type_code(awake, qtbot, text)
    assert said(problems[0]).startswith(told)
    assert awake.session.scene == before
    awake.charts[0].view.setFocus()
    assert awake.desk.side.place.code.text() == "0.000, 0.000"
